namespace Standstill.Protocol.Pacts;

/// <summary>Reads dates off a pact's history: a change sets a date, and a later one meets it or does away with it.</summary>
internal sealed class CalendarHistory(Pact pact)
{
    private static readonly DueKind[] OfPact = [DueKind.PreparationEnds, DueKind.NoticeEnds, DueKind.PauseEnds, DueKind.LiftingStep];
    private static readonly DueKind[] OfMember = [DueKind.WithdrawalEnds, DueKind.SuspicionEnds];
    private static readonly DueKind[] Inherited = [DueKind.WithdrawalEnds, DueKind.SuspicionEnds, DueKind.ProbationEnds];

    private readonly Dictionary<Key, Due> ahead = [];
    private readonly List<Due> past = [];
    private readonly List<(Moment Began, Moment? Ended)> pauses = [];

    private readonly record struct Key(DueKind What, PartyId? Party, AllegationId? Allegation);

    /// <summary>When the pause began, and ended.</summary>
    public IReadOnlyList<(Moment Began, Moment? Ended)> Pauses => pauses;

    /// <summary>A date that the history sets and the pact still has; null where the history does not know it.</summary>
    public Due? Confirm(DueKind what, DateTimeOffset when, PartyId? party, AllegationId? allegation)
    {
        Key key = KeyOf(what, party, allegation);
        if (!ahead.TryGetValue(key, out Due? due) || due.When != when)
        {
            return null;
        }

        ahead.Remove(key);
        return due;
    }

    /// <summary>What is no longer ahead, once all that is has been confirmed.</summary>
    public IEnumerable<Due> Past(DateTimeOffset asOf)
    {
        IEnumerable<Due> gone = ahead.Select(a => a.Value.When <= asOf
            ? Passed(a.Value)
            : a.Value with { State = DueState.Settled, Changed = pact.Stage.Since.Time > a.Value.Since.Time ? pact.Stage.Since : a.Value.Since });
        return [.. past, .. gone];
    }

    /// <summary>Takes in one line of the history.</summary>
    public void Read(Moment at, PactChange change)
    {
        switch (change)
        {
            case PactChange.Preparing preparing:
                Set(at, DueKind.PreparationEnds, preparing.Until);
                break;
            case PactChange.BoundTogether bound:
                Close(at, DueKind.PreparationEnds);
                Set(at, DueKind.NoticeEnds, bound.PauseBegins);
                break;
            case PactChange.Called called:
                Set(at, DueKind.NoticeEnds, called.Until);
                break;
            case PactChange.InForce:
                Close(at, DueKind.NoticeEnds);
                pauses.Add((at, null));
                if (pact.Terms.MaximumDuration is { } longest)
                {
                    Set(at, DueKind.PauseEnds, Pact.Later(at.Time, longest));
                }

                break;
            case PactChange.Extended extended:
                Set(at, DueKind.PauseEnds, extended.Until);
                break;
            case PactChange.LiftingStarted lifting:
                Close(at, DueKind.PauseEnds);
                Set(at, DueKind.LiftingStep, lifting.Until);
                break;
            case PactChange.Lifted lifted:
                Set(at, DueKind.LiftingStep, lifted.Until);
                break;
            case PactChange.Disarmed or PactChange.Dissolved:
                EndPause(at);
                Close(at, OfPact, null);
                break;
            case PactChange.Released:
                EndPause(at);
                foreach (Key key in ahead.Keys.ToList())
                {
                    Close(at, key);
                }

                break;
            case PactChange.Succeeded succeeded:
                Pass(at, succeeded);
                break;
            default:
                ReadOfMember(at, change);
                break;
        }
    }

