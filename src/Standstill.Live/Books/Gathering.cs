using System.Collections.Immutable;
using Standstill.Measurement.Accounting;
using Standstill.Protocol.Balances;

namespace Standstill.Live.Books;

/// <summary>The periods that a party's areas have posted and its global book has not taken yet. Only in memory: the areas keep theirs, and
/// are asked again.</summary>
internal sealed class Gathering
{
    /// <summary>Periods held of one area, the earliest; what is further ahead is asked for when its turn comes.</summary>
    public const int Held = 2 * BookPage.Size;

    private readonly Dictionary<AreaKey, SortedList<DateTimeOffset, BalancePeriod>> waiting = [];

    /// <summary>Takes in an area's periods from <paramref name="next"/> on.</summary>
    public void Add(AreaKey area, IEnumerable<BalancePeriod> periods, DateTimeOffset next)
    {
        if (!waiting.TryGetValue(area, out var own))
        {
            waiting[area] = own = [];
        }

        foreach (var period in periods.Where(p => p.From >= next))
        {
            own[period.From] = period;
            if (own.Count > Held)
            {
                own.RemoveAt(Held);
            }
        }
    }

    /// <summary>The areas, of those given, whose period from a time on is not here.</summary>
    public ImmutableArray<AreaKey> Missing(IEnumerable<AreaKey> areas, DateTimeOffset next) => [.. areas.Where(a => Of(a, next) is null)];

    /// <summary>Whether the periods of the areas from a time on, all here, end at different times.</summary>
    public bool Uneven(IEnumerable<AreaKey> areas, DateTimeOffset next) => areas.Select(a => Of(a, next)!.To).Distinct().Skip(1).Any();

    /// <summary>The sum of the areas' periods from a time on, in the order of the areas' names.</summary>
    public BalancePeriod Sum(IEnumerable<AreaKey> areas, DateTimeOffset next) => BalancePeriod.Sum(areas.Order().Select(a => Of(a, next)!));

    /// <summary>Forgets what is before a time.</summary>
    public void Drop(DateTimeOffset before)
    {
        foreach (var own in waiting.Values)
        {
            while (own.Count > 0 && own.GetKeyAtIndex(0) < before)
            {
                own.RemoveAt(0);
            }
        }
    }

    private BalancePeriod? Of(AreaKey area, DateTimeOffset from) => waiting.TryGetValue(area, out var own) ? own.GetValueOrDefault(from) : null;
}
