using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Tests.Capability.Horizons;

public sealed class HorizonEstimatorTests
{
    private static readonly Probability Half = new(0.5);

    [Fact]
    public void A_curve_through_two_shares_passes_through_both()
    {
        // 3 of 4 at 1 minute and 1 of 4 at 4 minutes: logits +ln 3 and −ln 3 at log2 = 0 and 2, so the slope is −ln 3 and p50 is 2 minutes.
        var curve = Curve(HorizonSettings.Horizon11 with { Lambda = 1e-14 }, Rows(("a", 1, 3, 1), ("b", 4, 1, 3)));
        Assert.Equal(-Math.Log(3), curve.Slope, 1e-10);
        Assert.Equal(Math.Log(3), curve.Intercept, 1e-10);
        Assert.Equal(Math.Log(2), curve.LogHorizon(Half), 1e-10);
        Assert.Equal(0.75, curve.At(new Minutes(1)).Value, 1e-10);

        // logit 0.8 = ln 4, reached at log2 = 1 − ln 4 / ln 3.
        Assert.Equal(Math.Log(2) * (1 - (Math.Log(4) / Math.Log(3))), curve.LogHorizon(new(0.8)), 1e-10);
    }

    [Fact]
    public void The_penalty_is_on_half_the_squared_slope_and_not_on_the_intercept()
    {
        // Weight ½ at log2 = ±1 with shares q and 1 − q: by symmetry the intercept is 0, and the slope solves σ(b) − (1 − q) + λ·b = 0
        // at x = +1, twice over with weight ½. For b = −ln 2: σ(b) = 1/3, and with λ = 0.1 the share at +1 is 1/3 − 0.1·ln 2.
        var share = (1.0 / 3) - (0.1 * Math.Log(2));
        var curve = Curve(HorizonSettings.Horizon10, Scored(("a", 0.5, 1 - share), ("b", 2, share)));
        Assert.Equal(-Math.Log(2), curve.Slope, 1e-10);
        Assert.Equal(0, curve.Intercept, 1e-10);

        // The same around 2^20 minutes: a free intercept moves the curve along and leaves its slope.
        var moved = Curve(HorizonSettings.Horizon10, Scored(("a", 524288, 1 - share), ("b", 2097152, share)));
        Assert.Equal(-Math.Log(2), moved.Slope, 1e-10);
        Assert.Equal(20 * Math.Log(2), moved.LogHorizon(Half), 1e-10);
    }

    [Fact]
    public void Successes_alone_bound_the_horizon_from_below()
    {
        var fit = Assert.IsType<HorizonFit.AllSucceeded>(Fit(Rows(("a", 1, 2, 0), ("b", 30, 2, 0))));
        Assert.Equal(30, fit.Longest.Value, 1e-12);
        Assert.Null(fit.Curve);
        var known = fit.Horizon(Half);
        Assert.Null(known.Estimate);
        Assert.Equal(Math.Log(30), known.Low, 1e-14);
        Assert.Equal(double.PositiveInfinity, known.High);
    }

    [Fact]
    public void Failures_alone_bound_the_horizon_from_above()
    {
        var fit = Assert.IsType<HorizonFit.AllFailed>(Fit(Rows(("a", 1, 0, 2), ("b", 30, 0, 2))));
        Assert.Equal(1, fit.Shortest.Value, 1e-12);
        Assert.Null(fit.Curve);
        Assert.Equal(new HorizonKnown(null, double.NegativeInfinity, 0), fit.Horizon(Half));
    }

    [Fact]
    public void Successes_all_shorter_than_failures_bound_the_horizon_on_both_sides()
    {
        var fit = Assert.IsType<HorizonFit.Separated>(Fit(Rows(("a", 1, 2, 0), ("b", 8, 1, 0), ("c", 32, 0, 2))));
        Assert.Equal(8, fit.LongestSuccess.Value, 1e-12);
        Assert.Equal(32, fit.ShortestFailure.Value, 1e-12);
        var known = fit.Horizon(new(0.8));
        Assert.Null(known.Estimate);
        Assert.Equal(Math.Log(8), known.Low, 1e-14);
        Assert.Equal(Math.Log(32), known.High, 1e-14);
        Assert.InRange(fit.Penalised.LogHorizon(Half), known.Low, known.High);
    }

