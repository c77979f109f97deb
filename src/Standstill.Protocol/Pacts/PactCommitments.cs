using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Pacts;

/// <content>Who is committed: to commit, to open what was sealed, to withdraw.</content>
public sealed partial record Pact
{
    /// <summary>A party commits to a stop, for the first time or after it has left, dropped out or been in breach.</summary>
    /// <remarks>Refused while its earlier commitment stands: one commitment a party, changed only by withdrawing first.</remarks>
    public PactOutcome Commit(PartyId party, Condition condition, Moment at) => Commit(party, [new CommitmentStep(100, condition)], at);

    /// <summary>A party commits by degrees.</summary>
    /// <remarks>While a coalition is being prepared the party waits; while notice runs or the pause holds its commitment is its
    /// readiness, and it is bound at once if its condition holds. Refused while its earlier commitment stands and during the lifting.</remarks>
    /// <exception cref="ArgumentException">The steps are not those of a <see cref="Commitment"/>.</exception>
    public PactOutcome Commit(PartyId party, ImmutableArray<CommitmentStep> steps, Moment at) => Operate(at, pact =>
        pact.RefusalToCommit(new Commitment(party, steps, at.Entry)) is { } refused
            ? refused
            : Done(pact.Committing(new Commitment(party, steps, at.Entry), at)));

    /// <summary>Sealed commitments are opened: all become commitments at one entry, and only if every one of their parties is in the
    /// coalition then.</summary>
    /// <remarks>Refused once the pact is called, and where it takes no sealed commitments. What is refused never was on record, so that
    /// nobody learns from the ledger who would have been willing.</remarks>
    /// <param name="opened">The commitments; their entries are taken to be this one.</param>
    /// <param name="at">When.</param>
    public PactOutcome Unseal(ImmutableArray<Commitment> opened, Moment at) => Operate(at, pact =>
    {
        if (pact.Terms.Life?.Seal is null)
        {
            return Refuse(PactRefusal.NotSealed, $"the pact `{Id}` takes no sealed commitments", "commit openly");
        }

        if (pact.Stage is not (PactStage.Open or PactStage.Armed))
        {
            return Refuse(PactRefusal.NotToBeOpened, "the pact has been called", "open sealed commitments before the call");
        }

        if (opened.IsEmpty)
        {
            return Refuse(PactRefusal.NotToBeOpened, "nothing is opened", "open at least one sealed commitment");
        }

        Pact next = pact.Noting(at, new PactChange.Unsealed([.. opened.Select(c => c.Party)]));
        foreach (Commitment sealedOne in opened)
        {
            var commitment = new Commitment(sealedOne.Party, sealedOne.Steps, at.Entry);
            if (next.RefusalToCommit(commitment) is { } refused)
            {
                return refused;
            }

            next = next.Committing(commitment, at);
        }

        Coalition coalition = next.Solve();
        return opened.FirstOrDefault(c => !coalition.Members.Contains(c.Party)) is { } outside
            ? Refuse(PactRefusal.NotInCoalition, $"`{outside.Party}` would not be in the coalition", "open only sealed commitments that all come into the coalition")
            : Done(next);
    });

    /// <summary>A party withdraws: at once while it waits, after the withdrawal notice while it is pledged or bound.</summary>
    /// <remarks>From the call on, a notice is refused for as long as the blackout lasts; one that was given before runs on.</remarks>
    public PactOutcome Withdraw(PartyId party, Moment at) => Operate(at, pact =>
    {
        if (!pact.Members.TryGetValue(party, out Member? member) || !member.IsCandidate)
        {
            return Refuse(PactRefusal.NotCommitted, $"`{party}` has no commitment to withdraw", "commit first");
        }

        if (member.LeavesAt is { } leaves)
        {
            return Refuse(PactRefusal.AlreadyWithdrawing, $"`{party}` has given notice already", $"wait until {PactText.Time(leaves)}");
        }

        if (member.Standing is Standing.Waiting)
        {
            return Done(pact.Leaving(member, at));
        }

        if (pact.CalledAt is { } called && pact.Terms.Life is { } life && Later(called, life.Blackout) is var ends && at.Time < ends)
        {
            return Refuse(
                PactRefusal.Blackout,
                $"the pact was called at {PactText.Time(called)}, and nobody gives notice before {PactText.Time(ends)}",
                $"give notice from {PactText.Time(ends)} on");
        }

        DateTimeOffset until = Later(at.Time, pact.Terms.WithdrawalNotice);
        PactChange noticed = member.IsBound ? new PactChange.WithdrawalNoticed(party, until) : new PactChange.PledgeNoticed(party, until);
        return Done(pact.With(member with { LeavesAt = until }).Noting(at, noticed));
    });

    private PactOutcome.Refused? RefusalToCommit(Commitment commitment)
    {
        PartyId party = commitment.Party;
        if (Stage is PactStage.Lifting)
        {
            return Refuse(PactRefusal.BeingLifted, "the pause is being lifted, and nobody joins", "open another pact");
        }

        if (commitment.IsGraded && Terms.Life is null)
        {
            return Refuse(PactRefusal.NeedsVersionTwo, $"the pact `{Id}` binds to a stop alone", "commit to a stop, or open a pact of version 2");
        }

        return Members.TryGetValue(party, out Member? member) && member.IsCandidate
            ? Refuse(PactRefusal.AlreadyCommitted, $"`{party}` has committed already", "withdraw that commitment first")
            : null;
    }

    private Pact Committing(Commitment commitment, Moment at)
    {
        PartyId party = commitment.Party;
        var member = new Member(commitment, new Standing.Waiting(at), LeavesAt: null) { Degree = commitment.Steps[^1].Degree };
        Pact pact = Noting(at, commitment.IsGraded
            ? new PactChange.CommittedBySteps(party, commitment.Steps)
            : new PactChange.Committed(party, commitment.Condition));
        return IsTainted(party) ? pact.With(member).OnProbation(party, at) : pact.With(member);
    }

    // Whoever was in breach or dropped out is on probation when it comes back, unless it had confirmed in vain. So is who left in the
    // middle of one: to withdraw and to commit again is not a way out.
    private bool IsTainted(PartyId party) =>
        Members.TryGetValue(party, out Member? earlier)
        && (earlier.Standing is Standing.InBreach || (earlier.Standing is Standing.DroppedOut && !earlier.ConfirmedInVain) || earlier.ProbationUntil is not null);

    private Pact OnProbation(PartyId party, Moment at)
    {
        return ProbationFrom(at) is { } until
            ? With(Members[party] with { ProbationUntil = until }).Noting(at, new PactChange.OnProbation(party, until))
            : this;
    }

    private DateTimeOffset? ProbationFrom(Moment at) =>
        Terms.Life is { } life && life.Probation > TimeSpan.Zero ? Later(at.Time, life.Probation) : null;

    // An upheld allegation or a suspicion starts a probation that runs again.
    private Pact ProbationAnew(PartyId party, Moment at) => Members[party].ProbationUntil is null ? this : OnProbation(party, at);

    private Pact ProbationEnding(PartyId party, Moment at)
    {
        Member member = Members[party];
        Pact pact = With(member with { ProbationUntil = null });
        return member.IsCandidate ? pact.Noting(at, new PactChange.ProbationEnded(party)) : pact;
    }

    private Pact Leaving(Member member, Moment at) =>
        Noting(at, new PactChange.Withdrawn(member.Commitment.Party)).Unbinding(member, new Standing.Withdrawn(at), at);
}
