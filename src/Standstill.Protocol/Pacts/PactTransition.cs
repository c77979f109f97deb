using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Pacts;

/// <summary>One line of a pact's history.</summary>
/// <param name="At">When, and the latest entry on record then.</param>
/// <param name="What">What changed.</param>
public sealed record PactTransition(Moment At, PactChange What);

/// <summary>Everything that can happen to a pact.</summary>
public abstract record PactChange
{
    private PactChange()
    {
    }

    /// <summary>A party put the pact forward.</summary>
    public sealed record Opened(PartyId By) : PactChange;

    /// <summary>A party committed.</summary>
    public sealed record Committed(PartyId Party, Condition Condition) : PactChange;

    /// <summary>A coalition exists; all these were bound together.</summary>
    public sealed record Armed(ImmutableArray<PartyId> Members) : PactChange;

    /// <summary>A party was bound into a coalition that existed.</summary>
    public sealed record Joined(PartyId Party) : PactChange;

    /// <summary>A bound member gave notice.</summary>
    public sealed record WithdrawalNoticed(PartyId Party, DateTimeOffset Until) : PactChange;

    /// <summary>A pledged member gave notice, before anybody was bound.</summary>
    public sealed record PledgeNoticed(PartyId Party, DateTimeOffset Until) : PactChange;

    /// <summary>A party left: at once while waiting, after notice while bound.</summary>
    public sealed record Withdrawn(PartyId Party) : PactChange;

    /// <summary>The trigger was met; notice runs.</summary>
    public sealed record Called(DateTimeOffset Until) : PactChange;

    /// <summary>Notice has run; the pause holds.</summary>
    public sealed record InForce : PactChange;

    /// <summary>An allegation was made.</summary>
    public sealed record Accused(AllegationId Allegation, PartyId Accuser, PartyId Party) : PactChange;

    /// <summary>An allegation was dismissed.</summary>
    public sealed record Dismissed(AllegationId Allegation, PartyId Party) : PactChange;

    /// <summary>An allegation was upheld.</summary>
    public sealed record CureStarted(AllegationId Allegation, PartyId Party, DateTimeOffset Until) : PactChange;

    /// <summary>What was alleged was put right in time.</summary>
    public sealed record Cured(AllegationId Allegation, PartyId Party) : PactChange;

    /// <summary>The cure period ended without a cure.</summary>
    public sealed record Breached(AllegationId Allegation, PartyId Party) : PactChange;

    /// <summary>An allegation fell away, its accused no longer being bound.</summary>
    public sealed record AllegationLapsed(AllegationId Allegation, PartyId Party) : PactChange;

    /// <summary>Snap-back: a member's condition no longer holds, and it is free.</summary>
    /// <param name="Party">Who is free. It waits again, unless it had given notice, in which case it leaves.</param>
    /// <param name="Because">The clauses of its condition that fail.</param>
    public sealed record Freed(PartyId Party, ImmutableArray<ClauseFinding> Because) : PactChange;

    /// <summary>No coalition is left, before the pact was called.</summary>
    public sealed record Disarmed : PactChange;

    /// <summary>No coalition is left after the call: the pause ends for all.</summary>
    public sealed record Dissolved : PactChange;

    /// <summary>A bound member agreed to end the pause.</summary>
    public sealed record ReleaseAgreed(PartyId Party) : PactChange;

    /// <summary>The pause ended.</summary>
    public sealed record Released(ReleaseCause How) : PactChange;

    /// <summary>The pact ended while this party was not bound.</summary>
    public sealed record CommitmentLapsed(PartyId Party) : PactChange;

    /// <summary>A party committed by degrees.</summary>
    public sealed record CommittedBySteps(PartyId Party, ImmutableArray<CommitmentStep> Steps) : PactChange;

    /// <summary>Sealed commitments were opened together; each commitment follows.</summary>
    public sealed record Unsealed(ImmutableArray<PartyId> Parties) : PactChange;

    /// <summary>A coalition exists; all these are pledged, and not bound before all are ready.</summary>
    public sealed record Pledged(ImmutableArray<PartyId> Members) : PactChange;

    /// <summary>A party was pledged into a coalition that existed.</summary>
    public sealed record PledgedAsWell(PartyId Party) : PactChange;

    /// <summary>The trigger was met; the pledged members confirm that they are ready.</summary>
    public sealed record Preparing(ImmutableArray<PartyId> Members, Digest Coalition, DateTimeOffset Until) : PactChange;

    /// <summary>The coalition that is being prepared changed, and every confirmation is void.</summary>
    public sealed record PreparingAnew(ImmutableArray<PartyId> Members, Digest Coalition, DateTimeOffset Until) : PactChange;

    /// <summary>A pledged member confirmed that it is ready.</summary>
    public sealed record Readied(PartyId Party) : PactChange;

    /// <summary>A pledged member did not confirm in time; its commitment is gone.</summary>
    public sealed record DroppedOut(PartyId Party) : PactChange;

    /// <summary>All these were bound at one entry, and notice runs.</summary>
    public sealed record BoundTogether(ImmutableArray<PartyId> Members, DateTimeOffset PauseBegins) : PactChange;

    /// <summary>A bound member slows by another degree than before.</summary>
    public sealed record DegreeChanged(PartyId Party, int Degree) : PactChange;

    /// <summary>Evidence that a member owes has been missing for too long.</summary>
    public sealed record Suspected(PartyId Party, ImmutableArray<DutyKind> Missing, DateTimeOffset Until) : PactChange;

    /// <summary>All evidence that was missing has come.</summary>
    public sealed record SuspicionCleared(PartyId Party) : PactChange;

    /// <summary>A member was silent until the time to cure had run.</summary>
    public sealed record BreachedBySilence(PartyId Party) : PactChange;

    /// <summary>No ruling on an allegation came in time.</summary>
    public sealed record RulingOverdue(AllegationId Allegation, PartyId Party) : PactChange;

    /// <summary>A member said that it had handed over weights or compute to an outsider.</summary>
    public sealed record HandedOver(AllegationId Allegation, PartyId Party) : PactChange;

    /// <summary>A party counts for nobody until a time, since it had been in breach or had dropped out.</summary>
    public sealed record OnProbation(PartyId Party, DateTimeOffset Until) : PactChange;

    /// <summary>A party's probation ended: it counts.</summary>
    public sealed record ProbationEnded(PartyId Party) : PactChange;

    /// <summary>A bound member is willing to go on beyond the end.</summary>
    public sealed record ExtensionAgreed(PartyId Party, int Days) : PactChange;

    /// <summary>The maximum duration was over, and these go on.</summary>
    public sealed record Extended(ImmutableArray<PartyId> Members, DateTimeOffset Until) : PactChange;

    /// <summary>A member's time was over, while others go on.</summary>
    public sealed record MemberReleased(PartyId Party) : PactChange;

    /// <summary>The release was decided, and the pause is lifted in steps.</summary>
    public sealed record LiftingStarted(ReleaseCause How, DateTimeOffset Until) : PactChange;

    /// <summary>A step of the lifting was taken.</summary>
    public sealed record Lifted(int Degree, DateTimeOffset Until) : PactChange;

    /// <summary>Others stand in a party's place.</summary>
    public sealed record Succeeded(PartyId Party, ImmutableArray<PartyId> By) : PactChange
    {
        /// <summary>Those of them to whom its commitment and standing passed, in the place of what they had of their own.</summary>
        public ImmutableArray<PartyId> Taking { get; init; } = [];
    }
}
