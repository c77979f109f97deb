using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Indicators;

/// <summary>An edge of a figure published with 95 % limits: half of the mass on each side of the figure.</summary>
internal sealed class PublishedEdge(Scale scale, double median, PublishedEdge.Half below, PublishedEdge.Half above) : Edge
{
    /// <summary>P(X &lt; low) = 1 − P(X &lt; high) for 95 % limits.</summary>
    private const double Tail = 0.025;

    /// <summary>Φ⁻¹(0.975): half the width of a 95 % interval of the standard normal distribution.</summary>
    internal const double Z = 1.959963984540054;

    /// <summary>How the half of the mass on one side of the figure is spread.</summary>
    internal abstract record Half
    {
        /// <summary>Half a normal distribution on the scale; with sigma 0, all of it on the figure.</summary>
        public sealed record Normal(double Sigma) : Half;

        /// <summary>The side between the figure and the 95 % limit on <paramref name="Inner"/>, the rest on <paramref name="Outer"/>.</summary>
        public sealed record Steps(double Inner, double Outer) : Half;
    }

    /// <summary>Makes the lower and the upper edge of a figure and its limits.</summary>
    /// <remarks>A side is normal with σ = |g(figure) − g(limit)| / z where the scale g is finite at both. Where the figure or the limit
    /// lies at the end of the scale, no normal distribution fits and nothing is known of that side but what was published:
    /// the figure is the median and an inner limit the 2.5 % or 97.5 % quantile. The edges then take the two extremes.
    /// A limit at the end of the scale says nothing at all.</remarks>
    public static (Edge Lower, Edge Upper) Of(Scale scale, double value, double low, double high)
    {
        var (start, end) = Ends(scale);
        var (lowerBelow, upperBelow) = Halves(scale, value, low, start);
        var (upperAbove, lowerAbove) = Halves(scale, value, high, end);
        return (new PublishedEdge(scale, value, lowerBelow, lowerAbove), new PublishedEdge(scale, value, upperBelow, upperAbove));
    }

    /// <summary>The ends of a scale.</summary>
    public static (double Start, double End) Ends(Scale scale) => scale == Scale.Share ? (0, 1) : (0, double.PositiveInfinity);

    public override double Above(double threshold) =>
        threshold >= median ? MassBeyond(above, threshold, upward: true, strict: true) : 1 - MassBeyond(below, threshold, upward: false, strict: false);

    public override double Below(double threshold) =>
        threshold <= median ? MassBeyond(below, threshold, upward: false, strict: true) : 1 - MassBeyond(above, threshold, upward: true, strict: false);

    public override double Quantile(double p)
    {
        if (p == 0.5)
        {
            return median;
        }

        var upward = p > 0.5;
        return (upward ? above : below) switch
        {
            Half.Normal { Sigma: 0 } => median,
            Half.Normal normal => p is 0 or 1
                ? (upward ? Ends(scale).End : Ends(scale).Start)
                : From(scale, To(scale, median) + (normal.Sigma * PortableMath.NormalQuantile(p))),
            Half.Steps steps => (upward ? p <= 1 - Tail : p > Tail) ? steps.Inner : steps.Outer,
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>Towards the given end: one half that keeps as far out, and one that keeps as far in, as the figures allow.</summary>
    private static (Half Outermost, Half Innermost) Halves(Scale scale, double value, double limit, double end)
    {
        if (limit == value)
        {
            return (new Half.Normal(0), new Half.Normal(0));
        }

        var sigma = Math.Abs(To(scale, value) - To(scale, limit)) / Z;
        if (double.IsFinite(sigma))
        {
            return (new Half.Normal(sigma), new Half.Normal(sigma));
        }

        return limit == end
            ? (new Half.Steps(end, end), new Half.Steps(value, value))
            : (new Half.Steps(limit, end), new Half.Steps(value, limit));
    }

    /// <summary>The mass of one side that lies beyond a threshold on that side, or (not strict) at it.</summary>
    private double MassBeyond(Half half, double threshold, bool upward, bool strict)
    {
        bool Beyond(double x) => (upward ? x > threshold : x < threshold) || (!strict && x == threshold);

        switch (half)
        {
            case Half.Steps steps:
                return (Beyond(steps.Inner) ? 0.5 - Tail : 0) + (Beyond(steps.Outer) ? Tail : 0);
            case Half.Normal { Sigma: 0 }:
                return Beyond(median) ? 0.5 : 0;
            case Half.Normal normal:
                var (start, end) = Ends(scale);
                return threshold <= start || threshold >= end
                    ? 0
                    : PortableMath.NormalCdf(-Math.Abs(To(scale, threshold) - To(scale, median)) / normal.Sigma);
            default:
                throw new InvalidOperationException();
        }
    }

    private static double To(Scale scale, double x) => scale == Scale.Share ? PortableMath.Logit(x) : PortableMath.Log(x);

    private static double From(Scale scale, double x) => scale == Scale.Share ? PortableMath.Logistic(x) : PortableMath.Exp(x);
}
