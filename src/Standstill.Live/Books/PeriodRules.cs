using System.Globalization;
using Standstill.Measurement.Accounting;
using Standstill.Protocol;

namespace Standstill.Live.Books;

/// <summary>Which periods an area's book takes, and in which words it refuses the others.</summary>
internal static class PeriodRules
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>What is wrong with a period in the place where it stands; null if nothing is.</summary>
    /// <param name="period">The period.</param>
    /// <param name="count">The number of the inventory count of the period before.</param>
    public static Fault? Malformed(BalancePeriod period, int count)
    {
        var length = period.To - period.From;
        return length <= TimeSpan.Zero || length.Ticks % TimeSpan.TicksPerMinute != 0 || length > Longest
                ? new Fault("to", $"`{Time(period.To)}` is not a whole number of minutes after `{Time(period.From)}`", "send a period of 1 minute to 366 days")
            : period.From.Ticks % TimeSpan.TicksPerMinute != 0
                ? new Fault("from", $"`{Time(period.From)}` is not a whole minute", "begin a period on a minute")
            : period.Count < count
                ? new Fault("count", FormattableString.Invariant($"the inventory count `{period.Count}` is before `{count}`, that of the period before"), "number the counts in order")
            : period.Fault() is { } fault
                ? new Fault(fault.Field, fault.What, fault.Remedy)
            : null;
    }

    /// <summary>The answer to a period of an area that nobody opened.</summary>
    public static PostOutcome.Refused Unknown(string area) => new(
        RefusalReason.UnknownArea, new Fault("area", $"`{area}` is not open", "open the area with its error model first"), null);

    /// <summary>The answer to a period that is wrong by itself.</summary>
    public static PostOutcome.Refused Bad(Fault fault, DateTimeOffset next) => new(RefusalReason.Malformed, fault, next);

    /// <summary>The answer to a period from before the account.</summary>
    public static PostOutcome.Refused Early(BalancePeriod period, DateTimeOffset opened, DateTimeOffset next) => new(
        RefusalReason.BeforeOpening,
        new Fault("from", $"`{Time(period.From)}` is before the area's account, which begins at `{Time(opened)}`", "send periods from then on"),
        next);

    /// <summary>The answer to a period that leaves a gap.</summary>
    public static PostOutcome.Refused Ahead(BalancePeriod period, DateTimeOffset next) => new(
        RefusalReason.Ahead,
        new Fault("from", $"`{Time(period.From)}` is ahead: the period from `{Time(next)}` is missing", "send the missing periods first, then this one again"),
        next);

    /// <summary>The answer to a period in the place of another.</summary>
    public static PostOutcome.Refused Other(BalancePeriod period, BalancePeriod posted, DateTimeOffset next) => new(
        RefusalReason.OtherContent,
        new Fault(
            "from",
            $"`{Time(period.From)}` to `{Time(period.To)}` is not what was posted for `{Time(posted.From)}` to `{Time(posted.To)}`",
            "what the ledger says stands: compare the two; books in memory or in a fresh database are refilled from the ledger"),
        next);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
