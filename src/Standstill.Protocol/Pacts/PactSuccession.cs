using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol.Pacts;

/// <content>Parties that merge or split.</content>
public sealed partial record Pact
{
    /// <summary>A party has merged into another or split into several: its commitment and standing pass to each of them that has no
    /// standing commitment of its own or, in a pact of version 2, one that binds it less, and what is alleged against it to all of them that are bound.</summary>
    /// <remarks>To be bound binds more than to be ready, that more than to be pledged, and that more than to wait: nobody leaves without
    /// notice by being absorbed by a party that waits under a condition which nobody will meet. What is bound passes as it is, so that who
    /// relies on it still can; else the successor's own probation comes with it. A suspicion of its own the successor keeps.
    /// The names and the compute of the parties change with it, which only the world can show: the pact is settled by the
    /// <see cref="Observe"/> that follows at the same moment, not here, since to judge the successors by the old accounts would free
    /// others without cause.</remarks>
    /// <param name="old">Who has merged or split.</param>
    /// <param name="successors">Who is there in its place; may hold <paramref name="old"/>, of which a part was split off then.</param>
    /// <param name="at">When.</param>
    /// <exception cref="ArgumentException">There are no successors.</exception>
    public Pact Succeed(PartyId old, ImmutableSortedSet<PartyId> successors, Moment at)
    {
        if (successors.IsEmpty)
        {
            throw new ArgumentException($"somebody comes in the place of `{old}`", nameof(successors));
        }

        Pact pact = Before(at);
        return pact.Stage is PactStage.Released || !pact.Members.TryGetValue(old, out Member? member) ? pact : pact.Passing(member, successors, at);
    }

    private Pact Passing(Member member, ImmutableSortedSet<PartyId> successors, Moment at)
    {
        PartyId old = member.Commitment.Party;
        bool passes = member.IsCandidate || IsTainted(old);
        if (!passes)
        {
            return this;
        }

        ImmutableArray<PartyId> heirs = [.. successors.Where(s => s != old && TakesOver(s, member))];
        Pact pact = heirs.Aggregate(
            Noting(at, new PactChange.Succeeded(old, [.. successors]) { Taking = heirs }),
            (next, heir) => next.TakingOver(heir, member, at));

        ImmutableArray<AllegationId> pending = [.. Allegations.Values.Where(a => a.IsPending && a.Answering.Contains(old)).Select(a => a.Id)];
        foreach (AllegationId id in pending)
        {
            ImmutableSortedSet<PartyId> answering = pact.Allegations[id].Answering.Union(successors.Where(pact.IsBound));
            pact = pact.With(pact.Allegations[id] with { Answering = answering });
        }

        if (!successors.Contains(old))
        {
            pact = pact.Unbinding(member, new Standing.Succeeded(at, successors), at);
            pact = pact.With(pact.Members[old] with { ProbationUntil = null });
        }

        return successors.Where(pact.IsBound).Aggregate(pact, (next, p) => next.WithCure(p));
    }

    // A breach of the successor's own is not forgotten for the record of a party that has no standing commitment.
    private bool TakesOver(PartyId heir, Member old) =>
        !Members.TryGetValue(heir, out Member? own)
        || (Terms.Life is null ? !own.IsCandidate
            : old.IsCandidate ? Binds(old) > Binds(own)
            : !own.IsCandidate && !IsTainted(heir));

    private static int Binds(Member member) => member switch
    {
        { IsBound: true } => 4,
        { Standing: Standing.Ready } => 3,
        { IsPledged: true } => 2,
        { IsCandidate: true } => 1,
        _ => 0,
    };

    private Pact TakingOver(PartyId heir, Member old, Moment at)
    {
        PartyId name = old.Commitment.Party;
        Member? own = Members.GetValueOrDefault(heir);
        Member taken = old with { Commitment = new Commitment(heir, old.Commitment.Steps, old.Commitment.Entry) };
        if (own?.SuspectedUntil is { } suspected)
        {
            taken = taken with
            {
                SuspectedUntil = taken.SuspectedUntil < suspected ? taken.SuspectedUntil : suspected,
                Owing = taken.Owing.Union(own.Owing),
            };
        }

        // A party that was in breach itself does not come back untried by taking over one that is not bound: it is on probation as it
        // would be by a commitment of its own.
        Pact pact = With(taken);
        pact = IsTainted(heir) && old.IsCandidate && !old.IsBound ? pact.OnProbation(heir, at) : pact;
        return pact with
        {
            ReleaseAgreed = ReleaseAgreed.Contains(name) ? pact.ReleaseAgreed.Add(heir) : pact.ReleaseAgreed,
            Extensions = Extensions.TryGetValue(name, out int days) ? pact.Extensions.SetItem(heir, days) : pact.Extensions,
        };
    }
}
