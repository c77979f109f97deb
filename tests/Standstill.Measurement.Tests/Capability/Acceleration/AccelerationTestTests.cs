using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Standstill.Measurement.Capability.Acceleration;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Acceleration;

public sealed class AccelerationTestTests
{
    private static readonly AccelerationSeries Horizons = AccelerationSeries.FromPublished(Published.Horizons, Published.Seed, 1000);

    /// <summary>Against acceleration.py, which tries every break with numpy's least squares.</summary>
    [Fact]
    public void Breaks_stretches_and_odds_of_the_published_horizons_agree_with_an_independent_search()
    {
        var rows = File.ReadLines("testdata/acceleration/acceleration.csv").Skip(1).Select(line => line.Split(',')).ToLookup(row => row[0]);
        Assert.Equal(2, rows.Count);
        foreach (var one in rows)
        {
            var found = Measured(AccelerationTest.Of(Horizons, DateOnly.Parse(one.Key, CultureInfo.InvariantCulture), Published.Seed, 1, DrawLoops.InOrder));
            var expected = one.Where(row => row[1] != "jump_first").ToDictionary(row => row[1], row => double.Parse(row[2], CultureInfo.InvariantCulture));
            Assert.Equal(expected["models"], found.Frontier.Length);
            Assert.Equal(Math.Round(expected["bend_day"]), found.BestBend.Date.DayNumber);
            Close(expected["before"], found.BestBend.SlopeBefore);
            Close(expected["after"], found.BestBend.SlopeAfter);
            Close(expected["after"] / expected["before"], found.SlopeRatio.PointEstimate!.Value);
            Close(expected["jump_slope"], found.BestJump.Slope);
            Close(expected["jump_height"], found.BestJump.Height);
            Assert.Equal(one.Single(row => row[1] == "jump_first")[2], found.BestJump.First);
            Close(expected["line"], found.Shapes.Line);
            Close(expected["jump"], found.Shapes.Jump);
            Close(expected["bend"], found.Shapes.Bend);
            Close(expected["aicc_line"], found.AkaikeShapes.Line);
            Close(expected["aicc_jump"], found.AkaikeShapes.Jump);
            Close(expected["aicc_bend"], found.AkaikeShapes.Bend);
            Close(expected["latest"], found.Latest.Slope);
            Close(expected["fastest"], found.FastestEarlier.Slope);
        }

        static void Close(double expected, double actual) => Assert.Equal(expected, actual, Math.Abs(expected) * 1e-7);
    }

    /// <summary>What the documents say of the published horizons.</summary>
    [Fact]
    public void The_published_horizons_bend_in_the_spring_of_2024_and_their_slope_rises_beyond_doubt()
    {
        var found = Measured(AccelerationTest.Of(Horizons, null, Published.Seed, 999, DrawLoops.InOrder));
        Assert.InRange(found.BestBend.Date, new DateOnly(2024, 4, 1), new DateOnly(2024, 6, 1));
        Assert.InRange(found.SlopeRatio.Quantile(new Probability(0.025)).Low, 1.4, 1.9);
        Assert.InRange(found.DrawnShapes!.Value.Bend, 0.8, 0.95);
        Assert.True(found.LatestFaster.Low.Value > 0.95);
        Assert.InRange(found.LatestPValue.Value, 0.02, 0.1);
        Assert.DoesNotContain(found.Frontier, point => point.Name.StartsWith("Claude Mythos", StringComparison.Ordinal));
    }

    [Fact]
    public void A_bend_without_noise_is_found_where_it_is()
    {
        var points = SimulatedSeries.Points(SimulatedSeries.Bend, () => 0);
        var found = Measured(AccelerationTest.Of(Exact(points), null, Published.Seed, 1, DrawLoops.InOrder));
        Assert.InRange(found.BestBend.Date, new DateOnly(2023, 12, 30), new DateOnly(2024, 1, 3));
        Assert.Equal(1.5, found.BestBend.SlopeBefore, 1e-6);
        Assert.Equal(3, found.BestBend.SlopeAfter, 1e-6);
        Assert.Equal(2, found.SlopeRatio.Quantile(new Probability(0.975)).High, 1e-3);
    }

