using System.Collections.Immutable;

namespace Standstill.Measurement.Fleet;

/// <summary>What one owner has of one maker.</summary>
/// <param name="Owner">The owner, as the table names it.</param>
/// <param name="Maker">The maker.</param>
/// <param name="To">Up to which day the count goes.</param>
/// <param name="Units">How many accelerators.</param>
/// <param name="PublishedH100">In published H100-equivalents (dense 8-bit operations).</param>
/// <param name="Incomplete">Whether its last quarter is not all there.</param>
public sealed record OwnerHolding(
    string Owner, string Maker, DateOnly To, FleetPercentiles Units, FleetPercentiles PublishedH100, bool Incomplete);

/// <summary>Accelerators by owner.</summary>
/// <remarks>The tables count by who bought, not by who uses: what a cloud rents out counts as the cloud's. `China` and `Other` are no
/// parties, and a maker's own use (TPU at Google, Trainium at Amazon) is in the tables of what was made only.</remarks>
public static class FleetOwners
{
    /// <summary>The last count up to a day of each owner and maker, in the order of owners, then makers.</summary>
    /// <param name="rows">Tables of owners' totals.</param>
    /// <param name="asOf">The day.</param>
    public static ImmutableArray<OwnerHolding> On(ImmutableArray<FleetRow> rows, DateOnly asOf) =>
    [
        .. rows
            .Where(row => row.Owner.Length > 0 && row.Chip.Length == 0 && row.To <= asOf)
            .GroupBy(row => (row.Owner, row.Maker))
            .OrderBy(group => group.Key.Owner, StringComparer.Ordinal).ThenBy(group => group.Key.Maker, StringComparer.Ordinal)
            .Select(group => group.MaxBy(row => row.To)!)
            .Select(row => new OwnerHolding(row.Owner, row.Maker, row.To, row.Units, row.PublishedH100, row.Incomplete)),
    ];
}
