using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol.Pacts;

/// <content>Prepare and commit: from the pledge to the one entry at which all are bound.</content>
/// <remarks>INVARIANT (together): nobody is bound before all pledged members have confirmed one and the same coalition or the time
/// for that has run, and then all who are bound are bound at one instant.</remarks>
public sealed partial record Pact
{
    /// <summary>A pledged member confirms that it is ready to be bound in the coalition that is being prepared.</summary>
    /// <param name="party">Who.</param>
    /// <param name="coalition">The coalition that it means, by <see cref="CoalitionHash"/>.</param>
    /// <param name="at">When.</param>
    public PactOutcome Ready(PartyId party, Digest coalition, Moment at) => Operate(at, pact =>
    {
        if (pact.Stage is not PactStage.Preparing preparing)
        {
            return Refuse(PactRefusal.NotPreparing, "no coalition is being prepared", "confirm between the call and the time at which all are bound");
        }

        if (!pact.Members.TryGetValue(party, out Member? member) || !member.IsPledged)
        {
            return Refuse(PactRefusal.NotPledged, $"`{party}` is not in the coalition that is being prepared", "leave the confirmation to its members");
        }

        if (coalition != preparing.Coalition)
        {
            return Refuse(
                PactRefusal.OtherCoalition,
                $"the coalition that is being prepared is `{preparing.Coalition}`, not `{coalition}`",
                "look at the present one and confirm that");
        }

        return member.Standing is Standing.Ready
            ? Refuse(PactRefusal.AlreadyReady, $"`{party}` has confirmed already", "wait for the other members")
            : Done(pact.With(member with { Standing = new Standing.Ready(at) }).Noting(at, new PactChange.Readied(party)));
    });

    // Before the call: who is pledged follows the largest coalition of all who are committed. Nobody is bound, so all are judged by
    // what activating asks.
    private Pact SettlePledges(Moment at)
    {
        Coalition coalition = Solve();
        Pact pact = FreeingPledged(coalition, at);
        foreach (PartyId party in coalition.Members)
        {
            Member member = pact.Members[party];
            pact = pact.With(member with
            {
                Standing = member.IsPledged ? member.Standing : new Standing.Pledged(at),
                Degree = coalition.DegreeOf(party),
            });
        }

        if (coalition.Members.IsEmpty)
        {
            return pact.FallingApart(at);
        }

        ImmutableArray<PartyId> arriving = [.. coalition.Members.Where(p => !Members[p].IsPledged)];
        pact = Stage is PactStage.Open
            ? (pact with { Stage = new PactStage.Armed(at) { Pledged = true } }).Noting(at, new PactChange.Pledged(arriving))
            : arriving.Aggregate(pact, (next, p) => next.Noting(at, new PactChange.PledgedAsWell(p)));
        return pact.CallingIfDue(at);
    }

    private Pact CallingToPrepare(TimeSpan preparation, Moment at)
    {
        var stage = new PactStage.Preparing(at, HashOfPledged(), Later(at.Time, preparation));
        return (this with { Stage = stage, CalledAt = at.Time })
            .Noting(at, new PactChange.Preparing(MembersPledged, stage.Coalition, stage.Until));
    }

    // While a coalition is prepared it can shrink and never grow: who came later waits until all are bound. Any change of it makes
    // every confirmation void, for each was given to another coalition.
    private Pact SettlePreparation(PactStage.Preparing preparing, Moment at)
    {
        if (IsReleasedByTrigger)
        {
            return Releasing(ReleaseCause.Trigger, at);
        }

        Coalition coalition = SolvePrepared();
        Pact pact = FreeingPledged(coalition, at).WithDegrees(coalition);
        if (coalition.Members.IsEmpty)
        {
            return pact.FallingApart(at).Settle(at);
        }

        Digest hash = pact.HashOfPledged();
        if (hash == preparing.Coalition)
        {
            return MembersPledged.All(p => Members[p].Standing is Standing.Ready) ? pact.BindingTogether(coalition, at) : pact;
        }

        pact = coalition.Members.Aggregate(pact, (next, p) => next.Members[p].Standing is Standing.Ready
            ? next.With(next.Members[p] with { Standing = new Standing.Pledged(at), ConfirmedInVain = true })
            : next);
        return (pact with { Stage = preparing with { Coalition = hash } })
            .Noting(at, new PactChange.PreparingAnew(pact.MembersPledged, hash, preparing.Until));
    }

    private Pact PreparationEnding(Moment at)
    {
        Pact pact = this;
        foreach (Member member in Members.Values.Where(m => m.Standing is Standing.Pledged))
        {
            PartyId party = member.Commitment.Party;
            pact = pact.Noting(at, new PactChange.DroppedOut(party)).Unbinding(member, new Standing.DroppedOut(at), at);
        }

        Coalition ready = pact.SolvePrepared();
        pact = pact.FreeingPledged(ready, at);
        return ready.Members.IsEmpty ? pact.FallingApart(at).Settle(at) : pact.BindingTogether(ready, at);
    }

    // All at one instant; only then those who waited can join.
    private Pact BindingTogether(Coalition coalition, Moment at)
    {
        DateTimeOffset begins = Later(at.Time, Terms.Notice);
        Pact pact = coalition.Members.Aggregate(this, (next, p) => next.BindingOne(p, coalition.DegreeOf(p), at));
        return (pact with { Stage = new PactStage.InNotice(at, begins) })
            .Noting(at, new PactChange.BoundTogether([.. coalition.Members], begins))
            .Settle(at);
    }

    // The pledged among themselves, each by no higher a degree than has been asked to be confirmed.
    private Coalition SolvePrepared() => Coalition.Largest(
        Members.Values.Where(m => m.IsPledged).Select(m => new Commitment(
            m.Commitment.Party,
            [.. m.Commitment.Steps.Where(s => s.Degree <= m.Degree)],
            m.Commitment.Entry)),
        FactsNow,
        ImmutableSortedDictionary<PartyId, int>.Empty);

    private Pact FreeingPledged(Coalition coalition, Moment at) =>
        MembersPledged.Where(p => !coalition.Members.Contains(p)).Aggregate(this, (next, p) => next.Freeing(p, coalition, at));

    private Pact WithDegrees(Coalition coalition) =>
        coalition.Members.Aggregate(this, (next, p) => next.With(next.Members[p] with { Degree = coalition.DegreeOf(p) }));
}
