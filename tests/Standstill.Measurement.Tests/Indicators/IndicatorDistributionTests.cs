using CsCheck;
using Standstill.Measurement.Indicators;

namespace Standstill.Measurement.Tests.Indicators;

public sealed class IndicatorDistributionTests
{
    private const double Tolerance = 1e-12;

    private static readonly Gen<IndicatorDistribution> AnyIndicator = Gen.OneOf(
        from scale in Gen.Enum<Scale>()
        from v in Gen.Double[0, 1]
        from l in Gen.Double[0, 1]
        from h in Gen.Double[0, 1]
        from ends in Gen.Int[0, 15]
        from censoring in Gen.Enum<Censoring>()
        let value = (ends & 12) == 12 ? (ends & 1) : v
        let low = (ends & 2) == 2 ? 0 : value * l
        let high = (ends & 5) == 5 ? (scale == Scale.Share ? 1 : double.PositiveInfinity) : value + ((1 - value) * h)
        select ends == 0
            ? IndicatorDistribution.FromPublished(value, null, null, censoring, scale)
            : IndicatorDistribution.FromPublished(value, low, high, censoring, scale),
        from lower in Gen.Double[0, 1].Array[1, 30]
        from extra in Gen.Double[0, 1]
        select IndicatorDistribution.FromBoundedDraws([.. lower], [.. lower.Select(x => x + extra)], null, hasInterval: true));

    /// <summary>95 % limits 50 and 400 about 100. One σ above is 100·e^(ln 4 / 1.959963985), and the chance of being above it is that
    /// of a standard normal variable above 1, which tables give as 0.158655254.</summary>
    [Theory]
    [InlineData(50, 0.975)]
    [InlineData(70.21185468, 0.841344746)]
    [InlineData(100, 0.5)]
    [InlineData(202.8519138, 0.158655254)]
    [InlineData(400, 0.025)]
    public void A_published_ratio_is_a_split_normal_on_the_logarithm(double threshold, double above)
    {
        var indicator = IndicatorDistribution.FromPublished(100, 50, 400, Censoring.None, Scale.Ratio);
        Assert.Equal(above, indicator.Above(threshold).Low.Value, 1e-8);
        Assert.Equal(indicator.Above(threshold).Low, indicator.Above(threshold).High);
        Assert.Equal(threshold, indicator.Quantile(new Probability(1 - above)).Low, threshold * 1e-7);
        Assert.True(indicator.HasInterval);
        Assert.Equal(100, indicator.PointEstimate);
    }

    /// <summary>On the logit, 0.8 is ln 4 and 0.5 is 0, so half of the way down is logistic(ln 2) = 2/3 at half of 1.959963985 σ:
    /// Φ(−0.9799819925) = 0.163547.</summary>
    [Theory]
    [InlineData(0.5, 0.025)]
    [InlineData(0.66666666666666667, 0.163547)]
    [InlineData(0.8, 0.5)]
    [InlineData(0.9, 0.975)]
    public void A_published_share_is_a_split_normal_on_the_logit(double threshold, double below)
    {
        var indicator = IndicatorDistribution.FromPublished(0.8, 0.5, 0.9, Censoring.None, Scale.Share);
        Assert.Equal(below, indicator.Below(threshold).Low.Value, 1e-6);
        Assert.Equal(threshold, indicator.Quantile(new Probability(below)).High, 1e-6);
    }

    [Fact]
    public void A_figure_without_limits_compares_as_a_point_and_has_no_interval()
    {
        var indicator = IndicatorDistribution.FromPublished(3, null, null, Censoring.None, Scale.Ratio);
        Assert.False(indicator.HasInterval);
        Assert.Equal(Exactly(1), indicator.Above(2.999));
        Assert.Equal(Exactly(0), indicator.Above(3));
        Assert.Equal(Exactly(0), indicator.Below(3));
        Assert.Equal(Exactly(1), indicator.Below(3).Complement());
        Assert.Equal(new QuantileBounds(3, 3), indicator.Quantile(new Probability(0.9)));
    }

    [Fact]
    public void At_least_960_minutes_leaves_the_chance_of_being_above_2000_anywhere_from_0_to_1()
    {
        var indicator = IndicatorDistribution.FromPublished(960, null, null, Censoring.AtLeast, Scale.Ratio);
        Assert.Equal(Exactly(1), indicator.Above(480));
        Assert.Equal(ProbabilityBounds.Unknown, indicator.Above(2000));
        Assert.Equal(Exactly(0), indicator.Below(480));
        Assert.Equal(new QuantileBounds(960, double.PositiveInfinity), indicator.Quantile(new Probability(0.1)));
        Assert.Null(indicator.PointEstimate);
        Assert.True(indicator.HasInterval);
    }

    [Fact]
    public void A_share_of_at_most_a_tenth_is_anywhere_below()
    {
        var indicator = IndicatorDistribution.FromPublished(0.1, null, null, Censoring.AtMost, Scale.Share);
        Assert.Equal(Exactly(0), indicator.Above(0.1));
        Assert.Equal(ProbabilityBounds.Unknown, indicator.Above(0.05));
        Assert.Equal(new QuantileBounds(0, 0.1), indicator.Quantile(new Probability(0.5)));
    }

