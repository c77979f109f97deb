namespace Standstill.Protocol.Pacts;

/// <content>What the calendar reads off the present state.</content>
public sealed partial record Pact
{
    /// <summary>What happens of itself, and when, as the pact stands; nothing once it is released.</summary>
    internal IEnumerable<(DueKind What, DateTimeOffset When, PartyId? Party, AllegationId? Allegation)> DatesAhead => Stage is PactStage.Released
        ? []
        : Deadlines().Select(d => (KindOf(d.Kind), d.Time, d.Party, d.Allegation));

    /// <summary>The evidence that each bound member owes next, and from when its time has run.</summary>
    internal IEnumerable<(PartyId Party, EvidenceDue Due, DateTimeOffset From)> EvidenceOwed =>
        from party in MembersBound
        from due in DueOf(party)
        let every = Terms.Life!.Owed.First(d => d.Kind == due.Kind).Every
        select (party, due, due.By - every);

    private static DueKind KindOf(DeadlineKind kind) => kind switch
    {
        DeadlineKind.CureEnds => DueKind.CureEnds,
        DeadlineKind.SuspicionEnds => DueKind.SuspicionEnds,
        DeadlineKind.SilenceBegins => DueKind.SilenceBegins,
        DeadlineKind.RulingsLapse => DueKind.RulingsLapse,
        DeadlineKind.WithdrawalEnds => DueKind.WithdrawalEnds,
        DeadlineKind.ProbationEnds => DueKind.ProbationEnds,
        DeadlineKind.PreparationEnds => DueKind.PreparationEnds,
        DeadlineKind.PauseEnds => DueKind.PauseEnds,
        DeadlineKind.LiftingStep => DueKind.LiftingStep,
        DeadlineKind.NoticeEnds => DueKind.NoticeEnds,
        _ => throw new InvalidOperationException("a deadline without a date"),
    };
}
