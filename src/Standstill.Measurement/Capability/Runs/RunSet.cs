using System.Collections.Immutable;

namespace Standstill.Measurement.Capability.Runs;

/// <summary>A model with its scaffold, or a group of humans, whose attempts were recorded.</summary>
/// <param name="Alias">The name under which its runs are counted together.</param>
/// <param name="Model">The model behind it, where the file says so.</param>
/// <param name="Released">The day on which the model was released, where known. An agent without one is fitted and left out of trends.</param>
public sealed record Agent(string Alias, string? Model, DateOnly? Released);

/// <summary>Where the human time of a task comes from.</summary>
public enum HumanTimeBasis
{
    /// <summary>The file does not say.</summary>
    Unstated,

    /// <summary>Humans were timed on the task ("baseline").</summary>
    Measured,

    /// <summary>Somebody estimated it.</summary>
    Estimated,
}

/// <summary>A task of the suite.</summary>
/// <param name="Id">Its name, unique in the suite.</param>
/// <param name="Family">Index into <see cref="RunSet.Families"/>.</param>
/// <param name="Source">The collection it comes from, where the file says so.</param>
/// <param name="Human">How long a skilled human needs.</param>
/// <param name="Basis">Whether that length was measured.</param>
public sealed record SuiteTask(string Id, int Family, string? Source, Minutes Human, HumanTimeBasis Basis);

/// <summary>Runs of one agent at one task that do not differ in anything that an estimate uses.</summary>
/// <param name="Agent">Index into <see cref="RunSet.Agents"/>.</param>
/// <param name="Task">Index into <see cref="RunSet.Tasks"/>.</param>
/// <param name="Score">The binarised score, in [0, 1]; a value between is a weighted success and failure.</param>
/// <param name="Continuous">The continuous score in [0, 1], where the file has one.</param>
/// <param name="Fatal">Whether the run ended in a fatal error.</param>
/// <param name="Alleged">Whether the run is alleged to have cheated.</param>
/// <param name="Count">How many such runs there are, at least 1.</param>
public readonly record struct RunGroup(int Agent, int Task, double Score, double? Continuous, bool Fatal, bool Alleged, int Count);

/// <summary>All recorded attempts of some agents at a suite of tasks.</summary>
/// <remarks>
/// <para>Built by <see cref="RunSetBuilder"/>. It does not depend on the order of the rows it was built from.</para>
/// <para>INVARIANT (order): agents and families are in ordinal order of their names, tasks in the order of their family and then of
/// their name, runs in the order of agent, task, score, continuous score and flags; no two groups are alike.</para>
/// </remarks>
public sealed class RunSet
{
    internal RunSet(ImmutableArray<Agent> agents, ImmutableArray<string> families, ImmutableArray<SuiteTask> tasks, ImmutableArray<RunGroup> runs)
    {
        Agents = agents;
        Families = families;
        Tasks = tasks;
        Runs = runs;
    }

    /// <summary>The agents.</summary>
    public ImmutableArray<Agent> Agents { get; }

    /// <summary>The families of tasks: tasks of one family resemble one another and are resampled together.</summary>
    public ImmutableArray<string> Families { get; }

    /// <summary>The tasks.</summary>
    public ImmutableArray<SuiteTask> Tasks { get; }

    /// <summary>The runs, alike ones counted together.</summary>
    public ImmutableArray<RunGroup> Runs { get; }

    /// <summary>How many runs there are.</summary>
    public long RunCount => Runs.Sum(run => (long)run.Count);

    /// <summary>The same runs with release dates from elsewhere; an agent that is not named keeps what it had.</summary>
    /// <param name="released">Release day by alias.</param>
    public RunSet WithReleases(IReadOnlyDictionary<string, DateOnly> released) => new(
        [.. Agents.Select(agent => released.TryGetValue(agent.Alias, out var day) ? agent with { Released = day } : agent)], Families, Tasks, Runs);

    /// <summary>The runs that pass a test. Agents and tasks stay in place, so that indices keep their meaning.</summary>
    public RunSet Where(Func<RunGroup, bool> keep) => new(Agents, Families, Tasks, [.. Runs.Where(keep)]);

    /// <summary>The same runs with other human times.</summary>
    /// <param name="human">One length for each task, in the order of <see cref="Tasks"/>.</param>
    public RunSet WithHumanTimes(ImmutableArray<Minutes> human) =>
        new(Agents, Families, [.. Tasks.Select((task, i) => task with { Human = human[i] })], Runs);
}