    [Fact]
    public void Success_and_failure_that_meet_at_one_length_are_separated_there()
    {
        var fit = Assert.IsType<HorizonFit.Separated>(Fit(Rows(("a", 1, 2, 0), ("b", 8, 1, 1), ("c", 64, 0, 2))));
        Assert.Equal(fit.LongestSuccess, fit.ShortestFailure);
        Assert.Equal(Math.Log(8), fit.Penalised.LogHorizon(Half), 1e-9);
    }

    [Fact]
    public void Where_longer_tasks_go_better_nothing_is_known()
    {
        var rising = Assert.IsType<HorizonFit.NotFalling>(Fit(Rows(("a", 1, 1, 3), ("b", 4, 3, 1))));
        Assert.True(rising.Level.Slope > 0);
        Assert.Equal(new HorizonKnown(null, double.NegativeInfinity, double.PositiveInfinity), rising.Horizon(Half));

        var oneLength = Assert.IsType<HorizonFit.NotFalling>(Fit(Rows(("a", 4, 1, 3), ("b", 4, 3, 1))));
        Assert.Equal(0, oneLength.Level.Slope, 1e-12);
    }

    [Fact]
    public void An_agent_all_of_whose_runs_are_left_out_has_no_runs()
    {
        var runs = Build([new RunRow("agent", "a", "f", new Minutes(1), 1) { Alleged = true }]);
        Assert.IsType<HorizonFit.NoRuns>(HorizonEstimator.Fit(runs, HorizonSettings.Horizon11 with { Alleged = DoubtfulRuns.LeftOut })[0]);
        Assert.IsType<HorizonFit.AllFailed>(HorizonEstimator.Fit(runs, HorizonSettings.Horizon11 with { Alleged = DoubtfulRuns.Failed })[0]);
        Assert.IsType<HorizonFit.AllSucceeded>(HorizonEstimator.Fit(runs, HorizonSettings.Horizon11)[0]);
    }

    [Fact]
    public void A_fractional_score_counts_as_a_success_and_a_failure_that_share_its_weight()
    {
        var fractions = Curve(HorizonSettings.Horizon11, Scored(("a", 1, 0.75), ("b", 6, 0.5), ("c", 40, 0.125)));
        var pairs = Curve(HorizonSettings.Horizon11, Rows(("a", 1, 3, 1), ("b", 6, 1, 1), ("c", 40, 1, 7)));
        Assert.Equal(pairs.Slope, fractions.Slope, 1e-12);
        Assert.Equal(pairs.Intercept, fractions.Intercept, 1e-12);
    }

    [Theory]
    [InlineData(TaskWeighting.EqualTask, 2)]
    [InlineData(TaskWeighting.InverseSquareRootFamily, 3)]
    public void Weights_are_METR_s(TaskWeighting weighting, int column)
    {
        var runs = Reference();
        var design = RunDesign.Of(runs, HorizonSettings.Horizon11 with { Weighting = weighting });
        var rows = 0;
        foreach (var line in File.ReadLines("testdata/estimator/weights.csv").Skip(1).Select(line => line.Split(',')))
        {
            var agent = runs.Agents.Index().Single(a => a.Item.Alias == line[0]).Index;
            var cell = design.Cells[agent].Single(c => runs.Tasks[c.Task].Id == line[1]);
            var expected = double.Parse(line[column], CultureInfo.InvariantCulture);
            Assert.Equal(expected, cell.RunWeight, 1e-14 * expected);
            rows++;
        }

        Assert.Equal(rows, design.Cells.Sum(cells => cells.Length));
        Assert.All(design.Cells, cells => Assert.Equal(1, cells.Sum(cell => cell.RunWeight * cell.Runs), 1e-12));
    }

