using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Pacts;

/// <summary>Evidence that a bound member owes next.</summary>
/// <param name="Kind">What.</param>
/// <param name="By">When it is due.</param>
/// <param name="SilentAt">When the member counts as unverified if it has not come; null where silence has no consequence.</param>
public sealed record EvidenceDue(DutyKind Kind, DateTimeOffset By, DateTimeOffset? SilentAt);

/// <content>What silence means: owed evidence that is missing for too long makes its party unverified, and in the end in breach.</content>
public sealed partial record Pact
{
    /// <summary>A party has shown evidence. That it discharges a duty is for the pact to see: nothing where none is owed.</summary>
    public Pact Discharge(PartyId party, DutyKind kind, Moment at)
    {
        Pact pact = Before(at);
        if (!pact.Members.TryGetValue(party, out Member? member) || (member.SuspectedUntil is null && pact.DueOf(party).All(d => d.Kind != kind)))
        {
            return pact;
        }

        pact = pact.With(member with { Owing = member.Owing.Remove(kind), Shown = member.IsBound ? member.Shown.SetItem(kind, at.Time) : member.Shown });
        return member.SuspectedUntil is not null && pact.Members[party].Owing.IsEmpty && pact.DueOf(party).All(d => d.By > at.Time)
            ? pact.Clearing(party, at).After(at)
            : pact.After(at);
    }

    private Pact Clearing(PartyId party, Moment at)
    {
        Pact pact = With(Members[party] with { SuspectedUntil = null });
        return (pact.IsBound(party) ? pact.WithCure(party) : pact).Noting(at, new PactChange.SuspicionCleared(party));
    }

    // Due `every` after the latest of: being bound, the beginning of the pause, the evidence before.
    private ImmutableArray<EvidenceDue> DueOf(PartyId party)
    {
        if (Terms.Life is not { Owed.IsEmpty: false } life || PauseBegan is not { } began || !IsBound(party))
        {
            return [];
        }

        Member member = Members[party];
        DateTimeOffset from = member.Standing.Since.Time > began ? member.Standing.Since.Time : began;
        return [.. life.Owed.Select(duty =>
        {
            DateTimeOffset last = member.Shown.TryGetValue(duty.Kind, out DateTimeOffset shown) && shown > from ? shown : from;
            DateTimeOffset due = Later(last, duty.Every);
            return new EvidenceDue(duty.Kind, due, life.Silence is { } silence ? Later(due, silence) : null);
        })];
    }

    private Pact Suspecting(PartyId party, Moment at)
    {
        DateTimeOffset until = Later(at.Time, Terms.Cure);
        ImmutableArray<DutyKind> missing = [.. DueOf(party).Where(d => d.SilentAt <= at.Time).Select(d => d.Kind)];
        return With(Members[party] with { SuspectedUntil = until })
            .WithCure(party)
            .Noting(at, new PactChange.Suspected(party, missing, until))
            .ProbationAnew(party, at);
    }

    private Pact BreachingBySilence(PartyId party, Moment at) =>
        Noting(at, new PactChange.BreachedBySilence(party)).Unbinding(Members[party], new Standing.InBreach(at), at);
}
