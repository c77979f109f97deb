namespace Standstill.Protocol.Pacts;

/// <content>What happens by the passage of time alone.</content>
public sealed partial record Pact
{
    private enum DeadlineKind
    {
        // The order in which deadlines of one instant pass: a cure period that has run out during a pause is a breach
        // even if the pause ends at that instant; who leaves at the instant at which the pause begins was never in it.
        CureEnds,
        WithdrawalEnds,
        PauseEnds,
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

        foreach (Member member in Members.Values)
        {
            if (member.LeavesAt is { } leaves)
            {
                yield return new Deadline(leaves, DeadlineKind.WithdrawalEnds, null, member.Commitment.Party);
            }
        }

        if (Stage is PactStage.InForce { Until: { } ends })
        {
            yield return new Deadline(ends, DeadlineKind.PauseEnds, null, null);
        }

        if (Stage is PactStage.InNotice notice)
        {
            yield return new Deadline(notice.Until, DeadlineKind.NoticeEnds, null, null);
        }
    }

    private Pact Passing(Deadline deadline, Moment at) => deadline switch
    {
        { Kind: DeadlineKind.CureEnds, Allegation: { } id } => Breaching(Allegations[id], at).Settle(at),
        { Kind: DeadlineKind.WithdrawalEnds, Party: { } party } => Leaving(Members[party], at).Settle(at),
        { Kind: DeadlineKind.PauseEnds } => Releasing(ReleaseCause.MaximumDuration, at),
        { Kind: DeadlineKind.NoticeEnds } => EnteringIntoForce(at),
        _ => throw new InvalidOperationException("a deadline without a consequence"),
    };

    private Pact Breaching(Allegation allegation, Moment at) =>
        With(allegation with { State = new AllegationState.Breached() })
            .Noting(at, new PactChange.Breached(allegation.Id, allegation.Accused))
            .Unbinding(Members[allegation.Accused], new Standing.InBreach(at), at);

    private Pact EnteringIntoForce(Moment at)
    {
        DateTimeOffset? until = Terms.MaximumDuration is { } longest ? Later(at.Time, longest) : null;
        return (this with { Stage = new PactStage.InForce(at, until) }).Noting(at, new PactChange.InForce());
    }
}
