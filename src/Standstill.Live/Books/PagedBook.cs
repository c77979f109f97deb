using System.Collections.Immutable;
using Standstill.Live.Storage;
using Standstill.Measurement.Accounting;

namespace Standstill.Live.Books;

/// <summary>A book whose periods are stored by pages: what a grain holds. Used by one call at a time, but for what reads.</summary>
/// <remarks>
/// INVARIANT (durable before seen): what <see cref="State"/> shows is stored. A page is written first, and becomes the current one only
/// when the store has said so. When the store fails, what it holds is unknown: the book is not to be used again, and is loaded anew.
/// INVARIANT (one writer): the store refuses a page that another wrote since it was read, so that of two books over the same pages, as
/// there may be for a moment after a silo was taken for dead, only one goes on.
/// </remarks>
internal sealed class PagedBook
{
    private readonly PageStore store;
    private readonly BalanceTests tests;
    private string? etag;

    private PagedBook(PageStore store, BalanceTests tests, BookPage page, string? etag)
    {
        this.store = store;
        this.tests = tests;
        this.etag = etag;
        Current = (page, page.Fold(tests));
    }

    /// <summary>The book.</summary>
    public BookState State => Current.State;

    // One reference, so that a reader between two awaits of a writer sees a page with its own state.
    private (BookPage Page, BookState State) Current { get; set; }

    /// <summary>Loads a book; <paramref name="lastKnown"/> is the number of a page at or before its last.</summary>
    public static async Task<PagedBook> LoadAsync(PageStore store, DateTimeOffset from, BalanceTests tests, int lastKnown)
    {
        var (page, etag) = await store.ReadPageAsync(lastKnown);
        if (page is null)
        {
            return lastKnown == 0
                ? new PagedBook(store, tests, BookPage.First(from), null)
                : throw new InvalidDataException($"page {lastKnown} of `{store.Key}` is missing: drop the schema, and refill it from the ledger");
        }

        while (page.IsFull)
        {
            var (next, nextEtag) = await store.ReadPageAsync(page.Number + 1);
            if (next is null)
            {
                break;
            }

            (page, etag) = (next, nextEtag);
        }

        return new PagedBook(store, tests, page, etag);
    }

    /// <summary>The number of the page in use.</summary>
    public int PageNumber => Current.Page.Number;

    /// <summary>Posts periods that follow on one another and on the last posted. When this returns, they are stored.</summary>
    public async Task<ImmutableArray<BalanceReading>> PostAsync(IReadOnlyList<BalancePeriod> periods)
    {
        var readings = ImmutableArray.CreateBuilder<BalanceReading>(periods.Count);
        var at = 0;
        while (at < periods.Count)
        {
            var (page, state) = Current;
            var version = etag;
            if (page.IsFull)
            {
                page = BookPage.After(page, state);
                version = null;
            }

            var added = ImmutableArray.CreateBuilder<BalancePeriod>();
            while (at < periods.Count && page.Periods.Length + added.Count < BookPage.Size)
            {
                state = state.Post(periods[at], tests);
                readings.Add(state.Last!);
                added.Add(periods[at++]);
            }

            page = page with { Periods = page.Periods.AddRange(added) };
            etag = await store.WritePageAsync(page, version);
            Current = (page, state);
        }

        return readings.MoveToImmutable();
    }

    /// <summary>The posted period that covers a time before the end of the book, and what was said of it; null if none does.</summary>
    public async Task<(BalancePeriod Period, BalanceReading Reading)?> FindAsync(DateTimeOffset time)
    {
        var page = await PageOfAsync(time);
        return page?.Covering(time) is { } period ? (period, page.ReadingOf(period, tests)) : null;
    }

    /// <summary>The posted periods from the one that begins at a time on, as far as its page goes; empty if none begins then.</summary>
    public async Task<ImmutableArray<BalancePeriod>> FromAsync(DateTimeOffset from)
    {
        var page = await PageOfAsync(from);
        var index = page is null ? -1 : page.Periods.ToList().FindIndex(p => p.From == from);
        return index < 0 ? [] : page!.Periods[index..];
    }

    /// <summary>The last page that begins at or before a time, by halves; null for a time before the book.</summary>
    private async Task<BookPage?> PageOfAsync(DateTimeOffset time)
    {
        var (low, high) = (0, Current.Page.Number);
        var found = Current.Page.Before.Next <= time ? Current.Page : null;
        while (found is null && low <= high)
        {
            var middle = low + ((high - low) / 2);
            var page = await PageAsync(middle);
            if (time < page.Before.Next)
            {
                high = middle - 1;
            }
            else if (page.IsFull && middle < high && time >= page.Periods[^1].To)
            {
                low = middle + 1;
            }
            else
            {
                found = page;
            }
        }

        return found;
    }

    private async Task<BookPage> PageAsync(int number) =>
        number == Current.Page.Number ? Current.Page
        : (await store.ReadPageAsync(number)).Page ?? throw new InvalidDataException($"page {number} of `{store.Key}` is missing: drop the schema, and refill it from the ledger");
}
