using System.Globalization;
using Standstill.Measurement;
using Standstill.Measurement.Indicators;
using Standstill.Protocol.Pacts;

namespace Standstill.Node.Pages;

/// <summary>Figures as the pages write them: three significant digits, the unit always beside them.</summary>
public static class Figures
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>A length of human working time: `2.4 s`, `59 min`, `14.5 h`.</summary>
    public static string Length(double minutes) => minutes switch
    {
        double.PositiveInfinity => "no limit",
        < 1 => Digits(minutes * 60) + " s",
        < 60 => Digits(minutes) + " min",
        _ => Digits(minutes / 60) + " h",
    };

    /// <summary>Days of the calendar.</summary>
    public static string Days(double days) => double.IsInfinity(days) ? "no limit" : Digits(days) + (days == 1 ? " day" : " days");

    /// <summary>A length of time in a pact.</summary>
    public static string Days(TimeSpan span) => span == TimeSpan.Zero ? "none" : Days(span.TotalDays);

    /// <summary>A span as people say it: `12 min`, `5 h`, `3 days`.</summary>
    public static string Span(TimeSpan span) => span.TotalDays >= 2 ? Digits(Math.Floor(span.TotalDays)) + " days" : Length(Math.Floor(span.TotalMinutes));

    /// <summary>A large number with its unit: `1.2 × 10²⁶ FLOP`.</summary>
    public static string Large(double value, string unit)
    {
        if (value is 0 or (>= 0.001 and < 1e6))
        {
            return $"{Digits(value)} {unit}";
        }

        var parts = value.ToString("0.##e+0", CultureInfo.InvariantCulture).Split("e+");
        return $"{parts[0]} × 10{string.Concat(parts[1].Select(digit => Superscripts[digit - '0']))} {unit}";
    }

    /// <summary>A share in [0, 1].</summary>
    public static string Share(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>A probability or a coverage, in whole per cent.</summary>
    public static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A probability in whole per cent, or the range it is known to lie in.</summary>
    public static string Percent(ProbabilityBounds bounds) =>
        (Percent(bounds.Low.Value), Percent(bounds.High.Value)) is var (low, high) && low == high ? low : $"{Percent(bounds.Low.Value)} to {Percent(bounds.High.Value)}";

    /// <summary>A count with its groups apart.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A day.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A time.</summary>
    public static string Time(DateTimeOffset time) => PactText.Time(time);

    /// <summary>What is known of a quantity, in words: `12 h (95 % limits 8 h to 20 h)`.</summary>
    public static string Known(IndicatorDistribution figure, Func<double, string> write)
    {
        if (figure.IsNone)
        {
            return "not known";
        }

        var (low, high) = (figure.Quantile(new(0.025)).Low, figure.Quantile(new(0.975)).High);
        var median = figure.Quantile(new(0.5));
        var best = figure.PointEstimate is { } point ? write(point)
            : double.IsInfinity(median.High) ? "at least " + write(median.Low)
            : median.Low <= 0 ? "at most " + write(median.High)
            : $"between {write(median.Low)} and {write(median.High)}";
        return best + (!figure.HasInterval ? ", without an interval"
            : double.IsInfinity(high) ? $" (95 % limits: from {write(low)}, no upper limit)"
            : low <= 0 ? $" (95 % limits: up to {write(high)}, no lower limit)"
            : $" (95 % limits {write(low)} to {write(high)})");
    }

    /// <summary>Three significant digits, never in exponents for what people read at a glance.</summary>
    private static string Digits(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 6);
        return value.ToString("#,0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }
}
