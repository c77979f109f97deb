using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts;

/// <summary>Whether a condition holds of a set of members, and through whom.</summary>
internal static class ConditionEvaluator
{
    /// <param name="condition">What is asked.</param>
    /// <param name="members">The members, the party itself included.</param>
    /// <param name="share">The members' share of accounted compute, in [0, 1].</param>
    public static bool Holds(Condition condition, IReadOnlySet<PartyId> members, double share) => condition switch
    {
        Condition.Always => true,
        Condition.Everyone everyone => everyone.Parties.All(members.Contains),
        Condition.AtLeast atLeast => atLeast.Parties.Count(members.Contains) >= atLeast.Count,
        Condition.Compute compute => compute.IsReachedBy(share),
        Condition.And and => and.Terms.All(t => Holds(t, members, share)),
        Condition.Or or => or.Terms.Any(t => Holds(t, members, share)),
        _ => throw new InvalidOperationException("a condition without a meaning"),
    };

    /// <summary>The clauses that settle the answer: those that hold where the condition holds, those that fail where it fails.</summary>
    public static ImmutableArray<ClauseFinding> Decisive(Condition condition, IReadOnlySet<PartyId> members, double share)
    {
        bool holds = Holds(condition, members, share);
        return condition switch
        {
            Condition.And and => Among(and.Terms),
            Condition.Or or => Among(or.Terms),
            Condition.Compute => [new ClauseFinding.OfCompute(condition, holds, share)],
            _ => [new ClauseFinding.OfParties(
                condition,
                holds,
                [.. condition.Parties.Where(members.Contains)],
                [.. condition.Parties.Where(p => !members.Contains(p))])],
        };

        ImmutableArray<ClauseFinding> Among(ImmutableArray<Condition> terms) =>
            [.. terms.Where(t => Holds(t, members, share) == holds).SelectMany(t => Decisive(t, members, share))];
    }
}

/// <summary>What became of one clause of a condition, given a set of members.</summary>
/// <param name="Clause">The clause: one without `and` and `or`.</param>
/// <param name="Holds">Whether it holds.</param>
public abstract record ClauseFinding(Condition Clause, bool Holds)
{
    /// <summary>A clause that names parties, or `always`, which names none.</summary>
    /// <param name="Clause">The clause.</param>
    /// <param name="Holds">Whether it holds.</param>
    /// <param name="Present">The named parties that are members: thanks to whom it holds.</param>
    /// <param name="Missing">The named parties that are not.</param>
    public sealed record OfParties(Condition Clause, bool Holds, ImmutableArray<PartyId> Present, ImmutableArray<PartyId> Missing)
        : ClauseFinding(Clause, Holds);

    /// <summary>A clause on accounted compute.</summary>
    /// <param name="Clause">The clause.</param>
    /// <param name="Holds">Whether it holds.</param>
    /// <param name="Share">The members' share, in [0, 1].</param>
    public sealed record OfCompute(Condition Clause, bool Holds, double Share) : ClauseFinding(Clause, Holds);
}
