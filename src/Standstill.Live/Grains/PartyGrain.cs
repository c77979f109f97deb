using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Standstill.Live.Books;
using Standstill.Live.Storage;
using Standstill.Measurement.Accounting;
using Standstill.Protocol;
using Standstill.Protocol.Balances;

namespace Standstill.Live.Grains;

/// <summary>One party: the global book over the sums of its areas. It holds what the areas tell it in memory, and asks them for what it
/// lacks: after it moved to another silo, or when one is far ahead of the others.</summary>
internal sealed class PartyGrain([FromKeyedServices(PageStore.Name)] IGrainStorage storage, TunedTests tests) : Grain, IPartyGrain
{
    private readonly Gathering gathering = new();
    private readonly Dictionary<AreaKey, BookStanding> standings = [];
    private PageStore store = null!;
    private StoredHead? head;
    private string? headVersion;
    private PagedBook? book;
    private bool asked;
    private AreaKey? awaited;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        store = new PageStore(storage, "party", this.GetPrimaryKeyString());
        (head, headVersion) = await store.ReadHeadAsync<StoredHead>();
        if (head?.Party is { } opening)
        {
            book = await LoadAsync(opening, head.LastPage);
        }
    }

    /// <inheritdoc/>
    public async Task<Json> OpenAsync(Json opening)
    {
        var wanted = opening.As<PartyOpening>();
        var faults = OpeningRules.Faults(wanted, head?.Party, book?.State);
        if (!faults.IsEmpty)
        {
            return Json.Of(faults);
        }

        var merged = OpeningRules.Merge(wanted, head?.Party);
        if (head?.Party is not { } open || open.Areas.Length != merged.Areas.Length)
        {
            await StoredOrGone(async () =>
            {
                var opened = new StoredHead(StoredHead.CurrentVersion, head?.LastPage ?? 0, null, merged);
                headVersion = await store.WriteHeadAsync(opened, headVersion);
                book ??= await LoadAsync(merged, 0);
                head = opened;
                asked = false;
            });
        }

        // The areas after the roster: if this ends half way, opening again opens the rest.
        var answers = await Task.WhenAll(wanted.Areas.Select(a => Area(a.Area).OpenAsync(Json.Of(a))));
        return Json.Of(answers.SelectMany(a => a.As<ImmutableArray<Fault>>()).ToImmutableArray());
    }

    /// <inheritdoc/>
    public async Task HearAsync(Json news)
    {
        if (head?.Party is null || book is null)
        {
            throw new InvalidOperationException("an open area has an open party");
        }

        var told = news.As<AreaNews>();
        Learn(told.Line);
        gathering.Add(told.Line.Area, told.Periods, book.State.Next);
        await AskOnceAsync();
        await AdvanceAsync();
    }

    /// <inheritdoc/>
    public async Task<Json?> ReportAsync()
    {
        if (head?.Party is not { } opening || book is null)
        {
            return null;
        }

        await AskOnceAsync();
        await AdvanceAsync();
        var state = book.State;
        var due = Due(opening, state.Next);
        return Json.Of(new PartyReport(
            opening.Party,
            state.Standing,
            state.Book,
            state.Alarms,
            [.. standings.OrderBy(s => s.Key).Select(s => new AreaLine(s.Key, s.Value))],
            [.. due.Where(a => !HasPosted(a, state.Next))],
            gathering.Missing(due, state.Next).IsEmpty && gathering.Uneven(due, state.Next)));
    }

    /// <summary>The areas whose account has begun by a time.</summary>
    private static ImmutableArray<AreaKey> Due(PartyOpening opening, DateTimeOffset time) => [.. opening.Areas.Where(a => a.From <= time).Select(a => a.Area)];

    private Task<PagedBook> LoadAsync(PartyOpening opening, int lastPage) =>
        PagedBook.LoadAsync(store, OpeningRules.Beginning(opening), tests.Of(opening.Design), lastPage);

    private IAreaGrain Area(AreaKey key) => GrainFactory.GetGrain<IAreaGrain>(key.ToString());

    private bool HasPosted(AreaKey area, DateTimeOffset time) => standings.TryGetValue(area, out var standing) && standing.Next > time;

    /// <summary>Standings arrive out of order when areas are asked and tell at the same time: the longer book is the later one.</summary>
    private void Learn(AreaLine line)
    {
        if (!standings.TryGetValue(line.Area, out var known) || known.Periods <= line.Standing.Periods)
        {
            standings[line.Area] = line.Standing;
        }
    }

    /// <summary>Asks every area where it stands: once in the life of this activation, and again when further ones were opened.</summary>
    private async Task AskOnceAsync()
    {
        if (asked)
        {
            return;
        }

        foreach (var report in await Task.WhenAll(head!.Party!.Areas.Select(a => Area(a.Area).ReportAsync())))
        {
            if (report?.As<AreaReport>() is { } area)
            {
                Learn(new AreaLine(area.Opening.Area, area.Standing));
            }
        }

        asked = true;
    }

    /// <summary>Takes every period that all areas have posted.</summary>
    private async Task AdvanceAsync()
    {
        // As long as one area is known to be missing, nothing can be summed: news of the others cost nothing more.
        if (awaited is { } area && !HasPosted(area, book!.State.Next))
        {
            return;
        }

        var opening = head!.Party!;
        while (true)
        {
            var sums = new List<BalancePeriod>();
            var next = book!.State.Next;
            var due = Due(opening, next);
            while (sums.Count < BookPage.Size && due.Length > 0 && gathering.Missing(due, next).IsEmpty && !gathering.Uneven(due, next))
            {
                sums.Add(gathering.Sum(due, next));
                next = sums[^1].To;
                due = Due(opening, next);
            }

            if (sums.Count > 0)
            {
                await StoredOrGone(() => book.PostAsync(sums));
                gathering.Drop(book.State.Next);
            }
            else if (!await FetchAsync(gathering.Missing(due, next), next))
            {
                break;
            }
        }

        awaited = LastMissing(opening, book.State.Next);
        if (book.PageNumber != head.LastPage)
        {
            var moved = head with { LastPage = book.PageNumber };
            await StoredOrGone(async () => headVersion = await store.WriteHeadAsync(moved, headVersion));
            head = moved;
        }
    }

    /// <summary>The last of the areas that have not posted yet: batches come in the order of names, and so it is mostly the last to come.</summary>
    private AreaKey? LastMissing(PartyOpening opening, DateTimeOffset next)
    {
        var due = Due(opening, next);
        for (var i = due.Length - 1; i >= 0; i--)
        {
            if (!HasPosted(due[i], next))
            {
                return due[i];
            }
        }

        return null;
    }

    /// <summary>Asks for the periods that areas have posted and this grain has not; false if no area has one.</summary>
    private async Task<bool> FetchAsync(ImmutableArray<AreaKey> missing, DateTimeOffset next)
    {
        // An area that has not posted it yet need not be asked, and as long as there is one, the others' periods are of no use.
        if (missing.IsEmpty || !missing.All(a => HasPosted(a, next)))
        {
            return false;
        }

        var found = await Task.WhenAll(missing.Select(async a => (Area: a, Periods: (await Area(a).FromAsync(next)).As<ImmutableArray<BalancePeriod>>())));
        foreach (var (area, periods) in found)
        {
            gathering.Add(area, periods, next);
        }

        return gathering.Missing(missing, next).IsEmpty;
    }

    private async Task StoredOrGone(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
