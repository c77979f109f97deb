using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Pacts.Coalitions;

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
/// <param name="Condition">For a member, the condition of the step that it is at; for another, that of its lowest step.</param>
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
    /// <summary>The degree of the step that was judged, in per cent: for a member, how far it slows.</summary>
    public required int Degree { get; init; }

    /// <summary>For a member that would slow further, what the next step waits for.</summary>
    public NextStep? Next { get; init; }

    /// <summary>Explains the place of one candidate. A party that is out is judged as though it stood with the members, and a member's
    /// next step as though it had taken that.</summary>
    /// <exception cref="KeyNotFoundException">The party is not a candidate.</exception>
    public static PartyExplanation Of(Coalition coalition, PartyId party)
    {
        ImmutableArray<CommitmentStep> steps = coalition.CommitmentOf(party).Steps;
        int reached = coalition.DegreeOf(party);
        CommitmentStep step = steps.FirstOrDefault(s => s.Degree == reached) ?? steps[0];
        CommitmentStep? next = reached == 0 ? null : steps.FirstOrDefault(s => s.Degree > reached);
        ImmutableArray<ClauseFinding> decisive = Judge(coalition, party, step);
        return new PartyExplanation(party, reached > 0, step.Condition, decisive, reached > 0 ? [] : Missing(decisive))
        {
            Degree = step.Degree,
            Next = next is null ? null : Waiting(next, Judge(coalition, party, next)),
        };
    }

    private static NextStep Waiting(CommitmentStep step, ImmutableArray<ClauseFinding> failing) =>
        new(step.Degree, step.Condition, failing, Missing(failing));

    private static ImmutableArray<ClauseFinding> Judge(Coalition coalition, PartyId party, CommitmentStep step) =>
        new ClauseFindings(
            new Gathering(coalition.Degrees.SetItem(party, step.Degree), coalition.Facts),
            coalition.IsStaying(party, step.Degree)).Of(step.Condition);

    private static ImmutableArray<PartyId> Missing(ImmutableArray<ClauseFinding> failing) =>
        [.. failing.OfType<ClauseFinding.OfParties>().SelectMany(f => f.Missing).Distinct().Order()];
}

/// <summary>What a member of a coalition waits for before it slows further.</summary>
/// <param name="Degree">How far it would slow then, in per cent.</param>
/// <param name="Condition">What it asks for that.</param>
/// <param name="Decisive">The clauses that fail.</param>
/// <param name="WaitingFor">The named parties that are missing from them, in the order of names.</param>
public sealed record NextStep(
    int Degree, Condition Condition, ImmutableArray<ClauseFinding> Decisive, ImmutableArray<PartyId> WaitingFor);
