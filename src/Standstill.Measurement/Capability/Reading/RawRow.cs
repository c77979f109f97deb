using System.Globalization;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>A row as it stands in a file, before it is checked: nothing is absent that was given, and nothing is filled in.</summary>
internal sealed class RawRow
{
    public string? TaskId { get; set; }

    public string? Family { get; set; }

    public string? RunId { get; set; }

    public string? Alias { get; set; }

    public string? Model { get; set; }

    public double? Score { get; set; }

    public double? Continuous { get; set; }

    public double? HumanMinutes { get; set; }

    public string? HumanSource { get; set; }

    public string? TaskSource { get; set; }

    public string? Fatal { get; set; }

    public bool Alleged { get; set; }

    public string? Released { get; set; }

    public double? EqualWeight { get; set; }

    public double? FamilyWeight { get; set; }

    public void Clear()
    {
        TaskId = Family = RunId = Alias = Model = HumanSource = TaskSource = Fatal = Released = null;
        Score = Continuous = HumanMinutes = EqualWeight = FamilyWeight = null;
        Alleged = false;
    }

    /// <summary>Checks the row, taking from the task table what it says of the task.</summary>
    public FigureFault? Check(TaskTable? tasks, int count, out RunRow? row)
    {
        row = null;
        if ((Name("task_id", TaskId) ?? Name("alias", Alias)) is { } unnamed)
        {
            return unnamed;
        }

        var known = tasks?.Find(TaskId!);
        if (Name("task_family", known?.Family ?? Family) is { } noFamily)
        {
            return noFamily with { Remedy = "give the task's family, in the file or in a task table" };
        }

        if ((known?.Human.Value ?? HumanMinutes) is not { } minutes)
        {
            return new FigureFault("human_minutes", $"there is none for task `{TaskId}`", "give the task's human time, in the file or in a task table");
        }

        if (!(minutes > 0 && double.IsFinite(minutes)))
        {
            return new FigureFault("human_minutes", $"`{minutes.ToString("R", CultureInfo.InvariantCulture)}` is not a length", "give minutes above zero");
        }

        if (Score is not { } score)
        {
            return new FigureFault("score_binarized", "there is none", "give 0 for a failure, 1 for a success");
        }

        DateOnly? released = null;
        if (Released is { Length: > 0 } text)
        {
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return new FigureFault("release_date", $"`{Shown(text)}` is not a date", "write it as yyyy-MM-dd");
            }

            released = day;
        }

        row = new RunRow(Alias!, TaskId!, known?.Family ?? Family!, new Minutes(minutes), score)
        {
            Model = Model is { Length: > 0 } ? Model : null,
            Released = released,
            Source = known?.Source ?? (TaskSource is { Length: > 0 } ? TaskSource : null),
            Basis = known?.Basis ?? BasisOf(HumanSource),
            Continuous = Continuous,
            Fatal = Fatal is { Length: > 0 },
            Alleged = Alleged,
            Count = count,
        };
        return null;
    }

    /// <summary>METR's words for where a human time comes from; any other word says nothing that an estimate uses.</summary>
    public static HumanTimeBasis BasisOf(string? word) => word switch
    {
        "baseline" => HumanTimeBasis.Measured,
        "estimate" => HumanTimeBasis.Estimated,
        _ => HumanTimeBasis.Unstated,
    };

    /// <summary>Input as it is quoted in a fault: of bearable length, on one line.</summary>
    public static string Shown(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
        return line.Length <= 80 ? line : string.Concat(line.AsSpan(0, 79), "…");
    }

    private static FigureFault? Name(string field, string? name) =>
        string.IsNullOrWhiteSpace(name) ? new FigureFault(field, "there is none", "give a name that is not blank")
        : name.Any(char.IsControl) ? new FigureFault(field, $"`{Shown(name)}` has a control character", "write the name in letters, digits and marks")
        : name.Length > 500 ? new FigureFault(field, $"`{Shown(name)}` has more than 500 characters", "shorten the name")
        : null;
}