    private void ReadOfMember(Moment at, PactChange change)
    {
        switch (change)
        {
            case PactChange.WithdrawalNoticed noticed:
                Set(at, DueKind.WithdrawalEnds, noticed.Until, noticed.Party);
                break;
            case PactChange.PledgeNoticed noticed:
                Set(at, DueKind.WithdrawalEnds, noticed.Until, noticed.Party);
                break;
            case PactChange.Withdrawn withdrawn:
                Close(at, OfMember, withdrawn.Party);
                break;
            case PactChange.DroppedOut dropped:
                Close(at, OfMember, dropped.Party);
                break;
            case PactChange.MemberReleased released:
                Close(at, OfMember, released.Party);
                break;
            case PactChange.BreachedBySilence silent:
                Close(at, OfMember, silent.Party);
                break;
            case PactChange.Suspected suspected:
                Set(at, DueKind.SuspicionEnds, suspected.Until, suspected.Party);
                break;
            case PactChange.SuspicionCleared cleared:
                Close(at, DueKind.SuspicionEnds, cleared.Party);
                break;
            case PactChange.OnProbation probation:
                Set(at, DueKind.ProbationEnds, probation.Until, probation.Party);
                break;
            case PactChange.ProbationEnded ended:
                Close(at, DueKind.ProbationEnds, ended.Party);
                break;
            case PactChange.Accused accused when pact.Terms.Life is { } life:
                Set(at, DueKind.RulingsLapse, Pact.Later(at.Time, life.Rulings), accused.Party, accused.Allegation);
                break;
            case PactChange.Dismissed dismissed:
                Close(at, DueKind.RulingsLapse, null, dismissed.Allegation);
                break;
            case PactChange.RulingOverdue overdue:
                Close(at, DueKind.RulingsLapse, null, overdue.Allegation);
                break;
            case PactChange.CureStarted cure:
                Close(at, DueKind.RulingsLapse, null, cure.Allegation);
                Set(at, DueKind.CureEnds, cure.Until, cure.Party, cure.Allegation);
                break;
            case PactChange.Cured cured:
                Close(at, DueKind.CureEnds, null, cured.Allegation);
                break;
            case PactChange.AllegationLapsed lapsed:
                Close(at, DueKind.RulingsLapse, null, lapsed.Allegation);
                Close(at, DueKind.CureEnds, null, lapsed.Allegation);
                break;
            case PactChange.Breached breached:
                Close(at, DueKind.CureEnds, null, breached.Allegation);
                Close(at, OfMember, breached.Party);
                break;
            default:
                break;
        }
    }

    // What runs against a party passes to who takes its commitment over, in the place of what ran against that one; of two suspicions
    // that which ends first.
    private void Pass(Moment at, PactChange.Succeeded succeeded)
    {
        foreach (DueKind what in Inherited)
        {
            var key = new Key(what, succeeded.Party, null);
            Due? due = ahead.GetValueOrDefault(key);
            foreach (PartyId heir in succeeded.Taking)
            {
                var own = new Key(what, heir, null);
                if (what is DueKind.SuspicionEnds && ahead.TryGetValue(own, out Due? suspicion) && !(due?.When < suspicion.When))
                {
                    continue;
                }

                Close(at, own);
                if (due is not null)
                {
                    ahead[own] = due with { Party = heir, Since = at, Changed = at };
                }
            }

            if (!succeeded.By.Contains(succeeded.Party))
            {
                Close(at, key);
            }
        }
    }

    private void EndPause(Moment at)
    {
        if (pauses is [.., (var began, null)])
        {
            pauses[^1] = (began, at);
        }
    }

    // Several may answer for one allegation: its dates are one.
    private static Key KeyOf(DueKind what, PartyId? party, AllegationId? allegation) => new(what, allegation is null ? party : null, allegation);

    private void Set(Moment at, DueKind what, DateTimeOffset when, PartyId? party = null, AllegationId? allegation = null)
    {
        Key key = KeyOf(what, party, allegation);
        if (ahead.TryGetValue(key, out Due? known) && known.When == when && (allegation is not null || known.Since.Entry == at.Entry))
        {
            return;
        }

        Close(at, key);

        // A step of no length is no date: it would have the name of the next.
        if (what is DueKind.LiftingStep && when <= at.Time)
        {
            return;
        }

        ahead[key] = new Due(pact.Id, what, when, party, allegation, at, DueState.Ahead, at);
    }

    private void Close(Moment at, DueKind what, PartyId? party = null, AllegationId? allegation = null) => Close(at, KeyOf(what, party, allegation));

    private void Close(Moment at, IEnumerable<DueKind> kinds, PartyId? party)
    {
        foreach (DueKind what in kinds)
        {
            Close(at, what, party);
        }
    }

    private void Close(Moment at, Key key)
    {
        if (ahead.Remove(key, out Due? due))
        {
            past.Add(at.Time >= due.When ? Passed(due) : due with { State = DueState.Settled, Changed = at });
        }
    }

    private static Due Passed(Due due) => due with { State = DueState.Passed, Changed = due.Since with { Time = due.When } };
}
