using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using CsCheck;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Indicators;

namespace Standstill.Measurement.Tests.Capability;

public sealed class FrontierEstimateTests
{
    private static readonly DateOnly Day0 = new(2024, 1, 1);

    private static readonly Gen<PublishedHorizon> AnyModel =
        from day in Gen.Int[0, 20].Select(tick => tick * 50)
        from name in Gen.Int[0, 1_000_000]
        from log in Gen.Double[-3, 8]
        from below in Gen.Double[0, 2]
        from above in Gen.Double[0, 2]
        let p50 = Math.Exp(log)
        select Model($"m{name}", day, p50, (p50 * Math.Exp(-below), p50 * Math.Exp(above)));

    private static readonly Gen<PublishedHorizon[]> AnyModels = AnyModel.Array[1, 12];

    [Fact]
    public void The_frontier_of_the_published_table_is_the_running_maximum()
    {
        var estimate = FrontierEstimate.Estimate(Published.Horizons, Published.Seed, 10);
        Assert.Equal(
            [
                "gpt2", "davinci_002", "gpt_3_5_turbo_instruct", "GPT-4 0314", "GPT-4 1106 (Inspect)", "GPT-4o (Inspect)",
                "Claude 3.5 Sonnet (Old) (Inspect)", "o1-preview", "Claude 3.5 Sonnet (New) (Inspect)", "o1 (Inspect)",
                "Claude 3.7 Sonnet (Inspect)", "o3 (Inspect)", "GPT-5 (Inspect)", "Gemini 3 Pro", "Claude Opus 4.5 (Inspect)", "GPT-5.2",
                "claude_opus_4_6_inspect", "Claude Mythos Preview (early)",
            ],
            estimate.FrontierModels.Select(i => estimate.Models[i].Model));
        Assert.Equal(["Claude Mythos Preview (early)"], estimate.WithoutLimits.Select(i => estimate.Models[i].Model));
    }

    /// <summary>METR's results file for Time Horizon 1.1 states 128.744 days for models from 2023 on, leaving out figures above 16 hours.</summary>
    [Fact]
    public void The_doubling_time_from_2023_on_is_the_one_that_METR_publishes()
    {
        var trend = FrontierEstimate.Estimate(Published.Measured, Published.Seed, 10).Trend(new DateOnly(2023, 1, 1));
        Assert.Equal(128.744, trend.PointDoublingTime.PointEstimate!.Value, 0.0005);
        Assert.Equal(trend.PointDoublingTime.PointEstimate, trend.DoublingTime.PointEstimate);
        Assert.False(trend.PointDoublingTime.HasInterval);
    }

    /// <summary>Against trend.py, which solves the normal equations in 50-digit decimals.</summary>
    [Fact]
    public void Fitted_doubling_times_agree_with_an_independent_least_squares()
    {
        foreach (var line in File.ReadLines("testdata/horizons/trend.csv").Skip(1).Select(line => line.Split(',')))
        {
            var horizons = bool.Parse(line[0]) ? Published.Horizons : Published.Measured;
            var since = DateOnly.Parse(line[1], CultureInfo.InvariantCulture);
            var estimate = FrontierEstimate.Estimate(horizons, Published.Seed, 1);
            var expected = double.Parse(line[3], CultureInfo.InvariantCulture);
            Assert.Equal(int.Parse(line[2], CultureInfo.InvariantCulture), estimate.FrontierModels.Count(i => estimate.Models[i].Released >= since));
            Assert.Equal(expected, estimate.Trend(since).FittedDoublingDays!.Value, expected * 1e-12);
        }
    }

