using Standstill.Meter.Closing;
using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Tests.Closing;

public sealed class PeriodClosingTests
{
    [Fact]
    public async Task An_hour_closes_into_a_digest_of_what_was_metered()
    {
        await using var hall = await MeteredHall.WithAnHour();
        var digest = hall.Closed.Find(MeteredHall.Area, MeteredHall.Ms(0))!.Digest;

        // From the first scrape at 12:01 on: 59 minutes of one accelerator at half its tensor activity and of one idle, and 58 differences of 5 Wh each.
        Assert.Equal((MeteredHall.Start, MeteredHall.Start.AddHours(1), 2L), (digest.From, digest.To, digest.Chips));
        Assert.Equal((59 / 60.0, 59 / 60.0, 0.0, 0.0), (digest.Figures.BusyHours, digest.Figures.IdleHours, digest.Figures.LightHours, digest.Figures.DarkHours));
        Assert.Equal((59 / 120.0, 2 * 58 * 0.005, EnergySource.CounterMj), (digest.Figures.ActiveHours, digest.Figures.EnergyKilowattHours, digest.Figures.EnergySource));
        Assert.Equal((236L, 0L), (digest.Figures.Samples, digest.DeadLetters));
        Assert.Equal(["power", "traffic", "utilisation"], digest.Figures.Missing);
        Assert.Equal(digest, PeriodDigest.Read(digest.ToJson()).OrThrow());
    }

    [Fact]
    public async Task Periods_missed_while_the_meter_was_down_close_one_after_the_other_and_dark()
    {
        await using var hall = await MeteredHall.WithAnHour();
        hall.Time.Pass(TimeSpan.FromHours(3));
        await hall.Restart();
        hall.Time.Pass(TimeSpan.FromMinutes(6));
        var closed = await hall.Closing.TickAsync();

        Assert.Equal([MeteredHall.Ms(60), MeteredHall.Ms(120), MeteredHall.Ms(180)], closed.Where(c => c.Digest.Area == MeteredHall.Area).Select(c => c.Digest.From.ToUnixTimeMilliseconds()));
        Assert.Equal([2.0, 2.0, 2.0], closed.Select(c => c.Digest.Figures.BusyHours + c.Digest.Figures.IdleHours + c.Digest.Figures.DarkHours));
        Assert.Equal([2.0, 2.0], closed.Skip(1).Select(c => c.Digest.Figures.DarkHours));
        Assert.All(closed, c => Assert.Equal(2, c.Digest.Chips));
    }

    [Fact]
    public async Task A_closed_period_stays_as_it_is_over_restarts_and_late_samples()
    {
        await using var hall = await MeteredHall.WithAnHour();
        var before = Bytes(hall);
        await hall.Restart();
        hall.Time.Step(TimeSpan.FromMinutes(-30));
        Assert.Equal(0, (await hall.Scrape("GPU-0", "GPU-9")).Accepted);
        await hall.Closing.TickAsync();
        hall.Time.Pass(TimeSpan.FromMinutes(10));
        await hall.Closing.TickAsync();
        Assert.Equal(before, Bytes(hall));
    }

    /// <summary>A meter that is killed leaves, of the two files of a period, what it had written in this order.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("20261124T1200Z.jsonl.new")]
    [InlineData("20261124T1200Z.jsonl")]
    [InlineData("20261124T1200Z.jsonl 20261124T1200Z.json.new")]
    public async Task A_meter_killed_while_it_closes_closes_the_same_when_it_is_back(string left)
    {
        await using var hall = await MeteredHall.WithAnHour();
        var before = Bytes(hall);
        var folder = Path.Combine(hall.Data, "periods", MeteredHall.Area);
        var lines = File.ReadAllBytes(Path.Combine(folder, "20261124T1200Z.jsonl"));
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var name in left.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            File.WriteAllBytes(Path.Combine(folder, name), name.EndsWith(".new", StringComparison.Ordinal) ? [1, 2, 3] : lines);
        }

        await hall.Restart();
        Assert.Empty(hall.Closed.Of(MeteredHall.Area));
        hall.Time.Pass(TimeSpan.FromMinutes(6));
        Assert.Single(await hall.Closing.TickAsync());
        Assert.Equal(before, Bytes(hall));
    }

    [Fact]
    public async Task An_accelerator_that_goes_silent_is_dark_until_it_is_unheard_for_the_stated_time()
    {
        await using var hall = new MeteredHall(TimeSpan.FromHours(2));
        await hall.Run(60);
        await hall.Run(60 * 4, "GPU-0");
        var dark = hall.Closed.Of(MeteredHall.Area).Select(from => hall.Closed.Find(MeteredHall.Area, from)!.Digest).ToList();

        // Last heard at 13:00, it holds for four scrape intervals; unheard for two hours at the closing of 15:00 to 16:00, a few minutes into the hour after.
        Assert.Equal([0, 56 / 60.0, 1, 1], dark.Select(d => d.Figures.DarkHours));
        await hall.Run(120, "GPU-0");
        var later = hall.Closed.Of(MeteredHall.Area).Skip(4).Select(from => hall.Closed.Find(MeteredHall.Area, from)!.Digest).ToList();
        Assert.InRange(later[0].Figures.DarkHours, 0.01, 0.2);
        Assert.Equal((0.0, 1L), (later[1].Figures.DarkHours, later[1].Chips));
    }

    [Fact]
    public async Task A_step_of_the_clock_is_in_the_digest_and_neither_makes_nor_loses_time()
    {
        await using var hall = new MeteredHall();
        await hall.Run(20);
        hall.Time.Step(TimeSpan.FromMinutes(-3));
        await hall.Run(50);
        var digest = hall.Closed.Find(MeteredHall.Area, MeteredHall.Ms(0))!.Digest;
        Assert.Equal(180_000, digest.Figures.ClockStepMilliseconds);
        Assert.Equal(2 * 59 / 60.0, digest.Figures.BusyHours + digest.Figures.IdleHours + digest.Figures.DarkHours, 12);
    }

    [Fact]
    public async Task Files_that_are_not_as_they_were_written_stop_the_meter()
    {
        await using var hall = await MeteredHall.WithAnHour();
        await hall.Run(60);
        var folder = Path.Combine(hall.Data, "periods", MeteredHall.Area);
        var second = Path.Combine(folder, "20261124T1300Z.json");
        var first = Path.Combine(folder, "20261124T1200Z.json");
        var (text, other) = (File.ReadAllText(first), File.ReadAllText(second));

        File.WriteAllText(first, text.Replace("\"busyHours\":", "\"busyHours\": ", StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => new ClosedPeriods(hall.Data, new("sample-hall")));
        File.WriteAllText(first, text);
        Assert.Throws<InvalidDataException>(() => new ClosedPeriods(hall.Data, new("sample-barn")));
        Assert.True(File.Exists(second));
        Assert.NotEqual(text, other);

        var lines = Path.Combine(folder, "20261124T1200Z.jsonl");
        File.WriteAllText(lines, File.ReadAllText(lines).Replace("\"idleMs\":", "\"idleMs\":1", StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => hall.Closed.Find(MeteredHall.Area, MeteredHall.Ms(0)));
    }

    private static byte[] Bytes(MeteredHall hall) => File.ReadAllBytes(Path.Combine(hall.Data, "periods", MeteredHall.Area, "20261124T1200Z.json"));
}
