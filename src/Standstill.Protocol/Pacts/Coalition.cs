using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts;

/// <summary>The largest set of committed parties in which every member's condition holds given the others.</summary>
/// <remarks>
/// <para>The greatest fixed point of S ↦ {p ∈ S : the condition of p holds in S}. Conditions are monotone, so it exists,
/// is unique, does not depend on the order of commitments, and is reached from all candidates by striking out whoever's
/// condition fails (Knaster and Tarski; Tarski 1955, theorem 1).</para>
/// <para>A member counts itself, in lists and in compute.</para>
/// </remarks>
public sealed class Coalition
{
    private readonly ImmutableSortedDictionary<PartyId, Commitment> commitments;

    private Coalition(ImmutableSortedDictionary<PartyId, Commitment> commitments, ComputeShares shares, ImmutableSortedSet<PartyId> members)
    {
        this.commitments = commitments;
        Shares = shares;
        Members = members;
    }

    /// <summary>Who is in. Empty when nobody's condition can be met.</summary>
    public ImmutableSortedSet<PartyId> Members { get; }

    /// <summary>The compute that it was solved with.</summary>
    public ComputeShares Shares { get; }

    /// <summary>Whose commitments were considered.</summary>
    public IEnumerable<Commitment> Candidates => commitments.Values;

    /// <summary>Solves for the largest coalition.</summary>
    /// <exception cref="ArgumentException">A party has two commitments.</exception>
    public static Coalition Largest(IEnumerable<Commitment> candidates, ComputeShares shares)
    {
        ImmutableSortedDictionary<PartyId, Commitment> byParty = candidates.ToImmutableSortedDictionary(c => c.Party, c => c);
        return new Coalition(byParty, shares, [.. Solve(byParty.Values, shares)]);
    }

    /// <summary>The commitment of a candidate.</summary>
    /// <exception cref="KeyNotFoundException">The party is not one.</exception>
    public Commitment CommitmentOf(PartyId party) => commitments[party];

    /// <summary>The coalition after one member has left and everyone else has stayed committed.</summary>
    public Departure IfLeaves(PartyId leaver)
    {
        HashSet<PartyId> staying = Solve(Members.Where(m => m != leaver).Select(CommitmentOf), Shares);
        return new Departure(
            leaver,
            [.. Members.Where(m => m != leaver && !staying.Contains(m))],
            [.. staying.Order()]);
    }

    /// <summary>The coalition when further parties sign without any condition.</summary>
    /// <exception cref="ArgumentException">One of them is a candidate.</exception>
    public ImmutableSortedSet<PartyId> IfSign(IEnumerable<PartyId> signers) =>
        [.. Solve(Candidates.Concat(signers.Select(Unconditional)), Shares)];

    /// <summary>The greatest fixed point. Each round strikes out all whose condition fails, and the next round asks again
    /// only those who named one of them or count compute.</summary>
    internal static HashSet<PartyId> Solve(IEnumerable<Commitment> candidates, ComputeShares shares)
    {
        Dictionary<PartyId, Commitment> standing = candidates.ToDictionary(c => c.Party);
        List<PartyId> counting = [.. standing.Values.Where(c => CountsCompute(c.Condition)).Select(c => c.Party)];
        Dictionary<PartyId, List<PartyId>>? namedBy = null;
        HashSet<PartyId> members = [.. standing.Keys];
        IEnumerable<PartyId> asked = members;
        while (true)
        {
            double share = counting.Count == 0 ? 0 : shares.ShareOf(members);
            List<PartyId> struck = [.. asked.Where(p => !ConditionEvaluator.Holds(standing[p].Condition, members, share))];
            if (struck.Count == 0)
            {
                return members;
            }

            namedBy ??= NamersIn(standing);
            members.ExceptWith(struck);
            HashSet<PartyId> affected = [.. counting];
            foreach (PartyId gone in struck)
            {
                affected.UnionWith(namedBy.GetValueOrDefault(gone) ?? []);
            }

            affected.IntersectWith(members);
            asked = affected;
        }
    }

    // Whose conditions name a party, among those who stand.
    private static Dictionary<PartyId, List<PartyId>> NamersIn(Dictionary<PartyId, Commitment> standing)
    {
        Dictionary<PartyId, List<PartyId>> namedBy = [];
        foreach (Commitment commitment in standing.Values)
        {
            foreach (PartyId named in commitment.Condition.Parties.Where(standing.ContainsKey))
            {
                (namedBy.TryGetValue(named, out List<PartyId>? namers) ? namers : namedBy[named] = []).Add(commitment.Party);
            }
        }

        return namedBy;
    }

    internal static bool CountsCompute(Condition condition) => condition switch
    {
        Condition.Compute => true,
        Condition.And and => and.Terms.Any(CountsCompute),
        Condition.Or or => or.Terms.Any(CountsCompute),
        _ => false,
    };

    private static Commitment Unconditional(PartyId party) => new(party, new Condition.Always(), default);
}

/// <summary>Snap-back seen beforehand: what follows if one member leaves alone.</summary>
/// <param name="Leaver">Who leaves.</param>
/// <param name="Free">The members who would be free as well, in the order of names.</param>
/// <param name="Staying">The members who would stay bound, in the order of names.</param>
public sealed record Departure(PartyId Leaver, ImmutableArray<PartyId> Free, ImmutableArray<PartyId> Staying)
{
    /// <summary>Whether anybody else would be free.</summary>
    public bool IsPivotal => !Free.IsEmpty;
}
