namespace Standstill.Meter.Closing;

/// <summary>When periods may close, by a clock that may step.</summary>
/// <remarks>
/// A period closes once its end is <see cref="Grace"/> ago, for samples that are on their way. After a start, and after a step of the clock,
/// nothing closes until the grace has passed by the clock that cannot step: a sender that waited for the meter sends what it kept, and a clock that was
/// set wrong for a moment closes no period that lies ahead. A clock set back closes nothing until it has caught up; what is closed stays so.
/// </remarks>
public sealed class ClosingClock
{
    // Slewing by NTP stays below 500 ppm: a second between two looks is a step.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private DateTimeOffset _wall;
    private long _mark;
    private long _settled;

    /// <summary>Starts watching.</summary>
    public ClosingClock(TimeProvider time, TimeSpan grace)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grace, TimeSpan.Zero);
        _time = time;
        Grace = grace;
        _wall = time.GetUtcNow();
        _mark = _settled = time.GetTimestamp();
    }

    /// <summary>How long after its end a period still takes samples.</summary>
    public TimeSpan Grace { get; }

    /// <summary>The time at the last look.</summary>
    public DateTimeOffset Now => _wall;

    /// <summary>Looks at the clock: the milliseconds by which it stepped since the last look, forward or back; 0 where it did not.</summary>
    public long Observe()
    {
        var (wall, mark) = (_time.GetUtcNow(), _time.GetTimestamp());
        var step = wall - _wall - _time.GetElapsedTime(_mark, mark);
        (_wall, _mark) = (wall, mark);
        if (step.Duration() < Tolerance)
        {
            return 0;
        }

        _settled = mark;
        return (long)step.TotalMilliseconds;
    }

    /// <summary>The latest end of a period that may close, as of the last look; null while the clock has to settle.</summary>
    public DateTimeOffset? ClosesUpTo => _time.GetElapsedTime(_settled, _mark) >= Grace ? _wall - Grace : null;

    /// <summary>The periods that close, one after the other without a hole, however long the meter was down.</summary>
    /// <param name="nextFromMs">End of the area's last closed period or, before the first, start of the period of its first sample.</param>
    /// <param name="periodMs">Length of a period.</param>
    public IEnumerable<(long FromMs, long ToMs)> Due(long nextFromMs, long periodMs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(periodMs, 60_000);
        var upTo = ClosesUpTo?.ToUnixTimeMilliseconds() ?? long.MinValue;
        for (var from = nextFromMs; from + periodMs <= upTo; from += periodMs)
        {
            yield return (from, from + periodMs);
        }
    }
}
