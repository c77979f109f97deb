using System.Collections.Immutable;

namespace Standstill.Measurement.Indicators;

/// <summary>One edge of a pool, with its weight. Weights are above zero and sum to 1 up to rounding.</summary>
internal readonly record struct WeightedEdge(Edge Edge, double Weight);

/// <summary>The edge whose quantiles are the weighted means of the parts' quantiles.</summary>
/// <param name="parts">At least one.</param>
/// <param name="opensUpward">Which end wins where one part's quantile is −∞ and another's +∞: the upper edge of an indicator opens
/// upward, the lower one downward.</param>
internal sealed class QuantileMeanEdge(ImmutableArray<WeightedEdge> parts, bool opensUpward) : Edge
{
    public override double Above(double threshold) => 1 - Chance(quantile => quantile <= threshold);

    public override double Below(double threshold) => Chance(quantile => quantile < threshold);

    /// <summary>Kept between the least and the greatest of the parts, which rounding could leave by a last bit.</summary>
    public override double Quantile(double p)
    {
        var (least, greatest, sum) = (double.PositiveInfinity, double.NegativeInfinity, 0.0);
        foreach (var (edge, weight) in parts)
        {
            var quantile = edge.Quantile(p);
            least = Math.Min(least, quantile);
            greatest = Math.Max(greatest, quantile);
            sum += weight * quantile;
        }

        return double.IsNegativeInfinity(least) && double.IsPositiveInfinity(greatest)
            ? (opensUpward ? greatest : least)
            : Math.Clamp(sum, least, greatest);
    }

    /// <summary>The greatest p whose quantile passes a test that holds up to some p and not beyond it, by halving to 2⁻⁵⁴.</summary>
    private double Chance(Func<double, bool> passes)
    {
        if (passes(Quantile(1)))
        {
            return 1;
        }

        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < 54; i++)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = passes(Quantile(middle)) ? (middle, high) : (low, middle);
        }

        return low;
    }
}

/// <summary>The mixture of several edges: every probability is the weighted mean of the parts' probabilities.</summary>
internal sealed class MixtureEdge(ImmutableArray<WeightedEdge> parts) : Edge
{
    private const long SignBit = long.MinValue;

    public override double Above(double threshold) => Mean(edge => edge.Above(threshold));

    public override double Below(double threshold) => Mean(edge => edge.Below(threshold));

    /// <summary>The least number with P(X ≤ x) ≥ p, to the last bit: it lies between the least and the greatest of the parts' quantiles,
    /// and numbers in that range are halved in the order in which they can be told apart.</summary>
    public override double Quantile(double p)
    {
        var low = parts.Min(part => part.Edge.Quantile(p));
        var high = parts.Max(part => part.Edge.Quantile(p));
        var (below, reached) = (Rank(low), Rank(high));
        if (below == reached || 1 - Above(low) >= p)
        {
            return low;
        }

        // INVARIANT (bracket): P(X ≤ x) < p at `below`, and at `reached` it is at least p.
        while (reached - below > 1)
        {
            var middle = below + ((reached - below) / 2);
            (below, reached) = 1 - Above(Number(middle)) >= p ? (below, middle) : (middle, reached);
        }

        return Number(reached);
    }

    private double Mean(Func<Edge, double> of)
    {
        var (least, greatest, sum) = (1.0, 0.0, 0.0);
        foreach (var (edge, weight) in parts)
        {
            var chance = of(edge);
            least = Math.Min(least, chance);
            greatest = Math.Max(greatest, chance);
            sum += weight * chance;
        }

        return Math.Clamp(sum, least, greatest);
    }

    /// <summary>The place of a number among all numbers, −∞ to +∞; both zeros have one place.</summary>
    private static Int128 Rank(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        return bits >= 0 ? bits : (Int128)SignBit - bits;
    }

    private static double Number(Int128 rank) => BitConverter.Int64BitsToDouble(rank >= 0 ? (long)rank : (long)(SignBit - rank));
}
