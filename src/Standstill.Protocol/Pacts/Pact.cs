using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts;

/// <summary>What a pact knows of the world outside: its trigger and the accounts.</summary>
/// <param name="Pause">Whether the pause level of its trigger is met.</param>
/// <param name="Release">Whether the release level is.</param>
/// <param name="Shares">Accounted compute.</param>
public sealed record Circumstances(Verdict Pause, Verdict Release, ComputeShares Shares);

/// <summary>A pact: its terms, who has committed, who is bound, and how that came about.</summary>
/// <remarks>
/// <para>Immutable. Each operation yields another pact or a refusal, and lengthens the history. The parts of the state are
/// plain data (names, entries, times, texts), so that a document of it can be written and compared.</para>
/// <para>INVARIANT (bound): in every pact that an operation yields and that is not released, the bound members are exactly
/// the largest coalition of the standing commitments under the latest circumstances.</para>
/// <para>INVARIANT (deadlines): no deadline of a pact lies at or before its latest transition. A deadline at the time
/// of an entry passes before the entry counts: a ruling received at the instant at which a cure period ends is too late.</para>
/// <para>A change of accounted compute alone can bring members in or free them: where a condition asks for a share, growth of
/// others' compute lowers it. That takes effect at the entry that shows it, like everything else.</para>
/// <para>A party that commits while the pause holds is bound by it as soon as its condition is met, without a notice of its own.</para>
/// </remarks>
public sealed partial record Pact
{
    private Pact(PactId id, PactTerms terms, PartyId openedBy, Moment at)
    {
        Id = id;
        Terms = terms;
        OpenedBy = openedBy;
        Stage = new PactStage.Open(at);
        History = [new PactTransition(at, new PactChange.Opened(openedBy))];
    }

    /// <summary>Its name.</summary>
    public PactId Id { get; }

    /// <summary>What is agreed.</summary>
    public PactTerms Terms { get; }

    /// <summary>Who put it forward. That alone commits to nothing.</summary>
    public PartyId OpenedBy { get; }

    /// <summary>How far it has come.</summary>
    public PactStage Stage { get; private init; }

    /// <summary>Everyone who has ever committed, with the latest commitment.</summary>
    public ImmutableSortedDictionary<PartyId, Member> Members { get; private init; } = ImmutableSortedDictionary<PartyId, Member>.Empty;

    /// <summary>Every allegation ever made.</summary>
    public ImmutableSortedDictionary<AllegationId, Allegation> Allegations { get; private init; } = ImmutableSortedDictionary<AllegationId, Allegation>.Empty;

    /// <summary>The bound members who have agreed to end the pause.</summary>
    public ImmutableSortedSet<PartyId> ReleaseAgreed { get; private init; } = [];

    /// <summary>What was observed last; everything undetermined before that.</summary>
    public Circumstances Circumstances { get; private init; } = new(Verdict.Undetermined, Verdict.Undetermined, ComputeShares.None);

    /// <summary>Everything that has happened, oldest first.</summary>
    public ImmutableList<PactTransition> History { get; private init; }

    /// <summary>A pact that nobody has committed to.</summary>
    public static Pact Open(PactId id, PactTerms terms, PartyId by, Moment at) => new(id, terms, by, at);

    /// <summary>A party commits, for the first time or after it has left or been in breach.</summary>
    /// <remarks>Refused while its earlier commitment stands: one condition a party, changed only by withdrawing first.</remarks>
    public PactOutcome Commit(PartyId party, Condition condition, Moment at) => Operate(at, pact =>
    {
        if (pact.Members.TryGetValue(party, out Member? member) && member.IsCandidate)
        {
            return Refuse(PactRefusal.AlreadyCommitted, $"`{party}` has committed already", "withdraw that commitment first");
        }

        var commitment = new Commitment(party, condition, at.Entry);
        return Done(pact
            .With(new Member(commitment, new Standing.Waiting(at), LeavesAt: null))
            .Noting(at, new PactChange.Committed(party, condition)));
    });

    /// <summary>A party withdraws: at once while it waits, after the withdrawal notice while it is bound.</summary>
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

        if (!member.IsBound)
        {
            return Done(pact.Leaving(member, at));
        }

