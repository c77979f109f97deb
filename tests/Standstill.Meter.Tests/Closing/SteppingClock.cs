namespace Standstill.Meter.Tests.Closing;

/// <summary>A clock that a test moves: the wall's time and the time that has really passed, apart.</summary>
public sealed class SteppingClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;
    private long _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _passed;

    /// <summary>Time passes.</summary>
    public void Pass(TimeSpan time)
    {
        _now += time;
        _passed += time.Ticks;
    }

    /// <summary>Somebody sets the clock.</summary>
    public void Step(TimeSpan by) => _now += by;
}
