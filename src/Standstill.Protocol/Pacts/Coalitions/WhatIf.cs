using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>What would follow if some things were otherwise: other signatures, compute, verification or world compute. A thought
/// alone: nothing of it is on record.</summary>
/// <param name="Suppositions">What is supposed, in the order of <see cref="WhatIfText"/>; no party twice in one kind.</param>
public sealed record WhatIf(ImmutableArray<Supposition> Suppositions)
{
    /// <summary>The most suppositions at once.</summary>
    public const int Most = 64;

    /// <summary>The most committed parties for which everything is told; of larger pacts only the coalition is.</summary>
    public const int MostExplained = 200;

    /// <summary>Nothing is otherwise.</summary>
    public static WhatIf Nothing { get; } = new(ImmutableArray<Supposition>.Empty);

    /// <summary>Answers for a pact as it stands.</summary>
    /// <param name="pact">The pact.</param>
    /// <param name="registered">The parties of the registry: a name that is neither among them nor in a condition is a slip.</param>
    /// <param name="eligible">Whose further signatures could count, those who have committed or not.</param>
    /// <param name="sets">How many sets of further signatures all searches together try at most.</param>
    /// <returns>The answer, or a fault for each supposition that means nothing here.</returns>
    public Parsed<WhatIfAnswer> On(Pact pact, IReadOnlySet<PartyId> registered, IEnumerable<PartyId> eligible, int sets = 500) =>
        On(pact.Solve(), registered, eligible, sets);

    /// <summary>Answers for a coalition as it stands.</summary>
    /// <param name="before">The coalition.</param>
    /// <param name="registered">The parties of the registry: a name that is neither among them nor in a condition is a slip.</param>
    /// <param name="eligible">Whose further signatures could count, those who have committed or not.</param>
    /// <param name="sets">How many sets of further signatures all searches together try at most.</param>
    /// <returns>The answer, or a fault for each supposition that means nothing here.</returns>
    public Parsed<WhatIfAnswer> On(Coalition before, IReadOnlySet<PartyId> registered, IEnumerable<PartyId> eligible, int sets = 500)
    {
        ImmutableArray<Fault> faults = [.. Suppositions.SelectMany(s => Fault(s, before, registered))];
        return faults.IsEmpty ? Parsed<WhatIfAnswer>.Good(Answer(before, eligible, sets)) : Parsed<WhatIfAnswer>.Bad(faults);
    }

    /// <summary>The commitments that would stand.</summary>
    public ImmutableArray<Commitment> Commitments(IEnumerable<Commitment> standing)
    {
        SortedDictionary<PartyId, Commitment> commitments = new(standing.ToDictionary(c => c.Party));
        foreach (Supposition supposition in Suppositions)
        {
            switch (supposition)
            {
                case Supposition.Out gone:
                    commitments.Remove(gone.Party);
                    break;
                case Supposition.In signed:
                    commitments[signed.Party] = new Commitment(signed.Party, signed.Steps, default);
                    break;
                default:
                    break;
            }
        }

        return [.. commitments.Values];
    }

    /// <summary>What would be known of the parties.</summary>
    public PartyFacts Facts(PartyFacts known) => Suppositions.Aggregate(known, (facts, supposition) => supposition switch
    {
        Supposition.Compute compute => facts with { Shares = facts.Shares.With(compute.Party, compute.FlopPerSecond) },
        Supposition.Assurance { Percent: 0 } none => facts with { Assurance = facts.Assurance.Remove(none.Party) },
        Supposition.Assurance assurance => facts with { Assurance = facts.Assurance.SetItem(assurance.Party, assurance.Percent) },
        Supposition.World world => facts with { World = PartyFacts.None.World.SetItem("supposed", world.Estimate) },
        _ => facts,
    });

