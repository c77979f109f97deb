using System.Collections.Immutable;
using System.Globalization;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>The columns of comma-separated runs, found by name; columns that no estimate uses are passed over.</summary>
internal sealed class RunColumns
{
    private static readonly ImmutableArray<string> RunRequired = ["alias", "task_id", "score_binarized"];
    private static readonly ImmutableArray<string> CountsRequired = ["alias", "task_id", "runs", "successes"];

    private readonly int width;
    private readonly ImmutableArray<(RunField Field, int At)> fields;

    private RunColumns(ImmutableArray<string> names, bool counts)
    {
        width = names.Length;
        fields = [.. RunFields.All
            .Where(field => !counts || field is not (RunField.RunId or RunField.Score or RunField.Continuous or RunField.EqualWeight or RunField.FamilyWeight))
            .Select(field => (field, names.IndexOf(RunFields.Name(field))))
            .Where(column => column.Item2 >= 0)];
        Runs = names.IndexOf("runs");
        Successes = names.IndexOf("successes");
    }

    /// <summary>Where <c>runs</c> stands, in counts.</summary>
    public int Runs { get; }

    /// <summary>Where <c>successes</c> stands, in counts.</summary>
    public int Successes { get; }

    /// <summary>Reads the first line.</summary>
    public static FigureFault? Read(ImmutableArray<string> names, bool counts, out RunColumns? columns)
    {
        columns = null;
        if (names.Length == 1 && names[0].IndexOfAny([';', '\t']) >= 0)
        {
            return new FigureFault("header", "the columns are not separated by commas", "save the file as comma-separated text");
        }

        // Short names, for counts that are written by hand.
        ImmutableArray<string> full = counts
            ? [.. names.Select(name => name switch { "task" => "task_id", "family" => "task_family", "minutes" => "human_minutes", _ => name })]
            : names;
        var required = counts ? CountsRequired : RunRequired;
        if (required.FirstOrDefault(name => !full.Contains(name)) is { } missing)
        {
            return new FigureFault("header", $"column `{missing}` is missing", $"name the columns `{string.Join(',', required)}` and, without a task table, `task_family,human_minutes`");
        }

        if (full.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            return new FigureFault("header", $"column `{RawRow.Shown(twice.Key)}` appears twice", "keep one");
        }

        columns = new RunColumns(full, counts);
        return null;
    }

    /// <summary>Puts the fields of one line into a row; an empty field, and <c>nan</c> for a number, is absent.</summary>
    public FigureFault? Fill(RawRow raw, ImmutableArray<string> line)
    {
        if (line.Length != width)
        {
            return new FigureFault(
                "row",
                $"{line.Length.ToString(CultureInfo.InvariantCulture)} fields where the header has {width.ToString(CultureInfo.InvariantCulture)}",
                "give one field for each column and quote fields with commas");
        }

        foreach (var (field, at) in fields)
        {
            if (line[at].Length > 0 && Set(raw, field, line[at]) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static FigureFault? Set(RawRow raw, RunField field, string text)
    {
        if (field == RunField.Alleged)
        {
            if (!bool.TryParse(text, out var alleged))
            {
                return new FigureFault(RunFields.Name(field), $"`{RawRow.Shown(text)}` is neither true nor false", "write true or false, or leave the field empty");
            }

            raw.Alleged = alleged;
        }
        else if (!RunFields.IsNumber(field))
        {
            RunFields.Set(raw, field, text);
        }
        else if (field == RunField.Score && bool.TryParse(text, out var success))
        {
            raw.Score = success ? 1 : 0;
        }
        else if (!text.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            if (!double.TryParse(text, CsvTable.Number, CultureInfo.InvariantCulture, out var value))
            {
                return new FigureFault(RunFields.Name(field), $"`{RawRow.Shown(text)}` is not a number", "write a number with a point, or leave the field empty");
            }

            RunFields.Set(raw, field, value);
        }

        return null;
    }
}
