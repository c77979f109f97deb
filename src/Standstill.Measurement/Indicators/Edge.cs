using System.Collections.Immutable;

namespace Standstill.Measurement.Indicators;

/// <summary>One edge of an indicator: an ordinary distribution, which may put mass on single values and on ±∞.</summary>
internal abstract class Edge
{
    /// <summary>P(X &gt; threshold).</summary>
    public abstract double Above(double threshold);

    /// <summary>P(X &lt; threshold).</summary>
    public abstract double Below(double threshold);

    /// <summary>The least x with P(X ≤ x) ≥ p (the median of a published figure is the figure).</summary>
    public abstract double Quantile(double p);
}

/// <summary>All mass on one value.</summary>
internal sealed class PointEdge(double value) : Edge
{
    public override double Above(double threshold) => value > threshold ? 1 : 0;

    public override double Below(double threshold) => value < threshold ? 1 : 0;

    public override double Quantile(double p) => value;
}

/// <summary>Equally likely draws, in ascending order.</summary>
internal sealed class DrawEdge(ImmutableArray<double> ascending) : Edge
{
    public override double Above(double threshold) => (double)(ascending.Length - CountWhile(threshold, orEqual: true)) / ascending.Length;

    public override double Below(double threshold) => (double)CountWhile(threshold, orEqual: false) / ascending.Length;

    /// <summary>Inverse of the empirical distribution (definition 1 of Hyndman and Fan, The American Statistician 50 (1996) 361–365):
    /// always one of the draws, and so consistent with <see cref="Above"/> and <see cref="Below"/>.</summary>
    public override double Quantile(double p)
    {
        var rank = (int)Math.Ceiling(p * ascending.Length);
        return ascending[Math.Clamp(rank, 1, ascending.Length) - 1];
    }

    private int CountWhile(double threshold, bool orEqual)
    {
        var low = 0;
        var high = ascending.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ascending[middle] < threshold || (orEqual && ascending[middle] <= threshold))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}

/// <summary>The least favourable of several edges at every threshold: the lowest, or the highest.</summary>
internal sealed class ExtremeEdge(ImmutableArray<Edge> edges, bool highest) : Edge
{
    public override double Above(double threshold) => Pick(edge => edge.Above(threshold), highest);

    public override double Below(double threshold) => Pick(edge => edge.Below(threshold), !highest);

    public override double Quantile(double p) => Pick(edge => edge.Quantile(p), highest);

    private double Pick(Func<Edge, double> of, bool greatest)
    {
        var best = of(edges[0]);
        foreach (var edge in edges)
        {
            var value = of(edge);
            best = greatest == (value > best) ? value : best;
        }

        return best;
    }
}

/// <summary>A share that may be off by up to <paramref name="by"/>, kept within [0, 1].</summary>
internal sealed class MovedShareEdge(Edge inner, double by) : Edge
{
    public override double Above(double threshold) => threshold >= 1 ? 0 : threshold < 0 ? 1 : inner.Above(threshold - by);

    public override double Below(double threshold) => threshold <= 0 ? 0 : threshold > 1 ? 1 : inner.Below(threshold - by);

    public override double Quantile(double p) => Math.Clamp(inner.Quantile(p) + by, 0, 1);
}
