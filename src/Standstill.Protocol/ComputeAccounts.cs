using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol;

/// <summary>Accounted compute by who uses it: inventories, less what is handed to outsiders, rented compute with its tenant.</summary>
internal static class ComputeAccounts
{
    /// <summary>The shares, and what outsiders hold, in FLOP per second.</summary>
    public static (ComputeShares Shares, double Outside) Of(World world)
    {
        var counted = world.Facilities.Values
            .Where(f => f.FlopPerSecond > 0)
            .Select(f => (Party: HolderOf(world, f.Party), Left: f.FlopPerSecond - Handed(world, f)))
            .Where(f => f.Party is { } party && world.Parties[party].Accredited is not null)
            .GroupBy(f => f.Party!.Value)
            .ToImmutableSortedDictionary(g => g.Key, g => g.Sum(f => f.Left));
        var outside = world.HandOvers
            .Where(h => h.Body.What == HandedOver.Compute && world.Parties[h.Party].Accredited is not null)
            .Sum(h => h.Body.FlopPerSecond!.Value);
        return (new ComputeShares(Rented(world, counted).Where(s => s.Value > 0).ToImmutableSortedDictionary()), Math.Min(outside, ComputeShares.Most));
    }

    // Rented compute counts once: what both have said moves to the tenant, as far as the lessor has it. Rentals in the order of names.
    private static ImmutableSortedDictionary<PartyId, double> Rented(World world, ImmutableSortedDictionary<PartyId, double> counted)
    {
        foreach (var ((lessor, tenant), rental) in world.Rentals)
        {
            var moved = Math.Min(rental.Agreed, counted.GetValueOrDefault(lessor));
            if (moved > 0 && world.Parties[tenant].Accredited is not null)
            {
                counted = counted.SetItem(lessor, counted[lessor] - moved).SetItem(tenant, counted.GetValueOrDefault(tenant) + moved);
            }
        }

        return counted;
    }

    // What was handed over counts less here until the facility is counted again, which shows what is left.
    internal static double Handed(World world, Facility facility) => Math.Min(
        facility.FlopPerSecond,
        world.HandOvers
            .Where(h => h.Party == facility.Party && h.Body.Facility == facility.Description.Facility && facility.Counted?.Entry.CompareTo(h.At.Entry) < 0)
            .Sum(h => h.Body.FlopPerSecond ?? 0));

    // A merged party's inventory is its successor's; after a split the parts count their own.
    private static PartyId? HolderOf(World world, PartyId party) =>
        !world.Successions.TryGetValue(party, out var succession) || !succession.IsComplete ? party
        : succession.Body.Kind == SuccessionKind.Merger ? HolderOf(world, succession.Body.Successors[0])
        : null;
}
