using System.Collections.Immutable;

namespace Standstill.Measurement.Indicators;

/// <summary>What is known of a measured quantity. An indicator is a distribution, never a bare number.</summary>
/// <remarks>
/// <para>It is kept as two distributions, a lower and an upper edge, and the truth may be any distribution between them (a probability
/// box: Ferson et al., Sandia report SAND2002-4015). The edges coincide where the measurements settle it. They part where a figure
/// is only a bound, where sources disagree, or where nothing was published about a part of the range.</para>
/// <para>Comparisons are strict. The chance of "at least t" is <c>Below(t).Complement()</c>, and that of "at most t" is
/// <c>Above(t).Complement()</c>.</para>
/// <para>A figure without an interval (<see cref="HasInterval"/> false) answers 0 or 1, which compares the point and is no
/// confidence: whoever asks "with confidence" has to look at <see cref="HasInterval"/> first.</para>
/// </remarks>
public sealed class IndicatorDistribution
{
    private readonly Edge lower;
    private readonly Edge upper;

    private IndicatorDistribution(Edge lower, Edge upper, double? pointEstimate, bool hasInterval)
    {
        this.lower = lower;
        this.upper = upper;
        PointEstimate = pointEstimate;
        HasInterval = hasInterval;
    }

    /// <summary>No estimate: every probability is in [0, 1], every quantile in [−∞, +∞].</summary>
    public static IndicatorDistribution None { get; } =
        new(new PointEdge(double.NegativeInfinity), new PointEdge(double.PositiveInfinity), pointEstimate: null, hasInterval: false);

    /// <summary>Whether there is no estimate at all.</summary>
    public bool IsNone => ReferenceEquals(this, None);

    /// <summary>The single best figure; absent where the measurements only bound it, disagree, or do not exist.</summary>
    public double? PointEstimate { get; }

    /// <summary>Whether the spread of the figure is known, so that a statement can be made with confidence.</summary>
    /// <remarks>A bound ("at least 960 minutes") counts: it is a one-sided interval, taken at its word. A bare figure does not.</remarks>
    public bool HasInterval { get; }

    /// <summary>The chance that the quantity is above the threshold (strictly).</summary>
    public ProbabilityBounds Above(double threshold) => Bounds(lower.Above(Checked(threshold)), upper.Above(threshold));

    /// <summary>The chance that the quantity is below the threshold (strictly).</summary>
    public ProbabilityBounds Below(double threshold) => Bounds(upper.Below(Checked(threshold)), lower.Below(threshold));

    /// <summary>The least value that the quantity does not exceed with probability <paramref name="p"/>.</summary>
    public QuantileBounds Quantile(Probability p) => new(lower.Quantile(p.Value), upper.Quantile(p.Value));

    /// <summary>Makes an indicator of equally likely draws.</summary>
    /// <param name="draws">At least one draw, in any order; +∞ and −∞ are allowed.</param>
    /// <param name="pointEstimate">The estimate made without sampling; absent, the median stands for it.</param>
    /// <param name="hasInterval">Whether the draws carry the error of every figure that entered.</param>
    /// <exception cref="ArgumentException">There is no draw, or one is not a number.</exception>
    public static IndicatorDistribution FromDraws(ImmutableArray<double> draws, double? pointEstimate, bool hasInterval)
    {
        var edge = new DrawEdge(Ascending(draws, nameof(draws)));
        return new IndicatorDistribution(edge, edge, pointEstimate ?? edge.Quantile(0.5), hasInterval);
    }

    /// <summary>Makes an indicator of draws each of which only bounds the quantity.</summary>
    /// <param name="lower">For every draw the least value compatible with it.</param>
    /// <param name="upper">For every draw the greatest value compatible with it, in the same order.</param>
    /// <param name="pointEstimate">The estimate made without sampling, absent where there is none.</param>
    /// <param name="hasInterval">Whether the draws carry the error of every figure that entered.</param>
    /// <exception cref="ArgumentException">There is no draw, one is not a number, or a lower value exceeds its upper value.</exception>
    public static IndicatorDistribution FromBoundedDraws(
        ImmutableArray<double> lower, ImmutableArray<double> upper, double? pointEstimate, bool hasInterval)
    {
        if (lower.Length != upper.Length)
        {
            throw new ArgumentException("every draw has a lower and an upper value", nameof(upper));
        }

        for (var i = 0; i < lower.Length; i++)
        {
            if (lower[i] > upper[i])
            {
                throw new ArgumentException("the lower value of a draw is at most its upper value", nameof(lower));
            }
        }

        return new IndicatorDistribution(
            new DrawEdge(Ascending(lower, nameof(lower))), new DrawEdge(Ascending(upper, nameof(upper))), pointEstimate, hasInterval);
    }

