using System.Collections.Immutable;

namespace Standstill.Meter;

/// <summary>Which series belong to a balance area, and how long its balance periods are.</summary>
/// <param name="Area">The area's name within the facility, a slug.</param>
/// <param name="Match">Labels that a series of the area has, each with just this value; empty: every series.</param>
/// <param name="PeriodMinutes">Length of a balance period, minutes; periods begin at multiples of it since 1970-01-01T00:00:00Z.</param>
public sealed record AreaRule(string Area, ImmutableArray<Label> Match, int PeriodMinutes)
{
    /// <summary>The area of series that no rule matches. What lands here is in nobody's balance, so it is counted and shown.</summary>
    public const string Unassigned = "unassigned";

    /// <summary>Length of a balance period in milliseconds.</summary>
    public long PeriodMs => PeriodMinutes * 60_000L;

    /// <summary>Whether a series with these labels belongs to the area.</summary>
    public bool Matches(ImmutableArray<Label> labels) => Match.All(labels.Contains);

    /// <summary>Start of the balance period that a time lies in, ms.</summary>
    public long PeriodOf(long timeMs) => timeMs - Modulo(timeMs, PeriodMs);

    internal static long Modulo(long value, long length) => ((value % length) + length) % length;
}