    private WhatIfAnswer Answer(Coalition before, IEnumerable<PartyId> eligible, int sets)
    {
        Coalition after = Coalition.Largest(Commitments(before.Candidates), Facts(before.Facts), Incumbents(before));
        ImmutableArray<Commitment> candidates = [.. after.Candidates];
        if (candidates.Length > MostExplained)
        {
            return new WhatIfAnswer(this, before, after, Detail: null);
        }

        ImmutableArray<PartyId> uncommitted = [.. eligible.Except(candidates.Select(c => c.Party)).Order()];
        ImmutableArray<PartyId> waiting = [.. candidates.Select(c => c.Party).Where(p => !after.Members.Contains(p))];
        int each = Math.Max(1, sets / (1 + waiting.Length));
        return new WhatIfAnswer(this, before, after, new WhatIfDetail(
            CoalitionExplanation.Of(after),
            Cascade.Of(after),
            SignatureSearch.ToSetInMotion(after, uncommitted, each),
            waiting.ToImmutableSortedDictionary(p => p, p => SignatureSearch.ToBringIn(after, uncommitted, p, each))));
    }

    // Who is bound stays judged by what staying asks, also under another commitment.
    private static ImmutableSortedDictionary<PartyId, int> Incumbents(Coalition before) => before.Candidates
        .Select(c => KeyValuePair.Create(c.Party, Enumerable.Range(1, 100).LastOrDefault(d => before.IsStaying(c.Party, d))))
        .Where(p => p.Value > 0)
        .ToImmutableSortedDictionary();

    private static IEnumerable<Fault> Fault(Supposition supposition, Coalition before, IReadOnlySet<PartyId> registered)
    {
        PartyId? named = supposition switch
        {
            Supposition.Out s => s.Party,
            Supposition.In s => s.Party,
            Supposition.Compute s => s.Party,
            Supposition.Assurance s => s.Party,
            _ => null,
        };
        bool isCandidate = named is { } p && before.Candidates.Any(c => c.Party == p);
        if (supposition is Supposition.Out && !isCandidate)
        {
            yield return new Fault(WhatIfText.Name(supposition), $"`{named}` has no commitment that stands", "name a committed party, or leave it away");
        }
        else if (named is { } party && !isCandidate && !registered.Contains(party) && !before.Candidates.Any(c => c.Steps.Any(s => s.Condition.Parties.Contains(party))))
        {
            yield return new Fault(WhatIfText.Name(supposition), $"there is no party `{party}` in this registry, and no condition names it", "name a party of the registry");
        }
    }
}

/// <summary>What would follow.</summary>
/// <param name="WhatIf">What is supposed.</param>
/// <param name="Before">The coalition as it stands.</param>
/// <param name="After">The coalition that there would be.</param>
/// <param name="Detail">Why, and what else; null where the pact has more than <see cref="WhatIf.MostExplained"/> committed parties.</param>
public sealed record WhatIfAnswer(WhatIf WhatIf, Coalition Before, Coalition After, WhatIfDetail? Detail)
{
    /// <summary>Who would be in that is not, in the order of names.</summary>
    public ImmutableArray<PartyId> Joining => [.. After.Members.Except(Before.Members)];

    /// <summary>Who is in that would not be, in the order of names.</summary>
    public ImmutableArray<PartyId> Leaving => [.. Before.Members.Except(After.Members)];
}

/// <summary>Why a coalition would be as it would be, and what would change it further.</summary>
/// <param name="Explanation">Why each is in or out, and what follows if one leaves.</param>
/// <param name="Cascade">Who is struck out first, and who after because of it.</param>
/// <param name="ToSetInMotion">The smallest set of further signatures with which anybody would be bound.</param>
/// <param name="ToBringIn">For each party that would wait, the smallest set that would bring it in.</param>
public sealed record WhatIfDetail(
    CoalitionExplanation Explanation,
    Cascade Cascade,
    SignatureSearch ToSetInMotion,
    ImmutableSortedDictionary<PartyId, SignatureSearch> ToBringIn);
