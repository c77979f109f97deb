using System.Text.Json;
using Standstill.Audit;
using Standstill.Ledger;

namespace Standstill.EndToEnd;

/// <summary>No bit of a ledger or of a receipt can change unseen.</summary>
public sealed class FlipTests(ToldDemo demo, FlipTests.SmallLedger small, ITestOutputHelper output) : IClassFixture<FlipTests.SmallLedger>
{
    private const int SmallFile = 2048;
    private const int Samples = 120;

    [Fact]
    public async Task Every_flipped_bit_of_a_small_ledger_is_found_and_its_file_named() =>
        await FlipAsync(Path.Combine(small.Data, "ledger"), Samples);

    [Fact]
    public async Task A_flipped_bit_of_the_demos_ledger_is_found_and_its_file_named() =>
        await FlipAsync(Path.Combine((await demo.NodeAsync()).Data, "ledger"), samples: 3);

    [Fact]
    public async Task A_ledger_that_lacks_a_file_or_has_half_of_one_is_found_wrong()
    {
        using var copy = new TemporaryDirectory();
        TemporaryDirectory.Copy(Path.Combine(small.Data, "ledger"), copy.Root);
        var key = await KeyOfGoodAsync(copy.Root);
        var size = (await AuditAsync(copy.Root, key)).Checkpoint!.Size;
        foreach (var path in new[] { "checkpoint", PlainLog.TilePath("0", 0, (int)size), PlainLog.TilePath("entries", 0, (int)size) })
        {
            var file = copy.At(path);
            var good = await File.ReadAllBytesAsync(file);
            foreach (var length in new[] { 0, 1, good.Length / 2, good.Length - 1 })
            {
                await File.WriteAllBytesAsync(file, good[..length]);
                Assert.Equal(path, (await AuditAsync(copy.Root, key)).Fault?.Place);
            }

            File.Delete(file);
            Assert.Equal(path, (await AuditAsync(copy.Root, key)).Fault?.Place);
            await File.WriteAllBytesAsync(file, [.. good, .. good]);
            Assert.Equal(path, (await AuditAsync(copy.Root, key)).Fault?.Place);
            await File.WriteAllBytesAsync(file, good);
        }

        Assert.True((await AuditAsync(copy.Root, key)).IsGood);
    }

    [Fact]
    public async Task Every_flipped_bit_of_a_receipt_or_its_entry_is_refused()
    {
        var key = await KeyOfGoodAsync(small.Data);
        foreach (var (receipt, entry) in small.Receipts)
        {
            Assert.True(IsGood(receipt, entry, key));
            Each(receipt, flipped => Assert.False(IsGood(flipped, entry, key)));
            Each(entry, flipped => Assert.False(IsGood(receipt, flipped, key)));
        }
    }

    [Fact]
    public async Task The_command_refuses_flipped_receipts_with_exit_status_1()
    {
        using var directory = new TemporaryDirectory();
        var key = directory.Write("log.vkey", (await KeyOfGoodAsync(small.Data)).ToString());
        var (receipt, entry) = small.Receipts[^1];
        await File.WriteAllBytesAsync(directory.At("entry"), entry);
        async Task<Finished> VerifyAsync(byte[] bytes)
        {
            await File.WriteAllBytesAsync(directory.At("receipt"), bytes);
            return await Command.RunAsync(["receipt", "verify", directory.At("receipt"), "--entry", directory.At("entry"), "--key", key]);
        }

        Assert.Equal(0, (await VerifyAsync(receipt)).Status);
        foreach (var at in new[] { 0, 30, receipt.Length / 3, receipt.Length * 2 / 3, receipt.Length - 2 })
        {
            var refused = await VerifyAsync(Flip(receipt, at, 0));
            Assert.Equal(1, refused.Status);
            Assert.Equal("", refused.Output);
            Assert.StartsWith($"standstill: {directory.At("receipt")}: ", refused.Errors, StringComparison.Ordinal);
        }
    }

    private async Task FlipAsync(string ledger, int samples)
    {
        using var copy = new TemporaryDirectory();
        TemporaryDirectory.Copy(ledger, copy.Root);
        var key = await KeyOfGoodAsync(copy.Root);
        var random = new Random(7);
        var flips = 0;
        foreach (var file in Directory.EnumerateFiles(copy.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(copy.Root, file).Replace(Path.DirectorySeparatorChar, '/');
            var good = await File.ReadAllBytesAsync(file);
            var everywhere = good.Length < SmallFile && samples == Samples;
            var places = everywhere ? Enumerable.Range(0, good.Length) : Enumerable.Range(0, samples).Select(_ => random.Next(good.Length));
            foreach (var at in places)
            {
                await File.WriteAllBytesAsync(file, Flip(good, at, random.Next(8)));
                var report = await AuditAsync(copy.Root, key);
                Assert.True(report.Fault?.Place == path, $"byte {at} of {path}: {report.Fault?.ToString() ?? "found good"}");
                flips++;
            }

            await File.WriteAllBytesAsync(file, good);
        }

        Assert.True((await AuditAsync(copy.Root, key)).IsGood);
        output.WriteLine($"{flips} flipped bits, each found and its file named");
    }

    private static Task<AuditReport> AuditAsync(string directory, NoteVerifierKey key) => Auditor.RunAsync(new AuditSource.Files(directory), key);

    private static async Task<NoteVerifierKey> KeyOfGoodAsync(string directory)
    {
        var report = await Auditor.RunAsync(new AuditSource.Files(directory));
        Assert.True(report.IsGood, report.Fault?.ToString());
        Assert.True(NoteVerifierKey.TryParse(report.LogKey!, out var key, out var error), error);
        return key;
    }

    private static bool IsGood(byte[] receipt, byte[] entry, NoteVerifierKey key) =>
        Receipt.TryParse(receipt, out var parsed, out _) && parsed.Verify(entry, key, out _);

    private static void Each(byte[] bytes, Action<byte[]> check)
    {
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            check(Flip(bytes, bit / 8, bit % 8));
        }
    }

    private static byte[] Flip(byte[] bytes, int at, int bit)
    {
        var copy = (byte[])bytes.Clone();
        copy[at] ^= (byte)(1 << bit);
        return copy;
    }

    /// <summary>A node's data directory with some thirty entries, and receipts of a few.</summary>
    public sealed class SmallLedger : IAsyncLifetime
    {
        private readonly TemporaryDirectory directory = new();

        public string Data => directory.At("data");

        public List<(byte[] Receipt, byte[] Entry)> Receipts { get; } = [];

        public async ValueTask InitializeAsync()
        {
            await using var node = await RunningNode.UpAsync(Data);
            var registry = JsonElement.Parse(await node.Http.GetStringAsync("api/world/digest")).GetProperty("registry").GetString()!;
            Assert.True(Protocol.Digest.TryParse(registry, out var digest));

            // All at once, so that the node takes them in a few batches and few partial tiles are left.
            await Task.WhenAll(Enumerable.Range(0, 28).Select(async n =>
            {
                using var lab = new Lab($"lab-{n}", digest);
                using var content = new ByteArrayContent(lab.Enrol());
                using var answer = await node.Http.PostAsync("api/statements", content);
                answer.EnsureSuccessStatusCode();
            }));
            foreach (var index in new[] { 0, 1, 30 })
            {
                Receipts.Add((await node.Http.GetByteArrayAsync($"api/entries/{index}/receipt"), await node.Http.GetByteArrayAsync($"api/entries/{index}/raw")));
            }
        }

        public ValueTask DisposeAsync()
        {
            directory.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
