using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>The success of one agent at tasks of like length.</summary>
/// <param name="From">The least length in the bin.</param>
/// <param name="To">The length at which the next bin begins; the last bin holds it too.</param>
/// <param name="Success">The weighted mean score; absent where the bin holds no runs.</param>
/// <param name="Weight">The bin's share of the agent's weight.</param>
/// <param name="Tasks">How many tasks it holds.</param>
/// <param name="Runs">How many runs.</param>
public readonly record struct SuccessBin(Minutes From, Minutes To, Probability? Success, double Weight, int Tasks, int Runs);

/// <summary>Success by length as it is, for the points beside a fitted curve.</summary>
public static class SuccessBins
{
    /// <summary>The edges in METR's plots of each model's curve: 1, 4, 16, 64, 256, 960 and 2880 minutes. Shorter tasks are in no bin.</summary>
    public static ImmutableArray<Minutes> MetrEdges { get; } = [.. new double[] { 1, 4, 16, 64, 256, 960, 2880 }.Select(minutes => new Minutes(minutes))];

    /// <summary>The bins of each agent, in the order of <see cref="RunSet.Agents"/>.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="settings">Weights and scores.</param>
    /// <param name="edges">At least two, ascending. A task outside them is in no bin.</param>
    public static ImmutableArray<ImmutableArray<SuccessBin>> Of(RunSet runs, HorizonSettings settings, ImmutableArray<Minutes> edges)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(edges.Length, 2, nameof(edges));
        for (var i = 1; i < edges.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(edges[i].Value, edges[i - 1].Value, nameof(edges));
        }

        return
        [
            .. RunDesign.Of(runs, settings).Cells.Select(cells =>
                Enumerable.Range(0, edges.Length - 1).Select(bin => Bin(cells, bin)).ToImmutableArray()),
        ];

        SuccessBin Bin(ImmutableArray<RunCell> cells, int bin)
        {
            var (weight, success, tasks, count) = (0.0, 0.0, 0, 0);
            foreach (var cell in cells)
            {
                var length = runs.Tasks[cell.Task].Human.Value;
                if (length >= edges[bin].Value && (length < edges[bin + 1].Value || (bin == edges.Length - 2 && length == edges[^1].Value)))
                {
                    weight += cell.RunWeight * cell.Runs;
                    success += cell.RunWeight * cell.Runs * cell.MeanScore;
                    tasks++;
                    count += cell.Runs;
                }
            }

            return new SuccessBin(
                edges[bin], edges[bin + 1], tasks > 0 ? new Probability(Math.Clamp(success / weight, 0, 1)) : null, weight, tasks, count);
        }
    }

    /// <summary>Edges between which equally many tasks of the suite lie, as nearly as whole tasks allow.</summary>
    /// <remarks>Equal edges are kept once, so that there may be fewer bins; fewer than two edges where all tasks are equally long.</remarks>
    /// <param name="runs">The runs.</param>
    /// <param name="bins">How many bins, at least 1.</param>
    public static ImmutableArray<Minutes> QuantileEdges(RunSet runs, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        double[] lengths = [.. runs.Tasks.Select(task => task.Human.Value).Order()];
        return lengths.Length == 0
            ? []
            : [.. Enumerable.Range(0, bins + 1).Select(i => lengths[(int)((long)i * (lengths.Length - 1) / bins)]).Distinct().Select(length => new Minutes(length))];
    }
}
