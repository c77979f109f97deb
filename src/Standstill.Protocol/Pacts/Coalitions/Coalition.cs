using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>The largest set of committed parties in which every member's condition holds given the others, each slowing as far as it
/// then does.</summary>
/// <remarks>
/// <para>The greatest fixed point of the map that sends the degrees of all to the highest step of each whose condition holds of
/// them. Conditions are monotone, so it exists, is unique, does not depend on the order of commitments, and is reached from
/// the highest steps of all by lowering whoever's condition fails (Tarski 1955, theorem 1; Heitzig 2025).</para>
/// <para>A member counts itself, in lists and in compute. Who is bound already is judged by what staying asks.</para>
/// </remarks>
public sealed class Coalition
{
    private readonly ImmutableSortedDictionary<PartyId, Commitment> commitments;
    private readonly ImmutableSortedDictionary<PartyId, int> degrees;
    private readonly ImmutableSortedDictionary<PartyId, int> incumbents;

    private Coalition(
        ImmutableSortedDictionary<PartyId, Commitment> commitments,
        PartyFacts facts,
        ImmutableSortedDictionary<PartyId, int> incumbents,
        ImmutableSortedDictionary<PartyId, int> degrees)
    {
        this.commitments = commitments;
        this.incumbents = incumbents;
        this.degrees = degrees;
        Facts = facts;
        Members = [.. degrees.Keys];
    }

    /// <summary>Who is in. Empty when nobody's condition can be met.</summary>
    public ImmutableSortedSet<PartyId> Members { get; }

    /// <summary>How far each member slows, in per cent from 1 to 100.</summary>
    public ImmutableSortedDictionary<PartyId, int> Degrees => degrees;

    /// <summary>What it was solved with.</summary>
    public PartyFacts Facts { get; }

    /// <summary>Whose commitments were considered.</summary>
    public IEnumerable<Commitment> Candidates => commitments.Values;

    /// <summary>The members, as conditions see them.</summary>
    public Gathering Gathering => new(degrees, Facts);

    /// <summary>Solves for the largest coalition of commitments to stop, from accounted compute alone.</summary>
    /// <exception cref="ArgumentException">A party has two commitments.</exception>
    public static Coalition Largest(IEnumerable<Commitment> candidates, ComputeShares shares) =>
        Largest(candidates, PartyFacts.Of(shares), ImmutableSortedDictionary<PartyId, int>.Empty);

    /// <summary>Solves for the largest coalition.</summary>
    /// <param name="candidates">The commitments that stand, one a party.</param>
    /// <param name="facts">What is known of the parties.</param>
    /// <param name="incumbents">Who is bound already and how far each slows: up to that degree it is judged by what staying asks.</param>
    /// <exception cref="ArgumentException">A party has two commitments.</exception>
    public static Coalition Largest(IEnumerable<Commitment> candidates, PartyFacts facts, ImmutableSortedDictionary<PartyId, int> incumbents)
    {
        ImmutableSortedDictionary<PartyId, Commitment> byParty = candidates.ToImmutableSortedDictionary(c => c.Party, c => c);
        return new Coalition(byParty, facts, incumbents, Solve([.. byParty.Values], facts, incumbents));
    }

    /// <summary>The commitment of a candidate.</summary>
    /// <exception cref="KeyNotFoundException">The party is not one.</exception>
    public Commitment CommitmentOf(PartyId party) => commitments[party];

    /// <summary>How far a party slows, in per cent; 0 where it is not in.</summary>
    public int DegreeOf(PartyId party) => degrees.GetValueOrDefault(party);

    /// <summary>Whether a candidate's step up to a degree is judged by what staying asks.</summary>
    public bool IsStaying(PartyId party, int degree) => incumbents.GetValueOrDefault(party) >= degree;

    /// <summary>The coalition after one member has left and everyone else has stayed committed.</summary>
    public Departure IfLeaves(PartyId leaver)
    {
        var staying = Solve([.. Members.Where(m => m != leaver).Select(CommitmentOf)], Facts, degrees);
        return new Departure(
            leaver,
            [.. Members.Where(m => m != leaver && !staying.ContainsKey(m))],
            [.. staying.Keys]);
    }

    /// <summary>The coalition when further parties stop without any condition.</summary>
    /// <exception cref="ArgumentException">One of them is a candidate.</exception>
    public Coalition IfSign(IEnumerable<PartyId> signers) =>
        Largest(Candidates.Concat(signers.Select(Unconditional)), Facts, incumbents);

    /// <summary>The coalition of some of the candidates alone.</summary>
    /// <exception cref="KeyNotFoundException">One of them is no candidate.</exception>
    public Coalition Among(IEnumerable<PartyId> some) => Largest(some.Select(CommitmentOf), Facts, incumbents);

    /// <summary>The coalition of the same commitments, were other things known of the parties.</summary>
    public Coalition IfKnown(PartyFacts facts) => Largest(Candidates, facts, incumbents);

    /// <summary>A solver of the same commitments and facts, to be changed step by step.</summary>
    public CoalitionSolver ToSolver() => new(Candidates, Facts, incumbents);

    internal static bool CountsCompute(Condition condition) => condition switch
    {
        Condition.Compute => true,
        Condition.And and => and.Terms.Any(CountsCompute),
        Condition.Or or => or.Terms.Any(CountsCompute),
        _ => false,
    };

    internal static bool CountsAnyone(Condition condition) => condition switch
    {
        Condition.Number or Condition.Jurisdictions => true,
        Condition.And and => and.Terms.Any(CountsAnyone),
        Condition.Or or => or.Terms.Any(CountsAnyone),
        _ => false,
    };

    private static ImmutableSortedDictionary<PartyId, int> Solve(
        ImmutableArray<Commitment> candidates, PartyFacts facts, ImmutableSortedDictionary<PartyId, int> incumbents) =>
        new CoalitionSolver(candidates, facts, incumbents).Degrees;

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