        DateTimeOffset until = Later(at.Time, pact.Terms.WithdrawalNotice);
        return Done(pact.With(member with { LeavesAt = until }).Noting(at, new PactChange.WithdrawalNoticed(party, until)));
    });

    /// <summary>A bound member agrees to end the pause; when all do, it ends.</summary>
    public PactOutcome ReleaseBy(PartyId party, Moment at) => Operate(at, pact =>
    {
        if (!pact.IsCalled)
        {
            return Refuse(PactRefusal.NotCalled, "there is no pause to end", "wait until the pact is called");
        }

        if (!pact.IsBound(party))
        {
            return Refuse(PactRefusal.NotBound, $"`{party}` is not bound", "leave the release to those who are");
        }

        return pact.ReleaseAgreed.Contains(party)
            ? Refuse(PactRefusal.AlreadyAgreed, $"`{party}` has agreed already", "wait for the other bound members")
            : Done((pact with { ReleaseAgreed = pact.ReleaseAgreed.Add(party) }).Noting(at, new PactChange.ReleaseAgreed(party)));
    });

    /// <summary>Any party alleges that a bound member has not stopped, while the pause holds.</summary>
    public PactOutcome Allege(AllegationId id, PartyId accuser, PartyId accused, string text, Moment at) => Operate(at, pact =>
    {
        if (pact.Stage is not PactStage.InForce)
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
            (AllegationState.Upheld, Ruling.Cured) => Done(pact
                .With(allegation with { State = new AllegationState.Cured() })
                .Noting(at, new PactChange.Cured(id, allegation.Accused))
                .WithCure(allegation.Accused)),
            (AllegationState.Upheld, _) => Refuse(PactRefusal.AlreadyUpheld, $"`{id}` has been upheld", "rule that it is cured, or let the cure period end"),
            _ => Refuse(PactRefusal.AllegationClosed, $"`{id}` is settled: {PactText.Of(allegation.State)}", "make another allegation, should there be cause"),
        };
    });

    /// <summary>Takes in what the world shows: the trigger's two levels and accounted compute.</summary>
    /// <remarks>An undetermined pause level changes no stage. Once called, a pact is not uncalled when the level falls: only a
    /// release ends the pause. A pact is not called while the release level of its trigger is met.</remarks>
    public Pact Observe(Verdict pause, Verdict release, ComputeShares shares, Moment at)
    {
        Pact pact = Before(at);
        return pact.Stage is PactStage.Released
            ? pact
            : (pact with { Circumstances = new Circumstances(pause, release, shares) }).After(at);
    }

    private PactOutcome Operate(Moment at, Func<Pact, PactOutcome> operation)
    {
        Pact pact = Before(at);
        if (pact.Stage is PactStage.Released)
        {
            return Refuse(PactRefusal.PactReleased, $"the pact `{Id}` has ended", "open another");
        }

        PactOutcome outcome = operation(pact);
        return outcome is PactOutcome.Done done ? Done(done.Pact.After(at)) : outcome;
    }

    private Pact Before(Moment at)
    {
        if (at.Time < History[^1].At.Time)
        {
            throw new ArgumentOutOfRangeException(nameof(at), at.Time, "time never goes back on the ledger");
        }

        return Advance(at.Time, new EntryIndex(Math.Max(0, at.Entry.Value - 1)));
    }

    private Pact After(Moment at) => Settle(at).Advance(at.Time, at.Entry);

    private Pact Upholding(Allegation allegation, Moment at)
    {
        DateTimeOffset until = Later(at.Time, Terms.Cure);
        return With(allegation with { State = new AllegationState.Upheld(until) })
            .Noting(at, new PactChange.CureStarted(allegation.Id, allegation.Accused, until))
            .WithCure(allegation.Accused);
    }

    private static PactOutcome.Done Done(Pact pact) => new(pact);

    private static PactOutcome.Refused Refuse(PactRefusal reason, string message, string remedy) => new(reason, message, remedy);

    private static DateTimeOffset Later(DateTimeOffset from, TimeSpan by) =>
        by > DateTimeOffset.MaxValue - from ? DateTimeOffset.MaxValue : from + by;
}