    /// <summary>Against draws.py, which samples the whole estimate in plain Python.</summary>
    [Fact]
    public void Sampled_horizons_and_doubling_times_agree_with_an_independent_model()
    {
        var since = new DateOnly(2023, 1, 1);
        var measured = FrontierEstimate.Estimate(Published.Measured, Published.Seed);
        var bounded = FrontierEstimate.Estimate(Published.Horizons, Published.Seed).DoublingTime(since);
        var rows = File.ReadLines("testdata/horizons/draws.csv").Skip(1)
            .Select(line => line.Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        Assert.Equal(9, rows.Length);
        foreach (var row in rows)
        {
            var p = new Probability((row[0] - 0.5) / 2000);
            Assert.Equal(row[1], measured.Horizon50.Quantile(p).Low, row[1] * 1e-10);
            Assert.Equal(row[2], measured.DoublingTime(since).Quantile(p).Low, row[2] * 1e-8);
            Assert.Equal(row[3], bounded.Quantile(p).High, row[3] * 1e-8);
        }
    }

    /// <summary>METR's bootstrap over tasks gives 104.4 to 158.0 days; limits sampled model by model must come near it.</summary>
    [Fact]
    public void The_interval_of_the_doubling_time_comes_near_the_published_one()
    {
        var doubling = FrontierEstimate.Estimate(Published.Measured, Published.Seed).DoublingTime(new DateOnly(2023, 1, 1));
        Assert.InRange(doubling.Quantile(new Probability(0.025)).Low, 100, 114);
        Assert.InRange(doubling.Quantile(new Probability(0.975)).High, 146, 162);
        Assert.True(doubling.HasInterval);
    }

    [Fact]
    public void The_largest_of_noisy_estimates_is_biased_upward_by_about_an_eighth_on_the_published_table()
    {
        var horizon = FrontierEstimate.Estimate(Published.Measured, Published.Seed).Horizon50;
        Assert.Equal(718.80683, horizon.PointEstimate);
        Assert.InRange(horizon.Quantile(new Probability(0.5)).Low / 718.80683, 1.10, 1.16);
    }

    [Fact]
    public void One_model_has_the_closed_form_distribution_of_its_figure()
    {
        var horizon = FrontierEstimate.Estimate([Model("a", 0, 100, (50, 400))], Published.Seed, 20_000).Horizon50;
        var closed = IndicatorDistribution.FromPublished(100, 50, 400, Censoring.None, Scale.Ratio);
        foreach (var threshold in (double[])[40, 60, 90, 100, 150, 300, 500])
        {
            var p = closed.Above(threshold).Low.Value;
            Assert.Equal(p, horizon.Above(threshold).Low.Value, 4 * Math.Sqrt(p * (1 - p) / 20_000));
        }
    }

    [Fact]
    public void A_lower_bound_on_the_best_model_settles_thresholds_below_it_and_opens_those_above()
    {
        var horizon = FrontierEstimate.Estimate(Published.Horizons, Published.Seed).Horizon50;
        var others = FrontierEstimate.Estimate(Published.Measured, Published.Seed).Horizon50;
        Assert.Equal(new ProbabilityBounds(new Probability(1), new Probability(1)), horizon.Above(959.999));
        Assert.Equal(others.Above(2000).Low, horizon.Above(2000).Low);
        Assert.Equal(1, horizon.Above(2000).High.Value);
        Assert.Equal(double.PositiveInfinity, horizon.Quantile(new Probability(0.5)).High);
        Assert.Null(horizon.PointEstimate);
        Assert.True(horizon.HasInterval);
    }

    [Fact]
    public void A_lower_bound_on_the_frontier_leaves_the_doubling_time_open_downward()
    {
        var trend = FrontierEstimate.Estimate(Published.Horizons, Published.Seed).Trend(new DateOnly(2023, 1, 1));
        Assert.Equal(1, trend.DoublingTime.Below(90).High.Value);
        Assert.InRange(trend.DoublingTime.Below(90).Low.Value, 0, 0.01);
        Assert.Equal(0, trend.DoublingTime.Above(170).Low.Value);
        Assert.Null(trend.PointDoublingTime.PointEstimate);
        Assert.Equal(new QuantileBounds(0, trend.FittedDoublingDays!.Value), Rounded(trend.PointDoublingTime.Quantile(new Probability(0.5)), trend.FittedDoublingDays!.Value));
    }

    /// <summary>The bound 20 lies below the maximum 40: absent, the slope is ln 2 a hundred days; just reaching it, on days 0, 100,
    /// 200 and 300 with 10, 20, 40, 40, it is by hand 0.7·ln 2 a hundred days. The slower one counts.</summary>
    [Fact]
    public void A_lower_bound_under_the_frontier_allows_the_slower_of_leaving_it_out_and_letting_it_join()
    {
        var trend = FrontierEstimate.Estimate(
            [Model("a", 0, 10), Model("b", 100, 20), Model("c", 200, 40), Model("d", 300, 20, censoring: Censoring.AtLeast)], Published.Seed, 1).Trend(null);
        Assert.Equal(100 / 0.7, trend.PointDoublingTime.Quantile(new Probability(1)).High, 1e-9);
        Assert.Equal(0, trend.PointDoublingTime.Quantile(new Probability(0)).Low);
    }

    /// <summary>b, at least 20, may be anything: at 80 beside c the slope on days 0, 100, 200 with 10, 80, 80 is 1.5·ln 2 a hundred
    /// days as with 20; above c it is steeper; and so the slowest is 100/1.5 days.</summary>
    [Fact]
    public void A_lower_bound_inside_the_frontier_is_moved_to_where_the_trend_is_slowest()
    {
        var inside = FrontierEstimate.Estimate(
            [Model("a", 0, 10), Model("b", 100, 20, censoring: Censoring.AtLeast), Model("c", 200, 80)], Published.Seed, 1).Trend(null);
        Assert.Equal(100 / 1.5, inside.PointDoublingTime.Quantile(new Probability(1)).High, 1e-9);

        // On day 50, raised to 80, it makes the line flatter: days 0, 50, 200 with 0, 3, 3 doublings.
        var early = FrontierEstimate.Estimate(
            [Model("a", 0, 10), Model("b", 50, 20, censoring: Censoring.AtLeast), Model("c", 200, 80)], Published.Seed, 1).Trend(null);
        var meanDay = 250.0 / 3;
        var slope = (((0 - meanDay) * (0 - 2)) + ((50 - meanDay) * (3 - 2)) + ((200 - meanDay) * (3 - 2)))
            / (((0 - meanDay) * (0 - meanDay)) + ((50 - meanDay) * (50 - meanDay)) + ((200 - meanDay) * (200 - meanDay)));
        Assert.Equal(1 / slope, early.PointDoublingTime.Quantile(new Probability(1)).High, 1e-9);
    }

    /// <summary>Tries ten thousand values of the one bounded model and takes the slowest trend: the bound must not be beaten, and be reached.</summary>
    [Fact]
    public void For_one_lower_bound_the_slowest_trend_is_exact() =>
        (from models in AnyModel.Array[3, 8] from bounded in Gen.Int[0, 2] select (models, bounded)).Hold(
            given =>
            {
                var models = given.models.Select((model, i) => Model($"m{i}", model.Released.DayNumber - Day0.DayNumber, model.P50.Value)).ToArray();
                var bound = models[given.bounded];
                models[given.bounded] = Model(bound.Model, bound.Released.DayNumber - Day0.DayNumber, bound.P50.Value, censoring: Censoring.AtLeast);
                var claimed = FrontierEstimate.Estimate([.. models], Published.Seed, 1).Trend(null).PointDoublingTime;
                if (claimed.IsNone)
                {
                    return;
                }

                var slowest = 0.0;
                for (var i = 0; i <= 10_000; i++)
                {
                    models[given.bounded] = Model(bound.Model, bound.Released.DayNumber - Day0.DayNumber, bound.P50.Value * Math.Exp(i * 0.0012));
                    slowest = Math.Max(slowest, SlowDoubling(models));
                }

                var greatest = claimed.Quantile(new Probability(0.5)).High;
                Assert.True(slowest <= greatest * (1 + 1e-9), $"{slowest} beats {greatest}");
                Assert.True(double.IsPositiveInfinity(greatest) || slowest >= greatest * 0.98, $"{slowest} does not reach {greatest}");
            },
            count: 20);

    [Fact]
    public void An_upper_bound_never_raises_the_horizon()
    {
        var horizon = FrontierEstimate.Estimate([Model("a", 0, 10), Model("b", 100, 50, censoring: Censoring.AtMost)], Published.Seed, 10).Horizon50;
        Assert.Equal(new QuantileBounds(10, 50), horizon.Quantile(new Probability(0.5)));
        Assert.Equal(new QuantileBounds(0, 50), FrontierEstimate.Estimate([Model("b", 100, 50, censoring: Censoring.AtMost)], Published.Seed, 10).Horizon50.Quantile(new Probability(0.5)));
    }

    [Fact]
    public void The_80_percent_horizon_has_no_interval_and_is_open_above_a_model_without_one()
    {
        var measured = FrontierEstimate.Estimate(Published.Measured, Published.Seed, 1).Horizon80;
        Assert.Equal(69.874587, measured.PointEstimate);
        Assert.False(measured.HasInterval);
        var all = FrontierEstimate.Estimate(Published.Horizons, Published.Seed, 1).Horizon80;
        Assert.Equal(new QuantileBounds(69.874587, double.PositiveInfinity), all.Quantile(new Probability(0.5)));
        Assert.Null(all.PointEstimate);
        Assert.True(FrontierEstimate.Estimate([Model("a", 0, 10)], Published.Seed, 1).Horizon80.IsNone);
    }

    [Fact]
    public void A_figure_without_limits_on_the_frontier_leaves_no_interval()
    {
        var estimate = FrontierEstimate.Estimate([Model("a", 0, 10, (5, 20)), Model("b", 100, 50), Model("c", 200, 100, (99, 101))], Published.Seed, 50);
        Assert.True(estimate.Horizon50.HasInterval);
        Assert.False(estimate.DoublingTime(null).HasInterval);
        Assert.Equal([1], estimate.WithoutLimits);
        Assert.False(FrontierEstimate.Estimate([Model("a", 0, 10)], Published.Seed, 50).Horizon50.HasInterval);
    }

    [Fact]
    public void Fewer_than_two_frontier_points_give_no_trend()
    {
        var one = FrontierEstimate.Estimate([Model("a", 0, 10), Model("b", 10, 5)], Published.Seed, 10).Trend(null);
        Assert.True(one.DoublingTime.IsNone);
        Assert.True(one.PointDoublingTime.IsNone);
        Assert.Null(one.FittedDoublingDays);
        Assert.Empty(one.Line([Day0]));
        Assert.Null(one.Crossing(new Minutes(100)).Early);
        Assert.True(FrontierEstimate.Estimate(Published.Measured, Published.Seed, 10).DoublingTime(new DateOnly(2026, 3, 1)).IsNone);

        var nothing = FrontierEstimate.Estimate([], Published.Seed);
        Assert.True(nothing.Horizon50.IsNone && nothing.Horizon80.IsNone && nothing.DoublingTime(null).IsNone);
        Assert.Null(nothing.Support);
    }

    [Fact]
    public void Of_models_released_on_one_day_the_largest_stands_on_the_frontier()
    {
        var estimate = FrontierEstimate.Estimate([Model("a", 0, 10), Model("b", 5, 20), Model("c", 5, 40), Model("d", 5, 30)], Published.Seed, 10);
        Assert.Equal(["a", "c"], estimate.FrontierModels.Select(i => estimate.Models[i].Model));
        Assert.Equal(2.5, estimate.DoublingTime(null).PointEstimate!.Value, 1e-12);
    }

    [Fact]
    public void Scaling_all_lengths_scales_the_horizon_and_leaves_the_doubling_time() =>
        (from models in AnyModels from c in Gen.Double[0.01, 100] select (models, c)).Hold(given =>
        {
            var plain = FrontierEstimate.Estimate([.. given.models], Published.Seed, 50);
            var scaled = FrontierEstimate.Estimate([.. given.models.Select(model => Scaled(model, given.c))], Published.Seed, 50);
            foreach (var p in (double[])[0.025, 0.5, 0.975])
            {
                var horizon = plain.Horizon50.Quantile(new Probability(p)).Low * given.c;
                Assert.Equal(horizon, scaled.Horizon50.Quantile(new Probability(p)).Low, horizon * 1e-9);
                Same(plain.DoublingTime(null).Quantile(new Probability(p)), scaled.DoublingTime(null).Quantile(new Probability(p)), 1e-6);
            }
        });

    [Fact]
    public void The_order_of_rows_changes_nothing() =>
        (from models in AnyModels from shuffled in Gen.Shuffle(models) select (models, shuffled)).Hold(given =>
            Assert.Equal(
                Fingerprint(FrontierEstimate.Estimate([.. given.models], Published.Seed, 50)),
                Fingerprint(FrontierEstimate.Estimate([.. given.shuffled], Published.Seed, 50))));

    [Fact]
    public void Censoring_a_model_never_narrows_the_open_ends() =>
        (from models in AnyModels from which in Gen.Int[0, 11] select (models, which: which % models.Length)).Hold(given =>
        {
            var plain = FrontierEstimate.Estimate([.. given.models], Published.Seed, 50);
            var censored = FrontierEstimate.Estimate([.. given.models.Select((model, i) => i == given.which ? Censored(model) : model)], Published.Seed, 50);
            foreach (var p in (double[])[0.025, 0.5, 0.975])
            {
                var probability = new Probability(p);
                Assert.True(censored.Horizon50.Quantile(probability).High >= plain.Horizon50.Quantile(probability).High);
                Assert.True(censored.Horizon50.Quantile(probability).Low >= plain.Horizon50.Quantile(probability).Low);
                Assert.True(censored.DoublingTime(null).Quantile(probability).High >= plain.DoublingTime(null).Quantile(probability).High);
                Assert.True(censored.DoublingTime(null).Quantile(probability).Low <= plain.DoublingTime(null).Quantile(probability).Low);
            }
        });

    [Fact]
    public void A_model_below_the_frontier_does_not_change_the_point_frontier() =>
        (from models in AnyModels from day in Gen.Int[0, 1500] select (models, day)).Hold(given =>
        {
            var before = FrontierEstimate.Estimate([.. given.models], Published.Seed, 1);
            var best = given.models.Where(model => model.Released.DayNumber - Day0.DayNumber <= given.day).Select(model => model.P50.Value).DefaultIfEmpty(0).Max();
            if (best > 0)
            {
                var after = FrontierEstimate.Estimate([.. given.models, Model("lower", given.day, best * 0.99, (best * 0.5, best))], Published.Seed, 1);
                Assert.Equal(before.FrontierModels.Select(i => before.Models[i]), after.FrontierModels.Select(i => after.Models[i]));
            }
        });

    [Fact]
    public void The_chart_line_passes_through_the_published_trend_and_its_crossing_is_where_it_says()
    {
        var exact = FrontierEstimate.Estimate([Model("a", 0, 10), Model("b", 100, 20, support: 960), Model("c", 200, 40)], Published.Seed, 20).Trend(null);
        Assert.Equal(160, Assert.Single(exact.Line([Day0.AddDays(400)])).Median, 1e-9);
        Assert.Equal(Day0.AddDays(500), exact.Crossing(new Minutes(320.0001)).Median);
        Assert.False(exact.Crossing(new Minutes(960)).BeyondSupport);
        Assert.True(exact.Crossing(new Minutes(961)).BeyondSupport);

        var trend = FrontierEstimate.Estimate(Published.Measured, Published.Seed).Trend(new DateOnly(2023, 1, 1));
        var crossing = trend.Crossing(new Minutes(40 * 60));
        Assert.True(crossing.Early < crossing.Median && crossing.Median < crossing.Late);
        Assert.True(crossing.BeyondSupport);
        foreach (var point in trend.Line([new DateOnly(2023, 6, 1), new DateOnly(2026, 1, 1), new DateOnly(2027, 1, 1)]))
        {
            Assert.True(point.Low < point.Median && point.Median < point.High);
        }
    }

    [Fact]
    public void A_length_reached_after_the_year_9999_has_no_date_and_one_reached_before_the_year_1_has_the_first()
    {
        var slow = FrontierEstimate.Estimate([Model("a", 0, 10), Model("b", 1000, 10.001)], Published.Seed, 20).Trend(null);
        Assert.Equal((null, null, null), (slow.Crossing(new Minutes(20)).Early, slow.Crossing(new Minutes(20)).Median, slow.Crossing(new Minutes(20)).Late));
        Assert.Equal(DateOnly.MinValue, slow.Crossing(new Minutes(1)).Median);
    }

    [Fact]
    public void Past_32_levels_the_slowest_trend_is_left_open()
    {
        var models = Enumerable.Range(0, 40).Select(i => Model($"m{i}", 10 * i, i + 1));
        PublishedHorizon[] early = [.. models.Select((model, i) => i == 1 ? Censored(model) : model)];
        PublishedHorizon[] late = [.. models.Select((model, i) => i == 39 ? Censored(model) : model)];
        Assert.Equal(double.PositiveInfinity, FrontierEstimate.Estimate([.. early], Published.Seed, 1).Trend(null).PointDoublingTime.Quantile(new Probability(0.5)).High);
        Assert.True(double.IsFinite(FrontierEstimate.Estimate([.. late], Published.Seed, 1).Trend(null).PointDoublingTime.Quantile(new Probability(0.5)).High));
    }

    [Fact]
    public void An_upper_bound_on_a_release_widens_the_doubling_time_both_ways()
    {
        var bounds = FrontierEstimate.Estimate(
            [Model("a", 0, 10), Model("b", 100, 20), Model("c", 200, 80, censoring: Censoring.AtMost)], Published.Seed, 1)
            .Trend(null).PointDoublingTime.Quantile(new Probability(0.5));

        // At its bound: doublings 0, 1, 3 on days 0, 100, 200, slope 1.5 a hundred days; absent: 1; just reaching b: 0, 1, 1, slope 0.5.
        Assert.Equal(100 / 1.5, bounds.Low, 1e-9);
        Assert.Equal(200, bounds.High, 1e-9);
    }

    [Fact]
    public void The_same_figures_and_seed_give_the_same_bits_twice_and_in_four_threads()
    {
        var results = new string[4];
        var threads = Enumerable.Range(0, 4)
            .Select(i => new Thread(() => results[i] = Fingerprint(FrontierEstimate.Estimate(Published.Horizons, Published.Seed)))).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(results, result => Assert.Equal(GoldenFingerprint, result));
        Assert.NotEqual(GoldenFingerprint, Fingerprint(FrontierEstimate.Estimate(Published.Horizons, new Seed(new byte[32]))));
    }

    /// <summary>SHA-256 of every quantile of horizon and doubling time on the published table: another machine that finds another
    /// value computes other findings. It changes with the method, and then a note in the changelog says so.</summary>
    private const string GoldenFingerprint = "09afc668487ba3a77e9a338550918385bd5c0cf5e74d296175a80fc1924de3c3";

    private static string Fingerprint(FrontierEstimate estimate)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[8];
        foreach (var indicator in (IndicatorDistribution[])[estimate.Horizon50, estimate.Horizon80, estimate.DoublingTime(null), estimate.DoublingTime(new DateOnly(2023, 1, 1))])
        {
            for (var i = 0; i <= 2000; i++)
            {
                var quantile = indicator.Quantile(new Probability(i / 2000.0));
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, quantile.Low);
                hash.AppendData(bytes);
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, quantile.High);
                hash.AppendData(bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static PublishedHorizon Model(
        string name, int day, double p50, (double Low, double High)? limits = null, Censoring censoring = Censoring.None, double? support = null) =>
        new(
            name,
            Day0.AddDays(day),
            new Minutes(p50),
            limits is { } given ? new HorizonLimits(new Minutes(given.Low), new Minutes(given.High)) : null,
            censoring: censoring,
            support: support is { } longest ? new Minutes(longest) : null);

    private static PublishedHorizon Scaled(PublishedHorizon model, double c) =>
        new(
            model.Model,
            model.Released,
            new Minutes(model.P50.Value * c),
            new HorizonLimits(new Minutes(Math.Min(model.Limits95!.Value.Low.Value, model.P50.Value) * c), new Minutes(model.Limits95.Value.High.Value * c)));

    private static PublishedHorizon Censored(PublishedHorizon model) =>
        new(model.Model, model.Released, model.P50, model.Limits95, censoring: Censoring.AtLeast);

    private static void Same(QuantileBounds expected, QuantileBounds got, double relative)
    {
        Assert.True(expected.Low == got.Low || Math.Abs(expected.Low - got.Low) <= relative * expected.Low);
        Assert.True(expected.High == got.High || Math.Abs(expected.High - got.High) <= relative * expected.High);
    }

    private static QuantileBounds Rounded(QuantileBounds bounds, double to) =>
        Math.Abs(bounds.High - to) < 1e-9 ? bounds with { High = to } : bounds;

    /// <summary>The obvious way: best of each day, running maximum, normal equations about the first day. No trend is infinitely slow.</summary>
    private static double SlowDoubling(IEnumerable<PublishedHorizon> models)
    {
        var points = new List<(double X, double Y)>();
        foreach (var day in models.GroupBy(model => model.Released).OrderBy(day => day.Key))
        {
            var best = Math.Log2(day.Max(model => model.P50.Value));
            if (points.Count == 0 || best > points[^1].Y)
            {
                points.Add((day.Key.DayNumber - Day0.DayNumber, best));
            }
        }

        if (points.Count < 2)
        {
            return double.PositiveInfinity;
        }

        double n = points.Count, sx = points.Sum(p => p.X), sy = points.Sum(p => p.Y), sxx = points.Sum(p => p.X * p.X), sxy = points.Sum(p => p.X * p.Y);
        return ((n * sxx) - (sx * sx)) / ((n * sxy) - (sx * sy));
    }
}
