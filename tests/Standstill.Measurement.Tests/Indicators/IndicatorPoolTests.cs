using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Standstill.Measurement.Indicators;

namespace Standstill.Measurement.Tests.Indicators;

public sealed class IndicatorPoolTests
{
    private static readonly DateOnly Day = new(2026, 1, 1);

    private static readonly ImmutableArray<Probability> Levels = [.. new[] { 0.001, 0.025, 0.1, 0.3, 0.5, 0.7, 0.9, 0.975, 0.999 }.Select(p => new Probability(p))];

    private static readonly Gen<IndicatorDistribution> AnyFigure = Gen.OneOf(
        from value in Gen.Double[0.01, 0.99]
        from low in Gen.Double[0.1, 1]
        from high in Gen.Double[0, 1]
        from bare in Gen.Int[0, 5]
        from censoring in Gen.Enum<Censoring>()
        select IndicatorDistribution.FromPublished(
            value, bare == 0 ? null : value * low, bare == 0 ? null : value + ((1 - value) * high), censoring, Scale.Share),
        from low in Gen.Double[0, 0.5]
        from high in Gen.Double[0.5, 1]
        select IndicatorDistribution.FromRange(low, high, Scale.Share),
        from draws in Gen.Double[0, 1].Array[1, 9]
        from wide in Gen.Bool
        select IndicatorDistribution.FromBoundedDraws([.. draws], [.. draws.Select(x => wide ? double.PositiveInfinity : x)], null, hasInterval: true));

    private static readonly Gen<PoolSource> AnySource =
        from figure in AnyFigure
        from name in Gen.Int[0, 3]
        from day in Gen.Int[0, 3]
        select new PoolSource($"group-{name}", Day.AddDays(day), figure);

    private static readonly Gen<(ImmutableArray<PoolSource> Sources, PoolRule Rule, WithinGroup Within)> AnyPool =
        from sources in AnySource.Array[1, 6]
        from rule in Gen.Enum<PoolRule>()
        from within in Gen.Enum<WithinGroup>()
        select (sources.ToImmutableArray(), rule, within);

    private static double Weight(string group) => 1 + group[^1] - '0';

    private static PoolSource Ratio(string group, double value, double? low, double? high, Censoring censoring = Censoring.None, int day = 0) =>
        new(group, Day.AddDays(day), IndicatorDistribution.FromPublished(value, low, high, censoring, Scale.Ratio));

    private static void Same(IndicatorDistribution one, IndicatorDistribution other)
    {
        Assert.Equal((one.PointEstimate, one.HasInterval, one.IsNone), (other.PointEstimate, other.HasInterval, other.IsNone));
        foreach (var p in Levels)
        {
            Assert.Equal(one.Quantile(p), other.Quantile(p));
            Assert.Equal(one.Above(p.Value), other.Above(p.Value));
            Assert.Equal(one.Below(p.Value), other.Below(p.Value));
        }
    }

    /// <summary>Against pool.py, which uses scipy.</summary>
    [Fact]
    public void Quantiles_of_both_weighted_rules_agree_with_scipy()
    {
        ImmutableArray<PoolSource> sources = [Ratio("a", 100, 50, 400), Ratio("b", 30, 10, 60)];
        var rows = File.ReadLines("testdata/indicators/pool.csv").Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(20, rows.Count);
        foreach (var row in rows)
        {
            var (p, expected) = (double.Parse(row[1], CultureInfo.InvariantCulture), double.Parse(row[2], CultureInfo.InvariantCulture));
            var pool = IndicatorPool.Of(sources, Enum.Parse<PoolRule>(row[0]), WithinGroup.Latest, group => group == "a" ? 1 : 3);

            Assert.Equal(expected, pool.Figure.Quantile(new Probability(p)).Low, expected * 1e-9);
            Assert.Equal(pool.Figure.Quantile(new Probability(p)).Low, pool.Figure.Quantile(new Probability(p)).High);
            Assert.Equal(1 - p, pool.Figure.Above(expected).Low.Value, 1e-9);
            Assert.Equal(p, pool.Figure.Below(expected).High.Value, 1e-9);
            Assert.Equal([0.25, 0.75], pool.Members.Select(member => member.Weight!.Value));
        }
    }

