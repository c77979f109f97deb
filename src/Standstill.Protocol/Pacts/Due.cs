using System.Globalization;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Pacts;

/// <summary>What is due under a pact at a time, in the order in which deadlines of one instant pass.</summary>
public enum DueKind
{
    /// <summary>A party on probation counts again.</summary>
    ProbationEnds,

    /// <summary>A cure period ends in breach.</summary>
    CureEnds,

    /// <summary>The time to bring evidence that has been missing for too long ends in breach.</summary>
    SuspicionEnds,

    /// <summary>Evidence has been missing for so long that its party counts as unverified.</summary>
    SilenceBegins,

    /// <summary>An allegation lapses, no ruling having come.</summary>
    RulingsLapse,

    /// <summary>The notice of a withdrawal has run, and the member leaves.</summary>
    WithdrawalEnds,

    /// <summary>Who has not confirmed that it is ready drops out, and the others are bound.</summary>
    PreparationEnds,

    /// <summary>The maximum duration of the pause is over.</summary>
    PauseEnds,

    /// <summary>The pause is lifted by another step.</summary>
    LiftingStep,

    /// <summary>Notice ends and the pause begins.</summary>
    NoticeEnds,

    /// <summary>A bound member owes evidence.</summary>
    EvidenceDue,

    /// <summary>The members review the pause.</summary>
    ReviewDue,
}

/// <summary>What became of something due.</summary>
public enum DueState
{
    /// <summary>Its time has not come.</summary>
    Ahead,

    /// <summary>Its time has come.</summary>
    Passed,

    /// <summary>It was settled, or fell away, before its time.</summary>
    Settled,
}

/// <summary>Something that a pact has a date for.</summary>
/// <param name="Pact">The pact.</param>
/// <param name="What">What happens then, or is to be done by then.</param>
/// <param name="When">The date.</param>
/// <param name="Party">Whom it concerns; null where it concerns all members.</param>
/// <param name="Allegation">For a cure period and for a ruling, what is alleged.</param>
/// <param name="Since">Since when the date has been known.</param>
/// <param name="State">What became of it.</param>
/// <param name="Changed">When that was known: <paramref name="Since"/> for what is still ahead.</param>
public sealed record Due(
    PactId Pact,
    DueKind What,
    DateTimeOffset When,
    PartyId? Party,
    AllegationId? Allegation,
    Moment Since,
    DueState State,
    Moment Changed)
{
    /// <summary>For evidence, what is owed.</summary>
    public DutyKind? Duty { get; init; }

    /// <summary>A name that no other date of the pact ever has, the same for as long as the ledger is: `cure-ends-41-20270301T120000Z-cedar`.</summary>
    public string Name => string.Join('-', new[]
    {
        Statements.Words.Of(What),
        Since.Entry.Value.ToString(CultureInfo.InvariantCulture),
        When.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
        Party?.Value,
        Allegation?.Value,
        Duty is { } duty ? Statements.Words.Of(duty) : null,
    }.Where(part => part is not null));
}