    [Fact]
    public void A_jump_without_noise_is_found_where_it_is()
    {
        var found = Measured(AccelerationTest.Of(Exact(SimulatedSeries.Points(SimulatedSeries.Jump, () => 0)), null, Published.Seed, 1, DrawLoops.InOrder));
        Assert.Equal(("m10", 2.0, 1.0), (found.BestJump.First, Math.Round(found.BestJump.Slope, 6), Math.Round(found.BestJump.Height, 6)));
    }

    [Fact]
    public void A_jump_is_taken_for_a_jump_and_a_bend_for_a_bend()
    {
        Assert.True(Share(SimulatedSeries.Many(SimulatedSeries.Jump, 200), found => found.Shapes.JumpAgainstBend > 1 && found.Shapes.Jump > found.Shapes.Line) >= 0.98);
        Assert.True(Share(SimulatedSeries.Many(SimulatedSeries.Bend, 200), found => found.Shapes.JumpAgainstBend < 1 && found.Shapes.BendAgainstLine > 1) >= 0.98);
    }

    /// <summary>88 % on a thousand series; what is above is mostly what selecting a frontier does to a straight line.</summary>
    [Fact]
    public void On_straight_series_neither_jump_nor_bend_beats_one_slope_in_more_than_a_fifth()
    {
        var found = SimulatedSeries.Many(SimulatedSeries.Line, 400);
        Assert.InRange(Share(found, one => one.Shapes.Line > Math.Max(one.Shapes.Jump, one.Shapes.Bend)), 0.8, 0.95);
        Assert.InRange(Share(found, one => Math.Max(one.Shapes.Jump, one.Shapes.Bend) > 3 * one.Shapes.Line), 0, 0.1);
    }

    /// <summary>On a straight series the bound is 5 %, with the standard error of 400 series 1.1 %.</summary>
    [Fact]
    public void The_p_value_of_faster_than_anything_earlier_is_small_as_often_as_it_says()
    {
        var found = SimulatedSeries.Many(SimulatedSeries.Line, 400, draws: 1, simulations: 199);
        Assert.InRange(Share(found, one => one.LatestPValue.Value <= 0.05), 0.015, 0.085);
        Assert.InRange(Share(found, one => one.LatestPValue.Value <= 0.5), 0.42, 0.58);
    }

    [Fact]
    public void A_doubled_slope_is_found_faster_than_anything_earlier() =>
        Assert.True(Share(SimulatedSeries.Many(SimulatedSeries.Bend, 100, simulations: 199), one => one.LatestPValue.Value <= 0.05) >= 0.9);

    [Fact]
    public void Neither_a_straight_series_nor_a_jump_is_often_called_faster_than_before()
    {
        double Called(Func<double, double> truth) =>
            Share(SimulatedSeries.Many(truth, 300, draws: 100), one => one.SlopeRatio.Above(1).Low.Value > 0.95);

        Assert.InRange(Called(SimulatedSeries.Line), 0.005, 0.08);
        Assert.InRange(Called(SimulatedSeries.Jump), 0, 0.02);
        Assert.Equal(1, Called(SimulatedSeries.Bend));
    }

    [Fact]
    public void Intervals_of_the_ratio_cover_the_truth()
    {
        double Coverage(Func<double, double> truth, double ratio, bool stated = true) => Share(
            SimulatedSeries.Many(truth, 300, draws: 200, stated: stated),
            one => one.SlopeRatio.Quantile(new Probability(0.025)).Low <= ratio && ratio <= one.SlopeRatio.Quantile(new Probability(0.975)).High);

        Assert.InRange(Coverage(SimulatedSeries.Line, 1), 0.93, 1);
        Assert.InRange(Coverage(SimulatedSeries.Bend, 2), 0.93, 1);
        Assert.InRange(Coverage(SimulatedSeries.Line, 1, stated: false), 0.91, 0.98);
        Assert.InRange(Coverage(SimulatedSeries.Bend, 2, stated: false), 0.91, 0.98);
    }

