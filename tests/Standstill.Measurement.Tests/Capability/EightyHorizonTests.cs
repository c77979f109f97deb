using System.Globalization;
using CsCheck;
using Standstill.Measurement.Capability;

namespace Standstill.Measurement.Tests.Capability;

/// <summary>The frontier's 80 % horizon where its limits are known.</summary>
public sealed class EightyHorizonTests
{
    private const int Draws = 20_000;
    private const double FourDeviations = 0.0142; // of a share of 20,000 draws: 4 √(p(1−p)/20000), greatest at p = 0.5

    private static readonly DateOnly Day0 = new(2024, 1, 1);

    private static readonly Gen<PublishedHorizon> AnyModel =
        from day in Gen.Int[0, 20]
        from log in Gen.Double[-2, 7]
        from less in Gen.Double[0.1, 1]
        from spread in Gen.Double[1, 4]
        from censoring in Gen.Enum<Censoring>()
        from limits in Gen.Bool
        let p50 = Math.Exp(log)
        select Model($"m{day}", day, p50, p50 * less, limits ? (p50 * less / spread, p50 * less * spread) : null, censoring);

    private static PublishedHorizon Model(string name, int day, double p50, double? p80, (double Low, double High)? limits80, Censoring censoring = Censoring.None) => new(
        name,
        Day0.AddDays(day),
        new Minutes(p50),
        new HorizonLimits(new Minutes(p50 / 2), new Minutes(p50 * 2)),
        p80 is { } eighty ? new Minutes(eighty) : null,
        censoring,
        null,
        limits80 is var (low, high) ? new HorizonLimits(new Minutes(low), new Minutes(high)) : null);

    /// <summary>Against pool.py: three independent split normals, of which the greatest is taken.</summary>
    [Fact]
    public void The_chance_of_the_greatest_80_percent_horizon_agrees_with_scipy()
    {
        var estimate = FrontierEstimate.Estimate(
            [Model("a", 0, 100, 40, (20, 90)), Model("b", 1, 200, 55, (30, 80)), Model("c", 2, 300, 60, (15, 240))], Published.Seed, Draws).Horizon80;

        Assert.True(estimate.HasInterval);
        Assert.Equal(60, estimate.PointEstimate);
        foreach (var row in File.ReadLines("testdata/indicators/eighty.csv").Skip(1).Select(line => line.Split(',').Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray()))
        {
            Assert.Equal(row[1], estimate.Above(row[0]).Low.Value, FourDeviations);
            Assert.Equal(estimate.Above(row[0]).Low, estimate.Above(row[0]).High);
        }
    }

    [Fact]
    public void Limits_of_the_80_percent_horizon_change_nothing_else()
    {
        var with = FrontierEstimate.Estimate([Model("a", 0, 100, 40, (20, 90)), Model("b", 90, 200, 55, (30, 80))], Published.Seed, 500);
        var without = FrontierEstimate.Estimate([Model("a", 0, 100, 40, null), Model("b", 90, 200, 55, null)], Published.Seed, 500);

        foreach (var p in new[] { 0.01, 0.3, 0.5, 0.8, 0.99 }.Select(p => new Probability(p)))
        {
            Assert.Equal(without.Horizon50.Quantile(p), with.Horizon50.Quantile(p));
            Assert.Equal(without.DoublingTime(null).Quantile(p), with.DoublingTime(null).Quantile(p));
        }

        Assert.Equal((55.0, false), (without.Horizon80.PointEstimate!.Value, without.Horizon80.HasInterval));
        Assert.Equal(55, without.Horizon80.Quantile(new Probability(0.01)).High);
    }

    [Fact]
    public void A_model_of_unknown_error_that_makes_the_frontier_in_some_draw_takes_the_interval_away()
    {
        Assert.False(FrontierEstimate.Estimate([Model("a", 0, 100, 40, null), Model("b", 90, 200, 55, (30, 80))], Published.Seed, 500).Horizon80.HasInterval);
        Assert.True(FrontierEstimate.Estimate([Model("a", 0, 10, 0.4, null), Model("b", 90, 200, 55, (30, 80))], Published.Seed, 500).Horizon80.HasInterval);
    }

    [Fact]
    public void A_least_horizon_of_unknown_error_takes_the_interval_away_even_where_the_greatest_has_one() =>
        Assert.False(FrontierEstimate.Estimate([Model("a", 0, 35, 30, null), Model("b", 90, 1000, null, null), Model("c", 91, 2, 1, (0.9, 1.1))], Published.Seed, 500).Horizon80.HasInterval);

    /// <summary>Both horizons of a model come from one fit, so that a draw in which one is long is one in which the other is.</summary>
    [Fact]
    public void Both_horizons_of_a_model_are_drawn_from_one_number()
    {
        var estimate = FrontierEstimate.Estimate([Model("a", 0, 100, 100, (50, 200)), Model("b", 90, 140, 140, (70, 280))], Published.Seed, 301);

        Assert.All(new[] { 0.01, 0.2, 0.5, 0.77, 0.99 }, p => Assert.Equal(estimate.Horizon50.Quantile(new Probability(p)), estimate.Horizon80.Quantile(new Probability(p))));
    }

    [Fact]
    public void A_model_without_an_80_percent_horizon_may_reach_its_50_percent_horizon()
    {
        var estimate = FrontierEstimate.Estimate([Model("a", 0, 100, null, null), Model("b", 90, 80, 20, (10, 40))], Published.Seed, 2000).Horizon80;

        Assert.Null(estimate.PointEstimate);
        Assert.Equal(20, estimate.Quantile(new Probability(0.5)).Low, 2.0);
        Assert.Equal(100, estimate.Quantile(new Probability(0.5)).High, 10.0);
        Assert.True(estimate.HasInterval);
    }

    [Fact]
    public void An_at_least_figure_leaves_the_upper_edge_open_and_keeps_its_lower_limits()
    {
        var estimate = FrontierEstimate.Estimate([Model("a", 0, 100, 40, (20, 40), Censoring.AtLeast)], Published.Seed, Draws).Horizon80;

        Assert.Equal(double.PositiveInfinity, estimate.Quantile(new Probability(0.1)).High);
        Assert.Equal(0.975, estimate.Above(20).Low.Value, FourDeviations);
        Assert.Equal((0.0, 1.0), (estimate.Above(40).Low.Value, estimate.Above(40).High.Value));
    }

    [Fact]
    public void The_bounds_stay_in_order_whatever_the_order_of_the_figures() => AnyModel.Array[1, 8].Hold(
        models =>
        {
            var estimate = FrontierEstimate.Estimate([.. models], Published.Seed, 60);
            var again = FrontierEstimate.Estimate([.. models.Reverse()], Published.Seed, 60);
            foreach (var p in new[] { 0.02, 0.5, 0.98 }.Select(p => new Probability(p)))
            {
                var eighty = estimate.Horizon80.Quantile(p);
                Assert.True(eighty.Low <= eighty.High);
                Assert.Equal(eighty, again.Horizon80.Quantile(p));
            }
        });
}
