using System.Collections.Immutable;
using Standstill.Measurement.Accounting;

namespace Standstill.Protocol.Balances;

/// <summary>The sum over all balance areas of a party: a diversion that is spread thinly over many areas is seen here, and an alarm rate that is
/// split over many is not paid for.</summary>
public sealed record PartyBalance
{
    /// <summary>Nothing yet.</summary>
    public static PartyBalance Empty { get; } = new();

    /// <summary>Its balances.</summary>
    public BalanceLine Line { get; init; } = BalanceLine.Empty;

    /// <summary>Up to where all areas are summed.</summary>
    public DateTimeOffset? BalancedTo { get; init; }

    /// <summary>Periods of areas whose sum waits for the others, by beginning.</summary>
    public ImmutableSortedDictionary<DateTimeOffset, ImmutableSortedDictionary<AreaKey, BalancePeriod>> Waiting { get; init; } =
        ImmutableSortedDictionary<DateTimeOffset, ImmutableSortedDictionary<AreaKey, BalancePeriod>>.Empty;

    /// <summary>How often any area was counted, or came in or went: the bias of the counts is then another.</summary>
    public int Count { get; init; }

    /// <summary>The counts that the latest sum was made of, by area.</summary>
    public ImmutableSortedDictionary<AreaKey, int> Counts { get; init; } = ImmutableSortedDictionary<AreaKey, int>.Empty;

    /// <summary>With periods of an area, and every sum that is complete by that: every area that had begun by then has its period in.</summary>
    internal PartyBalance With(AreaKey area, ImmutableArray<BalancePeriod> balanced, IReadOnlyCollection<BalanceArea> areas, EntryIndex digest, Moment at)
    {
        var waiting = Waiting;
        // An area that is put on record late with periods of before does not change sums that are made.
        foreach (var period in balanced.Where(b => BalancedTo is not { } to || b.From >= to))
        {
            waiting = waiting.SetItem(
                period.From,
                (waiting.GetValueOrDefault(period.From) ?? ImmutableSortedDictionary<AreaKey, BalancePeriod>.Empty).SetItem(area, period));
        }

        return (this with { Waiting = waiting }).Settle(areas, digest, at);
    }

    /// <summary>Sums every period that waits for no area any more.</summary>
    internal PartyBalance Settle(IReadOnlyCollection<BalanceArea> areas, EntryIndex digest, Moment at)
    {
        var (line, waiting, to, count, counts) = (Line, Waiting, BalancedTo, Count, Counts);
        while (!waiting.IsEmpty)
        {
            var (from, parts) = waiting.First();
            if (areas.Any(a => a.Start <= from && !a.Body.Closed && !parts.ContainsKey(a.Key)))
            {
                break;
            }

            var seen = parts.ToImmutableSortedDictionary(p => p.Key, p => p.Value.Count);
            (count, counts) = seen.SequenceEqual(counts) ? (count, counts) : (count + 1, seen);
            var sum = BalancePeriod.Sum(parts.Values) with { Count = count };
            (line, waiting, to) = (line.Post(sum, digest, at), waiting.Remove(from), sum.To);
        }

        return this with { Line = line, Waiting = waiting, BalancedTo = to, Count = count, Counts = counts };
    }
}
