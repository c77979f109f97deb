using System.Collections.Immutable;
using Standstill.Measurement.Accounting;

namespace Standstill.Protocol.Balances;

/// <summary>Something that changes how many accelerators an area has.</summary>
/// <param name="On">When it happened.</param>
/// <param name="Count">What was counted; null for a movement.</param>
/// <param name="Change">By how much a movement changes it.</param>
/// <param name="At">Its entry.</param>
public sealed record StockEvent(DateTimeOffset On, long? Count, long Change, Moment At);

/// <summary>How many accelerators an area has had over time: the latest count, and what moved since.</summary>
/// <param name="Base">What was there before the first of <paramref name="Events"/>.</param>
/// <param name="Counts">How many counts are behind <paramref name="Base"/>.</param>
/// <param name="Events">In the order of their times; those of one instant in the order of their entries.</param>
/// <param name="Since">When it was first counted; null before that. What was there earlier nothing tells but that count.</param>
public sealed record AreaStock(long Base, int Counts, ImmutableList<StockEvent> Events, DateTimeOffset? Since = null)
{
    /// <summary>Before the first count.</summary>
    public static AreaStock Uncounted { get; } = new(0, 0, []);

    /// <summary>Whether it was ever counted.</summary>
    public bool IsCounted => Counts > 0;

    /// <summary>How many there are at an instant, what happens at that instant included.</summary>
    public long On(DateTimeOffset time) => Events.TakeWhile(e => e.On <= time).Aggregate(Base, After);

    /// <summary>The least that there is from an instant on, until the next count.</summary>
    public long LeastFrom(DateTimeOffset time)
    {
        var (least, there) = (On(time), On(time));
        foreach (var happened in Events.SkipWhile(e => e.On <= time).TakeWhile(e => e.Count is null))
        {
            there = After(there, happened);
            least = Math.Min(least, there);
        }

        return least;
    }

    /// <summary>With a further event. A first count holds for the time before it too.</summary>
    public AreaStock With(StockEvent happened)
    {
        if (!IsCounted)
        {
            return new AreaStock(happened.Count ?? happened.Change, 1, [], happened.On);
        }

        var place = Events.FindLastIndex(e => e.On <= happened.On) + 1;
        return this with { Events = Events.Insert(place, happened) };
    }

    /// <summary>Chip-hours present between two instants.</summary>
    public ChipHours Present(DateTimeOffset from, DateTimeOffset to)
    {
        var (present, there, since) = (0.0, Base, from);
        foreach (var happened in Events)
        {
            if (happened.On >= to)
            {
                break;
            }

            if (happened.On > since)
            {
                present += there * (happened.On - since).TotalHours;
                since = happened.On;
            }

            there = After(there, happened);
        }

        return new ChipHours(present + (there * (to - since).TotalHours));
    }

    /// <summary>The number of the count in effect at an instant, from 1.</summary>
    public int CountOn(DateTimeOffset time) => Counts + Events.Count(e => e.Count is not null && e.On <= time);

    /// <summary>The same stock, what happened up to an instant no longer told apart.</summary>
    public AreaStock From(DateTimeOffset time)
    {
        var passed = Events.TakeWhile(e => e.On <= time).ToArray();
        return passed.Length == 0 ? this : this with { Base = On(time), Counts = CountOn(time), Events = Events.RemoveRange(0, passed.Length) };
    }

    private static long After(long there, StockEvent happened) => happened.Count ?? Math.Max(there + happened.Change, 0);
}
