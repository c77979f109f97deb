using System.Collections.Immutable;
using CsCheck;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Trends;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Trends;

public sealed class FrontierForecastTests
{
    private static readonly double[] Levels = [0.05, 0.25, 0.5, 0.75, 0.95];

    private static readonly Gen<ImmutableArray<PublishedHorizon>> AnyTable =
        from count in Gen.Int[10, 16]
        from slope in Gen.Double[0.001, 0.01]
        from steps in Gen.Int[20, 150].Array[count]
        from noise in Gen.Double[-0.5, 0.5].Array[count]
        from error in Gen.Double[0.1, 0.5].Array[count]
        let days = steps.Select((_, i) => steps.Take(i + 1).Sum()).ToArray()
        select ImmutableArray.CreateRange(Enumerable.Range(0, count).Select(i => TrendShapesTests.Model($"m{i}", days[i], (slope * days[i]) + noise[i], error[i])));

    private static FrontierForecast OfTheTable { get; } = Made(HorizonHistory.Of(Published.Measured, Published.Seed, 400));

    [Fact]
    public void Censoring_a_figure_never_narrows_the_upper_end_of_a_forecast_or_a_crossing()
    {
        var compared = 0;
        Gen.Select(AnyTable, Gen.Int[0, 100], Gen.Int[0, 100], Gen.Bool).Hold(
            one =>
            {
                var (table, which, other, already) = one;
                var censored = which % table.Length;
                var start = already ? Censor(table, other % table.Length) : table;
                if (Make(start) is not FrontierForecasting.Made { Forecast: var before }
                    || Make(Censor(start, censored)) is not FrontierForecasting.Made { Forecast: var after })
                {
                    return;
                }

                compared++;
                foreach (var p in Levels.Select(level => new Probability(level)))
                {
                    foreach (var months in (int[])[2, 9, 30])
                    {
                        var day = before.From.AddMonths(months);
                        Assert.True(after.On(day).Quantile(p).High >= before.On(day).Quantile(p).High);
                    }

                    var length = new Minutes(Math.Exp(table.Max(model => Math.Log(model.P50.Value)) + 2));
                    Assert.True(Day(after.Crossing(length).Quantile(p).Early) <= Day(before.Crossing(length).Quantile(p).Early));
                    Assert.True(Day(after.Crossing(length).Quantile(p).Late) >= Day(before.Crossing(length).Quantile(p).Late));
                }
            },
            count: 25);
        Assert.InRange(compared, 15, 25);
    }

    [Fact]
    public void With_more_bounds_than_can_be_read_the_upper_end_is_open()
    {
        var table = ImmutableArray.CreateRange(Enumerable.Range(0, 14).Select(i => TrendShapesTests.Model($"m{i}", i * 80, i * 0.4, 0.3)));
        foreach (var i in (int[])[2, 5, 7, 9])
        {
            table = Censor(table, i);
        }

        var forecast = ((FrontierForecasting.Made)Make(table)).Forecast;
        Assert.Equal(double.PositiveInfinity, forecast.On(forecast.From.AddMonths(6)).Quantile(new Probability(0.5)).High);
        Assert.IsType<CrossingDay.Already>(forecast.Crossing(new Minutes(1e6)).Quantile(new Probability(0.5)).Early);
    }

