using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>A stretch of lengths with one level of success.</summary>
/// <param name="From">Its shortest task.</param>
/// <param name="To">Its longest task.</param>
/// <param name="Success">The weighted mean score of its runs.</param>
/// <param name="Weight">Their share of the agent's weight.</param>
public readonly record struct IsotonicStep(Minutes From, Minutes To, Probability Success, double Weight);

/// <summary>The best curve among all that do not rise with length: success without any assumed shape.</summary>
/// <remarks>Weighted least squares under the order, by pooling adjacent violators: R. E. Barlow, D. J. Bartholomew, J. M. Bremner and
/// H. D. Brunk, "Statistical Inference under Order Restrictions", Wiley 1972, section 1.2; for scores in [0, 1] it is also the greatest
/// likelihood. It uses the order of the lengths alone. More successes never lower it, and so never lower its crossing of a level, which
/// cannot be said of a logistic curve.</remarks>
/// <param name="Steps">The stretches, shortest first, success strictly falling; empty without runs.</param>
public sealed record IsotonicCurve(ImmutableArray<IsotonicStep> Steps)
{
    /// <summary>Rounding of pooled means must not decide whether a stretch reaches a level.</summary>
    private const double Rounding = 1e-12;

    /// <summary>One curve for each agent, in the order of <see cref="RunSet.Agents"/>.</summary>
    public static ImmutableArray<IsotonicCurve> Of(RunSet runs, HorizonSettings settings) =>
        [.. RunDesign.Of(runs, settings).Cells.Select(cells => Of(runs, cells))];

    /// <summary>Where the curve crosses a level: from the last length at or above it to the first below it.</summary>
    /// <remarks>There is no estimate: any length between fits as well. −∞ where no length is at or above, +∞ where none is below.</remarks>
    public HorizonKnown Crossing(Probability success)
    {
        var (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var step in Steps)
        {
            if (step.Success.Value >= success.Value - Rounding)
            {
                low = PortableMath.Log(step.To.Value);
            }
            else
            {
                high = PortableMath.Log(step.From.Value);
                break;
            }
        }

        return new HorizonKnown(null, low, high);
    }

    /// <summary>Pools adjacent violators of "does not rise". Replaces the values by those of the best non-increasing sequence.</summary>
    /// <param name="values">In the order of length.</param>
    /// <param name="weights">Above zero.</param>
    internal static void Pool(Span<double> values, ReadOnlySpan<double> weights)
    {
        var (means, masses, ends) = (new double[values.Length], new double[values.Length], new int[values.Length]);
        var blocks = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var (mean, mass) = (values[i], weights[i]);
            while (blocks > 0 && means[blocks - 1] <= mean)
            {
                blocks--;
                mean = ((means[blocks] * masses[blocks]) + (mean * mass)) / (masses[blocks] + mass);
                mass += masses[blocks];
            }

            (means[blocks], masses[blocks], ends[blocks]) = (mean, mass, i + 1);
            blocks++;
        }

        for (var (block, i) = (0, 0); block < blocks; block++)
        {
            for (; i < ends[block]; i++)
            {
                values[i] = means[block];
            }
        }
    }

    private static IsotonicCurve Of(RunSet runs, ImmutableArray<RunCell> cells)
    {
        var lengths = cells.GroupBy(cell => runs.Tasks[cell.Task].Human.Value).OrderBy(length => length.Key).ToList();
        double[] weights = [.. lengths.Select(length => length.Sum(cell => cell.RunWeight * cell.Runs))];
        double[] values = [.. lengths.Select((length, i) => length.Sum(cell => cell.RunWeight * cell.Runs * cell.MeanScore) / weights[i])];
        Pool(values, weights);
        var steps = ImmutableArray.CreateBuilder<IsotonicStep>();
        for (var i = 0; i < values.Length;)
        {
            var (first, mass) = (i, 0.0);
            for (; i < values.Length && values[i] == values[first]; i++)
            {
                mass += weights[i];
            }

            var success = new Probability(Math.Clamp(values[first], 0, 1));
            steps.Add(new IsotonicStep(new Minutes(lengths[first].Key), new Minutes(lengths[i - 1].Key), success, mass));
        }

        return new IsotonicCurve(steps.ToImmutable());
    }
}
