using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts;

/// <summary>Why each committed party is in the coalition or out of it, and on whom it rests.</summary>
/// <param name="Parties">One explanation a candidate.</param>
/// <param name="Departures">For each member, what would follow if it alone left.</param>
public sealed record CoalitionExplanation(
    ImmutableSortedDictionary<PartyId, PartyExplanation> Parties,
    ImmutableArray<Departure> Departures)
{
    /// <summary>The departures that would free somebody else.</summary>
    public IEnumerable<Departure> Pivotal => Departures.Where(d => d.IsPivotal);

    /// <summary>Explains a coalition.</summary>
    public static CoalitionExplanation Of(Coalition coalition) => new(
        coalition.Candidates.ToImmutableSortedDictionary(c => c.Party, c => PartyExplanation.Of(coalition, c.Party)),
        [.. coalition.Members.Select(coalition.IfLeaves)]);
}

/// <summary>Why one committed party is in the coalition or out of it.</summary>
/// <param name="Party">The party.</param>
/// <param name="IsIn">Whether it is a member.</param>
/// <param name="Condition">Its condition.</param>
/// <param name="Decisive">For a member, the clauses that hold and thanks to whom; for another, those that fail and who is missing.</param>
/// <param name="WaitingFor">The named parties that are missing from failing clauses, in the order of names; empty for a member,
/// and for a party that only waits for a share of compute.</param>
public sealed record PartyExplanation(
    PartyId Party,
    bool IsIn,
    Condition Condition,
    ImmutableArray<ClauseFinding> Decisive,
    ImmutableArray<PartyId> WaitingFor)
{
    /// <summary>Explains the place of one candidate. A party that is out is judged as though it stood with the members.</summary>
    /// <exception cref="KeyNotFoundException">The party is not a candidate.</exception>
    public static PartyExplanation Of(Coalition coalition, PartyId party)
    {
        Condition condition = coalition.CommitmentOf(party).Condition;
        ImmutableSortedSet<PartyId> beside = coalition.Members.Add(party);
        ImmutableArray<ClauseFinding> decisive =
            ConditionEvaluator.Decisive(condition, beside, coalition.Shares.ShareOf(beside));
        bool isIn = coalition.Members.Contains(party);
        ImmutableArray<PartyId> missing = isIn
            ? []
            : [.. decisive.OfType<ClauseFinding.OfParties>().SelectMany(f => f.Missing).Distinct().Order()];
        return new PartyExplanation(party, isIn, condition, decisive, missing);
    }
}
