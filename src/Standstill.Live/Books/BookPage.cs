using System.Collections.Immutable;
using Standstill.Measurement.Accounting;

namespace Standstill.Live.Books;

/// <summary>
/// A run of a book's periods, kept together: the state before the first of them, and the periods themselves. What was said of each is
/// not kept: it is the fold's result, and folding again says the same.
/// </summary>
/// <remarks>Pages keep every write small, however long a book is, and every posted period at hand, so that one that comes again is
/// compared with what was posted.</remarks>
/// <param name="Number">0 for the book's first page.</param>
/// <param name="Before">The book before the first period of this page.</param>
/// <param name="Periods">At most <see cref="Size"/>, in order.</param>
internal sealed record BookPage(int Number, BookState Before, ImmutableArray<BalancePeriod> Periods)
{
    /// <summary>Periods on a full page.</summary>
    public const int Size = 64;

    /// <summary>Whether the next period begins a new page.</summary>
    public bool IsFull => Periods.Length >= Size;

    /// <summary>The first page of a book.</summary>
    public static BookPage First(DateTimeOffset from) => new(0, BookState.Empty(from), []);

    /// <summary>The page after a full one.</summary>
    public static BookPage After(BookPage full, BookState state) => new(full.Number + 1, state, []);

    /// <summary>The book after this page's periods.</summary>
    public BookState Fold(BalanceTests tests) => Periods.Aggregate(Before, (state, period) => state.Post(period, tests));

    /// <summary>The period of this page that covers a time; null if none does.</summary>
    public BalancePeriod? Covering(DateTimeOffset time) => Periods.FirstOrDefault(p => p.From <= time && time < p.To);

    /// <summary>What the tests said of a period of this page.</summary>
    public BalanceReading ReadingOf(BalancePeriod period, BalanceTests tests)
    {
        var state = Before;
        foreach (var posted in Periods)
        {
            state = state.Post(posted, tests);
            if (posted == period)
            {
                return state.Last!;
            }
        }

        throw new ArgumentException("a period of this page", nameof(period));
    }
}
