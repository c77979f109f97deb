using Standstill.Meter.Closing;

namespace Standstill.Meter.Tests.Closing;

public sealed class ClosingClockTests
{
    private const long Hour = 3_600_000;
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);
    private readonly SteppingClock _time = new(Noon);

    [Fact]
    public void A_period_closes_when_its_end_is_the_grace_ago()
    {
        var clock = new ClosingClock(_time, Grace);
        Pass(clock, TimeSpan.FromMinutes(64.9));
        Assert.Empty(Due(clock));
        Pass(clock, TimeSpan.FromMinutes(0.1));
        Assert.Equal([(Ms(0), Ms(1))], Due(clock));
    }

    [Fact]
    public void A_meter_that_was_down_closes_nothing_until_its_senders_had_the_grace_and_then_every_period_without_a_hole()
    {
        _time.Pass(TimeSpan.FromHours(3.5));
        var clock = new ClosingClock(_time, Grace);
        Pass(clock, TimeSpan.FromMinutes(4));
        Assert.Empty(Due(clock));
        Pass(clock, TimeSpan.FromMinutes(1));
        Assert.Equal([(Ms(0), Ms(1)), (Ms(1), Ms(2)), (Ms(2), Ms(3))], Due(clock));
    }

    [Fact]
    public void A_clock_set_ahead_for_less_than_the_grace_closes_nothing()
    {
        var clock = new ClosingClock(_time, Grace);
        Pass(clock, TimeSpan.FromMinutes(10));
        _time.Step(TimeSpan.FromHours(5));
        Assert.Equal(5 * Hour, clock.Observe());
        Pass(clock, TimeSpan.FromMinutes(4));
        Assert.Empty(Due(clock));
        _time.Step(TimeSpan.FromHours(-5));
        Assert.Equal(-5 * Hour, clock.Observe());
        Pass(clock, TimeSpan.FromMinutes(10));
        Assert.Empty(Due(clock));
    }

    [Fact]
    public void A_clock_set_back_closes_nothing_that_is_closed()
    {
        var clock = new ClosingClock(_time, Grace);
        Pass(clock, TimeSpan.FromMinutes(70));
        Assert.Equal([(Ms(0), Ms(1))], Due(clock));
        _time.Step(TimeSpan.FromHours(-1));
        clock.Observe();
        Pass(clock, TimeSpan.FromMinutes(30));
        Assert.Empty(clock.Due(Ms(1), Hour));
    }

    [Fact]
    public void A_clock_that_is_slewed_has_not_stepped()
    {
        var clock = new ClosingClock(_time, Grace);
        for (var i = 0; i < 100; i++)
        {
            _time.Pass(TimeSpan.FromSeconds(10));
            _time.Step(TimeSpan.FromMilliseconds(5));
            Assert.Equal(0, clock.Observe());
        }
    }

    private static (long, long)[] Due(ClosingClock clock) => [.. clock.Due(Ms(0), Hour)];

    private static long Ms(int hours) => Noon.ToUnixTimeMilliseconds() + (hours * Hour);

    private void Pass(ClosingClock clock, TimeSpan time)
    {
        _time.Pass(time);
        clock.Observe();
    }
}