    [Fact]
    public void A_pool_states_its_rule_its_weights_and_what_it_takes_for_granted()
    {
        ImmutableArray<PoolSource> sources = [Ratio("b", 2, 1, 4), Ratio("a", 3, 2, 5)];

        var envelope = IndicatorPool.Of(sources, PoolRule.Envelope);
        Assert.Equal((PoolRule.Envelope, PoolDependence.Any), (envelope.Rule, envelope.Dependence));
        Assert.Equal(["a", "b"], envelope.Members.Select(member => member.Group));
        Assert.All(envelope.Members, member => Assert.Null(member.Weight));

        var quantiles = IndicatorPool.Of(sources, PoolRule.QuantileMean);
        Assert.Equal((PoolRule.QuantileMean, PoolDependence.Comonotone), (quantiles.Rule, quantiles.Dependence));
        Assert.All(quantiles.Members, member => Assert.Equal(0.5, member.Weight));
        Assert.Equal(2.5, quantiles.Figure.PointEstimate);

        var mixture = IndicatorPool.Of(sources, PoolRule.LinearPool);
        Assert.Equal((PoolRule.LinearPool, PoolDependence.OneIsRight), (mixture.Rule, mixture.Dependence));
    }

    [Fact]
    public void Figures_of_one_group_count_once()
    {
        ImmutableArray<PoolSource> sources = [Ratio("lab", 2, 1, 4), Ratio("lab", 4, 3, 5, day: 1), Ratio("lab", 6, 5, 7, day: 1), Ratio("other", 10, 9, 11)];

        var latest = IndicatorPool.Of(sources, PoolRule.QuantileMean);
        Assert.Equal([("lab", 2, 1, Day.AddDays(1)), ("other", 1, 0, Day)], latest.Members.Select(m => (m.Group, m.Used, m.LeftOut, m.Measured)));
        Assert.Equal(new QuantileBounds(7, 8), latest.Figure.Quantile(new Probability(0.5)));

        var all = IndicatorPool.Of(sources, PoolRule.QuantileMean, WithinGroup.Envelope);
        Assert.Equal([3, 1], all.Members.Select(m => m.Used));
        Assert.Equal(new QuantileBounds(6, 8), all.Figure.Quantile(new Probability(0.5)));
    }

    [Fact]
    public void Without_any_spread_the_mixture_steps_and_the_mean_of_quantiles_is_the_mean()
    {
        ImmutableArray<PoolSource> sources = [Ratio("a", 1, null, null), Ratio("b", 3, null, null)];

        var mixture = IndicatorPool.Of(sources, PoolRule.LinearPool).Figure;
        Assert.Equal(0.5, mixture.Above(1).Low.Value);
        Assert.Equal((1, 3), (mixture.Quantile(new Probability(0.5)).Low, mixture.Quantile(new Probability(0.51)).Low));
        Assert.False(mixture.HasInterval);

        var mean = IndicatorPool.Of(sources, PoolRule.QuantileMean).Figure;
        Assert.Equal((0, 1), (mean.Above(2).Low.Value, mean.Above(1.99).Low.Value));
    }

    [Fact]
    public void A_source_of_which_only_a_bound_is_known_opens_the_upper_edge()
    {
        ImmutableArray<PoolSource> sources = [Ratio("a", 2, 1, 4), Ratio("b", 16, null, null, Censoring.AtLeast)];

        foreach (var rule in Enum.GetValues<PoolRule>())
        {
            var figure = IndicatorPool.Of(sources, rule).Figure;
            Assert.Equal(double.PositiveInfinity, figure.Quantile(new Probability(0.975)).High);
            Assert.Null(figure.PointEstimate);
        }

        var mean = IndicatorPool.Of(sources, PoolRule.QuantileMean).Figure.Quantile(new Probability(0.5));
        Assert.Equal(new QuantileBounds(9, double.PositiveInfinity), mean);
    }

    [Fact]
    public void A_source_that_says_nothing_leaves_the_pool_saying_nothing()
    {
        ImmutableArray<PoolSource> sources = [Ratio("a", 2, 1, 4), new("b", Day, IndicatorDistribution.None)];

        Assert.All(Enum.GetValues<PoolRule>(), rule => Assert.True(IndicatorPool.Of(sources, rule).Figure.IsNone));
    }

    [Fact]
    public void Opposite_infinities_widen_the_mean_of_quantiles_on_both_sides()
    {
        ImmutableArray<PoolSource> sources =
        [
            new("a", Day, IndicatorDistribution.FromBoundedDraws([double.NegativeInfinity], [5], null, hasInterval: true)),
            new("b", Day, IndicatorDistribution.FromBoundedDraws([3], [double.PositiveInfinity], null, hasInterval: true)),
            new("c", Day, IndicatorDistribution.FromDraws([double.NegativeInfinity, double.PositiveInfinity], null, hasInterval: true)),
        ];

        Assert.Equal(
            new QuantileBounds(double.NegativeInfinity, double.PositiveInfinity),
            IndicatorPool.Of(sources, PoolRule.QuantileMean).Figure.Quantile(new Probability(0.75)));
    }

