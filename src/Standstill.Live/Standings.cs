using System.Collections.Immutable;
using Standstill.Measurement.Accounting;
using Standstill.Protocol;
using Standstill.Protocol.Balances;

namespace Standstill.Live;

/// <summary>The sums of a book over all periods posted, in chip-hours.</summary>
/// <param name="Present">Installed.</param>
/// <param name="Idle">Metered idle.</param>
/// <param name="Down">Documented down.</param>
/// <param name="Declared">Declared use.</param>
/// <param name="Unaccounted">Present − idle − down − declared.</param>
public sealed record BookSums(ChipHours Present, ChipHours Idle, ChipHours Down, ChipHours Declared, ChipHours Unaccounted);

/// <summary>Where a book stands.</summary>
/// <param name="Periods">Balance periods posted.</param>
/// <param name="Next">The beginning of the period that it waits for, UTC.</param>
/// <param name="Sums">Over all of them.</param>
/// <param name="Last">What the tests said of the last one; null before the first.</param>
/// <param name="AlarmCount">Alarms raised so far.</param>
public sealed record BookStanding(long Periods, DateTimeOffset Next, BookSums Sums, BalanceReading? Last, long AlarmCount);

/// <summary>One area: how it was opened, where it stands, and its latest alarms.</summary>
/// <param name="Opening">How it was opened.</param>
/// <param name="Standing">Where its book stands.</param>
/// <param name="Book">The state of its tests.</param>
/// <param name="Alarms">Its latest alarms, oldest first: at most <see cref="AreaReport.KeptAlarms"/>.</param>
public sealed record AreaReport(AreaOpening Opening, BookStanding Standing, AreaBook Book, ImmutableArray<DatedAlarm> Alarms)
{
    /// <summary>How many alarms of a book are kept one by one; all are counted, and all are on the ledger.</summary>
    public const int KeptAlarms = 64;
}

/// <summary>An area's standing beside those of its party's other areas.</summary>
/// <param name="Area">The area.</param>
/// <param name="Standing">Where its book stands.</param>
public sealed record AreaLine(AreaKey Area, BookStanding Standing);

/// <summary>One party: its global book and its areas.</summary>
/// <param name="Party">The party.</param>
/// <param name="Global">The book of the sums of its areas.</param>
/// <param name="Book">The state of the global tests.</param>
/// <param name="Alarms">The latest alarms of the global book, oldest first.</param>
/// <param name="Areas">Its areas by name.</param>
/// <param name="Waiting">The areas whose period the global book waits for.</param>
/// <param name="Uneven">Whether it stands still, since its areas close the period that it waits for at different times.</param>
public sealed record PartyReport(
    PartyId Party, BookStanding Global, AreaBook Book, ImmutableArray<DatedAlarm> Alarms, ImmutableArray<AreaLine> Areas, ImmutableArray<AreaKey> Waiting, bool Uneven);

/// <summary>An alarm with its place.</summary>
/// <param name="Party">The party.</param>
/// <param name="Area">The area; null for the party's global book.</param>
/// <param name="Alarm">The alarm and its period.</param>
public sealed record PlacedAlarm(PartyId Party, AreaKey? Area, DatedAlarm Alarm);
