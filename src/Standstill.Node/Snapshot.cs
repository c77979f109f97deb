using System.Collections.Immutable;
using Standstill.Ledger;
using Standstill.Protocol;

namespace Standstill.Node;

/// <summary>One consistent view of what is published: readers take it once and need no lock.</summary>
/// <param name="World">The world after the last published entry.</param>
/// <param name="Head">The published checkpoint; its size is the world's.</param>
/// <param name="Voids">Why entries are void, by index; entries that are not there are effective.</param>
public sealed record Snapshot(World World, SignedCheckpoint Head, ImmutableSortedDictionary<long, Outcome.Void> Voids)
{
    /// <summary>The world as of a time, or of its last entry when that is later.</summary>
    public World AsOf(DateTimeOffset time) => World.AsOf(time > World.Now ? time : World.Now);

    /// <summary>What the fold made of an entry.</summary>
    public Outcome OutcomeOf(long index) => Voids.TryGetValue(index, out var why) ? why : new Outcome.Effective();
}
