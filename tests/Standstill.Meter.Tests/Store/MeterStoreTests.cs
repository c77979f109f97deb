using Standstill.Meter.Store;

namespace Standstill.Meter.Tests.Store;

public sealed class MeterStoreTests
{
    [Fact]
    public async Task Every_accepted_sample_is_in_one_chunk_bit_for_bit()
    {
        using var rig = new Rig();
        await using var store = rig.Open();
        var (a, b) = (Rig.Power(store, "a", 0), Rig.Power(store, "b", 0));
        (int, long, double)[] samples =
        [
            (a, Rig.Noon, 0.1), (a, Rig.Noon + 15_000, double.NaN), (a, Rig.Noon + 30_000, StaleMarker.Value), (b, Rig.Noon + 1, double.NegativeInfinity),
            (b, Rig.Noon + 2, -0.0), (b, Rig.Noon + 3, double.Epsilon),
        ];

        var counts = await Rig.SendAsync(store, samples);
        await store.SealAsync();

        Assert.Equal(new IntakeCounts(6, 0, 0, 0, 0, 0, 2), counts);
        Assert.Equal(samples.Select(s => (s.Item1, s.Item2, BitConverter.DoubleToInt64Bits(s.Item3))).Order(), rig.InChunks());
    }

    [Fact]
    public async Task A_sample_sent_again_counts_once_before_and_after_it_is_in_a_chunk()
    {
        using var rig = new Rig();
        await using var store = rig.Open();
        var a = Rig.Power(store, "a", 0);
        (int, long, double)[] samples = [(a, Rig.Noon, 1), (a, Rig.Noon + 15_000, 2), (a, Rig.Noon + 30_000, 3)];

        await Rig.SendAsync(store, samples);
        var again = await Rig.SendAsync(store, samples);
        await store.SealAsync();
        var later = await Rig.SendAsync(store, samples);

        Assert.Equal(new IntakeCounts(0, 0, 3, 0, 0, 0), again);
        Assert.Equal(new IntakeCounts(0, 0, 3, 0, 0, 0), later);
        Assert.Equal(3, rig.InChunks().Count);
    }

    [Fact]
    public async Task A_sample_that_is_older_or_another_at_the_same_time_is_refused_and_counted()
    {
        using var rig = new Rig();
        await using var store = rig.Open();
        var a = Rig.Power(store, "a", 0);
        await Rig.SendAsync(store, (a, Rig.Noon, 1));

        var counts = await Rig.SendAsync(store, (a, Rig.Noon, 2), (a, Rig.Noon - 1, 1), (a, Rig.Noon + 1, 5));

        Assert.Equal(new IntakeCounts(1, 0, 0, 2, 0, 0), counts);
    }

    [Fact]
    public async Task A_sample_far_from_the_meters_clock_is_refused_and_counted()
    {
        using var rig = new Rig();
        await using var store = rig.Open();
        var a = Rig.Power(store, "a", 0);

        var counts = await Rig.SendAsync(store, (a, 0, 1), (a, rig.Clock.NowMs + MeterStore.MostAheadMs + 1, 1), (a, rig.Clock.NowMs + MeterStore.MostAheadMs, 1));

        Assert.Equal(new IntakeCounts(1, 0, 0, 0, 0, 2), counts);
    }

    [Fact]
    public async Task A_closed_period_takes_no_more_samples_and_the_open_one_does()
    {
        using var rig = new Rig();
        await using var store = rig.Open();
        var (a, b) = (Rig.Power(store, "a", 0), Rig.Power(store, "a", 1));
        await Rig.SendAsync(store, (a, Rig.Noon, 1), (a, Rig.Noon + 3_600_000, 2));

        var closed = await store.CloseAsync("hall-a", Rig.Noon);
        var counts = await Rig.SendAsync(store, (b, Rig.Noon + 1, 1), (b, Rig.Noon + 3_600_001, 2));

        Assert.Equal(1, closed.Chunks.Sum(c => c.Samples));
        Assert.Equal(Rig.Noon + 3_600_000, closed.Chunks[^1].Summary.Window.ToMs);
        Assert.Equal(new IntakeCounts(1, 0, 0, 0, 1, 0), counts);
        Assert.Equal(closed.Chunks, (await store.CloseAsync("hall-a", Rig.Noon)).Chunks);
    }

    [Fact]
    public async Task A_closed_period_stays_closed_when_the_meter_starts_again()
    {
        using var rig = new Rig();
        await using (var store = rig.Open())
        {
            await Rig.SendAsync(store, (Rig.Power(store, "a", 0), Rig.Noon, 1));
            await store.CloseAsync("hall-a", Rig.Noon);
        }

        await using var again = rig.Open();
        var counts = await Rig.SendAsync(again, (Rig.Power(again, "a", 1), Rig.Noon + 1, 1));

        Assert.Equal(1, counts.AfterClosing);
        Assert.Equal(Rig.Noon + 3_600_000, again.ClosedTo("hall-a"));
    }

