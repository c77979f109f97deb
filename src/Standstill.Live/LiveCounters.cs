using System.Globalization;

namespace Standstill.Live;

/// <summary>What this process has answered since it began.</summary>
/// <param name="clock">The clock.</param>
internal sealed class LiveCounters(TimeProvider clock)
{
    private long posted;
    private long refused;
    private long unanswered;
    private long alarms;

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset Since { get; } = clock.GetUtcNow();

    /// <summary>Counts an answer.</summary>
    public void Count(PostOutcome outcome)
    {
        switch (outcome)
        {
            case PostOutcome.Posted good:
                Interlocked.Increment(ref posted);
                Interlocked.Add(ref alarms, good.Reading.Alarms.Length);
                break;
            case PostOutcome.Refused:
                Interlocked.Increment(ref refused);
                break;
            default:
                Interlocked.Increment(ref unanswered);
                break;
        }
    }

    /// <summary>The counts in Prometheus' text form.</summary>
    public string Text() => string.Create(CultureInfo.InvariantCulture, $"""
        # HELP standstill_live_periods_total Periods answered by this process, by result; one that was posted again counts again.
        # TYPE standstill_live_periods_total counter
        standstill_live_periods_total{"{"}result="posted"{"}"} {Interlocked.Read(ref posted)}
        standstill_live_periods_total{"{"}result="refused"{"}"} {Interlocked.Read(ref refused)}
        standstill_live_periods_total{"{"}result="unanswered"{"}"} {Interlocked.Read(ref unanswered)}
        # HELP standstill_live_alarms_total Alarms in the answers of this process.
        # TYPE standstill_live_alarms_total counter
        standstill_live_alarms_total {Interlocked.Read(ref alarms)}

        """);
}
