using System.Collections.Immutable;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Capability.Horizons;

/// <summary>One horizon of one agent, with its interval.</summary>
/// <param name="Level">The success level.</param>
/// <param name="Known">The estimate, or the bounds that the runs give; in ln(minutes).</param>
/// <param name="Low">2.5 % quantile of the draws in ln(minutes); −∞ where the draws do not bound it.</param>
/// <param name="High">97.5 % quantile, likewise; +∞.</param>
/// <param name="SupportAbove">The share of the agent's weight on tasks at least as long as the estimate; absent without an estimate.
/// Where it is small, the estimate rests on few tasks; at zero it is extrapolated.</param>
public readonly record struct LevelHorizon(Probability Level, HorizonKnown Known, double Low, double High, Probability? SupportAbove);

/// <summary>What the runs of one agent say.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Runs">How many of its runs were used.</param>
/// <param name="Tasks">At how many tasks.</param>
/// <param name="Success">The weighted mean score; absent without runs.</param>
/// <param name="Longest">The longest task that it tried; absent without runs.</param>
/// <param name="Fit">The fit.</param>
/// <param name="Levels">One horizon for each level asked for.</param>
public sealed record AgentHorizon(
    Agent Agent, long Runs, int Tasks, Probability? Success, Minutes? Longest, HorizonFit Fit, ImmutableArray<LevelHorizon> Levels)
{
    private static readonly Probability Mass = new(0.95);

    /// <summary>One row for each agent, in the order of <see cref="RunSet.Agents"/>.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="settings">How they are fitted.</param>
    /// <param name="draws">Draws made from the same runs with the same settings.</param>
    public static ImmutableArray<AgentHorizon> Of(RunSet runs, HorizonSettings settings, HorizonDraws draws)
    {
        var design = RunDesign.Of(runs, settings);
        var fits = HorizonEstimator.Fit(runs, settings);
        return [.. Enumerable.Range(0, runs.Agents.Length).Select(Row)];

        AgentHorizon Row(int agent)
        {
            var cells = design.Cells[agent];
            return new AgentHorizon(
                runs.Agents[agent],
                cells.Sum(cell => (long)cell.Runs),
                cells.Length,
                cells.IsEmpty ? null : new Probability(Math.Clamp(cells.Sum(cell => cell.RunWeight * cell.Runs * cell.MeanScore), 0, 1)),
                cells.IsEmpty ? null : new Minutes(cells.Max(cell => runs.Tasks[cell.Task].Human.Value)),
                fits[agent],
                [.. draws.Levels.Select((level, i) => Level(cells, fits[agent].Horizon(level), level, draws.Interval(agent, i, Mass)))]);
        }
    }

    private static LevelHorizon Level(ImmutableArray<RunCell> cells, HorizonKnown known, Probability level, (double Low, double High) interval) => new(
        level,
        known,
        interval.Low,
        interval.High,
        known.Estimate is { } log
            ? new Probability(Math.Clamp(cells.Where(cell => cell.X * LogisticCurve.Ln2 >= log).Sum(cell => cell.RunWeight * cell.Runs), 0, 1))
            : null);
}
