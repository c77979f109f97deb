using System.Collections.Immutable;

namespace Standstill.Meter.Formats;

/// <summary>The power of whole nodes from what a Redfish service told in one scrape: one figure for each outermost chassis, whichever way it is told.</summary>
/// <remarks>
/// A service tells one power many times: of the chassis in its environment metrics, its sensors and the older schema; of each supply in its metrics, its sensors
/// and the older schema; and of each chassis within the chassis. Nothing is added that may be the same watt:
/// <list type="number">
/// <item>of readings of scope <c>chassis</c> the largest;</item>
/// <item>only where there is none, the sum over the supplies of scope <c>supply-input</c>: by their metrics, else by the older schema, else by sensors;</item>
/// <item>a chassis within another that has a figure has none of its own.</item>
/// </list>
/// The one series of a node goes on when its source changes between scrapes, so that no time is integrated twice. What was read stays beside it, unsummed.
/// </remarks>
public static class RedfishNodes
{
    /// <summary>Name of readings of a node's power, watts.</summary>
    public const string Power = "redfish_node_power_watts";

    /// <summary>The power of each node.</summary>
    /// <param name="readings">The readings of one service at one time.</param>
    /// <param name="within">Of each chassis that is within another, the name of that other.</param>
    public static ImmutableArray<Reading> Of(IEnumerable<Reading> readings, IReadOnlyDictionary<string, string> within)
    {
        var figures = new SortedDictionary<string, Reading>(StringComparer.Ordinal);
        foreach (var chassis in readings.Where(r => r.Name == Redfish.Power).GroupBy(r => r["chassis"] ?? "", StringComparer.Ordinal))
        {
            if (Watts([.. chassis]) is { } watts)
            {
                var first = chassis.First();
                figures[chassis.Key] = new Reading(Power, first.Labels.RemoveAll(l => l.Name is "id" or "scope"), watts, first.TimeMs);
            }
        }

        return [.. figures.Where(f => !IsWithinAny(f.Key)).Select(f => f.Value)];

        // Bounded, since nothing keeps a service from naming chassis in a circle.
        bool IsWithinAny(string chassis)
        {
            for (var level = 0; level < within.Count && within.TryGetValue(chassis, out var outer); level++)
            {
                if (figures.ContainsKey(outer))
                {
                    return true;
                }

                chassis = outer;
            }

            return false;
        }
    }

    /// <summary>The node that a series of <see cref="Power"/> is about: the service and the chassis.</summary>
    public static string Subject(ImmutableArray<Label> labels) => $"{Value(labels, "instance")}/Chassis/{Value(labels, "chassis")}";

    private static double? Watts(List<Reading> readings)
    {
        var whole = readings.Where(r => r["scope"] == "chassis").Select(r => (double?)r.Value).Max();
        return whole ?? readings.Where(r => r["scope"] == "supply-input")
            .GroupBy(r => Rank(r["id"] ?? ""))
            .OrderBy(g => g.Key)
            .Select(g => (double?)g.Sum(r => r.Value))
            .FirstOrDefault();
    }

    private static int Rank(string id) => id.Contains("/Sensors/", StringComparison.Ordinal) ? 2 : id.Contains("#/PowerSupplies/", StringComparison.Ordinal) ? 1 : 0;

    private static string Value(ImmutableArray<Label> labels, string name) => labels.FirstOrDefault(l => l.Name == name).Value ?? "";
}