    [Fact]
    public async Task The_windows_of_a_periods_chunks_follow_on_each_other()
    {
        using var rig = new Rig();
        await using var store = rig.Open();
        var a = Rig.Power(store, "a", 0);
        for (var t = 0L; t < 3_900_000; t += 15_000)
        {
            await Rig.SendAsync(store, (a, Rig.Noon + t, t));
        }

        var chunks = (await store.CloseAsync("hall-a", Rig.Noon)).Chunks;

        Assert.Equal(Enumerable.Range(0, chunks.Length), chunks.Select(c => c.Summary.Position));
        Assert.True(chunks.Length > 1);
        Assert.Equal(Rig.Noon, chunks[0].Summary.Window.FromMs);
        Assert.Equal(Rig.Noon + 3_600_000, chunks[^1].Summary.Window.ToMs);
        Assert.All(chunks.Zip(chunks.Skip(1)), pair => Assert.Equal(pair.First.Summary.Window.ToMs, pair.Second.Summary.Window.FromMs));
        Assert.Equal(3_600_000, chunks.Sum(c => c.Summary.Sums.ChipMs));
        Assert.Equal(240, chunks.Sum(c => c.Summary.Sums.Samples));
    }

    [Fact]
    public async Task A_chunks_summary_can_be_computed_from_its_file_alone()
    {
        using var rig = new Rig();
        await using var store = rig.Open();
        var (a, b) = (Rig.Power(store, "a", 0), Rig.Power(store, "a", 1));
        for (var t = 0L; t < 1_200_000; t += 15_000)
        {
            await Rig.SendAsync(store, (a, Rig.Noon + t, 300 + t % 7), (b, Rig.Noon + t, 70));
        }

        await store.CloseAsync("hall-a", Rig.Noon);

        using var file = new ChunkFile();
        Assert.All(store.Chunks("hall-a", Rig.Noon), chunk =>
        {
            var rows = file.Read(store.PathOf(chunk)).OrThrow();
            Assert.Equal(chunk.Summary.Window, rows.Window);
            Assert.Equal(chunk.Summary.Sums, Protocol.Inspections.ChunkAccount.Of(rows.ToColumns(), rows.Window));
            Assert.Equal(chunk.Summary.File, Protocol.Digest.Of(File.ReadAllBytes(store.PathOf(chunk))));
        });
    }

    [Fact]
    public async Task What_no_rule_matches_is_kept_and_shown_as_unassigned()
    {
        using var rig = new Rig();
        await using var store = rig.Open();

        await Rig.SendAsync(store, (Rig.Power(store, "z", 0), Rig.Noon, 1));

        Assert.Equal(1, store.Counts.Single(c => c.Area == AreaRule.Unassigned).Counts.Accepted);
    }

    [Fact]
    public async Task A_sample_late_for_its_window_is_in_the_next_chunk_of_its_area()
    {
        using var rig = new Rig();
        await using var store = rig.Open();
        var (a, b) = (Rig.Power(store, "a", 0), Rig.Power(store, "a", 1));
        await Rig.SendAsync(store, (a, Rig.Noon, 1), (a, Rig.Noon + 400_000, 1));
        await store.SealAsync();

        var counts = await Rig.SendAsync(store, (b, Rig.Noon + 60_000, 9));
        await store.SealAsync();

        Assert.Equal(new IntakeCounts(1, 1, 0, 0, 0, 0), counts);
        Assert.Contains((b, Rig.Noon + 60_000, BitConverter.DoubleToInt64Bits(9)), rig.InChunks());
    }

    [Fact]
    public async Task Retention_deletes_closed_periods_but_not_what_a_challenge_may_ask_for()
    {
        using var rig = new Rig();
        await using var store = rig.Open();
        var (a, b) = (Rig.Power(store, "a", 0), Rig.Power(store, "b", 0));
        await Rig.SendAsync(store, (a, Rig.Noon, 1), (b, Rig.Noon, 1));
        await store.CloseAsync("hall-a", Rig.Noon);
        await store.SealAsync();
        rig.Clock.NowMs += 2 * 86_400_000;

        Assert.Empty(store.Retire(_ => true));
        Assert.Equal("hall-a", Assert.Single(store.Retire(_ => false)).Area);
        Assert.Single(rig.InChunks());
        Assert.Single(store.Chunks("hall-a", Rig.Noon));
    }

    [Fact]
    public async Task At_the_disk_limit_nothing_more_is_taken_and_nothing_accepted_is_lost()
    {
        using var rig = new Rig();
        await using var store = new MeterStore(rig.Settings with { DiskLimitBytes = 100 }, rig.Clock);
        var a = Rig.Power(store, "a", 0);

        await Rig.SendAsync(store, (a, Rig.Noon, 1));

        Assert.Contains("diskLimitBytes", store.Refusal);
        await store.SealAsync();
        Assert.Single(rig.InChunks());
    }
}
