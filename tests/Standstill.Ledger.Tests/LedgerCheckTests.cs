namespace Standstill.Ledger.Tests;

public sealed class LedgerCheckTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();
    private readonly NoteSigner _signer = TestData.Signer();

    public LedgerCheckTests()
    {
        using var ledger = FileLedger.Open(_temporary.Log, _signer);
        foreach (var count in new[] { 100, 170, 10, 20 })
        {
            ledger.Append(TestData.Entries((int)ledger.Head.Checkpoint.Size, count));
        }
    }

    public void Dispose()
    {
        _signer.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task Every_flipped_byte_is_found_and_its_file_named()
    {
        Assert.Null(await CheckAsync());
        var files = Directory.EnumerateFiles(_temporary.Log, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_temporary.Log, file))
            .Where(name => !name.StartsWith(".ledger", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(10, files.Count);
        foreach (var name in files)
        {
            var file = Path.Combine(_temporary.Log, name);
            var bytes = File.ReadAllBytes(file);

            // Every byte of small files; of larger ones a sample whose stride shares no factor with a hash's length.
            var stride = bytes.Length < 400 ? 1 : 37;
            for (var position = 0; position < bytes.Length; position += stride)
            {
                var bit = (byte)(1 << (position % 8));
                bytes[position] ^= bit;
                File.WriteAllBytes(file, bytes);
                var fault = await CheckAsync();
                Assert.True(fault?.Path == name, $"{name}, byte {position}: {fault?.ToString() ?? "not found"}");
                if (TilePath.TryParse(name, out var path, out _) && !path.IsEntries)
                {
                    Assert.Equal(position / MerkleHash.Size, fault!.Position);
                    Assert.NotEqual(fault.Expected, fault.Found);
                }

                bytes[position] ^= bit;
            }

            File.WriteAllBytes(file, bytes);
        }

        Assert.Null(await CheckAsync());
    }

    [Fact]
    public async Task Every_cut_or_lengthened_file_is_found_and_named()
    {
        foreach (var name in Directory.EnumerateFiles(_temporary.Log, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_temporary.Log, file))
            .Where(name => !name.StartsWith(".ledger", StringComparison.Ordinal)).ToList())
        {
            var file = Path.Combine(_temporary.Log, name);
            var bytes = File.ReadAllBytes(file);
            foreach (var other in new[] { bytes[..^1], [.. bytes, (byte)0], [] })
            {
                File.WriteAllBytes(file, other);
                Assert.Equal(name, (await CheckAsync())?.Path);
            }

            File.WriteAllBytes(file, bytes);
        }
    }

    [Fact]
    public async Task An_altered_entry_is_named_with_its_place_and_both_hashes()
    {
        var file = Path.Combine(_temporary.Log, "tile/entries/000");
        var bytes = File.ReadAllBytes(file);
        var at = Enumerable.Range(0, 7).Sum(i => 2 + TestData.EntryAt(i).Length) + 2;
        bytes[at] ^= 1;
        File.WriteAllBytes(file, bytes);
        var altered = TestData.EntryAt(7);
        altered[0] ^= 1;
        Assert.Equal(
            new LedgerFault("tile/entries/000", "the entry does not have the hash that the checkpoint names")
            {
                Position = 7,
                Expected = MerkleHash.OfLeaf(TestData.EntryAt(7)),
                Found = MerkleHash.OfLeaf(altered),
            },
            await CheckAsync());
    }

    [Fact]
    public async Task Entries_and_tiles_that_were_rewritten_together_do_not_match_the_checkpoint()
    {
        // A whole other ledger under the old head.
        var head = File.ReadAllBytes(Path.Combine(_temporary.Log, "checkpoint"));
        Directory.Delete(_temporary.Log, recursive: true);
        using (var ledger = FileLedger.Open(_temporary.Log, _signer))
        {
            ledger.Append(TestData.Entries(1, 300));
        }

        File.WriteAllBytes(Path.Combine(_temporary.Log, "checkpoint"), head);
        var fault = await CheckAsync();
        Assert.Equal("checkpoint", fault?.Path);
        Assert.Equal(new MerkleHash(Rfc6962.Mth([.. Enumerable.Range(1, 300).Select(TestData.EntryAt)])), fault!.Expected);
    }

    [Fact]
    public async Task A_bundle_and_its_tile_rewritten_together_are_found_at_the_tile()
    {
        var entries = Enumerable.Range(0, 256).Select(TestData.EntryAt).ToList();
        entries[200] = [1, 2, 3];
        File.WriteAllBytes(Path.Combine(_temporary.Log, "tile/entries/000"), [.. entries.SelectMany(entry => EntryBundle.Format(entry))]);
        var tile = File.ReadAllBytes(Path.Combine(_temporary.Log, "tile/0/000"));
        MerkleHash.OfLeaf(entries[200]).CopyTo(tile.AsSpan(200 * MerkleHash.Size));
        File.WriteAllBytes(Path.Combine(_temporary.Log, "tile/0/000"), tile);
        var fault = await CheckAsync();
        Assert.Equal("tile/0/000", fault?.Path);
        Assert.Contains("together they are not what the checkpoint names", fault!.Message);
    }

    [Fact]
    public async Task Absent_files_are_named()
    {
        foreach (var name in new[] { "tile/entries/000", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "checkpoint" })
        {
            var file = Path.Combine(_temporary.Log, name);
            File.Move(file, file + ".away");
            Assert.Equal(name, (await CheckAsync())?.Path);
            File.Move(file + ".away", file);
        }
    }

    [Fact]
    public async Task The_visitor_sees_every_entry_once_and_in_order()
    {
        var seen = new List<string>();
        Assert.Null(await CheckAsync((first, entries) =>
        {
            Assert.Equal(seen.Count, first);
            seen.AddRange(entries.Select(entry => Convert.ToHexString(entry.Span)));
            return ValueTask.CompletedTask;
        }));
        Assert.Equal(Enumerable.Range(0, 300).Select(i => Convert.ToHexString(TestData.EntryAt(i))), seen);
    }

    [Fact]
    public async Task A_ledger_of_three_levels_holds_and_an_altered_tile_of_level_1_is_named()
    {
        var directory = Path.Combine(_temporary.Root, "large");
        var entries = Enumerable.Range(0, 66_000).Select(i => (ReadOnlyMemory<byte>)BitConverter.GetBytes(i)).ToArray();
        using (var ledger = FileLedger.Open(directory, _signer))
        {
            ledger.Append(entries[..300]);
            ledger.Append(entries[300..65_999]);
            ledger.Append(entries[65_999..]);
            Assert.Equal(MerkleTree.Root([.. entries.Select(entry => MerkleHash.OfLeaf(entry.Span))]), ledger.Head.Checkpoint.Root);
            Assert.True(ledger.Receipt(40_000).Verify(entries[40_000].Span, _signer.VerifierKey, out var error), error);
        }

        Assert.True((await LedgerCheck.CheckDirectoryAsync(directory, _signer.VerifierKey)).TryGet(out _, out var fault), fault?.ToString());
        using (var again = FileLedger.Open(directory, _signer))
        {
            Assert.Equal(66_000, again.Head.Checkpoint.Size);
        }

        var file = Path.Combine(directory, "tile/1/000");
        var bytes = File.ReadAllBytes(file);
        bytes[100 * MerkleHash.Size] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.False((await LedgerCheck.CheckDirectoryAsync(directory, _signer.VerifierKey)).TryGet(out _, out fault));
        Assert.Equal(("tile/1/000", 100), (fault.Path, fault.Position));
    }

    private async Task<LedgerFault?> CheckAsync(EntriesVisitor? visit = null) =>
        (await LedgerCheck.CheckDirectoryAsync(_temporary.Log, _signer.VerifierKey, visit)).TryGet(out _, out var fault) ? null : fault;
}
