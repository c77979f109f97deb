using System.Collections.Immutable;
using System.Globalization;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>What a table says of a task.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Human">Its length.</param>
/// <param name="Source">The collection it comes from, where the table says so.</param>
/// <param name="Basis">Where the length comes from.</param>
public sealed record KnownTask(string Family, Minutes Human, string? Source, HumanTimeBasis Basis);

/// <summary>Lengths and families of tasks, for run files that lack them, or in place of theirs.</summary>
/// <remarks>Comma-separated text (RFC 4180, no line breaks in fields) with a first line naming the columns <c>task_id</c>,
/// <c>task_family</c>, <c>human_minutes</c> and, if one wishes, <c>human_source</c> (<c>baseline</c>, <c>estimate</c>) and <c>task_source</c>,
/// in any order; other columns are passed over.</remarks>
public sealed class TaskTable
{
    private readonly ImmutableDictionary<string, KnownTask> tasks;

    private TaskTable(ImmutableDictionary<string, KnownTask> tasks) => this.tasks = tasks;

    /// <summary>How many tasks it has.</summary>
    public int Count => tasks.Count;

    /// <summary>What it says of a task; nothing where it does not have it.</summary>
    public KnownTask? Find(string task) => tasks.GetValueOrDefault(task);

    /// <summary>Reads a table, or says what is wrong with it.</summary>
    /// <param name="text">The whole text; a byte-order mark and CRLF are accepted.</param>
    /// <param name="table">The table, where there is no fault.</param>
    public static ImmutableArray<TableFault> Read(string text, out TaskTable? table)
    {
        table = null;
        var read = CsvTable.Read(text, ["task_id", "task_family", "human_minutes"], out var rows);
        var faults = read.ToBuilder();
        var known = ImmutableDictionary.CreateBuilder<string, KnownTask>(StringComparer.Ordinal);
        foreach (var (line, field) in rows)
        {
            var task = field("task_id");
            FigureFault? fault = null;
            if (task.Length == 0 || field("task_family").Length == 0)
            {
                fault = new FigureFault(task.Length == 0 ? "task_id" : "task_family", "the field is empty", "give a name");
            }
            else if (!double.TryParse(field("human_minutes"), CsvTable.Number, CultureInfo.InvariantCulture, out var minutes) || !(minutes > 0 && double.IsFinite(minutes)))
            {
                fault = new FigureFault("human_minutes", $"`{RawRow.Shown(field("human_minutes"))}` is not a length", "give minutes above zero, such as 3.5");
            }
            else if (!known.TryAdd(task, new KnownTask(
                field("task_family"), new Minutes(minutes), field("task_source") is { Length: > 0 } source ? source : null, RawRow.BasisOf(field("human_source")))))
            {
                fault = new FigureFault("task_id", $"`{RawRow.Shown(task)}` appears twice", "keep one line");
            }

            if (fault is not null)
            {
                faults.Add(new TableFault(line, fault));
            }
        }

        if (faults.Count == 0)
        {
            table = new TaskTable(known.ToImmutable());
        }

        return faults.ToImmutable();
    }
}
