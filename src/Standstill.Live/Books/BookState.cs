using System.Collections.Immutable;
using Standstill.Measurement.Accounting;

namespace Standstill.Live.Books;

/// <summary>A book after some number of periods: the tests' state, the sums, and the latest alarms. A pure fold over the periods.</summary>
/// <param name="Periods">How many were posted.</param>
/// <param name="Next">The beginning of the next, UTC.</param>
/// <param name="Book">The state of the tests.</param>
/// <param name="Sums">Chip-hours over all of them, added in the order of the periods.</param>
/// <param name="Last">What the tests said of the last; null before the first.</param>
/// <param name="AlarmCount">Alarms so far.</param>
/// <param name="Alarms">The latest of them, oldest first.</param>
internal sealed record BookState(
    long Periods, DateTimeOffset Next, AreaBook Book, BookSums Sums, BalanceReading? Last, long AlarmCount, ImmutableArray<DatedAlarm> Alarms)
{
    /// <summary>A book before its first period.</summary>
    public static BookState Empty(DateTimeOffset from) => new(0, from, AreaBook.Empty, new BookSums(new(0), new(0), new(0), new(0), new(0)), null, 0, []);

    /// <summary>The book after one further period, which begins where the last ended.</summary>
    public BookState Post(BalancePeriod period, BalanceTests tests)
    {
        if (period.From != Next)
        {
            throw new ArgumentException("a period follows on the one before", nameof(period));
        }

        var step = Book.Post(period, tests);
        var alarms = step.Reading.Alarms.IsEmpty ? Alarms : Alarms.AddRange(step.Reading.Alarms.Select(a => new DatedAlarm(period.To, a)));
        return new BookState(
            Periods + 1,
            period.To,
            step.Book,
            new BookSums(
                Sums.Present + period.Present, Sums.Idle + period.Idle, Sums.Down + period.Down, Sums.Declared + period.Declared, Sums.Unaccounted + period.Cuf),
            step.Reading,
            AlarmCount + step.Reading.Alarms.Length,
            alarms.Length > AreaReport.KeptAlarms ? alarms[^AreaReport.KeptAlarms..] : alarms);
    }

    /// <summary>What is told of it.</summary>
    public BookStanding Standing => new(Periods, Next, Sums, Last, AlarmCount);
}
