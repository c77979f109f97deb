using System.Collections.Immutable;
using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Trends;

/// <summary>The weight of a shape in the combined forecast.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Weight">Its weight, from the skill of its past forecasts.</param>
/// <param name="Akaike">Its AICc weight, for comparison.</param>
public readonly record struct ShapeWeight(TrendShape Shape, double Weight, double Akaike);

/// <summary>What a forecast gives.</summary>
public abstract record FrontierForecasting
{
    private FrontierForecasting()
    {
    }

    /// <summary>There is a forecast.</summary>
    public sealed record Made(FrontierForecast Forecast) : FrontierForecasting;

    /// <summary>There is none, and why.</summary>
    public sealed record Refused(FigureFault Fault) : FrontierForecasting;
}

/// <summary>Where the frontier goes: a mixture of shapes and draws, with bends that may still come.</summary>
/// <remarks>
/// <para>Each course is fitted to the frontier of one draw under one shape (one slope; two slopes; curved), with coefficients, break and
/// scatter drawn from their posteriors, and goes on from the last release with bends that arrive at a fixed rate. The shapes are weighted by
/// leave-future-out skill. docs/capability/forecasts.md states and defends every choice.</para>
/// <para>Bounds: the answers are ranges over all readings of the bounds (at its value, left out, completed beyond it from the trend of the earlier
/// models), so that censoring a figure never narrows them. With more than three bounds the upper end is open. What is a single curve
/// (densities, weights) is of the reading that completes every "at least" figure.</para>
/// </remarks>
public sealed class FrontierForecast
{
    private readonly ImmutableArray<Reading> readings;
    private readonly bool open;
    private readonly FrontierBacktest? backtest;
    private readonly Minutes? support;

    private FrontierForecast(HorizonHistory history, ImmutableArray<Reading> readings, bool open, FrontierBacktest? backtest)
    {
        this.readings = readings;
        this.open = open;
        this.backtest = backtest;
        support = history.Support;
        From = readings[0].From;
        Weights = [.. LeaveFutureOut.Shapes.Select((shape, k) => new ShapeWeight(shape, readings[0].Weights[k], readings[0].Akaike[k]))];
        WithoutError = [.. history.Models.Where(model => !model.ErrorKnown).Select(model => model.Model)];
    }

    /// <summary>The last release, from which the forecast runs.</summary>
    public DateOnly From { get; }

    /// <summary>The weights of the shapes.</summary>
    public ImmutableArray<ShapeWeight> Weights { get; }

    /// <summary>Models that stand at their figure in every draw, since no limits are known.</summary>
    public ImmutableArray<string> WithoutError { get; }

    /// <summary>Makes a forecast.</summary>
    /// <param name="history">The history; all its draws are used.</param>
    /// <param name="seed">From which all courses follow.</param>
    /// <param name="loop">How draws are run; the result does not depend on it.</param>
    /// <param name="since">The first day of the window; earlier models count for the running maximum only.</param>
    /// <param name="backtest">The past forecasts of the same method, whose coverage is stated beside every answer; absent, the
    /// combined method's own are made.</param>
    public static FrontierForecasting Make(
        HorizonHistory history, Seed seed, DrawLoop loop, DateOnly? since = null, FrontierBacktest? backtest = null)
    {
        var first = since?.DayNumber ?? 0;
        var (histories, open) = BoundReading.Of(history, first, seed, loop);
        var made = ImmutableArray.CreateBuilder<Reading>();
        foreach (var read in histories)
        {
            if (Reading.Of(read, first, seed, loop) is { } reading)
            {
                made.Add(reading);
            }
        }

        if (made.Count < histories.Length)
        {
            var points = histories.Min(read => read.Frontier(-1, first, DateOnly.MaxValue.DayNumber).Points.Length);
            return new FrontierForecasting.Refused(new FigureFault(
                "models",
                $"`{points}` models on the frontier in the window",
                $"give at least {LeaveFutureOut.LeastPoints} that are known by more than a bound, or begin the window earlier"));
        }

        return new FrontierForecasting.Made(new FrontierForecast(history, made.ToImmutable(), open, backtest ?? Own(history, made, first, seed, loop)));
    }

