using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts;

/// <content>Allegations, rulings, cure.</content>
/// <remarks>INVARIANT (ends): every allegation ends: by a ruling, by the end of the time for rulings or for cure, or when nobody who
/// answers for it is bound any longer.</remarks>
public sealed partial record Pact
{
    private bool IsHolding => Stage is PactStage.InForce or PactStage.Lifting;

    /// <summary>Any party alleges that a bound member has not stopped, while the pause holds.</summary>
    public PactOutcome Allege(AllegationId id, PartyId accuser, PartyId accused, string text, Moment at) => Operate(at, pact =>
    {
        if (!pact.IsHolding)
        {
            return Refuse(PactRefusal.NotInForce, "the pause does not hold", "allege a breach while the pact is in force");
        }

        if (!pact.IsBound(accused))
        {
            return Refuse(PactRefusal.NotBound, $"`{accused}` is not bound", $"name a bound member: {string.Join(", ", pact.MembersBound)}");
        }

        if (string.IsNullOrWhiteSpace(text) || text.Length > Allegation.Characters)
        {
            return Refuse(PactRefusal.TextSize, $"the text has {text.Length} characters", $"write 1 to {Allegation.Characters}, not only spaces");
        }

        if (pact.Allegations.ContainsKey(id))
        {
            return Refuse(PactRefusal.AllegationKnown, $"there is an allegation `{id}` already", "choose another name");
        }

        if (pact.Terms.Life is not null && Allegation.IsKeptForHandOvers(id))
        {
            return Refuse(PactRefusal.AllegationKnown, $"the name `{id}` is kept for a hand-over", "choose another name");
        }

        return Done(pact
            .With(new Allegation(id, accuser, accused, text, at, new AllegationState.Open()))
            .Noting(at, new PactChange.Accused(id, accuser, accused)));
    });

    /// <summary>A ruling on an allegation. Upheld starts the cure period; cured ends it; dismissed closes the allegation.</summary>
    public PactOutcome Rule(AllegationId id, Ruling ruling, Moment at) => Operate(at, pact =>
    {
        if (!pact.Allegations.TryGetValue(id, out Allegation? allegation))
        {
            return Refuse(PactRefusal.AllegationUnknown, $"there is no allegation `{id}`", "name one that was made under this pact");
        }

        return (allegation.State, ruling) switch
        {
            (AllegationState.Open, Ruling.Upheld) => Done(pact.Upholding(allegation, at)),
            (AllegationState.Open, Ruling.Dismissed) => Done(pact
                .With(allegation with { State = new AllegationState.Dismissed() })
                .Noting(at, new PactChange.Dismissed(id, allegation.Accused))),
            (AllegationState.Open, _) => Refuse(PactRefusal.NotUpheld, $"`{id}` has not been upheld", "uphold or dismiss it first"),
            (AllegationState.Upheld, Ruling.Cured) => Done(pact.Curing(allegation, at)),
            (AllegationState.Upheld, _) => Refuse(PactRefusal.AlreadyUpheld, $"`{id}` has been upheld", "rule that it is cured, or let the cure period end"),
            _ => Refuse(PactRefusal.AllegationClosed, $"`{id}` is settled: {PactText.Of(allegation.State)}", "make another allegation, should there be cause"),
        };
    });

    /// <summary>A party says that it has handed over weights or compute to an outsider. Of a bound member while the pause holds, that
    /// is an allegation by its own word, upheld at once; of anybody else it is nothing to the pact.</summary>
    /// <remarks>The allegation is named by <see cref="Allegation.OfHandOver"/>. What was handed over stays in the denominator of shares
    /// as outsiders' compute: the world shows that.</remarks>
    /// <param name="party">Who says so.</param>
    /// <param name="what">What was handed over, in words.</param>
    /// <param name="at">When.</param>
    public Pact HandOver(PartyId party, string what, Moment at)
    {
        Pact pact = Before(at);
        if (pact.Terms.Life is null || !pact.IsHolding || !pact.IsBound(party))
        {
            return pact;
        }

        var allegation = new Allegation(Allegation.OfHandOver(at.Entry), party, party, what, at, new AllegationState.Open());
        return pact
            .With(allegation)
            .Noting(at, new PactChange.HandedOver(allegation.Id, party))
            .Upholding(allegation, at)
            .After(at);
    }

    private Pact Upholding(Allegation allegation, Moment at)
    {
        DateTimeOffset until = Later(at.Time, Terms.Cure);
        Pact pact = With(allegation with { State = new AllegationState.Upheld(until) });
        foreach (PartyId party in allegation.Answering)
        {
            pact = pact
                .Noting(at, new PactChange.CureStarted(allegation.Id, party, until))
                .WithCure(party)
                .ProbationAnew(party, at);
        }

        return pact;
    }

    private Pact Curing(Allegation allegation, Moment at)
    {
        Pact pact = With(allegation with { State = new AllegationState.Cured() });
        foreach (PartyId party in allegation.Answering)
        {
            pact = pact.Noting(at, new PactChange.Cured(allegation.Id, party)).WithCure(party);
        }

        return pact;
    }

    private Pact Breaching(Allegation allegation, Moment at)
    {
        Pact pact = With(allegation with { State = new AllegationState.Breached() });
        foreach (PartyId party in allegation.Answering)
        {
            pact = pact
                .Noting(at, new PactChange.Breached(allegation.Id, party))
                .Unbinding(pact.Members[party], new Standing.InBreach(at), at);
        }

        return pact;
    }

    private Pact LapsingUnruled(Allegation allegation, Moment at) =>
        With(allegation with { State = new AllegationState.Lapsed() })
            .Noting(at, new PactChange.RulingOverdue(allegation.Id, allegation.Accused));

    // Nobody answers for what it is no longer bound to; the others of a split party go on answering.
    private Pact NoLongerAnswering(PartyId party, Moment at)
    {
        Pact pact = this;
        foreach (Allegation allegation in Allegations.Values.Where(a => a.IsPending && a.Answering.Contains(party)))
        {
            ImmutableSortedSet<PartyId> others = allegation.Answering.Remove(party);
            pact = others.IsEmpty
                ? pact
                    .With(allegation with { State = new AllegationState.Lapsed() })
                    .Noting(at, new PactChange.AllegationLapsed(allegation.Id, party))
                : pact.With(allegation with { Answering = others });
        }

        return pact;
    }

    // INVARIANT (cure): a bound member is in cure exactly while an upheld allegation that it answers for is pending; otherwise it is
    // suspected exactly while a suspicion runs.
    private Pact WithCure(PartyId party)
    {
        Member member = Members[party];
        DateTimeOffset[] ends = [.. Allegations.Values
            .Where(a => a.Answering.Contains(party))
            .Select(a => a.State)
            .OfType<AllegationState.Upheld>()
            .Select(u => u.CureUntil)];
        Moment since = member.Standing.Since;
        Standing standing = ends.Length > 0 ? new Standing.InCure(since, ends.Min())
            : member.SuspectedUntil is { } until ? new Standing.Suspected(since, until)
            : new Standing.Bound(since);
        return With(member with { Standing = standing });
    }
}
