using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts;

/// <summary>Every date that a pact has had and has, and what became of the past ones.</summary>
/// <remarks>What is ahead is read off the pact as it stands; since when it has been known, and what is past, off its history. What
/// leaves no line in the history when it is over is gone then: owed evidence, and a probation of who is not committed.
/// INVARIANT (calendar): the earliest deadline that is ahead is <see cref="Pact.NextDeadline"/>.</remarks>
public static class PactCalendar
{
    /// <summary>The dates in the order of time; those of one instant in the order in which they pass.</summary>
    /// <param name="pact">The pact, advanced to that time.</param>
    /// <param name="asOf">The time at which it is asked.</param>
    public static ImmutableArray<Due> Of(Pact pact, DateTimeOffset asOf)
    {
        var history = new CalendarHistory(pact);
        foreach (PactTransition transition in pact.History)
        {
            history.Read(transition.At, transition.What);
        }

        IEnumerable<Due> ahead = pact.DatesAhead.Select(d => history.Confirm(d.What, d.When, d.Party, d.Allegation) ?? Found(pact, d)).ToList();
        return [.. history.Past(asOf).Concat(ahead).Concat(Evidence(pact, asOf)).Concat(Reviews(pact, history, asOf))
            .OrderBy(d => d.When).ThenBy(d => d.What).ThenBy(d => d.Name, StringComparer.Ordinal)];
    }

    // A date that the history has no line for: that silence begins, and the probation of who left under suspicion.
    private static Due Found(Pact pact, (DueKind What, DateTimeOffset When, PartyId? Party, AllegationId? Allegation) date)
    {
        Moment since = date.Party is { } party ? pact.Members[party].Standing.Since
            : date.Allegation is { } allegation ? pact.Allegations[allegation].At
            : pact.Stage.Since;
        if (date.What is DueKind.SilenceBegins)
        {
            since = since with { Time = pact.EvidenceOwed.First(e => e.Party == date.Party && e.Due.SilentAt == date.When).From };
        }

        return new Due(pact.Id, date.What, date.When, date.Party, date.Allegation, since, DueState.Ahead, since);
    }

    private static IEnumerable<Due> Evidence(Pact pact, DateTimeOffset asOf) => pact.EvidenceOwed.Select(e =>
    {
        Moment since = pact.Members[e.Party].Standing.Since with { Time = e.From };
        var due = new Due(pact.Id, DueKind.EvidenceDue, e.Due.By, e.Party, null, since, DueState.Ahead, since) { Duty = e.Due.Kind };
        return e.Due.By > asOf ? due : due with { State = DueState.Passed, Changed = since with { Time = e.Due.By } };
    });

    // Those that are past, and the next, unless the pause is over before.
    private static IEnumerable<Due> Reviews(Pact pact, CalendarHistory history, DateTimeOffset asOf)
    {
        if (pact.Terms.Life?.Review is not { } every)
        {
            yield break;
        }

        foreach ((Moment began, Moment? ended) in history.Pauses)
        {
            DateTimeOffset until = ended?.Time ?? asOf;
            DateTimeOffset when = Pact.Later(began.Time, every);
            for (; when <= until; when = Pact.Later(when, every))
            {
                yield return new Due(pact.Id, DueKind.ReviewDue, when, null, null, began, DueState.Passed, began with { Time = when });
            }

            if (ended is { } end)
            {
                yield return new Due(pact.Id, DueKind.ReviewDue, when, null, null, began, DueState.Settled, end);
            }
            else
            {
                yield return new Due(pact.Id, DueKind.ReviewDue, when, null, null, began, DueState.Ahead, began);
            }
        }
    }
}
