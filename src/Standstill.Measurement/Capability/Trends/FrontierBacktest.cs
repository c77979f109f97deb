using System.Collections.Immutable;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Trends;

/// <summary>How a forecast is made.</summary>
public enum ForecastMethod
{
    /// <summary>One exponential by least squares, with its residual scatter and the error of its coefficients.</summary>
    OneSlope,

    /// <summary>Two slopes by least squares, the break drawn from its likelihood.</summary>
    TwoSlopes,

    /// <summary>A parabola by least squares.</summary>
    Curved,

    /// <summary>The three, weighted by AICc.</summary>
    AiccMixture,

    /// <summary>The three with bends that may still come, weighted by the skill of their past forecasts.</summary>
    Combined,
}

/// <summary>One past forecast and what came of it.</summary>
/// <param name="Method">How it was made.</param>
/// <param name="Months">How many months ahead.</param>
/// <param name="Origin">The day up to which figures were used.</param>
/// <param name="Target">The day that was forecast.</param>
/// <param name="Observed">ln(minutes) of the running maximum of the figures on that day.</param>
/// <param name="Median">The median of the forecast, ln(minutes).</param>
/// <param name="Pit">The probability integral transform: how much of the forecast lay below what was observed.</param>
/// <param name="LogScore">ln of the forecast's density at what was observed, per unit of ln(minutes).</param>
public sealed record PastForecast(
    ForecastMethod Method, int Months, DateOnly Origin, DateOnly Target, double Observed, double Median, double Pit, double LogScore)
{
    /// <summary>Whether the observed frontier lay in the central interval of the given mass.</summary>
    public bool CoveredBy(Probability mass) => Math.Abs(Pit - 0.5) <= mass.Value / 2;

    /// <summary>How many doublings the median was away from what was observed; positive where it was too high.</summary>
    public double ErrorInDoublings => (Median - Observed) / PortableMath.Log(2);
}

/// <summary>The past performance of one method at one range.</summary>
/// <param name="Method">How the forecasts were made.</param>
/// <param name="Months">How many months ahead.</param>
/// <param name="Count">How many forecasts there were.</param>
/// <param name="Coverage50">The share of them whose central 50 % interval held what was observed.</param>
/// <param name="Coverage90">The same for 90 %.</param>
/// <param name="MeanLogScore">The mean of <see cref="PastForecast.LogScore"/>; higher is better.</param>
/// <param name="MeanAbsoluteDoublings">The mean of the medians' distance from what was observed, in doublings.</param>
public sealed record PastCoverage(
    ForecastMethod Method, int Months, int Count, Probability Coverage50, Probability Coverage90, double MeanLogScore, double MeanAbsoluteDoublings);

/// <summary>Forecasts from every past day on which the frontier advanced, each made of what was known by then, set against what came.</summary>
/// <remarks>
/// <para>The target is the frontier of the figures: the running maximum of all figures released up to the target day, which was measured
/// when the last of its models was, and carries that model's error of measurement. So do the forecasts.</para>
/// <para>Only measured figures take part; a model of which only a bound is known is left out as origin and as target. Forecasts that start
/// within a few weeks of one another share most of their data and their fate: twenty of them are not twenty independent trials.</para>
/// <para>The figures are the latest ones: how a model was scored when it came out is not in the table.</para>
/// </remarks>
public sealed class FrontierBacktest
{
    internal FrontierBacktest(ImmutableArray<PastForecast> forecasts)
    {
        Forecasts = forecasts;
        Coverage =
        [
            .. from forecast in forecasts
               group forecast by (forecast.Method, forecast.Months) into alike
               orderby alike.Key.Method, alike.Key.Months
               select new PastCoverage(
                   alike.Key.Method,
                   alike.Key.Months,
                   alike.Count(),
                   new Probability(alike.Average(one => one.CoveredBy(new Probability(0.5)) ? 1.0 : 0)),
                   new Probability(alike.Average(one => one.CoveredBy(new Probability(0.9)) ? 1.0 : 0)),
                   alike.Average(one => one.LogScore),
                   alike.Average(one => Math.Abs(one.ErrorInDoublings))),
        ];
    }

    /// <summary>All past forecasts, by origin, range and method.</summary>
    public ImmutableArray<PastForecast> Forecasts { get; }

    /// <summary>Their performance by method and range.</summary>
    public ImmutableArray<PastCoverage> Coverage { get; }

    /// <summary>The performance at the range nearest to the one asked for, the longer of two equally near; absent without past forecasts.</summary>
    public PastCoverage? Nearest(ForecastMethod method, double months) => Coverage
        .Where(row => row.Method == method)
        .OrderBy(row => Math.Abs(row.Months - months))
        .ThenByDescending(row => row.Months)
        .FirstOrDefault();

    /// <summary>Runs the backtest.</summary>
    /// <param name="history">The history.</param>
    /// <param name="seed">From which all courses follow.</param>
    /// <param name="loop">How draws are run; the result does not depend on it.</param>
    /// <param name="since">The first day of the window; earlier models count for the running maximum only.</param>
    /// <param name="draws">How many draws of the history each forecast uses, at most.</param>
    public static FrontierBacktest Run(HorizonHistory history, Seed seed, DrawLoop loop, DateOnly? since = null, int draws = 400)
    {
        var measured = history.Where(model => model.Censoring == Censoring.None);
        if (measured.Models.IsEmpty)
        {
            return new FrontierBacktest([]);
        }

        var first = since?.DayNumber ?? 0;
        var origins = LeaveFutureOut.Origins(measured, first, seed, Math.Min(draws, history.Draws), plain: true, loop);
        return new FrontierBacktest(Forecast(origins, [.. Enum.GetValues<ForecastMethod>()], loop));
    }

    internal static ImmutableArray<PastForecast> Forecast(List<PastOrigin> origins, ImmutableArray<ForecastMethod> methods, DrawLoop loop)
    {
        var scores = LeaveFutureOut.Scores(origins);
        var jobs = (from o in Enumerable.Range(0, origins.Count) from target in origins[o].Targets from method in methods select (o, target, method)).ToArray();
        var results = new PastForecast[jobs.Length];
        var stacked = origins.Select(origin => LeaveFutureOut.Weights(origins, scores, origin.Day)).ToArray();
        loop(jobs.Length, i =>
        {
            var (o, target, method) = jobs[i];
            var origin = origins[o];
            var (paths, weights) = method switch
            {
                ForecastMethod.OneSlope => (origin.Plain, (double[])[1, 0, 0]),
                ForecastMethod.TwoSlopes => (origin.Plain, [0, 1, 0]),
                ForecastMethod.Curved => (origin.Plain, [0, 0, 1]),
                ForecastMethod.AiccMixture => (origin.Plain, origin.Akaike),
                _ => (origin.Informed, stacked[o]),
            };
            var mixture = PastOrigin.On(paths, weights, target.Day);
            results[i] = new PastForecast(
                method,
                target.Months,
                DateOnly.FromDayNumber(origin.Day),
                DateOnly.FromDayNumber(target.Day),
                target.Log,
                mixture.Quantile(0.5),
                mixture.Below(target.Log),
                PortableMath.Log(Math.Max(1e-30, mixture.Density(target.Log))));
        });
        return [.. results];
    }
}