    /// <summary>Makes an indicator of a published figure and its 95 % limits.</summary>
    /// <remarks>
    /// <para>With limits: a split normal (two halves of different width joined at the figure, which is the median) on the natural
    /// logarithm (<see cref="Scale.Ratio"/>) or on the logit (<see cref="Scale.Share"/>): σ_low = (g(v) − g(low)) / z and
    /// σ_high = (g(high) − g(v)) / z with z = Φ⁻¹(0.975). Probabilities are closed-form.</para>
    /// <para>Where the figure or a limit is at the end of the scale (a share of 0 or 1, an upper limit of +∞), that side has no such
    /// shape, and only what was published is used: half of the mass lies on that side, beyond an inner limit 2.5 % of it.</para>
    /// <para>Without limits: the bare figure. Censored: the quantity is at least (at most) what this would have been.</para>
    /// </remarks>
    /// <param name="value">The figure.</param>
    /// <param name="low">The lower 95 % limit; given with <paramref name="high"/> or not at all.</param>
    /// <param name="high">The upper 95 % limit; +∞ is allowed on <see cref="Scale.Ratio"/>.</param>
    /// <param name="censoring">Whether the figure is only a bound.</param>
    /// <param name="scale">The scale of the quantity.</param>
    /// <exception cref="ArgumentException">The figure is not usable: see <see cref="Fault"/>.</exception>
    public static IndicatorDistribution FromPublished(double value, double? low, double? high, Censoring censoring, Scale scale)
    {
        if (Fault(value, low, high, scale) is { } fault)
        {
            throw new ArgumentException(fault.ToString(), fault.Field);
        }

        var bare = new PointEdge(value);
        var (below, above) = low is { } l && high is { } h ? PublishedEdge.Of(scale, value, l, h) : (bare, bare);
        var (start, end) = PublishedEdge.Ends(scale);
        return censoring switch
        {
            Censoring.None => new IndicatorDistribution(below, above, value, hasInterval: low is not null),
            Censoring.AtLeast => new IndicatorDistribution(below, new PointEdge(end), pointEstimate: null, hasInterval: true),
            Censoring.AtMost => new IndicatorDistribution(new PointEdge(start), above, pointEstimate: null, hasInterval: true),
            _ => throw new ArgumentOutOfRangeException(nameof(censoring), censoring, "not a kind of censoring"),
        };
    }

    /// <summary>Why a published figure cannot be made an indicator; nothing where it can.</summary>
    /// <param name="value">The figure: in [0, ∞) on <see cref="Scale.Ratio"/>, in [0, 1] on <see cref="Scale.Share"/>.</param>
    /// <param name="low">The lower 95 % limit, in [0, value].</param>
    /// <param name="high">The upper 95 % limit, in [value, ∞] or [value, 1].</param>
    /// <param name="scale">The scale of the quantity.</param>
    public static FigureFault? Fault(double value, double? low, double? high, Scale scale)
    {
        var end = PublishedEdge.Ends(scale).End;
        var range = scale == Scale.Share ? "give a share in [0, 1]" : "give a finite number from 0 up";
        return (value, low, high) switch
        {
            _ when !(value >= 0 && value <= end && double.IsFinite(value)) => new FigureFault("value", $"`{value:R}` is outside the scale", range),
            (_, null, not null) => new FigureFault("low", "the lower limit is missing", "give both 95 % limits or neither"),
            (_, not null, null) => new FigureFault("high", "the upper limit is missing", "give both 95 % limits or neither"),
            ({ } v, { } l, _) when !(l >= 0 && l <= v) => new FigureFault("low", $"`{l:R}` is not in [0, `{v:R}`]", "give the lower 95 % limit"),
            ({ } v, _, { } h) when !(h >= v && h <= end) => new FigureFault("high", $"`{h:R}` is not in [`{v:R}`, {end:R}]", "give the upper 95 % limit"),
            _ => null,
        };
    }

    /// <summary>Pools independent sources of the same quantity: everything that one of them holds possible stays possible.</summary>
    /// <remarks>Sources that disagree widen the bounds to the least and the greatest answer; they are never averaged. The interval is
    /// known only if every source has one; the point estimate stays only if all agree on it.</remarks>
    /// <exception cref="ArgumentException">There is no source.</exception>
    public static IndicatorDistribution Envelope(ImmutableArray<IndicatorDistribution> sources)
    {
        if (sources.IsDefaultOrEmpty)
        {
            throw new ArgumentException("an envelope has at least one source", nameof(sources));
        }

        if (sources.Any(source => source.IsNone))
        {
            return None;
        }

        var first = sources[0];
        return sources.Length == 1
            ? first
            : new IndicatorDistribution(
                new ExtremeEdge([.. sources.Select(source => source.lower)], highest: false),
                new ExtremeEdge([.. sources.Select(source => source.upper)], highest: true),
                sources.All(source => source.PointEstimate == first.PointEstimate) ? first.PointEstimate : null,
                sources.All(source => source.HasInterval));
    }