    [Fact]
    public void Pooling_one_source_changes_nothing() => AnySource.Hold(source =>
    {
        foreach (var rule in Enum.GetValues<PoolRule>())
        {
            Same(source.Figure, IndicatorPool.Of([source], rule).Figure);
        }
    });

    [Fact]
    public void Sources_that_say_the_same_are_pooled_to_that() => AnyFigure.Hold(figure =>
    {
        foreach (var rule in Enum.GetValues<PoolRule>())
        {
            var pooled = IndicatorPool.Of([new("group-1", Day, figure), new("group-2", Day, figure), new("group-0", Day, figure)], rule, WithinGroup.Latest, Weight).Figure;
            foreach (var p in Levels)
            {
                Assert.Equal(figure.Quantile(p).Low, pooled.Quantile(p).Low, 1e-9);
                Assert.Equal(figure.Quantile(p).High, pooled.Quantile(p).High, 1e-9);
            }
        }
    });

    [Fact]
    public void The_order_of_the_sources_makes_no_difference() => AnyPool.Hold(pool =>
        Same(
            IndicatorPool.Of(pool.Sources, pool.Rule, pool.Within, Weight).Figure,
            IndicatorPool.Of([.. pool.Sources.Reverse()], pool.Rule, pool.Within, Weight).Figure));

    [Fact]
    public void Every_quantile_of_every_pool_lies_within_the_envelope() => AnyPool.Hold(pool =>
    {
        var envelope = IndicatorPool.Of(pool.Sources, PoolRule.Envelope, pool.Within).Figure;
        var pooled = IndicatorPool.Of(pool.Sources, pool.Rule, pool.Within, Weight).Figure;
        foreach (var p in Levels)
        {
            Assert.InRange(pooled.Quantile(p).Low, envelope.Quantile(p).Low, envelope.Quantile(p).High);
            Assert.InRange(pooled.Quantile(p).High, envelope.Quantile(p).Low, envelope.Quantile(p).High);
            Assert.True(pooled.Quantile(p).Low <= pooled.Quantile(p).High);
        }
    });

    [Fact]
    public void Probabilities_and_quantiles_of_a_pool_agree() => AnyPool.Hold(pool =>
    {
        var pooled = IndicatorPool.Of(pool.Sources, pool.Rule, pool.Within, Weight).Figure;
        foreach (var p in Levels)
        {
            foreach (var quantile in new[] { pooled.Quantile(p).Low, pooled.Quantile(p).High }.Where(double.IsFinite))
            {
                // P(X < q) ≤ p ≤ P(X ≤ q), at the edge whose quantile q is.
                var (below, above) = (pooled.Below(quantile), pooled.Above(quantile));
                Assert.True(below.Low.Value <= p.Value + 1e-9);
                Assert.True(1 - above.Low.Value >= p.Value - 1e-9);
                Assert.True(below.Low.Value <= below.High.Value && above.Low.Value <= above.High.Value);
            }
        }
    });

    [Fact]
    public void Censoring_a_source_never_narrows_the_upper_end() =>
        Gen.Select(AnyPool, Gen.Double[0.05, 0.9], Gen.Double[0.1, 1], Gen.Double[0, 1]).Hold(drawn =>
        {
            var (pool, value, low, high) = drawn;
            PoolSource Of(Censoring censoring) => new(
                "group-9", Day.AddDays(9), IndicatorDistribution.FromPublished(value, value * low, value + ((1 - value) * high), censoring, Scale.Share));
            var measured = IndicatorPool.Of(pool.Sources.Add(Of(Censoring.None)), pool.Rule, pool.Within, Weight).Figure;
            var censored = IndicatorPool.Of(pool.Sources.Add(Of(Censoring.AtLeast)), pool.Rule, pool.Within, Weight).Figure;
            foreach (var p in Levels)
            {
                Assert.True(censored.Quantile(p).High >= measured.Quantile(p).High);
                Assert.Equal(measured.Quantile(p).Low, censored.Quantile(p).Low);
            }
        });

    [Fact]
    public void Misuse_throws()
    {
        Assert.Throws<ArgumentException>(() => IndicatorPool.Of([], PoolRule.Envelope));
        ImmutableArray<PoolSource> sources = [Ratio("a", 2, 1, 4)];
        foreach (var weight in new[] { 0, -1, double.NaN, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentException>(() => IndicatorPool.Of(sources, PoolRule.LinearPool, WithinGroup.Latest, _ => weight));
        }
    }
}
