using System.Collections.Immutable;
using Standstill.Measurement.Accounting;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Balances;

/// <summary>How a balance is tested, tuned to its rate of false alarms.</summary>
/// <param name="Inspector">Who set it.</param>
/// <param name="Body">As set.</param>
/// <param name="Tests">With limits.</param>
/// <param name="Since">From which entry on.</param>
public sealed record DesignRecord(PartyId Inspector, BalanceDesignBody Body, BalanceTests Tests, Moment Since);

/// <summary>One balance period, and what the tests read of it.</summary>
/// <param name="Period">The account.</param>
/// <param name="Reading">What the tests read; null while the balance has no design.</param>
/// <param name="Digest">The entry of the meter's digest; of the last one for a sum.</param>
/// <param name="At">The entry that completed it.</param>
public sealed record BalanceEntry(BalancePeriod Period, BalanceReading? Reading, EntryIndex Digest, Moment At);

/// <summary>An alarm, and what became of it.</summary>
/// <param name="Test">Which test.</param>
/// <param name="Statistic">What it came to.</param>
/// <param name="Limit">What it must not pass.</param>
/// <param name="From">Beginning of the period.</param>
/// <param name="To">Its end.</param>
/// <param name="At">The entry that raised it.</param>
/// <param name="Result">What an inspector found; null while nobody has looked.</param>
/// <param name="Found">When that was put on record.</param>
public sealed record AlarmRecord(string Test, double Statistic, double Limit, DateTimeOffset From, DateTimeOffset To, Moment At, InspectionResult? Result, Moment? Found)
{
    /// <summary>Whether nothing innocent has been seen behind it.</summary>
    public bool IsOpen => Result != InspectionResult.Confirmed;
}

/// <summary>One sequence of balances, of an area or of all areas of a party together.</summary>
public sealed record BalanceLine
{
    /// <summary>How many periods are kept for charts; the tests remember what came before.</summary>
    public const int Kept = 1000;

    /// <summary>Nothing balanced yet.</summary>
    public static BalanceLine Empty { get; } = new();

    /// <summary>How it is tested; null while no inspector has set it.</summary>
    public DesignRecord? Design { get; init; }

    /// <summary>Where the tests stand.</summary>
    public AreaBook Book { get; init; } = AreaBook.Empty;

    /// <summary>Periods balanced so far.</summary>
    public long Periods { get; init; }

    /// <summary>The latest of them, oldest first.</summary>
    public ImmutableList<BalanceEntry> Entries { get; init; } = [];

    /// <summary>Every alarm, oldest first.</summary>
    public ImmutableList<AlarmRecord> Alarms { get; init; } = [];

    /// <summary>Whether an alarm is open.</summary>
    public bool IsAlarmed => Alarms.Exists(a => a.IsOpen);

    /// <summary>With one more period.</summary>
    internal BalanceLine Post(BalancePeriod period, EntryIndex digest, Moment at)
    {
        var entries = Entries.Count < Kept ? Entries : Entries.RemoveAt(0);
        if (Design is not { } design)
        {
            return this with { Periods = Periods + 1, Entries = entries.Add(new BalanceEntry(period, null, digest, at)) };
        }

        var (book, reading) = Book.Post(period, design.Tests);
        return this with
        {
            Book = book,
            Periods = Periods + 1,
            Entries = entries.Add(new BalanceEntry(period, reading, digest, at)),
            Alarms = reading.Alarms.IsEmpty ? Alarms : Alarms.AddRange(reading.Alarms.Select(a =>
                new AlarmRecord(Statements.Words.Of(a.Test), a.Statistic, a.Limit, period.From, period.To, at, null, null))),
        };
    }

    /// <summary>With an alarm that no sequence of balances has raised: a count that differs.</summary>
    internal BalanceLine Raise(AlarmRecord alarm) => this with { Alarms = Alarms.Add(alarm) };

    /// <summary>Tested anew from here on, or no longer.</summary>
    internal BalanceLine Under(DesignRecord? design) => this with { Design = design, Book = AreaBook.Empty };

    /// <summary>With what an inspector found of the open alarms up to an entry.</summary>
    internal BalanceLine Judge(EntryIndex upTo, InspectionResult result, Moment at) => this with
    {
        Alarms = [.. Alarms.Select(a => a.IsOpen && a.At.Entry.CompareTo(upTo) <= 0 ? a with { Result = result, Found = at } : a)],
    };
}
