using System.Collections.Immutable;
using System.Text;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>The fields of a run that are read.</summary>
internal enum RunField
{
    TaskId,
    Family,
    RunId,
    Alias,
    Model,
    Score,
    Continuous,
    HumanMinutes,
    HumanSource,
    TaskSource,
    Fatal,
    EqualWeight,
    FamilyWeight,
    Released,
    Alleged,
}

/// <summary>Their names, METR's where METR has one.</summary>
internal static class RunFields
{
    private static readonly ImmutableArray<string> Names =
    [
        "task_id", "task_family", "run_id", "alias", "model", "score_binarized", "score_cont", "human_minutes", "human_source", "task_source",
        "fatal_error_from", "equal_task_weight", "invsqrt_task_weight", "release_date", "alleged_cheating",
    ];

    private static readonly ImmutableArray<byte[]> Utf8Names = [.. Names.Select(Encoding.UTF8.GetBytes)];

    public static ImmutableArray<RunField> All { get; } = [.. Enum.GetValues<RunField>()];

    private static readonly ImmutableArray<ImmutableArray<RunField>> ByLength =
        [.. Enumerable.Range(0, Names.Max(name => name.Length) + 1).Select(length => All.Where(field => Names[(int)field].Length == length).ToImmutableArray())];

    /// <summary>The fields whose names have so many bytes.</summary>
    public static ImmutableArray<RunField> OfLength(int length) => length < ByLength.Length ? ByLength[length] : [];

    public static string Name(RunField field) => Names[(int)field];

    public static ReadOnlySpan<byte> Utf8Name(RunField field) => Utf8Names[(int)field];

    public static bool IsNumber(RunField field) =>
        field is RunField.Score or RunField.Continuous or RunField.HumanMinutes or RunField.EqualWeight or RunField.FamilyWeight;

    public static void Set(RawRow raw, RunField field, double value)
    {
        switch (field)
        {
            case RunField.Score:
                raw.Score = value;
                break;
            case RunField.Continuous:
                raw.Continuous = value;
                break;
            case RunField.HumanMinutes:
                raw.HumanMinutes = value;
                break;
            case RunField.EqualWeight:
                raw.EqualWeight = value;
                break;
            default:
                raw.FamilyWeight = value;
                break;
        }
    }

    public static void Set(RawRow raw, RunField field, string value)
    {
        switch (field)
        {
            case RunField.TaskId:
                raw.TaskId = value;
                break;
            case RunField.Family:
                raw.Family = value;
                break;
            case RunField.RunId:
                raw.RunId = value;
                break;
            case RunField.Alias:
                raw.Alias = value;
                break;
            case RunField.Model:
                raw.Model = value;
                break;
            case RunField.HumanSource:
                raw.HumanSource = value;
                break;
            case RunField.TaskSource:
                raw.TaskSource = value;
                break;
            case RunField.Fatal:
                raw.Fatal = value;
                break;
            default:
                raw.Released = value;
                break;
        }
    }
}