    [Fact]
    public void At_least_with_limits_bounds_the_chance_by_that_of_the_figure()
    {
        var bound = IndicatorDistribution.FromPublished(100, 50, 400, Censoring.AtLeast, Scale.Ratio);
        Assert.Equal(0.025, bound.Above(400).Low.Value, Tolerance);
        Assert.Equal(1, bound.Above(400).High.Value);
        Assert.Equal(0.025, bound.Below(50).High.Value, Tolerance);
        Assert.Equal(0, bound.Below(50).Low.Value);
    }

    [Fact]
    public void An_upper_limit_of_one_says_nothing_about_the_upper_half()
    {
        var indicator = IndicatorDistribution.FromPublished(0.8, 0.7, 1, Censoring.None, Scale.Share);
        Assert.Equal(new ProbabilityBounds(new Probability(0), new Probability(0.5)), indicator.Above(0.99));
        Assert.Equal(new ProbabilityBounds(new Probability(0), new Probability(0.5)), indicator.Above(0.8));
        Assert.Equal(new QuantileBounds(0.8, 1), indicator.Quantile(new Probability(0.9)));
        Assert.Equal(new QuantileBounds(0.8, 0.8), indicator.Quantile(new Probability(0.5)));
        Assert.Equal(0.025, indicator.Below(0.7).High.Value, Tolerance);
    }

    [Fact]
    public void A_share_of_exactly_one_keeps_what_its_lower_limit_says()
    {
        var indicator = IndicatorDistribution.FromPublished(1, 0.9, 1, Censoring.None, Scale.Share);
        Assert.Equal(0, indicator.Above(1).High.Value);
        Near(0.025, 0.5, indicator.Below(0.95));
        Near(0, 0.025, indicator.Below(0.85));
        Near(0.025, 0.5, indicator.Below(1));
        Assert.Equal(new QuantileBounds(0.9, 1), indicator.Quantile(new Probability(0.2)));
        Assert.Equal(new QuantileBounds(0, 0.9), indicator.Quantile(new Probability(0.01)));
        Assert.Equal(new QuantileBounds(1, 1), indicator.Quantile(new Probability(0.7)));
    }

    [Fact]
    public void Draws_are_counted_and_quantiles_are_draws()
    {
        var indicator = IndicatorDistribution.FromDraws([4, 1, 3, double.PositiveInfinity, 2], pointEstimate: null, hasInterval: true);
        Assert.Equal(Exactly(0.4), indicator.Above(3));
        Assert.Equal(Exactly(0.4), indicator.Below(3));
        Assert.Equal(Exactly(0.2), indicator.Above(1e308));
        Assert.Equal(3, indicator.PointEstimate);
        Assert.Equal(new QuantileBounds(1, 1), indicator.Quantile(new Probability(0)));
        Assert.Equal(new QuantileBounds(1, 1), indicator.Quantile(new Probability(0.2)));
        Assert.Equal(new QuantileBounds(double.PositiveInfinity, double.PositiveInfinity), indicator.Quantile(new Probability(1)));
    }

    [Fact]
    public void Sources_that_disagree_widen_the_bounds_and_are_not_averaged()
    {
        var low = IndicatorDistribution.FromPublished(100, 50, 200, Censoring.None, Scale.Ratio);
        var high = IndicatorDistribution.FromPublished(300, 150, 600, Censoring.None, Scale.Ratio);
        var pooled = IndicatorDistribution.Envelope([low, high]);
        Assert.Equal(low.Above(200).Low, pooled.Above(200).Low);
        Assert.Equal(high.Above(200).High, pooled.Above(200).High);
        Assert.Equal(high.Below(200).Low, pooled.Below(200).Low);
        Assert.Equal(low.Below(200).High, pooled.Below(200).High);
        Assert.Equal(new QuantileBounds(100, 300), pooled.Quantile(new Probability(0.5)));
        Assert.Null(pooled.PointEstimate);
    }

    [Fact]
    public void One_source_without_an_interval_takes_the_interval_from_the_pool()
    {
        var with = IndicatorDistribution.FromPublished(2, 1, 4, Censoring.None, Scale.Ratio);
        var without = IndicatorDistribution.FromPublished(2, null, null, Censoring.None, Scale.Ratio);
        Assert.False(IndicatorDistribution.Envelope([with, without]).HasInterval);
        Assert.Equal(2, IndicatorDistribution.Envelope([with, without]).PointEstimate);
        Assert.True(IndicatorDistribution.Envelope([with, IndicatorDistribution.None]).IsNone);
    }

