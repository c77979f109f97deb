using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Standstill.Ledger;
using Standstill.Protocol;
using Standstill.Protocol.Balances;
using Standstill.Protocol.Pacts;

namespace Standstill.Node.Pages;

/// <summary>What one request shows: one published snapshot, as of one time, so that all parts of a page agree.</summary>
public sealed class View(Sequencer sequencer, TimeProvider clock)
{
    private static readonly ConditionalWeakTable<World, string> Digests = [];

    private World? world;
    private ImmutableArray<Finding>? findings;

    /// <summary>What is published.</summary>
    public Snapshot Snapshot { get; } = sequencer.Current;

    /// <summary>The world as of the time of the request.</summary>
    public World World => world ??= Snapshot.AsOf(clock.GetUtcNow());

    /// <summary>The published checkpoint.</summary>
    public Checkpoint Head => Snapshot.Head.Checkpoint;

    /// <summary>What holds as of the time of the request.</summary>
    public ImmutableArray<Finding> Findings => findings ??= Protocol.Findings.Of(World);

    /// <summary>The digest of the world after the last entry; the same as the audit's and the API's.</summary>
    public string Digest => Digests.GetValue(Snapshot.World, w => WorldDocument.DigestOf(w).Hex);

    /// <summary>A pact by its name in a path.</summary>
    public Pact? Pact(string id) => Slug.IsGood(id) && World.Pacts.TryGetValue(new PactId(id), out var pact) ? pact : null;

    /// <summary>A party by its name in a path.</summary>
    public Party? Party(string id) => Slug.IsGood(id) && World.Parties.TryGetValue(new PartyId(id), out var party) ? party : null;

    /// <summary>A balance area by its names in a path.</summary>
    public BalanceArea? Area(string party, string facility, string area) =>
        Slug.IsGood(party) && Slug.IsGood(facility) && Slug.IsGood(area)
            ? World.Areas.GetValueOrDefault(new AreaKey(new PartyId(party), new FacilityId(facility), new AreaId(area)))
            : null;
}
