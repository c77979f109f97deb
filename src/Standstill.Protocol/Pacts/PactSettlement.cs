using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts;

/// <content>What follows from a change: who is bound, whether the pact is armed, called, dissolved or released.</content>
public sealed partial record Pact
{
    private bool IsCalled => Stage is PactStage.InNotice or PactStage.InForce;

    private Pact Settle(Moment at)
    {
        if (Stage is PactStage.Released)
        {
            return this;
        }

        Coalition coalition = Solve();
        ImmutableArray<PartyId> arriving = [.. coalition.Members.Where(p => !IsBound(p))];
        Pact pact = MembersBound.Where(p => !coalition.Members.Contains(p)).Aggregate(this, (next, p) => next.Freeing(p, coalition, at));
        pact = pact.Binding(arriving, at);
        if (coalition.Members.IsEmpty)
        {
            return pact.FallingApart(at);
        }

        return pact.ReleasingIfDue(at).CallingIfDue(at);
    }

    private Pact Freeing(PartyId party, Coalition coalition, Moment at)
    {
        ImmutableSortedSet<PartyId> beside = coalition.Members.Add(party);
        Member member = Members[party];
        Pact pact = Noting(at, new PactChange.Freed(
            party,
            ConditionEvaluator.Decisive(member.Commitment.Condition, beside, coalition.Shares.ShareOf(beside))));
        return member.LeavesAt is null
            ? pact.Unbinding(member, new Standing.Waiting(at), at)
            : pact.Leaving(member, at);
    }

    private Pact Binding(ImmutableArray<PartyId> arriving, Moment at)
    {
        if (arriving.IsEmpty)
        {
            return this;
        }

        Pact pact = arriving.Aggregate(this, (next, p) => next.With(next.Members[p] with { Standing = new Standing.Bound(at) }));
        return Stage is PactStage.Open
            ? (pact with { Stage = new PactStage.Armed(at) }).Noting(at, new PactChange.Armed(arriving))
            : arriving.Aggregate(pact, (next, p) => next.Noting(at, new PactChange.Joined(p)));
    }

    private Pact FallingApart(Moment at) => Stage is PactStage.Open
        ? this
        : (this with { Stage = new PactStage.Open(at) }).Noting(at, IsCalled ? new PactChange.Dissolved() : new PactChange.Disarmed());

    private Pact ReleasingIfDue(Moment at)
    {
        if (!IsCalled)
        {
            return this;
        }

        if (Circumstances.Release == Verdict.Met)
        {
            return Releasing(ReleaseCause.Trigger, at);
        }

        return ReleaseAgreed.SetEquals(MembersBound) ? Releasing(ReleaseCause.Unanimous, at) : this;
    }

    private Pact CallingIfDue(Moment at)
    {
        if (Stage is not PactStage.Armed || Circumstances.Pause != Verdict.Met || Circumstances.Release == Verdict.Met)
        {
            return this;
        }

        DateTimeOffset until = Later(at.Time, Terms.Notice);
        return (this with { Stage = new PactStage.InNotice(at, until) }).Noting(at, new PactChange.Called(until));
    }

    private Pact Releasing(ReleaseCause how, Moment at)
    {
        Pact pact = (this with { Stage = new PactStage.Released(at, how), ReleaseAgreed = [] }).Noting(at, new PactChange.Released(how));
        foreach (Member member in Members.Values.Where(m => m.IsCandidate))
        {
            pact = member.IsBound
                ? pact.Unbinding(member, new Standing.Released(at), at)
                : pact
                    .With(member with { Standing = new Standing.Lapsed(at) })
                    .Noting(at, new PactChange.CommitmentLapsed(member.Commitment.Party));
        }

        return pact;
    }

    private Pact Leaving(Member member, Moment at) =>
        Noting(at, new PactChange.Withdrawn(member.Commitment.Party)).Unbinding(member, new Standing.Withdrawn(at), at);

    // Everything that hangs on a party's being bound ends with it.
    private Pact Unbinding(Member member, Standing standing, Moment at)
    {
        PartyId party = member.Commitment.Party;
        Pact pact = With(member with { Standing = standing, LeavesAt = null }) with { ReleaseAgreed = ReleaseAgreed.Remove(party) };
        foreach (Allegation allegation in Allegations.Values.Where(a => a.Accused == party && a.IsPending))
        {
            pact = pact
                .With(allegation with { State = new AllegationState.Lapsed() })
                .Noting(at, new PactChange.AllegationLapsed(allegation.Id, party));
        }

        return pact;
    }

    // INVARIANT (cure): a bound member is in cure exactly while an upheld allegation against it is pending.
    private Pact WithCure(PartyId party)
    {
        Member member = Members[party];
        DateTimeOffset[] ends = [.. Allegations.Values
            .Where(a => a.Accused == party)
            .Select(a => a.State)
            .OfType<AllegationState.Upheld>()
            .Select(u => u.CureUntil)];
        Moment since = member.Standing.Since;
        return With(member with { Standing = ends.Length == 0 ? new Standing.Bound(since) : new Standing.InCure(since, ends.Min()) });
    }

    private Pact With(Member member) => this with { Members = Members.SetItem(member.Commitment.Party, member) };

    private Pact With(Allegation allegation) => this with { Allegations = Allegations.SetItem(allegation.Id, allegation) };

    private Pact Noting(Moment at, PactChange what) => this with { History = History.Add(new PactTransition(at, what)) };
}
