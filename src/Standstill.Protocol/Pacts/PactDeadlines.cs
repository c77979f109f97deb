namespace Standstill.Protocol.Pacts;

/// <content>What happens by the passage of time alone.</content>
public sealed partial record Pact
{
    private enum DeadlineKind
    {
        // The order in which deadlines of one instant pass: a cure period that has run out during a pause is a breach
        // even if the pause ends at that instant; who leaves at the instant at which the pause begins was never in it. Who counts
        // from an instant on counts for everything that passes at it: else others were freed for want of it, and bound again at once.
        ProbationEnds,
        CureEnds,
        SuspicionEnds,
        SilenceBegins,
        RulingsLapse,
        WithdrawalEnds,
        PreparationEnds,
        PauseEnds,
        LiftingStep,
        NoticeEnds,
    }

    private readonly record struct Deadline(DateTimeOffset Time, DeadlineKind Kind, AllegationId? Allegation, PartyId? Party);

    /// <summary>The earliest time at which something happens to the pact of itself; null where nothing will.</summary>
    public DateTimeOffset? NextDeadline => Next()?.Time;

    /// <summary>Lets every deadline up to and including a time pass, in the order of time, each at its exact time.</summary>
    /// <remarks>To advance to one time and then to a later one is to advance to the later one: the history is the same.
    /// Operations advance to their own time by themselves. A world that advances its pacts before each entry, naming the
    /// entry before, has the exact entry in each transition.</remarks>
    /// <param name="to">The time.</param>
    /// <param name="latest">The latest entry on record then.</param>
    public Pact Advance(DateTimeOffset to, EntryIndex latest)
    {
        Pact pact = this;
        while (pact.Next() is { } next && next.Time <= to)
        {
            pact = pact.Passing(next, new Moment(next.Time, latest));
        }

        return pact;
    }

    private Deadline? Next()
    {
        if (Stage is PactStage.Released)
        {
            return null;
        }

        Deadline? earliest = null;
        foreach (Deadline deadline in Deadlines())
        {
            if (earliest is not { } e || (deadline.Time, deadline.Kind).CompareTo((e.Time, e.Kind)) < 0)
            {
                earliest = deadline;
            }
        }

        return earliest;
    }

    private IEnumerable<Deadline> Deadlines()
    {
        foreach (Allegation allegation in Allegations.Values)
        {
            if (allegation.State is AllegationState.Upheld upheld)
            {
                yield return new Deadline(upheld.CureUntil, DeadlineKind.CureEnds, allegation.Id, allegation.Accused);
            }
        }

        if (Terms.Life is { } life)
        {
            foreach (Allegation allegation in Allegations.Values.Where(a => a.State is AllegationState.Open))
            {
                yield return new Deadline(Later(allegation.At.Time, life.Rulings), DeadlineKind.RulingsLapse, allegation.Id, null);
            }
        }

        foreach (Member member in Members.Values)
        {
            foreach (Deadline deadline in DeadlinesOf(member))
            {
                yield return deadline;
            }
        }

        switch (Stage)
        {
            case PactStage.Preparing preparing:
                yield return new Deadline(preparing.Until, DeadlineKind.PreparationEnds, null, null);
                break;
            case PactStage.InNotice notice:
                yield return new Deadline(notice.Until, DeadlineKind.NoticeEnds, null, null);
                break;
            case PactStage.InForce { Until: { } ends }:
                yield return new Deadline(ends, DeadlineKind.PauseEnds, null, null);
                break;
            case PactStage.Lifting lifting:
                yield return new Deadline(lifting.Until, DeadlineKind.LiftingStep, null, null);
                break;
        }
    }

    private IEnumerable<Deadline> DeadlinesOf(Member member)
    {
        PartyId party = member.Commitment.Party;
        if (member.LeavesAt is { } leaves)
        {
            yield return new Deadline(leaves, DeadlineKind.WithdrawalEnds, null, party);
        }

        if (member.ProbationUntil is { } probation)
        {
            yield return new Deadline(probation, DeadlineKind.ProbationEnds, null, party);
        }

        if (member.SuspectedUntil is { } suspected)
        {
            yield return new Deadline(suspected, DeadlineKind.SuspicionEnds, null, party);
        }
        else if (DueOf(party).Min(d => d.SilentAt) is { } silent)
        {
            yield return new Deadline(silent, DeadlineKind.SilenceBegins, null, party);
        }
    }

    private Pact Passing(Deadline deadline, Moment at) => deadline switch
    {
        { Kind: DeadlineKind.CureEnds, Allegation: { } id } => Breaching(Allegations[id], at).SettleAfter(deadline, at),
        { Kind: DeadlineKind.SuspicionEnds, Party: { } party } => BreachingBySilence(party, at).SettleAfter(deadline, at),
        { Kind: DeadlineKind.SilenceBegins, Party: { } party } => Suspecting(party, at).SettleAfter(deadline, at),
        { Kind: DeadlineKind.RulingsLapse, Allegation: { } id } => LapsingUnruled(Allegations[id], at),
        { Kind: DeadlineKind.WithdrawalEnds, Party: { } party } => Leaving(Members[party], at).SettleAfter(deadline, at),
        { Kind: DeadlineKind.ProbationEnds, Party: { } party } => ProbationEnding(party, at).SettleAfter(deadline, at),
        { Kind: DeadlineKind.PreparationEnds } => PreparationEnding(at),
        { Kind: DeadlineKind.PauseEnds } when Stage is PactStage.InForce force => PauseEnding(force, at),
        { Kind: DeadlineKind.LiftingStep } when Stage is PactStage.Lifting lifting => NextStep(lifting, at),
        { Kind: DeadlineKind.NoticeEnds } => EnteringIntoForce(at),
        _ => throw new InvalidOperationException("a deadline without a consequence"),
    };

    // In a pact of version 2 all deadlines of one kind and one instant pass before it is settled: which of two members that are in
    // breach at once is freed by the other's breach does not hang on their names.
    private Pact SettleAfter(Deadline deadline, Moment at) =>
        Terms.Life is not null && Next() is { } next && next.Time == deadline.Time && next.Kind == deadline.Kind ? this : Settle(at);

    private Pact EnteringIntoForce(Moment at)
    {
        DateTimeOffset? until = Terms.MaximumDuration is { } longest ? Later(at.Time, longest) : null;
        return (this with { Stage = new PactStage.InForce(at, until) }).Noting(at, new PactChange.InForce());
    }
}
