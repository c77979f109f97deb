using System.Globalization;
using Standstill.Measurement;
using Standstill.Measurement.Fleet;
using Standstill.Measurement.Sampling;

namespace Standstill.Cli.Commands.Compute;

/// <summary>Figures that several commands take and write.</summary>
internal static class Figures
{
    /// <summary>The most items that sample sizes are computed for.</summary>
    public const int MostItems = 100_000_000;

    /// <summary>A demanded probability: neither 0, which asks for nothing, nor 1, which no sample reaches.</summary>
    public static Probability Demanded(string option, double value) =>
        value is > 0 and < 1 ? new Probability(value) : throw new UsageException($"{option}: `{Text(value)}` is not above 0 and below 1; write `0.9`");

    /// <summary>The probability that a defective item that is looked at is identified.</summary>
    public static Probability Identification(string option, double value) =>
        value is > 0 and <= 1 ? new Probability(value) : throw new UsageException($"{option}: `{Text(value)}` is not above 0 and at most 1; write `0.8`");

    /// <summary>A whole number within limits.</summary>
    public static int Whole(string option, int value, int least, int most) =>
        value >= least && value <= most ? value : throw new UsageException($"{option}: {Text(value)} is not from {Text(least)} to {Text(most)}");

    /// <summary>A number above 0.</summary>
    public static double Positive(string option, double value) =>
        value > 0 && double.IsFinite(value) ? value : throw new UsageException($"{option}: `{Text(value)}` is not a number above 0");

    /// <summary>A day.</summary>
    public static DateOnly Day(string option, string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new UsageException($"{option}: `{value}` is not a day; write `2026-03-31`");

    /// <summary>The peak of one accelerator: a number, or a name of the built-in table.</summary>
    public static FlopPerSecond Peak(string option, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var peak) ? new FlopPerSecond(Positive(option, peak))
        : AcceleratorTable.BuiltIn.Find(value) is AcceleratorLookup.Found found ? found.Accelerator.Peak
        : throw new UsageException($"{option}: `{value}` is neither a number of FLOP/s nor a name of `standstill compute accelerators`; write `989.4e12` or `H100`");

    /// <summary>A whole number with its thousands parted.</summary>
    public static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A probability to four places: what differs from 1 is not written as 1.</summary>
    public static string Chance(Probability value) =>
        value.Value is < 1 and > 0.99995 ? "above 0.9999" : value.Value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Any other number, as short as it can be read.</summary>
    public static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture) is var text && (text != "0" || value == 0) && Math.Abs(value) < 1e9
        ? text
        : value.ToString("0.####e+0", CultureInfo.InvariantCulture);

    /// <summary>A size that is enough, or that none is.</summary>
    public static string Size(SampleAnswer answer) => answer switch
    {
        SampleAnswer.Enough enough => Count(enough.Size),
        _ => "none is enough",
    };

    /// <summary>What a sample reaches, or what looking at everything does.</summary>
    public static Probability Reached(SampleAnswer answer) => answer switch
    {
        SampleAnswer.Enough enough => enough.Detection,
        SampleAnswer.Unreachable all => all.AtMost,
        _ => throw new InvalidOperationException("an unknown answer"),
    };
}
