using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>Some parties, how far each slows, and what is known of them: that of which a condition is asked.</summary>
/// <remarks>INVARIANT (monotone): nothing that a gathering answers falls when a party is added, slows more or is verified better.</remarks>
/// <param name="Degrees">How far each party slows, in per cent from 1 to 100; who is not in it does not slow.</param>
/// <param name="Facts">What is known of the parties.</param>
public sealed record Gathering(IReadOnlyDictionary<PartyId, int> Degrees, PartyFacts Facts)
{
    /// <summary>Whether a party itself counts under a standard: it slows far enough, is verified well enough, and is not on probation.</summary>
    public bool Counts(PartyId party, Standard standard) =>
        (IsNested(party) || Degrees.GetValueOrDefault(party) >= standard.SlowedBy)
        && !Facts.OnProbation.Contains(party)
        && IsVerified(party, standard);

    /// <summary>Whether a name in a list is met: by the party, or by all who came in its place.</summary>
    public bool Meets(PartyId name, Standard standard) => Facts.PresentOf(name).All(p => Counts(p, standard));

    /// <summary>Whether a pact in a list is met: it counts as a party while one of its bound members reaches the standard.</summary>
    public bool Meets(PactId pact, Standard standard) =>
        Facts.Nested.TryGetValue(pact, out ImmutableSortedSet<PartyId>? members) && members.Any(m => Counts(m, standard));

    /// <summary>How many of a list are met; names that one party stands for now are one.</summary>
    public int CountOf(Listed of, Standard standard) =>
        of.Parties.Where(p => Meets(p, standard)).Select(p => string.Join(' ', Facts.PresentOf(p))).Distinct(StringComparer.Ordinal).Count()
        + of.Pacts.Count(p => Meets(p, standard));

    /// <summary>Every party that counts under a standard, members of nested pacts included, each once, in the order of names.</summary>
    public ImmutableSortedSet<PartyId> Counting(Standard standard) =>
        [.. Degrees.Keys.Concat(Facts.Nested.Values.SelectMany(m => m)).Where(p => Counts(p, standard))];

    /// <summary>How many jurisdictions the counting parties are under. A party without one on record adds none.</summary>
    public int JurisdictionsOf(Standard standard) =>
        Counting(standard).Select(p => Facts.Jurisdictions.GetValueOrDefault(p)).OfType<string>().Distinct(StringComparer.Ordinal).Count();

    /// <summary>The counting parties' share of compute, in [0, 1]; null where it is a share of world compute and no estimate is on record.</summary>
    public double? ShareOf(Condition.Compute clause)
    {
        double accounted = Facts.Shares.Total + Facts.OutsideFlopPerSecond;
        double? whole = clause.Basis == ComputeBasis.Accounted
            ? accounted
            : Facts.WorldAt(clause.Confidence) is { } world ? Math.Max(world, accounted) : null;
        return whole is { } all ? Facts.Shares.ShareOf(Counting(clause.Standard), all) : null;
    }

    private bool IsNested(PartyId party) => Facts.Nested.Values.Any(m => m.Contains(party));

    private bool IsVerified(PartyId party, Standard standard) =>
        standard.Assurance == 0 || Facts.Assurance.GetValueOrDefault(party) >= standard.Assurance;
}