    [Fact]
    public void Every_pooled_source_lies_within_the_envelope() =>
        (from a in AnyIndicator from b in AnyIndicator from c in AnyIndicator from t in Gen.Double[0, 1.2] select (a, b, c, t)).Hold(given =>
        {
            var pooled = IndicatorDistribution.Envelope([given.a, given.b, given.c]).Above(given.t);
            foreach (var source in (IndicatorDistribution[])[given.a, given.b, given.c])
            {
                Assert.True(pooled.Low.Value <= source.Above(given.t).Low.Value && pooled.High.Value >= source.Above(given.t).High.Value);
            }
        });

    [Fact]
    public void A_higher_threshold_is_never_more_likely_exceeded() =>
        (from indicator in AnyIndicator from t in Gen.Double[0, 1.2] from step in Gen.Double[0, 0.5] select (indicator, t, u: t + step)).Hold(given =>
        {
            Assert.True(given.indicator.Above(given.u).Low.Value <= given.indicator.Above(given.t).Low.Value + Tolerance);
            Assert.True(given.indicator.Above(given.u).High.Value <= given.indicator.Above(given.t).High.Value + Tolerance);
            Assert.True(given.indicator.Below(given.u).Low.Value >= given.indicator.Below(given.t).Low.Value - Tolerance);
            Assert.True(given.indicator.Below(given.u).High.Value >= given.indicator.Below(given.t).High.Value - Tolerance);
        });

    [Fact]
    public void Above_and_below_leave_out_nothing_but_the_threshold_itself() =>
        (from indicator in AnyIndicator from t in Gen.Double[0.001, 1.2] select (indicator, t)).Hold(given =>
        {
            var above = given.indicator.Above(given.t);
            var below = given.indicator.Below(given.t);
            Assert.True(above.Low.Value <= above.High.Value && below.Low.Value <= below.High.Value);
            Assert.True(above.Low.Value + below.High.Value <= 1 + Tolerance);
            Assert.True(above.High.Value + below.Low.Value <= 1 + Tolerance);
            var justBelow = given.indicator.Above(Math.BitDecrement(given.t));
            Assert.Equal(1, justBelow.Low.Value + below.High.Value, 1e-9);
            Assert.Equal(1, justBelow.High.Value + below.Low.Value, 1e-9);
        });

    [Fact]
    public void A_quantile_splits_the_mass_at_its_probability() =>
        (from indicator in AnyIndicator from p in Gen.Double[0.001, 0.999] select (indicator, p)).Hold(given =>
        {
            var quantile = given.indicator.Quantile(new Probability(given.p));
            Assert.True(quantile.Low <= quantile.High);
            Assert.True(given.indicator.Below(quantile.Low).High.Value <= given.p + 1e-9);
            Assert.True(given.indicator.Above(quantile.High).High.Value <= 1 - given.p + 1e-9);
        });

    [Theory]
    [InlineData(-1, null, null, Scale.Ratio, "value")]
    [InlineData(double.NaN, null, null, Scale.Ratio, "value")]
    [InlineData(double.PositiveInfinity, null, null, Scale.Ratio, "value")]
    [InlineData(1.1, null, null, Scale.Share, "value")]
    [InlineData(0.5, 0.6, 0.9, Scale.Share, "low")]
    [InlineData(0.5, -0.1, 0.9, Scale.Share, "low")]
    [InlineData(0.5, null, 0.9, Scale.Share, "low")]
    [InlineData(0.5, 0.4, null, Scale.Share, "high")]
    [InlineData(0.5, 0.4, 0.45, Scale.Share, "high")]
    [InlineData(0.5, 0.4, 1.1, Scale.Share, "high")]
    [InlineData(0.5, 0.4, double.NaN, Scale.Ratio, "high")]
    public void A_figure_that_contradicts_itself_is_named_and_refused(double value, double? low, double? high, Scale scale, string field)
    {
        Assert.Equal(field, IndicatorDistribution.Fault(value, low, high, scale)?.Field);
        Assert.Throws<ArgumentException>(() => IndicatorDistribution.FromPublished(value, low, high, Censoring.None, scale));
    }

    [Fact]
    public void No_estimate_knows_nothing()
    {
        Assert.True(IndicatorDistribution.None.IsNone);
        Assert.Equal(ProbabilityBounds.Unknown, IndicatorDistribution.None.Above(1));
        Assert.Equal(ProbabilityBounds.Unknown, IndicatorDistribution.None.Below(1));
        Assert.False(IndicatorDistribution.None.HasInterval);
        Assert.Throws<ArgumentOutOfRangeException>(() => IndicatorDistribution.None.Above(double.NaN));
        Assert.Throws<ArgumentException>(() => IndicatorDistribution.FromDraws([], null, true));
        Assert.Throws<ArgumentException>(() => IndicatorDistribution.FromDraws([double.NaN], null, true));
        Assert.Throws<ArgumentException>(() => IndicatorDistribution.FromBoundedDraws([2], [1], null, true));
    }

    private static ProbabilityBounds Exactly(double p) => new(new Probability(p), new Probability(p));

    private static void Near(double low, double high, ProbabilityBounds bounds)
    {
        Assert.Equal(low, bounds.Low.Value, Tolerance);
        Assert.Equal(high, bounds.High.Value, Tolerance);
    }
}
