using System.Collections.Immutable;

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

    /// <summary>The pact ended while this party was still waiting.</summary>
    public sealed record CommitmentLapsed(PartyId Party) : PactChange;
}
