using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>How much of the suite reaches as far as a horizon, and what is left of the horizon without extrapolation.</summary>
/// <remarks>The longest supported length is the longest task such that tasks at least as long carry at least the asked share of the
/// agent's weight. A horizon beyond it is right-censored: "at least the longest supported length", with no estimate and no upper end.</remarks>
/// <param name="Fitted">The horizon as fitted.</param>
/// <param name="Supported">The horizon after censoring.</param>
/// <param name="Longest">The longest supported length; absent where the agent has no runs.</param>
/// <param name="Mass">The share of the weight on tasks at least as long as the estimate, or as the lower bound where there is no estimate.</param>
/// <param name="Tasks">How many such tasks there are.</param>
/// <param name="Families">Of how many families.</param>
/// <param name="Measured">For how many of them the human time was measured.</param>
public sealed record TaskSupport(
    HorizonKnown Fitted, HorizonKnown Supported, Minutes? Longest, Probability Mass, int Tasks, int Families, int Measured)
{
    /// <summary>The share asked for by default: of 200 tasks of equal weight, four must be as long. An assumption; no source states one.</summary>
    public static Probability DefaultLeastMass { get; } = new(0.02);

    /// <summary>The support of each agent's horizon, in the order of <see cref="RunSet.Agents"/>.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="settings">How they are fitted.</param>
    /// <param name="level">The success level, above 0 and below 1.</param>
    /// <param name="leastMass">The share of weight that must reach as far as a length for it to be supported; 0 asks for one task.</param>
    public static ImmutableArray<TaskSupport> Of(RunSet runs, HorizonSettings settings, Probability level, Probability leastMass) =>
    [
        .. RunDesign.Of(runs, settings).Cells.Select(
            cells => Of(runs, cells, HorizonEstimator.Fit([.. cells.Select(cell => cell.Observation)], settings.Lambda).Horizon(level), leastMass)),
    ];

    private static TaskSupport Of(RunSet runs, ImmutableArray<RunCell> cells, HorizonKnown known, Probability leastMass)
    {
        var length = (known.Estimate ?? known.Low) / LogisticCurve.Ln2;
        var beyond = cells.Where(cell => cell.X >= length).Select(cell => runs.Tasks[cell.Task]).ToList();
        var longest = LongestSupported(runs, cells, leastMass);
        return new TaskSupport(
            known,
            longest is { } supported ? Censor(known, PortableMath.Log(supported.Value)) : known,
            longest,
            new Probability(Math.Min(1, cells.Where(cell => cell.X >= length).Sum(cell => cell.RunWeight * cell.Runs))),
            beyond.Count,
            beyond.Select(task => task.Family).Distinct().Count(),
            beyond.Count(task => task.Basis == HumanTimeBasis.Measured));
    }

    private static Minutes? LongestSupported(RunSet runs, ImmutableArray<RunCell> cells, Probability leastMass)
    {
        var mass = 0.0;
        foreach (var length in cells.GroupBy(cell => runs.Tasks[cell.Task].Human.Value).OrderByDescending(length => length.Key))
        {
            mass += length.Sum(cell => cell.RunWeight * cell.Runs);

            // The weights sum to 1 up to rounding; asking for all of it must find the shortest task.
            if (mass >= leastMass.Value - 1e-12)
            {
                return new Minutes(length.Key);
            }
        }

        return null;
    }

    /// <summary>Cuts what is known at the longest supported length. The upper end never falls.</summary>
    internal static HorizonKnown Censor(HorizonKnown known, double longest) =>
        known.High <= longest ? known : new HorizonKnown(null, Math.Min(known.Low, longest), double.PositiveInfinity);
}
