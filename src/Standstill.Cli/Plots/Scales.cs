using System.Globalization;

namespace Standstill.Cli.Plots;

/// <summary>Lengths of human time on a logarithmic axis.</summary>
/// <param name="Least">The shortest length shown, in minutes, above zero.</param>
/// <param name="Most">The longest, above the shortest.</param>
/// <param name="Start">Where the shortest lies in the drawing.</param>
/// <param name="End">Where the longest lies.</param>
internal readonly record struct LengthScale(double Least, double Most, double Start, double End)
{
    /// <summary>How far beyond the axis a place may lie, in axes: infinity stays drawable, and is cut off.</summary>
    private const double Beyond = 3;

    /// <summary>Whether a length can be drawn at all: from a billionth of a millisecond to a hundred million lives.</summary>
    public static bool Holds(double minutes) => minutes is >= 1e-12 and <= 1e15;

    /// <summary>The place of a length from 0 to +∞ minutes.</summary>
    public double At(double minutes) =>
        Start + (End - Start) * Math.Clamp(Math.Log(minutes / Least) / Math.Log(Most / Least), -Beyond, 1 + Beyond);

    /// <summary>The place of a length, or the axis's end that it lies beyond.</summary>
    public double Within(double minutes) => At(Math.Clamp(minutes, Least, Most));

    public bool Shows(double minutes) => minutes >= Least && minutes <= Most;
}

/// <summary>Days on an axis.</summary>
/// <param name="First">The first day shown.</param>
/// <param name="Last">The last, later than the first.</param>
/// <param name="Start">Where the first lies in the drawing.</param>
/// <param name="End">Where the last lies.</param>
internal readonly record struct DayScale(DateOnly First, DateOnly Last, double Start, double End)
{
    public double At(DateOnly day) => Start + (End - Start) * (day.DayNumber - First.DayNumber) / (double)(Last.DayNumber - First.DayNumber);

    public bool Shows(DateOnly day) => day >= First && day <= Last;
}

/// <summary>A place on an axis that is marked.</summary>
/// <param name="At">Where, in units of the drawing.</param>
/// <param name="Label">What is written there; empty for a mark alone.</param>
internal readonly record struct Tick(double At, string Label);

/// <summary>Which places of an axis are marked and labelled.</summary>
internal static class Ticks
{
    /// <summary>Days in a year, for the labels alone.</summary>
    private const int YearDays = 365;

    /// <summary>Lengths of task at which success is read, in minutes; the smaller the rank, the sooner it is labelled.</summary>
    private static readonly (double Minutes, string Label, int Rank)[] TaskLengths =
    [
        (1 / 60.0, "1 s", 0), (0.25, "15 s", 3), (1, "1 min", 0), (4, "4 min", 3), (15, "15 min", 2), (60, "1 h", 0), (240, "4 h", 3),
        (480, "8 h", 2), (960, "16 h", 1), (1920, "32 h", 3), (3840, "64 h", 2), (10_020, "167 h", 1), (120_000, "2,000 h", 1), (1_200_000, "20,000 h", 1),
    ];

    /// <summary>Lengths in which horizons are told; working time, 40 h to a week and 2,000 h to a year.</summary>
    private static readonly (double Minutes, string Label, int Rank)[] HorizonLengths =
    [
        (0.001 / 60, "1 ms", 2), (0.01 / 60, "10 ms", 3), (0.1 / 60, "0.1 s", 2),
        (1 / 60.0, "1 s", 0), (4 / 60.0, "4 s", 4), (0.25, "15 s", 3), (1, "1 min", 0), (4, "4 min", 4), (15, "15 min", 3), (30, "30 min", 4), (60, "1 h", 0),
        (120, "2 h", 4), (240, "4 h", 3), (480, "8 h day", 1), (960, "16 h", 3), (2400, "40 h week", 1), (4800, "80 h", 3), (10_020, "167 h month", 1), (30_000, "500 h", 3), (120_000, "2,000 h year", 1), (1_200_000, "10 years", 1), (12_000_000, "100 years", 1),
        (120_000_000, "1,000 years", 1),
    ];

    /// <summary>Marks for the lengths of tasks along an axis to the right; labels that would touch give way to those of better rank.</summary>
    public static IEnumerable<Tick> ForTasks(LengthScale scale, double size) =>
        Thinned(TaskLengths, scale, label => Lettering.Width(label, size) + size * 0.6);

    /// <summary>Marks for horizons along an axis upwards.</summary>
    public static IEnumerable<Tick> ForHorizons(LengthScale scale, double size) => Thinned(HorizonLengths, scale, _ => size * 1.35);

    /// <summary>Marks for days: months in up to a year, quarters in up to three, years in up to sixty, else decades or centuries.</summary>
    public static IEnumerable<Tick> ForDays(DayScale scale, double size)
    {
        var years = (scale.Last.DayNumber - scale.First.DayNumber) / (double)YearDays;
        var months = years switch { <= 1.2 => 1, <= 3.5 => 3, <= 60 => 12, <= 600 => 120, _ => 1200 };
        var labelled = double.NegativeInfinity;
        var step = Math.Max(1, months / 12);
        var start = (scale.First.Year + step - 1) / step * step;
        for (var count = start * 12; count / 12 <= scale.Last.Year; count += months)
        {
            var day = new DateOnly(count / 12, count % 12 + 1, 1);
            if (!scale.Shows(day))
            {
                continue;
            }

            var label = months >= 12 ? day.ToString("yyyy", CultureInfo.InvariantCulture) : day.ToString("MMM yyyy", CultureInfo.InvariantCulture);
            var at = scale.At(day);
            var half = Lettering.Width(label, size) / 2;
            var free = at - half >= labelled + size * 0.8;
            yield return new Tick(at, free ? label : "");
            labelled = free ? at + half : labelled;
        }
    }

    private static IEnumerable<Tick> Thinned((double Minutes, string Label, int Rank)[] lengths, LengthScale scale, Func<string, double> room)
    {
        var taken = new List<(double At, double Half)>();
        var shown = lengths.Where(length => scale.Shows(length.Minutes)).ToArray();
        var labelled = new HashSet<double>();
        foreach (var (minutes, label, _) in shown.OrderBy(length => length.Rank))
        {
            var (at, half) = (scale.At(minutes), room(label) / 2);
            if (taken.TrueForAll(other => Math.Abs(other.At - at) >= other.Half + half))
            {
                taken.Add((at, half));
                labelled.Add(minutes);
            }
        }

        return shown.Select(length => new Tick(scale.At(length.Minutes), labelled.Contains(length.Minutes) ? length.Label : ""));
    }
}
