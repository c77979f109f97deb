using System.Collections.Immutable;

namespace Standstill.Measurement.Capability.Trends;

/// <summary>What is known of a quantile of a date.</summary>
/// <param name="Early">The earliest day that the readings of the bounds allow.</param>
/// <param name="Late">The latest.</param>
public readonly record struct CrossingBounds(CrossingDay Early, CrossingDay Late);

/// <summary>A day, or that it is past or not in sight.</summary>
public abstract record CrossingDay
{
    private CrossingDay()
    {
    }

    /// <summary>The length had been reached by the last release.</summary>
    public sealed record Already : CrossingDay;

    /// <summary>The day on which it is reached.</summary>
    public sealed record On(DateOnly Date) : CrossingDay;

    /// <summary>Not within ten years of the last release.</summary>
    public sealed record Never : CrossingDay;
}

/// <summary>How likely it is that a length is reached in one month.</summary>
/// <param name="Month">The first day of the month.</param>
/// <param name="Mass">The probability.</param>
public readonly record struct CrossingMonth(DateOnly Month, Probability Mass);

/// <summary>When the frontier reaches a length: a distribution over shapes, draws and bends to come.</summary>
public sealed class CrossingForecast
{
    private readonly ImmutableArray<WeightedDays> readings;
    private readonly bool open;

    internal CrossingForecast(DateOnly from, Minutes length, ImmutableArray<WeightedDays> readings, bool open, bool beyondSupport, PastCoverage? past)
    {
        this.readings = readings;
        this.open = open;
        From = from;
        Length = length;
        BeyondSupport = beyondSupport;
        Past = past;
    }

    /// <summary>The last release.</summary>
    public DateOnly From { get; }

    /// <summary>The length.</summary>
    public Minutes Length { get; }

    /// <summary>Whether the length is not covered by the longest task: then the date is extrapolated past what can be measured.</summary>
    public bool BeyondSupport { get; }

    /// <summary>How the same method did in the past at the range nearest to the median; absent where the history is too short to tell.</summary>
    public PastCoverage? Past { get; }

    /// <summary>The chance that the length had been reached by the last release.</summary>
    public ProbabilityBounds Already => Bounds(reading => reading.UpTo(double.NegativeInfinity), highIfOpen: true);

    /// <summary>The chance that it is not reached within ten years of the last release.</summary>
    public ProbabilityBounds Never => Bounds(reading => 1 - reading.UpTo(double.MaxValue), highIfOpen: false);

    /// <summary>The chance that it is reached by the end of a day.</summary>
    public ProbabilityBounds By(DateOnly date) => Bounds(reading => reading.UpTo(date.DayNumber + 1 - 1e-9), highIfOpen: true);

    /// <summary>The day by which the length is reached with a probability.</summary>
    public CrossingBounds Quantile(Probability p)
    {
        var at = readings.Select(reading => reading.Quantile(p.Value)).ToArray();
        return new CrossingBounds(open ? new CrossingDay.Already() : Day(at.Min()), Day(at.Max()));
    }

    /// <summary>The mass of each calendar month of the ten years from the last release on, in the reading that completes the bounds.
    /// With the masses of already and never it sums to 1.</summary>
    public ImmutableArray<CrossingMonth> ByMonth()
    {
        var months = ImmutableArray.CreateBuilder<CrossingMonth>();
        var end = From.AddYears(10).AddMonths(1);
        var before = readings[0].UpTo(double.NegativeInfinity);
        for (var month = new DateOnly(From.Year, From.Month, 1); month <= end; month = month.AddMonths(1))
        {
            var by = readings[0].UpTo(month.AddMonths(1).DayNumber - 1e-9);
            months.Add(new CrossingMonth(month, new Probability(Math.Clamp(by - before, 0, 1))));
            before = by;
        }

        return months.ToImmutable();
    }

    private static CrossingDay Day(double day) => day switch
    {
        double.NegativeInfinity => new CrossingDay.Already(),
        double.PositiveInfinity => new CrossingDay.Never(),
        _ => new CrossingDay.On(DateOnly.FromDayNumber((int)Math.Floor(day))),
    };

    private ProbabilityBounds Bounds(Func<WeightedDays, double> mass, bool highIfOpen)
    {
        var at = readings.Select(mass).ToArray();
        return new ProbabilityBounds(
            new Probability(open && !highIfOpen ? 0 : Math.Clamp(at.Min(), 0, 1)), new Probability(open && highIfOpen ? 1 : Math.Clamp(at.Max(), 0, 1)));
    }
}