    /// <summary>The derivative of ln p50 by a success of small weight at length x has the sign of 1 + (h − m)(x − m)/v, where h is log2 of
    /// p50, and m and v are the mean and variance of log2 length under the weights w·p(1 − p) of the curve (with the penalty, v is
    /// enlarged by λ over their sum). So a success lifts the horizon unless it lies far off on the side of m that the horizon is not on.</summary>
    [Fact]
    public void More_successes_never_lower_a_horizon_unless_they_tilt_the_curve_against_it()
    {
        var (lifted, lowered) = (0, 0);
        Gen.Select(Suite, Gen.Int[0, 1000], Gen.Double[0.001, 1]).Hold(
            one =>
            {
                var (rows, pick, gain) = one;
                var failed = rows.Index().Where(row => row.Item.Score == 0).ToList();
                if (failed.Count == 0)
                {
                    return;
                }

                var at = failed[pick % failed.Count].Index;
                RunRow[] better = [.. rows.Select((row, i) => i == at ? row with { Score = gain } : row)];
                if (Fit([.. rows]) is not HorizonFit.Fitted before || Fit(better) is not HorizonFit.Fitted after)
                {
                    return;
                }

                var signs = new[] { Sign(rows, before.Falling, rows[at].Human), Sign(better, after.Falling, rows[at].Human) };
                var change = after.Horizon(Half).Low - before.Horizon(Half).Low;
                if (signs.Min() > 0.01)
                {
                    Assert.True(change > 0, $"{before} became {after}");
                    lifted++;
                }
                else if (signs.Max() < -0.01)
                {
                    Assert.True(change < 0, $"{before} became {after}");
                    lowered++;
                }
            },
            3000);
        Assert.True(lifted > 1000 && lowered > 10, $"{lifted} lifted, {lowered} lowered");

        static double Sign(IEnumerable<RunRow> rows, LogisticCurve curve, Minutes where)
        {
            var design = RunDesign.Of(Build(rows), HorizonSettings.Horizon11).Cells[0].Select(cell => cell.Observation).ToArray();
            var bends = design.Select(o => o.Weight / (2 + (2 * Math.Cosh(curve.Intercept + (curve.Slope * o.X))))).ToArray();
            var mean = design.Zip(bends, (o, bend) => bend * o.X).Sum() / bends.Sum();
            var variance = (design.Zip(bends, (o, bend) => bend * Math.Pow(o.X - mean, 2)).Sum() + 1e-5) / bends.Sum();
            return 1 + (((-curve.Intercept / curve.Slope) - mean) * (Math.Log2(where.Value) - mean) / variance);
        }
    }

    [Fact]
    public void A_success_at_an_easy_task_can_lower_a_horizon_far_beyond_the_tasks()
    {
        // It steepens a curve that is nearly flat. This is logistic regression's, not ours: d ln p50 has the sign of
        // 1 + (h − m)(x − m)/v, with m and v the mean and variance of length where the curve bends.
        var flat = Curve(HorizonSettings.Horizon11, Rows(("a", 1, 5, 3), ("b", 4, 9, 7)));
        var steeper = Curve(HorizonSettings.Horizon11, Rows(("a", 1, 6, 2), ("b", 4, 9, 7)));
        Assert.True(flat.LogHorizon(Half) > Math.Log(4));
        Assert.True(steeper.LogHorizon(Half) < flat.LogHorizon(Half));
    }

    [Fact]
    public void More_successes_never_raise_the_chance_of_failure_at_the_task_itself() => Gen.Select(Suite, Gen.Int[0, 1000]).Hold(
        one =>
        {
            var (rows, pick) = one;
            var failed = rows.Index().Where(row => row.Item.Score < 1).ToList();
            if (failed.Count == 0)
            {
                return;
            }

            var better = failed[pick % failed.Count];
            var (before, after) = (Fit([.. rows]).Curve, Fit([.. rows.Select((row, i) => i == better.Index ? row with { Score = 1 } : row)]).Curve);
            if (before is { } was && after is { } now)
            {
                Assert.True(now.At(better.Item.Human).Value >= was.At(better.Item.Human).Value - 1e-9);
            }
        },
        300);

    [Fact]
    public void Scaling_all_minutes_scales_the_horizon() => Gen.Select(Suite, Gen.Double[-8, 8]).Hold(
        one =>
        {
            var (rows, log) = one;
            var scaled = rows.Select(row => row with { Human = new Minutes(row.Human.Value * Math.Exp(log)) });
            var (before, after) = (Fit([.. rows]), Fit([.. scaled]));
            Assert.Equal(before.GetType(), after.GetType());
            foreach (var level in (Probability[])[Half, new(0.8), new(0.2)])
            {
                Close(before.Horizon(level).Low + log, after.Horizon(level).Low, 1e-7);
                Close(before.Horizon(level).High + log, after.Horizon(level).High, 1e-7);
            }
        },
        300);

