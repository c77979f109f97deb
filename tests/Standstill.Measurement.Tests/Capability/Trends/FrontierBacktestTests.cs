using Standstill.Measurement.Capability.Trends;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Trends;

public sealed class FrontierBacktestTests
{
    private static FrontierBacktest OfTheTable { get; } =
        FrontierBacktest.Run(HorizonHistory.Of(Published.Measured, Published.Seed, 400), Published.Seed, DrawLoops.InOrder);

    [Fact]
    public void One_exponential_fails_on_the_published_table_and_the_combined_forecast_beats_it_in_coverage_and_log_score()
    {
        foreach (var row in OfTheTable.Coverage)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{row.Method} {row.Months} months: {row.Count} forecasts, 50 %: {row.Coverage50.Value:0.00}, 90 %: {row.Coverage90.Value:0.00}, log score {row.MeanLogScore:0.00}, error {row.MeanAbsoluteDoublings:0.00} doublings");
        }

        var (one, combined) = (Row(ForecastMethod.OneSlope, 9), Row(ForecastMethod.Combined, 9));
        Assert.Equal(7, one.Count);
        Assert.InRange(one.Coverage90.Value, 0, 0.5);
        Assert.InRange(combined.Coverage90.Value, 0.8, 1);
        Assert.True(combined.MeanLogScore > one.MeanLogScore + 0.3);
        foreach (var months in (int[])[3, 6, 9, 12])
        {
            Assert.True(Row(ForecastMethod.Combined, months).Coverage90.Value >= Row(ForecastMethod.OneSlope, months).Coverage90.Value);
            Assert.True(Row(ForecastMethod.Combined, months).MeanLogScore > Row(ForecastMethod.OneSlope, months).MeanLogScore);
        }
    }

    [Fact]
    public void A_past_forecast_uses_nothing_that_was_not_known()
    {
        var cut = new DateOnly(2025, 6, 1);
        var known = FrontierBacktest.Run(
            HorizonHistory.Of([.. Published.Measured.Where(model => model.Released < cut)], Published.Seed, 400), Published.Seed, DrawLoops.InOrder);
        Assert.NotEmpty(known.Forecasts);
        foreach (var forecast in known.Forecasts)
        {
            var later = OfTheTable.Forecasts.Single(one => (one.Method, one.Months, one.Origin) == (forecast.Method, forecast.Months, forecast.Origin));
            Assert.Equal(forecast, later);
            Assert.Equal(forecast.Origin.AddMonths(forecast.Months), forecast.Target);
        }
    }

    [Fact]
    public void The_target_is_the_running_maximum_of_the_figures()
    {
        foreach (var forecast in OfTheTable.Forecasts)
        {
            Assert.Equal(Math.Log(Published.Measured.Where(model => model.Released <= forecast.Target).Max(model => model.P50.Value)), forecast.Observed, 1e-12);
            Assert.InRange(forecast.Pit, 0, 1);
        }
    }

    [Fact]
    public void Bounds_take_no_part()
    {
        var bounded = FrontierBacktest.Run(HorizonHistory.Of(Published.Horizons, Published.Seed, 400), Published.Seed, DrawLoops.InOrder);
        Assert.DoesNotContain(bounded.Forecasts, forecast => forecast.Target > Published.Measured.Max(model => model.Released));
        Assert.Equal(OfTheTable.Coverage.Select(row => row.Count), bounded.Coverage.Select(row => row.Count));
    }

    [Fact]
    public void The_nearest_range_is_asked()
    {
        Assert.Equal(9, OfTheTable.Nearest(ForecastMethod.Combined, 8.5)!.Months);
        Assert.Equal(12, OfTheTable.Nearest(ForecastMethod.Combined, 40)!.Months);
        Assert.Equal(6, OfTheTable.Nearest(ForecastMethod.Combined, 4.5)!.Months);
        Assert.Null(FrontierBacktest.Run(HorizonHistory.Of([], Published.Seed, 1), Published.Seed, DrawLoops.InOrder).Nearest(ForecastMethod.Combined, 3));
    }

    private static PastCoverage Row(ForecastMethod method, int months) => OfTheTable.Coverage.Single(row => (row.Method, row.Months) == (method, months));
}
