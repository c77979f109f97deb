using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>A list in a condition: parties, and pacts that count as parties.</summary>
/// <param name="Parties">The parties.</param>
/// <param name="Pacts">The pacts.</param>
public sealed record Listed(ImmutableSortedSet<PartyId> Parties, ImmutableSortedSet<PactId> Pacts)
{
    /// <summary>How many names it has.</summary>
    public int Count => Parties.Count + Pacts.Count;

    /// <inheritdoc/>
    public bool Equals(Listed? other) => other is not null && Parties.SetEquals(other.Parties) && Pacts.SetEquals(other.Pacts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parties.Count, Pacts.Count);

    /// <summary>The names, parties first, in their order: `a, b, pact c`.</summary>
    public override string ToString() => string.Join(", ", [.. Parties.Select(p => p.Value), .. Pacts.Select(p => $"pact {p.Value}")]);
}
