using System.Collections.Immutable;
using Standstill.Live.Books;
using Standstill.Measurement.Accounting;

namespace Standstill.Live.Storage;

/// <summary>A page as it is stored. Periods are rows of numbers: from and to in minutes since 1970, present, idle, down and declared in
/// chip-hours, the count, and kilowatt-hours and active chip-hours where there is a reading of energy.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Number">The page's number.</param>
/// <param name="Before">The book before it.</param>
/// <param name="Periods">Its rows.</param>
internal sealed record StoredPage(int Version, int Number, BookState Before, ImmutableArray<double[]> Periods)
{
    /// <summary>The form of a page.</summary>
    public static StoredPage Of(BookPage page) => new(StoredHead.CurrentVersion, page.Number, page.Before, [.. page.Periods.Select(Row)]);

    /// <summary>The page of a form.</summary>
    public BookPage Page => new(Number, Before, [.. Periods.Select(Period)]);

    private static double[] Row(BalancePeriod p)
    {
        double[] always = [Minutes(p.From), Minutes(p.To), p.Present.Value, p.Idle.Value, p.Down.Value, p.Declared.Value, p.Count];
        return p.Energy is { } energy ? [.. always, energy.KilowattHours, energy.Active.Value] : always;
    }

    private static BalancePeriod Period(double[] row) => new(
        Time(row[0]), Time(row[1]), new(row[2]), new(row[3]), new(row[4]), new(row[5]), (int)row[6], row.Length > 7 ? new EnergyReading(row[7], new(row[8])) : null);

    // Periods begin and end on whole minutes, and minutes are exact in a double for longer than there will be calendars.
    private static double Minutes(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMinute;

    private static DateTimeOffset Time(double minutes) => DateTimeOffset.UnixEpoch.AddTicks((long)minutes * TimeSpan.TicksPerMinute);
}

/// <summary>What is stored of a grain beside its pages.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="LastPage">A page at or before the last one: where loading begins.</param>
/// <param name="Area">How an area was opened; null for a party.</param>
/// <param name="Party">How a party and its areas were opened; null for an area.</param>
internal sealed record StoredHead(int Version, int LastPage, AreaOpening? Area, PartyOpening? Party)
{
    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 1;
}

/// <summary>The parties that were opened.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Parties">Their names, in order.</param>
internal sealed record StoredDirectory(int Version, ImmutableArray<string> Parties);
