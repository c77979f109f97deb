using Standstill.Measurement.Capability.Trends;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Trends;

/// <summary>How often the combined forecast's intervals hold the frontier of simulated histories, whose truth is known.</summary>
public sealed class ForecastCoverageTests
{
    private const int Histories = 250;

    /// <summary>The histories of lower numbers were in view when the method was chosen; these were not.</summary>
    private const int First = 1000;

    /// <summary>At three months the frontier mostly still stands, and it cannot fall: what lies below the interval cannot happen, so that
    /// 95 % is there the nominal coverage of a central 90 % interval.</summary>
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(TrendShape.OneSlope)]
    [InlineData(TrendShape.TwoSlopes)]
    [InlineData(TrendShape.Curved)]
    public void Ninety_percent_intervals_cover_85_to_95_percent_of_simulated_frontiers(TrendShape kind)
    {
        var (count, covered, half, score) = (0, new int[4], new int[4], new double[4]);
        for (var i = 0; i < Histories; i++)
        {
            var simulated = SimulatedHistories.Simulate(kind, (ulong)(First + i));
            if (FrontierForecast.Make(HorizonHistory.Of(simulated.Known, Published.Seed, 100), Published.Seed, DrawLoops.InOrder)
                is not FrontierForecasting.Made { Forecast: var forecast })
            {
                continue;
            }

            count++;
            for (var range = 0; range < 4; range++)
            {
                var on = forecast.On(forecast.From.AddMonths(3 * (range + 1)));
                var observed = new Minutes(Math.Exp(simulated.Frontier(on.Date.DayNumber)));
                var pit = 1 - on.Above(observed).Low.Value;
                covered[range] += Math.Abs(pit - 0.5) <= 0.45 ? 1 : 0;
                half[range] += Math.Abs(pit - 0.5) <= 0.25 ? 1 : 0;
                score[range] += Math.Log(on.LogDensity(observed)) / Histories;
            }
        }

        for (var range = 0; range < 4; range++)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{kind} {3 * (range + 1)} months: {count} histories, 90 %: {(double)covered[range] / count:0.000}, 50 %: {(double)half[range] / count:0.000}, log score {score[range]:0.00}");
        }

        Assert.True(count > 0.95 * Histories);
        Assert.All(covered.Skip(1), one => Assert.InRange((double)one / count, 0.85, 0.95));
        Assert.InRange((double)covered[0] / count, 0.9, 0.99);
    }

    /// <summary>Past forecasts within simulated histories. No shape alone, not even the true one, does as well: with eight to twelve points
    /// its coefficients are too free, and it takes a record for a level.</summary>
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(TrendShape.OneSlope)]
    [InlineData(TrendShape.TwoSlopes)]
    [InlineData(TrendShape.Curved)]
    public void The_combined_forecast_scores_best_at_every_range_whatever_the_truth(TrendShape kind)
    {
        var forecasts = Enumerable.Range(0, 60).SelectMany(i => FrontierBacktest.Run(
            HorizonHistory.Of(SimulatedHistories.Simulate(kind, (ulong)(First + i)).Known, Published.Seed, 60), Published.Seed, DrawLoops.InOrder).Forecasts);
        foreach (var range in forecasts.GroupBy(forecast => forecast.Months))
        {
            var scores = range.GroupBy(forecast => forecast.Method).ToDictionary(alike => alike.Key, alike => alike.Average(one => one.LogScore));
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{kind} {range.Key} months: {range.Count() / scores.Count} forecasts, log scores " + string.Join(", ", scores.Select(pair => $"{pair.Key} {pair.Value:0.00}")));
            Assert.All(scores, pair => Assert.True(pair.Key == ForecastMethod.Combined || pair.Value < scores[ForecastMethod.Combined]));
        }
    }
}
