using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>What becomes of the horizons when one part of the suite is left out.</summary>
/// <param name="Part">The name of the family or source.</param>
/// <param name="Horizons">What is known without it, in the order of <see cref="RunSet.Agents"/>.</param>
/// <param name="Changes">By how much ln(minutes) changes; absent where there is no estimate before or after.</param>
public sealed record PartLeftOut(string Part, ImmutableArray<HorizonKnown> Horizons, ImmutableArray<double?> Changes);

/// <summary>How much each family of tasks, or each source, moves the horizons.</summary>
/// <param name="Whole">What is known from the whole suite, in the order of <see cref="RunSet.Agents"/>.</param>
/// <param name="Parts">One for each part, in ordinal order of the names.</param>
public sealed record Influence(ImmutableArray<HorizonKnown> Whole, ImmutableArray<PartLeftOut> Parts)
{
    /// <summary>What tasks without a source are called.</summary>
    public const string UnnamedSource = "(no source stated)";

    /// <summary>Leaves out each family in turn.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="settings">How they are fitted; the weights are those of what is left.</param>
    /// <param name="level">The success level, above 0 and below 1.</param>
    /// <param name="loop">How the parts are run through; the result does not depend on it.</param>
    public static Influence OfFamilies(RunSet runs, HorizonSettings settings, Probability level, DrawLoop loop) =>
        Of(runs, settings, level, loop, task => runs.Families[task.Family]);

    /// <summary>Leaves out each source in turn.</summary>
    /// <inheritdoc cref="OfFamilies"/>
    public static Influence OfSources(RunSet runs, HorizonSettings settings, Probability level, DrawLoop loop) =>
        Of(runs, settings, level, loop, SourceOf);

    /// <summary>The part whose leaving moves one agent's horizon most; absent where the whole gives no estimate.</summary>
    /// <remarks>A part without which there is no estimate moves it more than any that leaves one. Of equal ones the first.</remarks>
    /// <param name="agent">Index into <see cref="RunSet.Agents"/>.</param>
    public PartLeftOut? Greatest(int agent) => Whole[agent].Estimate is null
        ? null
        : Parts.MaxBy(part => part.Changes[agent] is { } change ? Math.Abs(change) : double.PositiveInfinity);

    internal static string SourceOf(SuiteTask task) => task.Source ?? UnnamedSource;

    private static Influence Of(RunSet runs, HorizonSettings settings, Probability level, DrawLoop loop, Func<SuiteTask, string> partOf)
    {
        var tried = new bool[runs.Tasks.Length];
        foreach (var run in runs.Runs)
        {
            tried[run.Task] = true;
        }

        string[] partOfTask = [.. runs.Tasks.Select(partOf)];
        string[] names = [.. partOfTask.Where((_, task) => tried[task]).Distinct().Order(StringComparer.Ordinal)];
        var whole = Horizons(runs, settings, level);
        var parts = new PartLeftOut[names.Length];
        loop(names.Length, i =>
        {
            var without = Horizons(runs.Where(run => partOfTask[run.Task] != names[i]), settings, level);
            parts[i] = new PartLeftOut(names[i], without, [.. without.Select((known, agent) => known.Estimate - whole[agent].Estimate)]);
        });
        return new Influence(whole, [.. parts]);
    }

    private static ImmutableArray<HorizonKnown> Horizons(RunSet runs, HorizonSettings settings, Probability level) =>
        [.. HorizonEstimator.Fit(runs, settings).Select(fit => fit.Horizon(level))];
}