    [Fact]
    public void Scatter_that_the_draws_do_not_hold_is_added_to_them()
    {
        var random = SeededRandom.Stream(Published.Seed, 77);
        var points = SimulatedSeries.Points(SimulatedSeries.Bend, () => SimulatedSeries.Error * random.NextNormal());
        var found = Measured(AccelerationTest.Of(Exact(points, 500), null, Published.Seed, 1, DrawLoops.InOrder));
        Assert.InRange(found.UnexplainedScatter, 0.06, 0.14);
        Assert.True(found.SlopeRatio.Quantile(new Probability(0.975)).High - found.SlopeRatio.Quantile(new Probability(0.025)).Low > 0.2);
    }

    [Fact]
    public void An_error_that_all_models_share_explains_no_scatter()
    {
        var random = SeededRandom.Stream(Published.Seed, 77);
        var points = SimulatedSeries.Points(SimulatedSeries.Bend, () => SimulatedSeries.Error * random.NextNormal());
        ImmutableArray<double[]> shifted =
        [
            .. Enumerable.Range(0, 200).Select(_ =>
            {
                var shift = random.NextNormal();
                return points.Select(point => point.Value + shift).ToArray();
            }),
        ];
        var exact = Measured(AccelerationTest.Of(Exact(points), null, Published.Seed, 1, DrawLoops.InOrder));
        var shared = Measured(AccelerationTest.Of(AccelerationSeries.FromDraws(points, shifted), null, Published.Seed, 1, DrawLoops.InOrder));
        Assert.Equal(exact.UnexplainedScatter, shared.UnexplainedScatter, 1e-9);
    }

    [Fact]
    public void Errors_of_measurement_as_wide_as_the_scatter_leave_little_unexplained() =>
        Assert.InRange(SimulatedSeries.Many(SimulatedSeries.Bend, 100, draws: 50).Average(found => found.UnexplainedScatter), 0, 0.04);

    [Fact]
    public void Horizons_estimated_from_runs_enter_with_their_joint_draws()
    {
        var builder = new RunSetBuilder();
        for (var agent = 0; agent < 10; agent++)
        {
            for (var task = 0; task < 40; task++)
            {
                var done = PortableMath.Logistic(((agent + 1) * 0.8) - (task * 0.25)) > ((task * 7) % 10 / 10.0) + 0.05;
                var minutes = new Minutes(PortableMath.Exp(task * 0.2));
                Assert.Null(builder.Add(new RunRow($"a{agent}", $"t{task:D2}", $"f{task / 4}", minutes, done ? 1 : 0)
                {
                    Released = agent == 9 ? null : new DateOnly(2023, 1, 1).AddDays(100 * agent),
                }));
            }
        }

        var runs = builder.Build();
        var fits = HorizonEstimator.Fit(runs, HorizonSettings.Horizon11);
        var draws = HorizonBootstrap.Draw(runs, HorizonSettings.Horizon11, [new Probability(0.5)], Published.Seed, 20, DrawLoops.InOrder);
        var series = AccelerationSeries.FromRuns(runs.Agents, fits, draws, 0);
        var fitted = Enumerable.Range(0, 9).Where(agent => fits[agent] is HorizonFit.Fitted).ToArray();
        Assert.True(fitted.Length >= 5);
        Assert.Equal(fitted.Select(agent => $"a{agent}"), series.Points.Select(point => point.Name));
        Assert.Equal(fitted.Select(agent => fits[agent].Horizon(new Probability(0.5)).Estimate!.Value), series.Points.Select(point => point.Value));
        Assert.Equal(20, series.Draws);
    }

    [Fact]
    public void Too_short_a_frontier_says_so()
    {
        var points = SimulatedSeries.Points(SimulatedSeries.Line, () => 0, models: 8);
        Assert.Equal(new AccelerationFinding.TooFew(8, 9), AccelerationTest.Of(Exact(points), null, Published.Seed, 1, DrawLoops.InOrder));
    }

