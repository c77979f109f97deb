using System.Text.Json.Serialization;
using Standstill.Measurement.Accounting;
using Standstill.Protocol;

namespace Standstill.Live;

/// <summary>What became of a posted period. Whatever it is, the same period may be posted again without harm.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "result")]
[JsonDerivedType(typeof(Posted), "posted")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(Unanswered), "unanswered")]
public abstract record PostOutcome
{
    private PostOutcome()
    {
    }

    /// <summary>It is in the area's book, and stays there whatever process ends. A period that was posted before has the answer that it had.</summary>
    /// <param name="Reading">What the tests said of it.</param>
    public sealed record Posted(BalanceReading Reading) : PostOutcome;

    /// <summary>It is not in the book, and posting it again will not bring it there.</summary>
    /// <param name="Reason">Which rule it breaks.</param>
    /// <param name="Fault">Where, what, and what to do.</param>
    /// <param name="Expected">The beginning of the period that the area waits for, UTC; null where there is no such area.</param>
    public sealed record Refused(RefusalReason Reason, Fault Fault, DateTimeOffset? Expected) : PostOutcome;

    /// <summary>Nobody knows: the silo or the database that would have answered did not. Post it again.</summary>
    /// <param name="Message">What failed.</param>
    public sealed record Unanswered(string Message) : PostOutcome;
}

/// <summary>The rules of posting.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RefusalReason>))]
public enum RefusalReason
{
    /// <summary>No such area has been opened.</summary>
    [JsonStringEnumMemberName("unknown-area")]
    UnknownArea,

    /// <summary>The period begins before the area's account does.</summary>
    [JsonStringEnumMemberName("before-opening")]
    BeforeOpening,

    /// <summary>The period is ahead: one between it and the last posted is missing.</summary>
    [JsonStringEnumMemberName("ahead")]
    Ahead,

    /// <summary>A posted period covers that time, with other content.</summary>
    [JsonStringEnumMemberName("other-content")]
    OtherContent,

    /// <summary>The period does not follow the rules of a balance period.</summary>
    [JsonStringEnumMemberName("malformed")]
    Malformed,
}
