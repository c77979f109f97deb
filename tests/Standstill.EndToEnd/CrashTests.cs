using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Standstill.Ledger;
using Standstill.Protocol;

namespace Standstill.EndToEnd;

/// <summary>A receipt means durable: a node under load is killed two hundred times, at any moment, and nothing is ever lost.</summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 200;
    private const int Submitters = 16;

    private readonly TemporaryDirectory directory = new();
    private readonly ConcurrentQueue<Handed> handed = [];
    private readonly ConcurrentQueue<byte[]> checkpoints = [];
    private readonly CancellationTokenSource enough = new();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly Uri address = Built.FreeAddress();
    private long repeats;
    private long answersLost;

    /// <summary>What a submitter was given.</summary>
    private sealed record Handed(long Index, byte[] Envelope, string Receipt);

    private string Data => directory.At("data");

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Two_hundred_kills_lose_nothing_that_had_a_receipt()
    {
        var (registry, key) = await FoundAsync();
        var mirror = new Mirror(Path.Combine(Data, "ledger"), key);
        Task[] load = [.. Enumerable.Range(0, Submitters).Select(n => SubmitAsync(n, registry)), WatchAsync()];
        var random = new Random(20_261_124);
        var (receipts, killsAtStart) = (0, 0);
        for (var kill = 1; kill <= Kills; kill++)
        {
            await using (var node = RunningNode.Begin(Data, address))
            {
                // Two in five fall into start-up and recovery, or soon after; the others into the appends of a node at work.
                if (random.Next(5) < 2)
                {
                    await Task.Delay(random.Next(20, 600));
                    killsAtStart += node.IsReady ? 0 : 1;
                }
                else
                {
                    await node.ReadyAsync(TimeSpan.FromMinutes(1));
                    await Task.Delay(random.Next(0, 500));
                }

                Assert.True(node.Runs, $"kill {kill}: the node ended by itself\n{node.Output}\n{node.Errors}");
                await node.KillAsync();
            }

            receipts += await CheckAsync(mirror);
            await Task.WhenAll(load.Where(t => t.IsFaulted));
        }

        // A last start: what still waits for its answer gets it, then everything is looked at once more.
        await using (var node = RunningNode.Begin(Data, address))
        {
            await node.ReadyAsync(TimeSpan.FromMinutes(1));
            await enough.CancelAsync();
            await Task.WhenAll(load);
        }

        receipts += await CheckAsync(mirror);
        await mirror.CheckAllAsync();
        var audit = await Command.RunAsync(["audit", Data, "--key", key.ToString(), "--json"]);
        Assert.True(audit.Status == 0, audit.Output + audit.Errors);
        Assert.Equal(mirror.Size, audit.Json.GetProperty("size").GetInt64());
        Assert.Equal(0, audit.Json.GetProperty("voidEntries").GetInt64());
        output.WriteLine($"{Kills} kills, {killsAtStart} of them before the node listened; {mirror.Size} entries, {receipts} receipts, " +
            $"{mirror.Checkpoints} checkpoints fetched, {repeats} statements sent again to compare, {answersLost} answers lost to a kill and had from the next node");
        Assert.True(receipts > Kills && killsAtStart > 0 && answersLost > 0 && repeats > 0, "the load was too small for the kills to mean anything");
    }

    public void Dispose()
    {
        enough.Cancel();
        enough.Dispose();
        http.Dispose();
        directory.Dispose();
    }

    private async Task<(Digest Registry, NoteVerifierKey Key)> FoundAsync()
    {
        await using var node = RunningNode.Begin(Data, address);
        await node.ReadyAsync(TimeSpan.FromMinutes(1));
        var world = await node.Http.GetFromJsonAsync<JsonElement>("api/world");
        Assert.True(Digest.TryParse(world.GetProperty("registry").GetString(), out var registry));
        Assert.True(NoteVerifierKey.TryParse(world.GetProperty("charter").GetProperty("log").GetString()!, out var key, out var error), error);
        return (registry, key);
    }

    /// <summary>Enrols labs and lets each say a few things, always with one statement under way; now and then sends an old one again.</summary>
    private async Task SubmitAsync(int number, Digest registry)
    {
        var random = new Random(number);
        var mine = new List<Handed>();
        for (var lab = 0; !enough.IsCancellationRequested; lab++)
        {
            using var voice = new Lab($"lab-{number}-{lab}", registry);
            mine.Add(await SendAsync(voice.Enrol()));
            mine.Add(await SendAsync(voice.AddRoleKey()));
            for (var beat = 0; beat < 30 && !enough.IsCancellationRequested; beat++)
            {
                mine.Add(await SendAsync(voice.Heartbeat(new string('x', random.Next(1, 400)))));
                if (random.Next(4) == 0)
                {
                    var old = mine[random.Next(mine.Count)];
                    var again = await SendAsync(old.Envelope);
                    Assert.Equal((old.Index, old.Receipt), (again.Index, again.Receipt));
                    Interlocked.Increment(ref repeats);
                }
            }
        }
    }

    /// <summary>Sends one and the same statement until it is answered.</summary>
    private async Task<Handed> SendAsync(byte[] envelope)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var content = new ByteArrayContent(envelope);
                using var response = await http.PostAsync(new Uri(address, "api/statements"), content);
                if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    continue;
                }

                Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
                var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
                var one = new Handed(answer.GetProperty("index").GetInt64(), envelope, answer.GetProperty("receipt").GetString()!);
                handed.Enqueue(one);
                if (attempt > 0 && answer.GetProperty("repeated").GetBoolean())
                {
                    Interlocked.Increment(ref answersLost);
                }

                return one;
            }
            catch (Exception e) when (IsDeath(e))
            {
                await Task.Delay(10);
            }
        }
    }

    /// <summary>Keeps every checkpoint that it can get.</summary>
    private async Task WatchAsync()
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                checkpoints.Enqueue(await http.GetByteArrayAsync(new Uri(address, "checkpoint")));
            }
            catch (Exception e) when (IsDeath(e))
            {
                // The node is dead at the moment.
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Nothing runs: every receipt and checkpoint that came since the last time is held against the files.</summary>
    private async Task<int> CheckAsync(Mirror mirror)
    {
        // What was handed out first, so that the files can only be ahead of it.
        Handed[] receipts = [.. Drain(handed)];
        byte[][] heads = [.. Drain(checkpoints)];
        await mirror.CatchUpAsync();
        Array.ForEach(heads, mirror.CheckHead);
        foreach (var receipt in receipts)
        {
            mirror.CheckReceipt(receipt.Index, receipt.Envelope, Encoding.UTF8.GetBytes(receipt.Receipt));
        }

        return receipts.Length;
    }

    /// <summary>What a client sees of a node that dies, or is not there.</summary>
    private static bool IsDeath(Exception e) => e is HttpRequestException or IOException or SocketException or TaskCanceledException;

    private static IEnumerable<T> Drain<T>(ConcurrentQueue<T> queue)
    {
        while (queue.TryDequeue(out var item))
        {
            yield return item;
        }
    }

    /// <summary>A reader's own copy of the ledger, which only ever grows, with the root at each size.</summary>
    private sealed class Mirror(string ledger, NoteVerifierKey key)
    {
        private readonly List<byte[]> entries = [];
        private readonly List<byte[]> roots = [PlainLog.Root([])];

        /// <summary>Roots of the complete trees that the leaves so far make, the largest first.</summary>
        private readonly List<(int Leaves, byte[] Root)> peaks = [];

        private readonly List<(long Index, byte[] Bytes)> receipts = [];

        public long Size => entries.Count;

        public int Checkpoints { get; private set; }

        /// <summary>Takes in what the files hold beyond the copy; the head on disk must be the copy's with these entries after it.</summary>
        public async Task CatchUpAsync()
        {
            var head = PlainLog.Open(await File.ReadAllBytesAsync(Path.Combine(ledger, "checkpoint")), key.ToString());
            Assert.True(head.Size >= Size, $"the ledger went back from {Size} to {head.Size}");
            Take(await ReadAsync(Size, head.Size));
            Assert.Equal(head.Root, roots[(int)head.Size]);
        }

        public void CheckHead(byte[] checkpoint)
        {
            var head = PlainLog.Open(checkpoint, key.ToString());
            Assert.True(head.Size <= Size, $"a checkpoint of {head.Size} was published, the ledger holds {Size}");
            Assert.Equal(head.Root, roots[(int)head.Size]);
            Checkpoints++;
        }

        public void CheckReceipt(long index, byte[] envelope, byte[] bytes)
        {
            Assert.True(index < Size, $"entry {index} had a receipt, the ledger holds {Size}");
            Verify(index, bytes);
            Assert.True(entries[(int)index].AsSpan(Entry.HeaderBytes).SequenceEqual(envelope), $"entry {index} is another statement than the one with its receipt");
            receipts.Add((index, bytes));
        }

        /// <summary>Reads every entry from disk again, and verifies every receipt again.</summary>
        public async Task CheckAllAsync()
        {
            Assert.Equal(entries, await ReadAsync(0, Size));
            Assert.Equal(roots[^1], PlainLog.Root([.. entries.Select(PlainLog.LeafHash)]));
            foreach (var (index, bytes) in receipts)
            {
                Verify(index, bytes);
            }
        }

        private void Verify(long index, byte[] bytes)
        {
            Assert.True(Receipt.TryParse(bytes, out var receipt, out var error) && receipt.Verify(entries[(int)index], key, out error), error);
            Assert.Equal(index, receipt.Index);
            Assert.Equal(Convert.ToBase64String(roots[(int)receipt.Checkpoint.Size]), receipt.Checkpoint.Root.ToString());
        }

        private void Take(IEnumerable<byte[]> more)
        {
            foreach (var entry in more)
            {
                entries.Add(entry);
                var (leaves, root) = (1, PlainLog.LeafHash(entry));
                while (peaks.Count > 0 && peaks[^1].Leaves == leaves)
                {
                    (leaves, root) = (2 * leaves, PlainLog.NodeHash(peaks[^1].Root, root));
                    peaks.RemoveAt(peaks.Count - 1);
                }

                peaks.Add((leaves, root));
                roots.Add(peaks.Select(p => p.Root).Reverse().Aggregate((right, left) => PlainLog.NodeHash(left, right)));
            }
        }

        private async Task<List<byte[]>> ReadAsync(long from, long to)
        {
            var read = new List<byte[]>();
            for (var index = from / 256; index * 256 < to; index++)
            {
                var width = (int)Math.Min(256, to - (index * 256));
                var partial = Path.Combine(ledger, PlainLog.TilePath("entries", index, width));
                var bundle = await File.ReadAllBytesAsync(File.Exists(partial) ? partial : Path.Combine(ledger, PlainLog.TilePath("entries", index, 256)));
                read.AddRange(PlainLog.Entries(bundle).Take(width).Skip((int)Math.Max(0, from - (index * 256))));
            }

            return read;
        }
    }
}
