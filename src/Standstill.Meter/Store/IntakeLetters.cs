using System.Globalization;
using Standstill.Meter.Dcgm;
using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Store;

/// <summary>What the store did not take, or took as no data, of one batch: counted by kind, the first few of each kind kept. Read when the append has ended.</summary>
public sealed class IntakeLetters
{
    /// <summary>Not later than the last sample of its series, and not the same again.</summary>
    public static readonly DeadLetterKind OutOfOrder = new(
        "intake/out-of-order", "is not later than the last sample of its series", "send each series in the order of time, from one sender");

    /// <summary>Of a closed balance period.</summary>
    public static readonly DeadLetterKind AfterClosing = new(
        "intake/after-closing", "belongs to a balance period that is closed", "see why it came so late: the digest of the period is signed");

    /// <summary>Too far from the meter's clock.</summary>
    public static readonly DeadLetterKind OutOfTime = new(
        "intake/out-of-time", "is more than ten minutes ahead of the meter's clock, or more than seven days behind", "set the clocks");

    /// <summary>Labels that name no series.</summary>
    public static readonly DeadLetterKind Labels = new(
        "intake/labels", "does not name a series", "send `__name__` and labels that each occur once, within the limits");

    /// <summary>What was refused for good.</summary>
    public DeadLetterTally Refused { get; } = new();

    /// <summary>What was kept and is no data: DCGM's marks for that, and what a quantity cannot be (<see cref="DcgmFault"/>).</summary>
    public DeadLetterTally NoValue { get; } = new();

    internal static void Add(DeadLetterTally? tally, DeadLetterKind kind, Series series, long timeMs, double value)
    {
        // The text is made for those alone that are kept: a sender that catches up may have a million refused.
        if (tally is not null && tally[kind] < DeadLetterTally.KeptOfAKind)
        {
            tally.Add(kind, series.Name, string.Create(CultureInfo.InvariantCulture, $"{value} at {timeMs} ms {series.Subject}").TrimEnd());
        }
        else
        {
            tally?.AddCount(kind, 1);
        }
    }
}
