using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>One agent's horizon under every reading of its doubtful runs.</summary>
/// <remarks>Nothing here says which reading is right: that depends on whether the allegation holds, and on what the agent would have
/// done had it not cheated. Whichever of the four it is, the horizon lies within <see cref="Low"/> and <see cref="High"/>.</remarks>
/// <param name="Failed">They count as failures: the worst case.</param>
/// <param name="LeftOut">They are left out.</param>
/// <param name="AsScored">They count as scored.</param>
/// <param name="Succeeded">They count as successes: the best case.</param>
/// <param name="Runs">How many runs of the agent are in doubt.</param>
public sealed record DoubtfulBounds(HorizonKnown Failed, HorizonKnown LeftOut, HorizonKnown AsScored, HorizonKnown Succeeded, int Runs)
{
    /// <summary>The least ln(minutes) under any reading.</summary>
    public double Low => Math.Min(Math.Min(Failed.Low, LeftOut.Low), Math.Min(AsScored.Low, Succeeded.Low));

    /// <summary>The greatest ln(minutes) under any reading.</summary>
    public double High => Math.Max(Math.Max(Failed.High, LeftOut.High), Math.Max(AsScored.High, Succeeded.High));

    /// <summary>The readings of runs that are alleged to have cheated, for each agent in the order of <see cref="RunSet.Agents"/>.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="settings">Everything else.</param>
    /// <param name="level">The success level, above 0 and below 1.</param>
    public static ImmutableArray<DoubtfulBounds> OfAllegations(RunSet runs, HorizonSettings settings, Probability level) =>
        Of(runs, level, reading => settings with { Alleged = reading }, run => run.Alleged);

    /// <summary>The readings of runs that ended in a fatal error.</summary>
    /// <inheritdoc cref="OfAllegations"/>
    public static ImmutableArray<DoubtfulBounds> OfFatalErrors(RunSet runs, HorizonSettings settings, Probability level) =>
        Of(runs, level, reading => settings with { Fatal = reading }, run => run.Fatal);

    private static ImmutableArray<DoubtfulBounds> Of(
        RunSet runs, Probability level, Func<DoubtfulRuns, HorizonSettings> settings, Func<RunGroup, bool> doubtful)
    {
        var doubts = new int[runs.Agents.Length];
        foreach (var run in runs.Runs.Where(doubtful))
        {
            doubts[run.Agent] += run.Count;
        }

        var (failed, leftOut, asScored, succeeded) =
            (Fit(DoubtfulRuns.Failed), Fit(DoubtfulRuns.LeftOut), Fit(DoubtfulRuns.AsScored), Fit(DoubtfulRuns.Succeeded));
        return [.. doubts.Select((count, i) => new DoubtfulBounds(failed[i], leftOut[i], asScored[i], succeeded[i], count))];

        ImmutableArray<HorizonKnown> Fit(DoubtfulRuns reading) =>
            [.. HorizonEstimator.Fit(runs, settings(reading)).Select(fit => fit.Horizon(level))];
    }
}