    [Fact]
    public void Splitting_a_row_or_permuting_rows_changes_nothing() => Gen.Select(Suite, Gen.Int[0, 1000]).Hold(
        one =>
        {
            var (rows, pick) = one;
            var split = rows.SelectMany(row => row.Count > 1 ? new[] { row with { Count = 1 }, row with { Count = row.Count - 1 } } : [row]).ToArray();
            new Random(pick).Shuffle(split);
            Assert.Equal(Fit([.. rows]), Fit(split));
        },
        300);

    [Fact]
    public void A_higher_success_level_has_a_shorter_horizon() => Gen.Select(Suite, Gen.Double[0.01, 0.98], Gen.Double[0, 1]).Hold(
        one =>
        {
            var (rows, low, share) = one;
            var fit = Fit([.. rows]);
            var (easier, harder) = (fit.Horizon(new(low)), fit.Horizon(new(low + (share * (0.99 - low)))));
            Assert.True(harder.Low <= easier.Low && harder.High <= easier.High);
            Assert.True(fit.Horizon(new(0.8)).Low <= fit.Horizon(Half).Low);
        },
        300);

    /// <summary>The runs of testdata/estimator.</summary>
    internal static RunSet Reference() => Build(
    [
        .. File.ReadLines("testdata/estimator/runs.csv").Skip(1).Select(line => line.Split(',')).Select(line => new RunRow(
            line[0], line[1], line[2], new Minutes(double.Parse(line[3], CultureInfo.InvariantCulture)), double.Parse(line[4], CultureInfo.InvariantCulture))),
    ]);

    internal static RunSet Build(IEnumerable<RunRow> rows)
    {
        var builder = new RunSetBuilder();
        foreach (var row in rows)
        {
            Assert.Null(builder.Add(row));
        }

        return builder.Build();
    }

    /// <summary>From three to twelve tasks in a few families with one or two kinds of run each.</summary>
    private static readonly Gen<ImmutableArray<RunRow>> Suite =
        Gen.Select(Gen.Double[-3, 9], Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 4], Gen.Double[0, 1]).Array[3, 12].Select(tasks => tasks.Index().SelectMany(task =>
        {
            var (log2, family, successes, failures, fraction) = task.Item;
            var row = new RunRow("agent", $"t{task.Index}", $"f{family}", new Minutes(Math.Pow(2, log2)), 1);
            var rows = new List<RunRow>();
            if (successes > 0)
            {
                rows.Add(row with { Count = successes });
            }

            if (failures > 0)
            {
                rows.Add(row with { Score = 0, Count = failures });
            }

            if (rows.Count == 0)
            {
                rows.Add(row with { Score = fraction });
            }

            return rows;
        }).ToImmutableArray());

    private static void Close(double expected, double actual, double within) =>
        Assert.True(expected == actual || Math.Abs(expected - actual) <= within * (1 + Math.Abs(expected)), $"{expected:R} and {actual:R}");

    private static HorizonFit Fit(params RunRow[] rows) => HorizonEstimator.Fit(Build(rows), HorizonSettings.Horizon11)[0];

    private static LogisticCurve Curve(HorizonSettings settings, RunRow[] rows) => HorizonEstimator.Fit(Build(rows), settings)[0].Curve!.Value;

    private static RunRow[] Rows(params (string Task, double Minutes, int Successes, int Failures)[] tasks) =>
    [
        .. tasks.SelectMany(task => ((double Score, int Count)[])[(1, task.Successes), (0, task.Failures)], (task, runs) => (task, runs))
            .Where(one => one.runs.Count > 0)
            .Select(one => new RunRow("agent", one.task.Task, one.task.Task, new Minutes(one.task.Minutes), one.runs.Score) { Count = one.runs.Count }),
    ];

    private static RunRow[] Scored(params (string Task, double Minutes, double Score)[] tasks) =>
        [.. tasks.Select(task => new RunRow("agent", task.Task, task.Task, new Minutes(task.Minutes), task.Score))];
}