    /// <summary>Makes an indicator of a range that was published without a figure: anything in it is possible, nothing outside.</summary>
    /// <param name="low">The lower end, in [0, high].</param>
    /// <param name="high">The upper end, in [low, ∞] or [low, 1].</param>
    /// <param name="scale">The scale of the quantity.</param>
    /// <exception cref="ArgumentException">The range is not usable: see <see cref="RangeFault"/>.</exception>
    public static IndicatorDistribution FromRange(double low, double high, Scale scale) =>
        RangeFault(low, high, scale) is { } fault
            ? throw new ArgumentException(fault.ToString(), fault.Field)
            : new IndicatorDistribution(new PointEdge(low), new PointEdge(high), pointEstimate: low == high ? low : null, hasInterval: true);

    /// <summary>Why a range cannot be made an indicator; nothing where it can.</summary>
    public static FigureFault? RangeFault(double low, double high, Scale scale)
    {
        var end = PublishedEdge.Ends(scale).End;
        return !(low >= 0 && low <= end && double.IsFinite(low)) ? new FigureFault("low", $"`{low:R}` is outside the scale", scale == Scale.Share ? "give a share in [0, 1]" : "give a finite number from 0 up")
            : !(high >= low && high <= end) ? new FigureFault("high", $"`{high:R}` is not in [`{low:R}`, {end:R}]", "give the upper end of the range")
            : null;
    }

    /// <summary>The share, given that some of the scores behind it may be wrong.</summary>
    /// <remarks>
    /// <para>Where at most a share λ of the items is scored wrongly, and nothing is known of which, a share s that was counted may stand
    /// for any in [s − λ, s + λ] within [0, 1] (J. Horowitz and C. Manski, "Identification and robustness with contaminated and
    /// corrupted data", Econometrica 63 (1995) 281–302, the case of corrupted data). The lower edge moves down by λ and the upper one up, so that
    /// sampling error and doubt add.</para>
    /// <para>The figure is then no longer the best single one, and there is no point estimate. Whether there is an interval stays as it
    /// was: the doubt of the scores says nothing of the error of sampling.</para>
    /// </remarks>
    /// <param name="wrong">λ. Raters who gave the same score to a share a of the items disagree on 1 − a; see <see cref="RaterDoubt"/>.</param>
    public IndicatorDistribution WithScoresInDoubt(Probability wrong) =>
        wrong.Value == 0 || IsNone
            ? this
            : new IndicatorDistribution(new MovedShareEdge(lower, -wrong.Value), new MovedShareEdge(upper, wrong.Value), pointEstimate: null, HasInterval);

    /// <summary>The pool whose quantiles are the weighted means of the parts' quantiles; edge by edge.</summary>
    internal static IndicatorDistribution QuantileMean(ImmutableArray<(IndicatorDistribution Figure, double Weight)> parts) => Pooled(
        parts,
        new QuantileMeanEdge([.. parts.Select(part => new WeightedEdge(part.Figure.lower, part.Weight))], opensUpward: false),
        new QuantileMeanEdge([.. parts.Select(part => new WeightedEdge(part.Figure.upper, part.Weight))], opensUpward: true));

    /// <summary>The pool whose probabilities are the weighted means of the parts' probabilities; edge by edge.</summary>
    internal static IndicatorDistribution Mixture(ImmutableArray<(IndicatorDistribution Figure, double Weight)> parts) => Pooled(
        parts,
        new MixtureEdge([.. parts.Select(part => new WeightedEdge(part.Figure.lower, part.Weight))]),
        new MixtureEdge([.. parts.Select(part => new WeightedEdge(part.Figure.upper, part.Weight))]));

    /// <summary>A part that says nothing leaves the pool saying nothing; one part alone is the pool. The point estimate is the median,
    /// where every part has one and the edges agree on it.</summary>
    private static IndicatorDistribution Pooled(ImmutableArray<(IndicatorDistribution Figure, double Weight)> parts, Edge lower, Edge upper)
    {
        if (parts.Any(part => part.Figure.IsNone))
        {
            return None;
        }

        if (parts.Length == 1)
        {
            return parts[0].Figure;
        }

        var median = lower.Quantile(0.5);
        var point = parts.All(part => part.Figure.PointEstimate is not null) && median == upper.Quantile(0.5) ? median : (double?)null;
        return new IndicatorDistribution(lower, upper, point, parts.All(part => part.Figure.HasInterval));
    }

    private static ProbabilityBounds Bounds(double low, double high) =>
        new(new Probability(Math.Clamp(low, 0, 1)), new Probability(Math.Clamp(high, 0, 1)));

    private static double Checked(double threshold) =>
        double.IsNaN(threshold) ? throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "a threshold is a number") : threshold;

    private static ImmutableArray<double> Ascending(ImmutableArray<double> draws, string name)
    {
        if (draws.IsDefaultOrEmpty || draws.Any(double.IsNaN))
        {
            throw new ArgumentException("there is at least one draw, and each is a number", name);
        }

        return draws.Sort();
    }
}
