using System.Collections.Immutable;
using Standstill.Protocol;
using Standstill.Protocol.Balances;

namespace Standstill.Live.Books;

/// <summary>What may be opened beside what is open.</summary>
internal static class OpeningRules
{
    /// <summary>The beginning of a party's global book: that of its earliest area.</summary>
    public static DateTimeOffset Beginning(PartyOpening opening) => opening.Areas.Min(a => a.From);

    /// <summary>What is wrong with an opening; empty if nothing is.</summary>
    /// <param name="wanted">The opening.</param>
    /// <param name="open">What is open already; null for nothing.</param>
    /// <param name="global">The global book; null as long as there is none.</param>
    public static ImmutableArray<Fault> Faults(PartyOpening wanted, PartyOpening? open, BookState? global)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (wanted.Areas.IsEmpty && open is null)
        {
            faults.Add(new Fault("areas", "no area", "open at least one"));
        }

        if (open is not null && open.Design != wanted.Design)
        {
            faults.Add(new Fault("design", $"`{wanted.Party}` was opened with another design", "keep to the first: another design is another test, and begins in another database"));
        }

        var known = open?.Areas.ToDictionary(a => a.Area) ?? [];
        var seen = new HashSet<AreaKey>();
        foreach (var (area, index) in wanted.Areas.Select((a, i) => (a, i)))
        {
            var place = FormattableString.Invariant($"areas[{index}]");
            if (area.Area.Party != wanted.Party)
            {
                faults.Add(new Fault(place, $"`{area.Area}` is not an area of `{wanted.Party}`", "open it with its own party"));
            }
            else if (!seen.Add(area.Area))
            {
                faults.Add(new Fault(place, $"`{area.Area}` stands there twice", "name each area once"));
            }
            else if (area.From.Ticks % TimeSpan.TicksPerMinute != 0)
            {
                faults.Add(new Fault(place + ".from", "not a whole minute", "begin on a minute"));
            }
            else if (known.TryGetValue(area.Area, out var same))
            {
                if (same != area)
                {
                    faults.Add(new Fault(place, $"`{area.Area}` was opened with another beginning or design", "keep to the first opening, or give the area a new name"));
                }
            }
            else if (global is not null && area.From < global.Next)
            {
                faults.Add(new Fault(
                    place + ".from",
                    "the party's global balance has been summed past that time",
                    $"open it from `{global.Next.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}` on, or begin in a fresh database and refill it from the ledger"));
            }
        }

        return faults.ToImmutable();
    }

    /// <summary>What is open after a good opening.</summary>
    public static PartyOpening Merge(PartyOpening wanted, PartyOpening? open) =>
        open is null
            ? wanted with { Areas = [.. wanted.Areas.OrderBy(a => a.Area)] }
            : open with { Areas = [.. open.Areas.UnionBy(wanted.Areas, a => a.Area).OrderBy(a => a.Area)] };
}
