using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary;

/// <summary>Where on the party's own areas hidden work can go, and how thin it is spread.</summary>
internal static class Placement
{
    /// <summary>Plans over the cheater's grid: few areas, a quarter, all of them; all days, half, a quarter.</summary>
    /// <param name="measures">What is in place.</param>
    /// <param name="diversion">What is wanted.</param>
    /// <param name="flopShare">The share of the operations that is done hidden on the party's areas.</param>
    /// <param name="overhead">Chip-hours per chip-hour needed.</param>
    /// <param name="room">The share of an area's accelerators that could work hidden in this way.</param>
    /// <param name="traces">What it leaves behind.</param>
    /// <param name="named">Put before the words of the choice; may be empty.</param>
    /// <param name="rentals">Rental contracts of each plan, from its number of areas.</param>
    public static IEnumerable<DiversionPlan> OnSite(
        MeasuresInPlace measures,
        Diversion diversion,
        double flopShare,
        double overhead,
        Func<AreaUse, double> room,
        Traces traces,
        string named = "",
        Func<int, int>? rentals = null)
    {
        var order = LargestFirst(measures);
        var lengths = new[] { diversion.WithinDays, Math.Max(1, diversion.WithinDays / 2), Math.Max(1, diversion.WithinDays / 4) }.Distinct();
        foreach (var days in lengths)
        {
            foreach (var plan in Spread(measures, order, diversion, flopShare, overhead, room, HiddenDays.First(days), traces, named, rentals))
            {
                yield return plan;
            }
        }
    }

    /// <summary>Plans over the numbers of areas for one calendar.</summary>
    public static IEnumerable<DiversionPlan> Spread(
        MeasuresInPlace measures,
        ImmutableArray<AreaInPlace> order,
        Diversion diversion,
        double flopShare,
        double overhead,
        Func<AreaUse, double> room,
        HiddenDays days,
        Traces traces,
        string named,
        Func<int, int>? rentals)
    {
        var needed = diversion.Flop * flopShare * overhead / measures.Rate.FlopPerChipHour / (24.0 * days.Count);
        var fewest = Fewest(order, room, needed);
        foreach (var count in new[] { fewest, Math.Max(fewest, (order.Length + 3) / 4), order.Length }.Distinct())
        {
            var chips = order.Take(count).Sum(area => (double)area.Chips);
            var share = needed / chips;
            var least = order.Take(count).Min(area => room(area.Use));
            yield return new DiversionPlan(
                $"{named}{(named.Length > 0 ? ", " : "")}{Words(count, "area")}, {Calendar(days)}",
                count,
                days,
                share,
                overhead,
                traces,
                rentals?.Invoke(count) ?? 0,
                0,
                share <= least ? null : $"needs {share:P1} of the accelerators where {least:P1} could work unseen in this way");
        }
    }

    /// <summary>The areas, the largest first; equal ones by name.</summary>
    public static ImmutableArray<AreaInPlace> LargestFirst(MeasuresInPlace measures) =>
        [.. measures.Areas.OrderByDescending(area => area.Chips).ThenBy(area => area.Name, StringComparer.Ordinal)];

    /// <summary>`1 area`, `5 areas`.</summary>
    public static string Words(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string Calendar(HiddenDays days) => days.On == days.Every
        ? Words(days.Until, "day")
        : $"{Words(days.On, "day")} in {days.Every} for {Words(days.Until, "day")}";

    private static int Fewest(ImmutableArray<AreaInPlace> order, Func<AreaUse, double> room, double needed)
    {
        var (chips, least) = (0.0, 1.0);
        for (var i = 0; i < order.Length; i++)
        {
            chips += order[i].Chips;
            least = Math.Min(least, room(order[i].Use));
            if (chips * least >= needed)
            {
                return i + 1;
            }
        }

        return order.Length;
    }
}
