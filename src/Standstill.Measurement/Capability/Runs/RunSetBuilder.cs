using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Standstill.Measurement.Capability.Runs;

/// <summary>One line of a run file: one run, or several alike.</summary>
/// <param name="Alias">The agent, not blank.</param>
/// <param name="TaskId">The task, not blank.</param>
/// <param name="Family">The task's family, not blank.</param>
/// <param name="Human">The task's length by human time.</param>
/// <param name="Score">The binarised score, in [0, 1].</param>
public sealed record RunRow(string Alias, string TaskId, string Family, Minutes Human, double Score)
{
    /// <summary>The model behind the agent.</summary>
    public string? Model { get; init; }

    /// <summary>When the model was released.</summary>
    public DateOnly? Released { get; init; }

    /// <summary>The collection that the task comes from.</summary>
    public string? Source { get; init; }

    /// <summary>Where the human time comes from.</summary>
    public HumanTimeBasis Basis { get; init; }

    /// <summary>The continuous score, in [0, 1].</summary>
    public double? Continuous { get; init; }

    /// <summary>Whether the run ended in a fatal error.</summary>
    public bool Fatal { get; init; }

    /// <summary>Whether the run is alleged to have cheated.</summary>
    public bool Alleged { get; init; }

    /// <summary>How many such runs the line stands for, at least 1.</summary>
    public int Count { get; init; } = 1;
}

/// <summary>Collects rows into a <see cref="RunSet"/>; holds one element for each kind of run, not for each run.</summary>
/// <remarks>Rows that differ in a task's family, its length or an agent's release day contradict one another and are refused. In what no
/// estimate hangs on, they may differ, and the set is the same for any order of them: the model and the source are the first in ordinal
/// order, and a human time that is anywhere called an estimate is one.</remarks>
public sealed class RunSetBuilder
{
    /// <summary>Sums of runs are whole numbers of 32 bits.</summary>
    private const long MostRuns = int.MaxValue;

    private readonly Dictionary<string, Agent> agents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Known> tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Alias, string Task, double Score, double Continuous, bool Fatal, bool Alleged), int> counts = [];

    private long total;

    private sealed record Known(string Family, string? Source, Minutes Human, HumanTimeBasis Basis);

    /// <summary>Adds a row, or says why it contradicts an earlier one; then nothing has changed.</summary>
    public FigureFault? Add(RunRow row)
    {
        if (Fault(row) is { } fault)
        {
            return fault;
        }

        total += row.Count;
        ref var task = ref CollectionsMarshal.GetValueRefOrAddDefault(tasks, row.TaskId, out var isKnown);
        if (!isKnown)
        {
            task = new Known(row.Family, row.Source, row.Human, row.Basis);
        }
        else if (task!.Source != row.Source || task.Basis != row.Basis)
        {
            task = task with { Source = First(task.Source, row.Source), Basis = (HumanTimeBasis)Math.Max((int)task.Basis, (int)row.Basis) };
        }

        ref var agent = ref CollectionsMarshal.GetValueRefOrAddDefault(agents, row.Alias, out isKnown);
        if (!isKnown)
        {
            agent = new Agent(row.Alias, row.Model, row.Released);
        }
        else if (agent!.Model != row.Model || agent.Released != row.Released)
        {
            agent = agent with { Model = First(agent.Model, row.Model), Released = agent.Released ?? row.Released };
        }

        // Adding zero makes one zero of both: -0 and 0 are the same score.
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(
            counts, (row.Alias, row.TaskId, row.Score + 0.0, row.Continuous + 0.0 ?? double.NaN, row.Fatal, row.Alleged), out _);
        count += row.Count;
        return null;
    }

    private static string? First(string? left, string? right) =>
        left is null || right is null ? left ?? right : string.CompareOrdinal(left, right) <= 0 ? left : right;

    /// <summary>The runs added so far.</summary>
    public RunSet Build()
    {
        ImmutableArray<Agent> orderedAgents = [.. agents.Values.OrderBy(agent => agent.Alias, StringComparer.Ordinal)];
        ImmutableArray<string> families = [.. tasks.Values.Select(task => task.Family).Distinct().Order(StringComparer.Ordinal)];
        var familyIndex = families.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        ImmutableArray<SuiteTask> orderedTasks =
        [
            .. tasks
                .Select(pair => new SuiteTask(pair.Key, familyIndex[pair.Value.Family], pair.Value.Source, pair.Value.Human, pair.Value.Basis))
                .OrderBy(task => task.Family).ThenBy(task => task.Id, StringComparer.Ordinal),
        ];
        var agentIndex = orderedAgents.Select((agent, i) => (agent.Alias, i)).ToDictionary(pair => pair.Alias, pair => pair.i, StringComparer.Ordinal);
        var taskIndex = orderedTasks.Select((task, i) => (task.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i, StringComparer.Ordinal);
        ImmutableArray<RunGroup> runs =
        [
            .. counts
                .Select(pair => new RunGroup(
                    agentIndex[pair.Key.Alias],
                    taskIndex[pair.Key.Task],
                    pair.Key.Score,
                    double.IsNaN(pair.Key.Continuous) ? null : pair.Key.Continuous,
                    pair.Key.Fatal,
                    pair.Key.Alleged,
                    pair.Value))
                .OrderBy(run => run.Agent).ThenBy(run => run.Task).ThenBy(run => run.Score)
                .ThenBy(run => run.Continuous).ThenBy(run => run.Fatal).ThenBy(run => run.Alleged),
        ];
        return new RunSet(orderedAgents, families, orderedTasks, runs);
    }

    private FigureFault? Fault(RunRow row)
    {
        string N(double value) => value.ToString("R", CultureInfo.InvariantCulture);

        if (!(row.Score >= 0 && row.Score <= 1))
        {
            return new FigureFault("score_binarized", $"`{N(row.Score)}` is outside [0, 1]", "give 0 for a failure, 1 for a success");
        }

        if (row.Continuous is { } continuous && !(continuous >= 0 && continuous <= 1))
        {
            return new FigureFault("score_cont", $"`{N(continuous)}` is outside [0, 1]", "give a share of the full score, or leave it out");
        }

        if (row.Count < 1)
        {
            return new FigureFault("runs", $"`{row.Count.ToString(CultureInfo.InvariantCulture)}` is less than one run", "leave the line out");
        }

        if (total + row.Count > MostRuns)
        {
            return new FigureFault("runs", $"with `{row.Count.ToString(CultureInfo.InvariantCulture)}` more there are over 2,147,483,647 runs", "leave some out");
        }

        if (tasks.TryGetValue(row.TaskId, out var known))
        {
            if (known.Family != row.Family)
            {
                return new FigureFault("task_family", $"`{row.TaskId}` is in `{row.Family}` here and in `{known.Family}` above", "give each task one family");
            }

            if (known.Human != row.Human)
            {
                return new FigureFault(
                    "human_minutes", $"`{row.TaskId}` takes `{N(row.Human.Value)}` here and `{N(known.Human.Value)}` above", "give each task one human time");
            }
        }

        return agents.TryGetValue(row.Alias, out var agent) && agent.Released is { } before && row.Released is { } day && before != day
            ? new FigureFault("release_date", $"`{row.Alias}` has two release dates", "give each agent one release date")
            : null;
    }
}
