using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Pacts;

/// <summary>What a pact knows of the world outside: its trigger and the accounts.</summary>
/// <param name="Pause">Whether the pause level of its trigger is met.</param>
/// <param name="Release">Whether the release level is.</param>
/// <param name="Facts">What is known of the parties.</param>
public sealed record Circumstances(Verdict Pause, Verdict Release, PartyFacts Facts);

/// <summary>A pact: its terms, who has committed, who is bound, and how that came about.</summary>
/// <remarks>
/// <para>Immutable. Each operation yields another pact or a refusal, and lengthens the history. The parts of the state are
/// plain data (names, entries, times, texts), so that a document of it can be written and compared.</para>
/// <para>INVARIANT (bound): in every pact that an operation yields and that is not released, the bound members are exactly
/// the largest coalition of the standing commitments under the latest circumstances. In a pact of version 2 that is so from the
/// instant at which all are bound until the lifting begins: before it nobody is bound, and the pledged are the largest coalition
/// (while it prepares: of those who were pledged at the call and by no higher degrees); in the lifting the bound are the largest
/// coalition among themselves.</para>
/// <para>INVARIANT (deadlines): no deadline of a pact lies at or before its latest transition. A deadline at the time
/// of an entry passes before the entry counts: a ruling received at the instant at which a cure period ends is too late.</para>
/// <para>A change of accounted compute alone can bring members in or free them: where a condition asks for a share, growth of
/// others' compute lowers it. That takes effect at the entry that shows it, like everything else.</para>
/// <para>A party that commits while the pause holds is bound by it as soon as its condition is met, without a notice of its own.</para>
/// <para>Nothing but the pact's own commitments and the facts about their parties enters its coalitions: that a party stops of its
/// own accord, or under another pact, weakens nobody's condition and strengthens none.</para>
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

    /// <summary>The bound members who are willing to go on beyond the end of the pause, and for how many days.</summary>
    public ImmutableSortedDictionary<PartyId, int> Extensions { get; private init; } = ImmutableSortedDictionary<PartyId, int>.Empty;

    /// <summary>When the trigger called a pact of version 2; null while no call stands.</summary>
    public DateTimeOffset? CalledAt { get; private init; }

    /// <summary>What was observed last; everything undetermined before that.</summary>
    public Circumstances Circumstances { get; private init; } = new(Verdict.Undetermined, Verdict.Undetermined, PartyFacts.None);

    /// <summary>Everything that has happened, oldest first.</summary>
    public ImmutableList<PactTransition> History { get; private init; }

    /// <summary>A pact that nobody has committed to.</summary>
    public static Pact Open(PactId id, PactTerms terms, PartyId by, Moment at) => new(id, terms, by, at);

    /// <summary>Takes in what the world shows: the trigger's two levels and what is known of the parties.</summary>
    /// <remarks>An undetermined pause level changes no stage. Once called, a pact is not uncalled when the level falls: only a
    /// release ends the pause. A pact is not called while the release level of its trigger is met.</remarks>
    public Pact Observe(Verdict pause, Verdict release, PartyFacts facts, Moment at)
    {
        Pact pact = Before(at);
        return pact.Stage is PactStage.Released
            ? pact
            : (pact with { Circumstances = new Circumstances(pause, release, facts) }).After(at);
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

    private static PactOutcome.Done Done(Pact pact) => new(pact);

    private static PactOutcome.Refused Refuse(PactRefusal reason, string message, string remedy) => new(reason, message, remedy);

    /// <summary>A time after another; the last time that there is where it would lie beyond.</summary>
    internal static DateTimeOffset Later(DateTimeOffset from, TimeSpan by) =>
        by > DateTimeOffset.MaxValue - from ? DateTimeOffset.MaxValue : from + by;
}
