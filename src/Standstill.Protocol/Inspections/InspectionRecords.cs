using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Inspections;

/// <summary>An inspection plan on record.</summary>
public sealed record PlanRecord(PartyId Inspector, InspectionPlanBody Body, Moment At);

/// <summary>A challenge, its answer, and what was found.</summary>
/// <param name="Inspector">Who asks.</param>
/// <param name="Body">What is asked.</param>
/// <param name="Population">How many pieces there were to draw from.</param>
/// <param name="At">When.</param>
/// <param name="Answer">What was answered; null while nothing was.</param>
/// <param name="Answered">When.</param>
/// <param name="Result">What the inspector found; null while it has not said.</param>
/// <param name="Found">When.</param>
public sealed record ChallengeRecord(
    PartyId Inspector,
    ChallengeBody Body,
    long Population,
    Moment At,
    ChallengeAnsweredBody? Answer = null,
    Moment? Answered = null,
    InspectionResult? Result = null,
    Moment? Found = null)
{
    /// <summary>By when it must be answered.</summary>
    public DateTimeOffset Due => At.Time.AddHours(Body.DueHours);

    /// <summary>Whether it stands against the party at a time: the answer is overdue or came late, or is not as declared, or could not be
    /// settled, and nothing has been confirmed since. A challenge says nothing of the time before it.</summary>
    public bool StandsAgainst(DateTimeOffset when) => Result switch
    {
        _ when when < At.Time => false,
        InspectionResult.Confirmed => false,
        null => Due <= when && (Answered is not { } answered || answered.Time > Due),
        _ => true,
    };
}

/// <summary>An inspector's finding on record.</summary>
public sealed record FindingRecord(PartyId Inspector, InspectionFindingBody Body, Moment At);
