using CsCheck;
using Standstill.Meter.Store;

namespace Standstill.Meter.Tests.Store;

/// <summary>The process is killed at every point of a write: what was acknowledged is there once, and sending again completes the rest.</summary>
public sealed class RecoveryTests
{
    private const int Batches = 12;

    // Batch i has two samples of each of three series.
    private static (int, long, double)[] Batch(int i) =>
        [.. Enumerable.Range(0, 6).Select(n => (n % 3, Rig.Noon + i * 30_000L + n / 3 * 15_000, i * 10.0 + n))];

    private static List<(int, long, long)> Expected(int batches) =>
        [.. Enumerable.Range(0, batches).SelectMany(Batch).Select(s => (s.Item1, s.Item2, BitConverter.DoubleToInt64Bits(s.Item3))).Order()];

    private static void Intern(MeterStore store)
    {
        Rig.Power(store, "a", 0);
        Rig.Power(store, "a", 1);
        Rig.Power(store, "b", 0);
    }

    private static async Task SendAsync(MeterStore store, int from, int to)
    {
        Intern(store);
        for (var i = from; i < to; i++)
        {
            await Rig.SendAsync(store, Batch(i));
        }
    }

    private static async Task AssertCompletesAsync(string data, int acknowledged)
    {
        using var rig = new Rig();
        Rig.Copy(data, rig.Data);
        await using (var store = rig.Open())
        {
            await store.SealAsync();
            var before = rig.InChunks();
            Assert.Equal(before.Distinct(), before);
            Assert.True(before.Count >= acknowledged * 6);

            // The sender repeats what was not acknowledged, and for good measure all.
            await SendAsync(store, 0, Batches);
        }

        await using (var store = rig.Open())
        {
            await store.SealAsync();
        }

        Assert.Equal(Expected(Batches), rig.InChunks());
    }

    [Fact]
    public async Task A_log_torn_at_any_byte_keeps_what_was_acknowledged()
    {
        using var rig = new Rig();
        var lengths = new List<long>();
        string wal;
        await using (var store = rig.Open())
        {
            wal = Directory.GetFiles(Path.Combine(rig.Data, "wal"), "*.wal").Single();
            lengths.Add(new FileInfo(wal).Length);
            for (var i = 0; i < 6; i++)
            {
                await SendAsync(store, i, i + 1);
                lengths.Add(new FileInfo(wal).Length);
            }
        }

        var whole = await File.ReadAllBytesAsync(wal);
        for (var length = lengths[0]; length <= whole.Length; length += 41)
        {
            await File.WriteAllBytesAsync(wal, whole[..(int)length]);
            await AssertCompletesAsync(rig.Data, lengths.Count(l => l <= length) - 1);
        }
    }

    [Fact]
    public async Task Chunks_without_their_line_are_made_again_wherever_the_line_is_torn()
    {
        using var before = new Rig();
        using var after = new Rig();
        using var killed = new Rig();
        await using (var store = before.Open())
        {
            await SendAsync(store, 0, Batches);
        }

        Rig.Copy(before.Data, after.Data);
        await using (var store = after.Open())
        {
            await store.SealAsync();
        }

        // What a kill leaves between the new segment and the end of the line: both segments, the chunks, and some of the lines.
        Rig.Copy(before.Data, killed.Data);
        Rig.Copy(after.Data, killed.Data);
        var lines = await File.ReadAllBytesAsync(Path.Combine(after.Data, "chunks.jsonl"));
        var committed = (int)new FileInfo(Path.Combine(before.Data, "chunks.jsonl")).Length;
        for (var length = committed; length <= lines.Length; length += 97)
        {
            await File.WriteAllBytesAsync(Path.Combine(killed.Data, "chunks.jsonl"), lines[..length]);
            await AssertCompletesAsync(killed.Data, Batches);
        }

        await File.WriteAllBytesAsync(Path.Combine(killed.Data, "chunks.jsonl"), lines);
        await AssertCompletesAsync(killed.Data, Batches);
    }

    [Fact]
    public async Task A_chunk_that_was_half_written_is_made_again()
    {
        using var rig = new Rig();
        await using (var store = rig.Open())
        {
            await SendAsync(store, 0, Batches);
        }

        Directory.CreateDirectory(Path.Combine(rig.Data, "chunks/hall-a/20261124T1200Z"));
        await File.WriteAllTextAsync(Path.Combine(rig.Data, "chunks/hall-a/20261124T1200Z/9.parquet.new"), "PAR1");
        await File.WriteAllTextAsync(Path.Combine(rig.Data, "chunks/hall-a/20261124T1200Z/9.parquet"), "PAR1");

        await AssertCompletesAsync(rig.Data, Batches);
    }

    [Fact]
    public async Task A_line_whose_chunk_is_gone_is_named_and_does_not_stop_the_meter()
    {
        using var rig = new Rig();
        await using (var store = rig.Open())
        {
            await SendAsync(store, 0, Batches);
            await store.SealAsync();
        }

        var gone = Directory.GetFiles(Path.Combine(rig.Data, "chunks"), "*.parquet", SearchOption.AllDirectories).Order().First();
        File.Delete(gone);

        await using var again = rig.Open();
        Assert.Equal(gone, again.PathOf(Assert.Single(again.Missing)));
        Assert.Equal(1, (await Rig.SendAsync(again, (0, Rig.Noon + 3_000_000, 1))).Accepted);
    }

    [Fact]
    public async Task Without_its_log_the_meter_knows_from_the_chunks_what_it_has()
    {
        using var rig = new Rig();
        await using (var store = rig.Open())
        {
            await SendAsync(store, 0, Batches);
            await store.SealAsync();
        }

        Directory.Delete(Path.Combine(rig.Data, "wal"), recursive: true);

        await using (var store = rig.Open())
        {
            await SendAsync(store, 0, Batches);
            await store.SealAsync();
        }

        Assert.Equal(Expected(Batches), rig.InChunks());
    }

    [Fact]
    public void Any_order_of_sending_sealing_closing_and_starting_again_keeps_each_sample_once() =>
        Gen.Int[0, 9].List[5, 30].Sample(
            steps =>
            {
                RunAsync(steps).GetAwaiter().GetResult();
            },
            iter: 25,
            seed: "0000KOIPe803",
            threads: 1);

    private static async Task RunAsync(List<int> steps)
    {
        using var rig = new Rig();
        var store = rig.Open();
        var (sent, closed) = (0, 0);
        Intern(store);
        foreach (var step in steps)
        {
            switch (step)
            {
                case 0:
                    await store.DisposeAsync();
                    store = rig.Open();
                    Intern(store);
                    break;
                case 1:
                    await store.SealAsync();
                    break;
                case 2 when closed < 2:
                    await store.CloseAsync("hall-a", Rig.Noon - 3_600_000 + closed++ * 3_600_000L);
                    break;
                case 3 when sent > 0:
                    await Rig.SendAsync(store, Batch(sent - 1));
                    break;
                default:
                    for (var i = 0; i < 5; i++)
                    {
                        await Rig.SendAsync(store, Batch(sent++));
                    }

                    break;
            }
        }

        await store.SealAsync();
        await store.DisposeAsync();
        var found = rig.InChunks();
        var expected = Expected(sent);
        Assert.Equal(expected.Count(s => s.Item1 == 2), found.Count(s => s.Series == 2));
        Assert.Equal(found.Distinct(), found);
        Assert.Subset(expected.ToHashSet(), found.ToHashSet());
        if (closed < 2)
        {
            Assert.Equal(expected, found);
        }
    }
}