    /// <summary>The frontier on a day after <see cref="From"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day is before the last release.</exception>
    public DatedForecast On(DateOnly date)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(date, From);
        return new DatedForecast(
            date,
            [.. readings.Select(reading => PathMixture.On(reading.Paths.Zip(reading.Weights), date.DayNumber))],
            open,
            support,
            Past(date.DayNumber - From.DayNumber));
    }

    /// <summary>When the frontier reaches a length, within ten years of the last release.</summary>
    /// <remarks>"Already" in a draw whose frontier stands at or above the length on the day of the last release.</remarks>
    public CrossingForecast Crossing(Minutes length)
    {
        var log = PortableMath.Log(length.Value);
        var days = readings.Select(reading => reading.CrossingDays(log)).ToImmutableArray();
        var middle = days[0].Quantile(0.5);
        return new CrossingForecast(
            From, length, days, open, !(support is { } longest && length.Value <= longest.Value), Past(Math.Clamp(middle - From.DayNumber, 0, 10 * PathSampler.Year)));
    }

    /// <summary>The slope of the last release day as a doubling time in days, over all courses; +∞ stands for "does not double".</summary>
    public QuantileBounds CurrentDoublingDays(Probability p)
    {
        var at = readings.Select(reading => reading.DoublingDays().Quantile(p.Value)).ToArray();
        return new QuantileBounds(open ? 0 : at.Min(), at.Max());
    }

    private PastCoverage? Past(double days) => backtest?.Nearest(ForecastMethod.Combined, days / (PathSampler.Year / 12));

    /// <summary>The combined method's past forecasts; made only once where nothing is a bound.</summary>
    private static FrontierBacktest Own(HorizonHistory history, IEnumerable<Reading> readings, int since, Seed seed, DrawLoop loop)
    {
        var measured = history.Models.All(model => model.Censoring == Censoring.None);
        var origins = measured
            ? readings.First().Origins
            : LeaveFutureOut.Origins(
                history.Where(model => model.Censoring == Censoring.None), since, seed, Math.Min(history.Draws, Reading.PastDraws), plain: false, loop);
        return new FrontierBacktest(FrontierBacktest.Forecast(origins, [ForecastMethod.Combined], loop));
    }

    /// <summary>One reading of the bounds, with its courses.</summary>
    private sealed record Reading(
        DateOnly From, FrontierPath[][] Paths, double[] Weights, double[] Akaike, double[] Records, List<PastOrigin> Origins)
    {
        public const int PastDraws = 200;

        public static Reading? Of(HorizonHistory history, int since, Seed seed, DrawLoop loop)
        {
            if (history.LastReleased is not { } last
                || LeaveFutureOut.Paths(history, PathPrior.Combined, since, last.DayNumber, seed, history.Draws, loop) is not { } paths)
            {
                return null;
            }

            var akaike = LeaveFutureOut.Akaike(history.Frontier(-1, since, last.DayNumber).Points);
            var origins = LeaveFutureOut.Origins(history, since, seed, Math.Min(history.Draws, PastDraws), plain: false, loop);
            var weights = LeaveFutureOut.Weights(origins, LeaveFutureOut.Scores(origins), last.DayNumber);
            var records = Enumerable.Range(0, history.Draws).Select(draw => history.Frontier(draw, 0, last.DayNumber).Record).ToArray();
            return new Reading(last, paths, weights, akaike, records, origins);
        }

        public WeightedDays CrossingDays(double log)
        {
            var from = From.DayNumber;
            return Weighted((path, draw) => Records[draw] >= log ? double.NegativeInfinity : path.FirstDayAt(log, from + (10 * PathSampler.Year), PathSampler.Year / 24));
        }

        public WeightedDays DoublingDays() => Weighted((path, _) => path.Slope > 0 ? PortableMath.Log(2) / path.Slope : double.PositiveInfinity);

        private WeightedDays Weighted(Func<FrontierPath, int, double> value) => new(
            Paths.SelectMany((paths, k) => paths.Select((path, draw) => (value(path, draw), Weights[k] / paths.Length))));
    }
}

/// <summary>Numbers with weights that sum to 1, in ascending order.</summary>
internal sealed class WeightedDays
{
    private readonly (double Value, double Weight)[] sorted;

    public WeightedDays(IEnumerable<(double Value, double Weight)> values) => sorted = [.. values.OrderBy(one => one.Value)];

    /// <summary>The mass of all values up to and with one.</summary>
    public double UpTo(double value)
    {
        var sum = 0.0;
        foreach (var one in sorted)
        {
            if (one.Value > value)
            {
                break;
            }

            sum += one.Weight;
        }

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>The least value up to which there is the mass asked for.</summary>
    public double Quantile(double p)
    {
        var sum = 0.0;
        foreach (var one in sorted)
        {
            sum += one.Weight;
            if (sum >= p - 1e-12)
            {
                return one.Value;
            }
        }

        return sorted[^1].Value;
    }
}
