using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>What a pact knows of the parties beside their commitments.</summary>
public sealed record PartyFacts
{
    /// <summary>Nothing.</summary>
    public static PartyFacts None { get; } = new();

    /// <summary>Accounted compute.</summary>
    public ComputeShares Shares { get; init; } = ComputeShares.None;

    /// <summary>Accounted compute that has been handed to outsiders, in FLOP per second: nobody's, and in the denominator.</summary>
    public double OutsideFlopPerSecond { get; init; }

    /// <summary>The latest estimate of world compute of each source.</summary>
    public ImmutableSortedDictionary<string, WorldComputeEstimate> World { get; init; } =
        ImmutableSortedDictionary.Create<string, WorldComputeEstimate>(StringComparer.Ordinal);

    /// <summary>The jurisdiction of each party that has named one.</summary>
    public ImmutableSortedDictionary<PartyId, string> Jurisdictions { get; init; } = ImmutableSortedDictionary<PartyId, string>.Empty;

    /// <summary>The probability of detection on record for each party that counts as verified, in per cent.</summary>
    public ImmutableSortedDictionary<PartyId, int> Assurance { get; init; } = ImmutableSortedDictionary<PartyId, int>.Empty;

    /// <summary>Who counts for nobody yet.</summary>
    public ImmutableSortedSet<PartyId> OnProbation { get; init; } = [];

    /// <summary>For each party that has merged or split, who is there in its place in the end.</summary>
    public ImmutableSortedDictionary<PartyId, ImmutableSortedSet<PartyId>> Successors { get; init; } =
        ImmutableSortedDictionary<PartyId, ImmutableSortedSet<PartyId>>.Empty;

    /// <summary>The bound members of each pact that counts as a party.</summary>
    public ImmutableSortedDictionary<PactId, ImmutableSortedSet<PartyId>> Nested { get; init; } =
        ImmutableSortedDictionary<PactId, ImmutableSortedSet<PartyId>>.Empty;

    /// <summary>Accounted compute alone.</summary>
    public static PartyFacts Of(ComputeShares shares) => None with { Shares = shares };

    /// <summary>Who is there for a name: the party itself or, after a merger or a split, its successors.</summary>
    public ImmutableSortedSet<PartyId> PresentOf(PartyId name) => Successors.GetValueOrDefault(name) ?? [name];

    /// <summary>World compute at a confidence: the upper median of the sources' quantiles, in FLOP per second; null where no estimate
    /// is on record.</summary>
    /// <param name="confidence">In per cent, from 50 to 95.</param>
    public double? WorldAt(int confidence)
    {
        double[] quantiles = [.. World.Values.Select(w => w.Quantile(confidence)).Order()];
        return quantiles.Length == 0 ? null : quantiles[quantiles.Length / 2];
    }
}