    [Fact]
    public void An_at_least_figure_lifts_the_upper_end_and_leaves_a_range()
    {
        var bounded = Made(HorizonHistory.Of(Published.Horizons, Published.Seed, 400));
        var median = bounded.On(bounded.From.AddMonths(6)).Quantile(new Probability(0.5));
        Assert.True(median.Low < median.High);
        var crossing = bounded.Crossing(new Minutes(40 * 60));
        Assert.True(Day(crossing.Quantile(new Probability(0.5)).Early) < Day(crossing.Quantile(new Probability(0.5)).Late));
        Assert.Contains("Claude Mythos Preview (early)", bounded.WithoutError);
        foreach (var hours in (double[])[40, 160, 2000])
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{hours} h: " + string.Join(", ", ((double[])[0.05, 0.5, 0.95]).Select(p =>
                $"{Show(bounded.Crossing(new Minutes(hours * 60)).Quantile(new Probability(p)).Early)} to {Show(bounded.Crossing(new Minutes(hours * 60)).Quantile(new Probability(p)).Late)}")));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", bounded.Weights));
    }

    [Fact]
    public void Permuting_rows_changes_nothing() =>
        AnyTable.Hold(
            table =>
            {
                var shuffled = table.OrderBy(model => model.P50.Value).Reverse().ToImmutableArray();
                if (Make(table) is FrontierForecasting.Made { Forecast: var one } && Make(shuffled) is FrontierForecasting.Made { Forecast: var other })
                {
                    Assert.Equal(Figures(one), Figures(other));
                }
            },
            count: 15);

    [Fact]
    public void The_result_is_the_same_for_any_loop()
    {
        void Backward(int count, Action<int> body)
        {
            for (var i = count - 1; i >= 0; i--)
            {
                body(i);
            }
        }

        void Threads(int count, Action<int> body) => Parallel.For(0, count, body);

        var history = HorizonHistory.Of(Published.Horizons, Published.Seed, 120);
        var expected = Figures(Made(history));
        foreach (var loop in (DrawLoop[])[Backward, Threads])
        {
            Assert.Equal(expected, Figures(((FrontierForecasting.Made)FrontierForecast.Make(history, Published.Seed, loop)).Forecast));
        }
    }

    [Fact]
    public void Scaling_all_minutes_scales_the_forecast_and_leaves_the_doubling_time()
    {
        var scaled = Made(HorizonHistory.Of([.. Published.Measured.Select(model => TrendShapesTests.Scaled(model, 60))], Published.Seed, 400));
        foreach (var p in Levels.Select(level => new Probability(level)))
        {
            var day = OfTheTable.From.AddMonths(9);
            Assert.Equal(60 * OfTheTable.On(day).Quantile(p).Low, scaled.On(day).Quantile(p).Low, 1e-4 * scaled.On(day).Quantile(p).Low);
            Assert.Equal(OfTheTable.CurrentDoublingDays(p).Low, scaled.CurrentDoublingDays(p).Low, 1e-6 * scaled.CurrentDoublingDays(p).Low);
            Assert.Equal(Day(OfTheTable.Crossing(new Minutes(2400)).Quantile(p).Late), Day(scaled.Crossing(new Minutes(144000)).Quantile(p).Late), 1.0);
        }
    }

    [Fact]
    public void The_masses_of_a_crossing_sum_to_one_and_longer_lengths_come_later()
    {
        var before = double.NegativeInfinity;
        foreach (var hours in (double[])[2, 12, 40, 160, 2000])
        {
            var crossing = OfTheTable.Crossing(new Minutes(hours * 60));
            var sum = crossing.Already.Low.Value + crossing.Never.Low.Value + crossing.ByMonth().Sum(month => month.Mass.Value);
            Assert.Equal(1, sum, 1e-9);
            var median = Day(crossing.Quantile(new Probability(0.5)).Late);
            Assert.True(median >= before);
            before = median;
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{hours} h: already {crossing.Already.Low.Value:0.00}, {Show(crossing.Quantile(new Probability(0.05)).Late)}, {Show(crossing.Quantile(new Probability(0.5)).Late)}, {Show(crossing.Quantile(new Probability(0.95)).Late)}, never {crossing.Never.Low.Value:0.00}");
        }

        Assert.Equal(1, OfTheTable.Crossing(new Minutes(120)).Already.Low.Value, 0.02);
        Assert.InRange(OfTheTable.Crossing(new Minutes(120000)).Never.Low.Value, 0, 0.5);
    }

    [Fact]
    public void What_is_crossed_by_a_day_is_as_likely_as_the_frontier_standing_above_on_it()
    {
        foreach (var months in (int[])[6, 12, 24])
        {
            var day = OfTheTable.From.AddMonths(months);
            var above = OfTheTable.On(day).Above(new Minutes(2400)).Low.Value;
            Assert.Equal(above, OfTheTable.Crossing(new Minutes(2400)).By(day).Low.Value, 0.06);
        }
    }

    [Fact]
    public void Every_answer_carries_the_past_coverage_of_the_same_method_at_the_nearest_range()
    {
        var past = OfTheTable.On(OfTheTable.From.AddMonths(9)).Past!;
        Assert.Equal((ForecastMethod.Combined, 9, 7), (past.Method, past.Months, past.Count));
        Assert.Equal(12, OfTheTable.Crossing(new Minutes(120000)).Past!.Months);
        Assert.Equal(1, OfTheTable.Weights.Sum(weight => weight.Weight), 1e-9);
    }

    [Fact]
    public void Beyond_the_longest_task_it_is_said()
    {
        Assert.True(OfTheTable.Crossing(new Minutes(2400)).BeyondSupport);
        var supported = Made(HorizonHistory.Of(Published.Measured, Published.Seed, 100).WithSupport(new Minutes(2400)));
        Assert.False(supported.Crossing(new Minutes(2400)).BeyondSupport);
        Assert.True(supported.Crossing(new Minutes(2401)).BeyondSupport);
        Assert.False(supported.On(supported.From.AddDays(1)).BeyondSupport);
        Assert.True(supported.On(supported.From.AddYears(3)).BeyondSupport);
    }

    [Fact]
    public void Too_few_models_are_refused_with_the_number_needed()
    {
        var refused = Assert.IsType<FrontierForecasting.Refused>(Make([.. Published.Measured.Take(4)]));
        Assert.Equal("models: `4` models on the frontier in the window; give at least 6 that are known by more than a bound, or begin the window earlier", refused.Fault.ToString());
        Assert.IsType<FrontierForecasting.Refused>(Make([]));
    }

    private static string Show(CrossingDay day) => day switch
    {
        CrossingDay.On on => on.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        var other => other.GetType().Name,
    };

    private static ImmutableArray<PublishedHorizon> Censor(ImmutableArray<PublishedHorizon> table, int i) => table.SetItem(
        i, new PublishedHorizon(table[i].Model, table[i].Released, table[i].P50, table[i].Limits95, censoring: Censoring.AtLeast));

    private static FrontierForecasting Make(ImmutableArray<PublishedHorizon> table) =>
        FrontierForecast.Make(HorizonHistory.Of(table, Published.Seed, 40), Published.Seed, DrawLoops.InOrder);

    private static FrontierForecast Made(HorizonHistory history) =>
        ((FrontierForecasting.Made)FrontierForecast.Make(history, Published.Seed, DrawLoops.InOrder)).Forecast;

    private static double[] Figures(FrontierForecast forecast) =>
    [
        .. from p in Levels
           let q = forecast.On(forecast.From.AddMonths(7)).Quantile(new Probability(p))
           let c = forecast.Crossing(new Minutes(2400)).Quantile(new Probability(p))
           from figure in (double[])[q.Low, q.High, Day(c.Early), Day(c.Late)]
           select figure,
        .. forecast.Weights.Select(weight => weight.Weight),
    ];

    private static double Day(CrossingDay day) => day switch
    {
        CrossingDay.Already => double.NegativeInfinity,
        CrossingDay.On on => on.Date.DayNumber,
        _ => double.PositiveInfinity,
    };
}
