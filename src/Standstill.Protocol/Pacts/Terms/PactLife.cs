using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts.Terms;

/// <summary>What a pact of version 2 agrees about its life.</summary>
public sealed record PactLife
{
    /// <summary>From the call to the last moment at which a member can say that it is ready.</summary>
    public required TimeSpan Preparation { get; init; }

    /// <summary>From an allegation to the last moment of a ruling on it; after that it lapses.</summary>
    public required TimeSpan Rulings { get; init; }

    /// <summary>How long owed evidence may be missing before its party counts as unverified; null where silence has no consequence.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>The evidence that a bound member owes while the pause holds, each kind at most once.</summary>
    public ImmutableArray<Duty> Owed { get; init; } = [];

    /// <summary>From the call, for how long nobody can give notice; zero for not at all.</summary>
    public TimeSpan Blackout { get; init; }

    /// <summary>From a new commitment after breach or dropping out, for how long the party counts for nobody.</summary>
    public TimeSpan Probation { get; init; }

    /// <summary>How often the members review the pause; null for never.</summary>
    public TimeSpan? Review { get; init; }

    /// <summary>How the pause is lifted, degree by degree; empty where it ends at once.</summary>
    public ImmutableArray<LiftingStep> Lifting { get; init; } = [];

    /// <summary>What ends the pause, beside its maximum duration.</summary>
    public required ReleaseRule Release { get; init; }

    /// <summary>Older pacts that count as parties of this one.</summary>
    public ImmutableSortedSet<PactId> Nested { get; init; } = [];

    /// <summary>Who keeps sealed commitments; null where there can be none.</summary>
    public SealTerms? Seal { get; init; }
}

/// <summary>What a bound member shows of itself.</summary>
public enum DutyKind
{
    /// <summary>A heartbeat.</summary>
    Heartbeat,

    /// <summary>A compute balance.</summary>
    Balance,

    /// <summary>An inspection of its facilities, reported by an inspector.</summary>
    Inspection,
}

/// <summary>Evidence owed at regular times.</summary>
/// <param name="Kind">What.</param>
/// <param name="Every">How often: above zero.</param>
public sealed record Duty(DutyKind Kind, TimeSpan Every);

/// <summary>One step of lifting a pause.</summary>
/// <param name="Degree">To which degree the members still slow, in per cent: 1 to 99, falling from step to step.</param>
/// <param name="After">How long after the step before, or after the release.</param>
public sealed record LiftingStep(int Degree, TimeSpan After);

/// <summary>What ends a pause.</summary>
/// <param name="ByTrigger">Whether the trigger's release level does.</param>
/// <param name="MembersPercent">The share of bound members whose agreement does, in per cent from 1 to 100; null where the members cannot.</param>
public sealed record ReleaseRule(bool ByTrigger, int? MembersPercent);

/// <summary>Who keeps the keys of sealed commitments.</summary>
/// <param name="Trustees">Parties, each with one share of every key.</param>
/// <param name="Threshold">How many shares open one: 2 to the number of trustees.</param>
/// <param name="CoarseCount">Whether pages and answers may tell about how many are sealed.</param>
public sealed record SealTerms(ImmutableSortedSet<PartyId> Trustees, int Threshold, bool CoarseCount);
