using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Standstill.Live.Books;
using Standstill.Live.Storage;
using Standstill.Measurement.Accounting;
using Standstill.Protocol;

namespace Standstill.Live.Grains;

/// <summary>One balance area: its book, one period at a time, stored before it is answered.</summary>
internal sealed class AreaGrain([FromKeyedServices(PageStore.Name)] IGrainStorage storage, TunedTests tests) : Grain, IAreaGrain
{
    private PageStore store = null!;
    private StoredHead? head;
    private string? headVersion;
    private PagedBook? book;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        store = new PageStore(storage, "area", this.GetPrimaryKeyString());
        (head, headVersion) = await store.ReadHeadAsync<StoredHead>();
        if (head?.Area is { } opening)
        {
            book = await PagedBook.LoadAsync(store, opening.From, tests.Of(opening.Design), head.LastPage);
        }
    }

    /// <inheritdoc/>
    public async Task<Json> OpenAsync(Json opening)
    {
        var asked = opening.As<AreaOpening>();
        if (head?.Area is { } open)
        {
            return Json.Of<ImmutableArray<Fault>>(open == asked
                ? []
                : [new Fault($"`{asked.Area}`", "the area was opened with another beginning or design", "keep to the first opening, or give the area a new name")]);
        }

        await StoredOrGone(async () =>
        {
            var opened = new StoredHead(StoredHead.CurrentVersion, 0, asked, null);
            headVersion = await store.WriteHeadAsync(opened, headVersion);
            book = await PagedBook.LoadAsync(store, asked.From, tests.Of(asked.Design), 0);
            head = opened;
        });
        return Json.Of<ImmutableArray<Fault>>([]);
    }

    /// <inheritdoc/>
    public async Task<Json> PostAsync(Json periods)
    {
        var asked = periods.As<ImmutableArray<BalancePeriod>>();
        if (head?.Area is not { } opening || book is null)
        {
            return Json.Of<ImmutableArray<PostOutcome>>([.. asked.Select(_ => PeriodRules.Unknown(this.GetPrimaryKeyString()))]);
        }

        var answers = new PostOutcome[asked.Length];
        for (var i = 0; i < asked.Length;)
        {
            // The periods that follow on one another are posted together: one write a page.
            var run = Run(asked, i);
            if (run.Count > 0)
            {
                var posted = run;
                var readings = await StoredOrGone(() => book.PostAsync(posted));
                foreach (var reading in readings)
                {
                    answers[i++] = new PostOutcome.Posted(reading);
                }
            }
            else
            {
                answers[i] = await AnswerAsync(asked[i], opening);
                i++;
            }
        }

        await KeepPlaceAsync();

        // A party that was not told would sum later than it could. The answer waits for it; who gets none posts again.
        var news = new AreaNews(new AreaLine(opening.Area, book.State.Standing), [.. asked.Where((_, i) => answers[i] is PostOutcome.Posted)]);
        await GrainFactory.GetGrain<IPartyGrain>(opening.Area.Party + "/").HearAsync(Json.Of(news));
        return Json.Of<ImmutableArray<PostOutcome>>([.. answers]);
    }

    /// <inheritdoc/>
    public Task<Json?> ReportAsync() => Task.FromResult<Json?>(
        head?.Area is { } opening && book?.State is { } state ? Json.Of(new AreaReport(opening, state.Standing, state.Book, state.Alarms)) : null);

    /// <inheritdoc/>
    public async Task<Json> FromAsync(DateTimeOffset from) =>
        Json.Of(book is null ? [] : await book.FromAsync(from));

    private List<BalancePeriod> Run(ImmutableArray<BalancePeriod> asked, int start)
    {
        var run = new List<BalancePeriod>();
        var (next, count) = (book!.State.Next, book.State.Book.Count);
        for (var i = start; i < asked.Length && asked[i].From == next && PeriodRules.Malformed(asked[i], count) is null; i++)
        {
            run.Add(asked[i]);
            (next, count) = (asked[i].To, asked[i].Count);
        }

        return run;
    }

    private async Task<PostOutcome> AnswerAsync(BalancePeriod period, AreaOpening opening)
    {
        var next = book!.State.Next;
        return period.From < opening.From ? PeriodRules.Early(period, opening.From, next)
            : period.From > next ? PeriodRules.Ahead(period, next)
            : period.From == next ? PeriodRules.Bad(PeriodRules.Malformed(period, book.State.Book.Count)!, next)
            : await book.FindAsync(period.From) is not { } found ? throw new InvalidDataException($"no period of `{opening.Area}` covers a time before its end")
            : found.Period == period ? new PostOutcome.Posted(found.Reading)
            : PeriodRules.Other(period, found.Period, next);
    }

    /// <summary>Notes a new page in the head, so that loading need not begin at the first.</summary>
    private async Task KeepPlaceAsync()
    {
        if (book!.PageNumber != head!.LastPage)
        {
            var moved = head with { LastPage = book.PageNumber };
            await StoredOrGone(async () => headVersion = await store.WriteHeadAsync(moved, headVersion));
            head = moved;
        }
    }

    private Task StoredOrGone(Func<Task> write) => StoredOrGone(async () =>
    {
        await write();
        return true;
    });

    /// <summary>What the store holds after it failed is unknown: this activation ends, and the next call loads what is there.</summary>
    private async Task<T> StoredOrGone<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