    [Fact]
    public void A_draw_that_leaves_the_frontier_too_short_leaves_the_ratio_open()
    {
        var points = SimulatedSeries.Points(SimulatedSeries.Bend, () => 0, models: 9);
        double[] whole = [.. points.Select(point => point.Value)];
        double[] short8 = [.. whole[..8], double.NaN];
        var found = Measured(AccelerationTest.Of(AccelerationSeries.FromDraws(points, [whole, short8]), null, Published.Seed, 1, DrawLoops.InOrder));
        Assert.Equal(new ProbabilityBounds(new Probability(0.5), new Probability(1)), found.SlopeRatio.Above(1));
        Assert.Equal(new ProbabilityBounds(new Probability(0.5), new Probability(1)), found.LatestFaster);
    }

    [Fact]
    public void The_order_of_models_and_of_the_work_makes_no_difference() =>
        Gen.Int[0, 1000].Hold(
            number =>
            {
                var random = SeededRandom.Stream(Published.Seed, (ulong)number);
                var points = SimulatedSeries.Points(SimulatedSeries.Bend, () => 0.3 * random.NextNormal());
                ImmutableArray<double[]> draws = [.. Enumerable.Range(0, 5).Select(_ => points.Select(point => point.Value + (0.1 * random.NextNormal())).ToArray())];
                var backward = AccelerationSeries.FromDraws([.. points.Reverse()], [.. draws.Select(draw => draw.Reverse().ToArray())]);
                var one = AccelerationTest.Of(AccelerationSeries.FromDraws(points, draws), null, Published.Seed, 9, DrawLoops.InOrder);
                var other = AccelerationTest.Of(backward, null, Published.Seed, 9, (count, body) => DrawLoops.InOrder(count, i => body(count - 1 - i)));
                Assert.Equal(Figures(one), Figures(other));
            },
            count: 20);

    [Fact]
    public void Moving_and_stretching_a_series_changes_no_ratio_and_no_odds() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Double[-50, 50], Gen.Double[0.1, 20], Gen.Int[-3000, 3000]).Hold(
            drawn =>
            {
                var (number, offset, stretch, days) = drawn;
                var random = SeededRandom.Stream(Published.Seed, (ulong)number);
                var points = SimulatedSeries.Points(SimulatedSeries.Bend, () => 0.3 * random.NextNormal());
                ImmutableArray<SeriesPoint> moved =
                    [.. points.Select(point => new SeriesPoint(point.Name, point.Released.AddDays(days), offset + (stretch * point.Value)))];
                var one = Figures(AccelerationTest.Of(Exact(points), null, Published.Seed, 19, DrawLoops.InOrder));
                var other = Figures(AccelerationTest.Of(Exact(moved), null, Published.Seed, 19, DrawLoops.InOrder));
                Assert.Equal(one.Length, other.Length);
                for (var i = 0; i < one.Length; i++)
                {
                    Assert.Equal(one[i], other[i], 1e-6 * Math.Max(1, Math.Abs(one[i])));
                }
            },
            count: 40);

    private static AccelerationSeries Exact(ImmutableArray<SeriesPoint> points, int draws = 3) =>
        AccelerationSeries.FromErrors(points, [.. points.Select(_ => 0.0)], Published.Seed, draws);

    private static AccelerationFinding.Measured Measured(AccelerationFinding finding) => Assert.IsType<AccelerationFinding.Measured>(finding);

    private static double Share(ImmutableArray<AccelerationFinding.Measured> found, Func<AccelerationFinding.Measured, bool> holds) =>
        found.Count(holds) / (double)found.Length;

    private static double[] Figures(AccelerationFinding finding)
    {
        if (finding is not AccelerationFinding.Measured found)
        {
            return [];
        }

        return
        [
            found.SlopeRatio.PointEstimate!.Value, Bounded(found.SlopeRatio.Quantile(new Probability(0.5)).Low), found.LatestPValue.Value,
            found.Shapes.Line, found.Shapes.Jump, found.Shapes.Bend, found.LatestFaster.Low.Value, found.Latest.Models, found.FastestEarlier.Models,
        ];

        static double Bounded(double value) => Math.Min(value, 1e3);
    }
}
