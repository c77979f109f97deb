using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol.Pacts;

/// <content>What follows from a change: who is bound, whether the pact is armed, called, dissolved or released.</content>
public sealed partial record Pact
{
    private bool IsCalled => Stage is PactStage.Preparing or PactStage.InNotice or PactStage.InForce;

    // What the world shows, and what the pact itself knows of its members: who counts for nobody yet, and who counts as unverified.
    private PartyFacts FactsNow => Seen(Circumstances.Facts);

    private PartyFacts Seen(PartyFacts facts)
    {
        ImmutableArray<PartyId> probation = [.. Members.Where(m => m.Value.ProbationUntil is not null).Select(m => m.Key)];
        ImmutableArray<PartyId> suspected = [.. Members.Where(m => m.Value.SuspectedUntil is not null).Select(m => m.Key)];
        return probation.IsEmpty && suspected.IsEmpty
            ? facts
            : facts with { OnProbation = facts.OnProbation.Union(probation), Assurance = facts.Assurance.RemoveRange(suspected) };
    }

    private ImmutableSortedDictionary<PartyId, int> DegreesBound =>
        Members.Where(m => m.Value.IsBound).ToImmutableSortedDictionary(m => m.Key, m => m.Value.Degree);

    private Pact Settle(Moment at) => Stage switch
    {
        PactStage.Released => this,
        PactStage.Open or PactStage.Armed when Terms.Life is not null => SettlePledges(at),
        PactStage.Preparing preparing => SettlePreparation(preparing, at),
        PactStage.Lifting => SettleBound(Coalition.Largest(Members.Values.Where(m => m.IsBound).Select(m => m.Commitment), FactsNow, DegreesBound), at),
        _ => SettleBound(Solve(), at),
    };

    private Pact SettleBound(Coalition coalition, Moment at)
    {
        ImmutableArray<PartyId> arriving = [.. coalition.Members.Where(p => !IsBound(p))];
        Pact pact = MembersBound.Where(p => !coalition.Members.Contains(p)).Aggregate(this, (next, p) => next.Freeing(p, coalition, at));
        pact = pact.Binding(arriving, coalition, at).Slowing(coalition, at);
        if (coalition.Members.IsEmpty)
        {
            return pact.FallingApart(at);
        }

        return pact.ReleasingIfDue(at).CallingIfDue(at);
    }

    private Pact Freeing(PartyId party, Coalition coalition, Moment at)
    {
        Member member = Members[party];
        Pact pact = Noting(at, new PactChange.Freed(party, PartyExplanation.Of(coalition, party).Decisive));
        return member.LeavesAt is null
            ? pact.Unbinding(member, new Standing.Waiting(at), at)
            : pact.Leaving(member, at);
    }

    private Pact Binding(ImmutableArray<PartyId> arriving, Coalition coalition, Moment at)
    {
        if (arriving.IsEmpty)
        {
            return this;
        }

        Pact pact = arriving.Aggregate(this, (next, p) => next.BindingOne(p, coalition.DegreeOf(p), at));
        return Stage is PactStage.Open
            ? (pact with { Stage = new PactStage.Armed(at) }).Noting(at, new PactChange.Armed(arriving))
            : arriving.Aggregate(pact, (next, p) => next.Noting(at, new PactChange.Joined(p)));
    }

    private Pact Slowing(Coalition coalition, Moment at)
    {
        Pact pact = this;
        foreach (PartyId party in coalition.Members.Where(p => Members[p].Degree != coalition.DegreeOf(p)))
        {
            int degree = coalition.DegreeOf(party);
            pact = pact.With(pact.Members[party] with { Degree = degree }).Noting(at, new PactChange.DegreeChanged(party, degree));
        }

        return pact;
    }

    // A pause that is being lifted does not come back when the last member is gone: its end was decided.
    private Pact FallingApart(Moment at) => Stage switch
    {
        PactStage.Open => this,
        PactStage.Lifting lifting => Releasing(lifting.How, at),
        _ => (this with { Stage = new PactStage.Open(at), CalledAt = null, Extensions = Extensions.Clear() })
            .Noting(at, Stage is PactStage.InNotice or PactStage.InForce ? new PactChange.Dissolved() : new PactChange.Disarmed()),
    };

    private Pact CallingIfDue(Moment at)
    {
        if (Stage is not PactStage.Armed || Circumstances.Pause != Verdict.Met || Circumstances.Release == Verdict.Met)
        {
            return this;
        }

        if (Terms.Life is { } life)
        {
            return CallingToPrepare(life.Preparation, at);
        }

        DateTimeOffset until = Later(at.Time, Terms.Notice);
        return (this with { Stage = new PactStage.InNotice(at, until) }).Noting(at, new PactChange.Called(until));
    }

    // Everything that hangs on a party's being bound or pledged ends with it, except a suspicion of who is freed and waits again. Who
    // goes altogether under suspicion is on probation should it come back: to go is not a way to be verified again. So is who is freed
    // or goes while an upheld allegation runs, from that instant on: nobody is rid of a case by undoing its own condition.
    private Pact Unbinding(Member member, Standing standing, Moment at)
    {
        PartyId party = member.Commitment.Party;
        Member next = member with
        {
            Standing = standing,
            LeavesAt = null,
            Shown = member.Shown.Clear(),
            ConfirmedInVain = member.ConfirmedInVain && standing is Standing.DroppedOut && (member.ProbationUntil ?? member.SuspectedUntil) is null,
        };
        if (member.SuspectedUntil is not null)
        {
            next = standing is Standing.Waiting
                ? next with { Owing = [.. member.Owing, .. DueOf(party).Where(d => d.By <= at.Time).Select(d => d.Kind)] }
                : next with { SuspectedUntil = null, Owing = [], ProbationUntil = ProbationFrom(at) ?? member.ProbationUntil };
        }

        Pact pact = (With(next) with { ReleaseAgreed = ReleaseAgreed.Remove(party), Extensions = Extensions.Remove(party) })
            .NoLongerAnswering(party, at);
        bool sheds = member.Standing is Standing.InCure && standing is not (Standing.InBreach or Standing.Succeeded) && Stage is not PactStage.Released;
        return sheds ? pact.OnProbation(party, at) : pact;
    }

    private Pact BindingOne(PartyId party, int degree, Moment at)
    {
        Member member = Members[party];
        Pact pact = With(member with { Standing = new Standing.Bound(at), Degree = degree, ConfirmedInVain = false });
        return member.SuspectedUntil is null ? pact : pact.WithCure(party);
    }

    private Pact With(Member member) => this with { Members = Members.SetItem(member.Commitment.Party, member) };

    private Pact With(Allegation allegation) => this with { Allegations = Allegations.SetItem(allegation.Id, allegation) };

    private Pact Noting(Moment at, PactChange what) => this with { History = History.Add(new PactTransition(at, what)) };
}
