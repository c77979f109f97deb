using CsCheck;

namespace Standstill.Ledger.Tests;

public sealed class FileLedgerTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();
    private readonly NoteSigner _signer = TestData.Signer();

    public void Dispose()
    {
        _signer.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task A_fresh_ledger_publishes_its_empty_head()
    {
        using (var ledger = Open())
        {
            Assert.Equal(new Checkpoint(_signer.Name, 0, MerkleHash.OfEmptyTree), ledger.Head.Checkpoint);
        }

        Assert.True((await LedgerCheck.CheckDirectoryAsync(_temporary.Log, _signer.VerifierKey)).TryGet(out var head, out var fault), fault?.ToString());
        Assert.Equal(0, head.Checkpoint.Size);
        using var again = Open();
        Assert.Equal(0, again.Head.Checkpoint.Size);
    }

    [Fact]
    public async Task Entries_are_read_back_as_they_were_appended()
    {
        using var ledger = Open();
        var appended = TestData.Entries(0, 700);
        ledger.Append(appended[..3]);
        ledger.Append(appended[3..600]);
        ledger.Append(appended[600..]);
        var reader = LedgerReader.ForDirectory(_temporary.Log);
        foreach (var (from, to) in new[] { (0, 700), (0, 1), (255, 257), (256, 512), (599, 700), (699, 700), (5, 5) })
        {
            Assert.True((await reader.ReadEntriesAsync(from, to, 700)).TryGet(out var entries, out var fault), fault?.ToString());
            Assert.Equal(appended[from..to].Select(Hex), entries.Select(Hex));
        }

        Assert.Equal(Root(appended), ledger.Head.Checkpoint.Root);
    }

    [Fact]
    public void The_files_are_those_of_the_spec()
    {
        using (var ledger = Open())
        {
            ledger.Append(TestData.Entries(0, 300));
            ledger.Append(TestData.Entries(300, 2));
        }

        Assert.Equal(
            ["checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/0/001.p/46", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44", "tile/entries/001.p/46"],
            Published(_temporary.Log).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Partial_files_go_once_the_full_one_is_published()
    {
        using var ledger = Open();
        for (var i = 0; i < 256; i += 32)
        {
            ledger.Append(TestData.Entries(i, 32));
        }

        Assert.Equal(["checkpoint", "tile/0/000", "tile/1/000.p/1", "tile/entries/000"], Published(_temporary.Log).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Any_split_of_the_entries_into_batches_gives_the_same_files()
    {
        var entries = TestData.Entries(0, 600);
        (from size in Gen.Int[1, entries.Length] from cuts in Gen.Int[0, size].Array[0, 8] select (size, cuts)).Sample(
            (size, cuts) =>
            {
                using var temporary = new TemporaryDirectory();
                var (whole, split) = (Path.Combine(temporary.Root, "whole"), Path.Combine(temporary.Root, "split"));
                using (var ledger = FileLedger.Open(whole, _signer))
                {
                    ledger.Append(entries[..size]);
                }

                var from = 0;
                foreach (var to in cuts.Order().Append(size))
                {
                    using var ledger = FileLedger.Open(split, _signer);
                    ledger.Append(entries[from..to]);
                    from = to;
                }

                var (expected, actual) = (Published(whole), Published(split));
                foreach (var (name, content) in expected)
                {
                    Assert.Equal(content, actual[name]);
                }

                // What there is besides are partial files of the heads in between.
                Assert.All(actual.Keys.Except(expected.Keys), name => Assert.Contains(".p/", name));
                var check = LedgerCheck.CheckDirectoryAsync(split, _signer.VerifierKey).GetAwaiter().GetResult();
                Assert.True(check.TryGet(out var head, out var fault), fault?.ToString());
                Assert.Equal(Root(entries[..size]), head.Checkpoint.Root);
            },
            seed: "0N0XIzNsQ0O2", iter: 40, threads: 1);
    }

    [Fact]
    public async Task Every_entry_has_a_receipt_from_the_writer_and_one_from_the_files()
    {
        var entries = TestData.Entries(0, 600);
        using var ledger = Open();
        ledger.Append(entries[..100]);
        ledger.Append(entries[100..]);
        var reader = LedgerReader.ForDirectory(_temporary.Log);
        for (var index = 0; index < entries.Length; index++)
        {
            var receipt = ledger.Receipt(index);
            Assert.Equal(index, receipt.Index);
            Assert.True(receipt.Verify(entries[index].Span, _signer.VerifierKey, out var error), error);
            Assert.True((await reader.ReceiptAsync(index, ledger.Head)).TryGet(out var read, out var fault), fault?.ToString());
            Assert.True(read.Verify(entries[index].Span, _signer.VerifierKey, out error), error);
            Assert.Equal(600, read.Checkpoint.Size);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ledger.Receipt(600));
        Assert.Throws<ArgumentOutOfRangeException>(() => ledger.Receipt(-1));
    }

    [Fact]
    public void A_receipt_is_the_same_whenever_it_is_asked_for()
    {
        using var ledger = Open();
        ledger.Append(TestData.Entries(0, 10));
        var receipt = ledger.Receipt(4).ToString();
        ledger.Append(TestData.Entries(10, 500));
        Assert.Equal(receipt, ledger.Receipt(4).ToString());
    }

    [Theory]
    [InlineData("tile/0/000", 100)]
    [InlineData("tile/0/000", 255)]
    [InlineData("tile/0/001", 400)]
    public async Task No_receipt_is_signed_over_a_damaged_tile(string name, int index)
    {
        using var ledger = Open();
        ledger.Append(TestData.Entries(0, 600));
        var file = Path.Combine(_temporary.Log, name);
        var bytes = File.ReadAllBytes(file);
        bytes[3] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Equal(name, Assert.Throws<LedgerFaultException>(() => ledger.Receipt(index)).Fault.Path);
        var reader = LedgerReader.ForDirectory(_temporary.Log);
        Assert.False((await reader.FirstReceiptAsync(index, 600, _signer)).TryGet(out _, out var fault));
        Assert.Contains("the tiles do not lead to it", fault.Message);

        bytes[3] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.True((await reader.FirstReceiptAsync(index, 600, _signer)).TryGet(out var receipt, out fault), fault?.ToString());
        Assert.Equal(ledger.Receipt(index).ToString(), receipt.ToString());
        Assert.True(ledger.Receipt(index).Verify(TestData.EntryAt(index), _signer.VerifierKey, out var error), error);
    }

    [Fact]
    public async Task Heads_are_consistent_across_any_growth()
    {
        using var ledger = Open();
        var heads = new List<SignedCheckpoint>();
        foreach (var count in new[] { 1, 2, 253, 1, 255, 90, 400 })
        {
            heads.Add(ledger.Append(TestData.Entries((int)ledger.Head.Checkpoint.Size, count)));
        }

        var reader = LedgerReader.ForDirectory(_temporary.Log);
        foreach (var older in heads)
        {
            foreach (var newer in heads.Where(head => head.Checkpoint.Size >= older.Checkpoint.Size))
            {
                Assert.True((await reader.ProveConsistencyAsync(older.Checkpoint.Size, newer.Checkpoint.Size)).TryGet(out var proof, out var fault), fault?.ToString());
                Assert.True(proof.Verify(older.Checkpoint.Root, newer.Checkpoint.Root, out var error), error);
            }
        }
    }

    [Fact]
    public void An_append_of_nothing_changes_nothing()
    {
        using var ledger = Open();
        var head = ledger.Append(TestData.Entries(0, 3));
        Assert.Same(head, ledger.Append([]));
    }

    [Fact]
    public void An_entry_that_is_too_long_is_misuse_and_leaves_the_ledger_usable()
    {
        using var ledger = Open();
        Assert.Throws<ArgumentException>(() => ledger.Append([new byte[1], new byte[65_536]]));
        Assert.Equal(0, ledger.Head.Checkpoint.Size);
        ledger.Append([new byte[65_535]]);
        Assert.Equal(1, ledger.Head.Checkpoint.Size);
    }

    [Fact]
    public void A_ledger_has_one_writer()
    {
        using var ledger = Open();
        var refused = Assert.Throws<IOException>(() => Open());
        Assert.Contains("a ledger has one writer", refused.Message);
    }

    [Fact]
    public void Another_key_does_not_open_it()
    {
        Open().Dispose();
        using var other = NoteSigner.Generate("other.example");
        var refused = Assert.Throws<LedgerFaultException>(() => FileLedger.Open(_temporary.Log, other));
        Assert.Equal("checkpoint", refused.Fault.Path);
        Assert.Contains("the ledger's own key", refused.Message);
        Open().Dispose();
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("tile/0/001.p/44")]
    [InlineData("tile/1/000.p/1")]
    [InlineData("tile/entries/001.p/44")]
    public void A_damaged_or_absent_right_edge_refuses_to_open_and_names_the_file(string name)
    {
        using (var ledger = Open())
        {
            ledger.Append(TestData.Entries(0, 300));
        }

        var file = Path.Combine(_temporary.Log, name);
        var bytes = File.ReadAllBytes(file);
        bytes[20] ^= 1;
        File.WriteAllBytes(file, bytes);
        var damaged = Assert.Throws<LedgerFaultException>(() => Open());
        Assert.Equal(name, damaged.Fault.Path);
        Assert.Contains("restore", damaged.Message);

        File.Delete(file);
        var absent = Assert.Throws<LedgerFaultException>(() => Open());
        Assert.Equal(name, absent.Fault.Path);
        Assert.Contains("restore", absent.Message);

        bytes[20] ^= 1;
        File.WriteAllBytes(file, bytes);
        using var whole = Open();
        Assert.Equal(300, whole.Head.Checkpoint.Size);
    }

    [Fact]
    public async Task What_lies_beyond_the_head_is_set_aside()
    {
        using (var ledger = Open())
        {
            ledger.Append(TestData.Entries(0, 10));
            TemporaryDirectory.Copy(_temporary.Log, Path.Combine(_temporary.Root, "before"));
            ledger.Append(TestData.Entries(500, 600));
        }

        // The checkpoint of the larger ledger was never published.
        File.Copy(Path.Combine(_temporary.Root, "before/checkpoint"), Path.Combine(_temporary.Log, "checkpoint"), overwrite: true);
        TemporaryDirectory.Copy(Path.Combine(_temporary.Root, "before/tile"), Path.Combine(_temporary.Log, "tile"));
        using (var ledger = Open())
        {
            Assert.Equal(10, ledger.Head.Checkpoint.Size);
            Assert.Equal(["checkpoint", "tile/0/000.p/10", "tile/entries/000.p/10"], Published(_temporary.Log).Keys.Order(StringComparer.Ordinal));
            Assert.True(File.Exists(Path.Combine(_temporary.Log, ".ledger/unpublished/tile/entries/001")));
            ledger.Append(TestData.Entries(10, 300));
        }

        Assert.True((await LedgerCheck.CheckDirectoryAsync(_temporary.Log, _signer.VerifierKey)).TryGet(out var head, out var fault), fault?.ToString());
        Assert.Equal(Root(TestData.Entries(0, 310)), head.Checkpoint.Root);
    }

    [Fact]
    public void An_old_checkpoint_under_newer_tiles_is_refused_rather_than_built_upon()
    {
        byte[] old;
        using (var ledger = Open())
        {
            old = ledger.Append(TestData.Entries(0, 10)).ToBytes();
            ledger.Append(TestData.Entries(10, 300));
        }

        File.WriteAllBytes(Path.Combine(_temporary.Log, "checkpoint"), old);
        var refused = Assert.Throws<LedgerFaultException>(() => Open());
        Assert.Equal("tile/0/000.p/10", refused.Fault.Path);
    }

    [Fact]
    public async Task A_partial_tile_that_is_gone_is_read_from_the_full_one()
    {
        using var ledger = Open();
        var old = ledger.Append(TestData.Entries(0, 100));
        ledger.Append(TestData.Entries(100, 200));
        Assert.False(Directory.Exists(Path.Combine(_temporary.Log, "tile/0/000.p")));
        var reader = LedgerReader.ForDirectory(_temporary.Log);
        Assert.True((await reader.ReceiptAsync(42, old)).TryGet(out var receipt, out var fault), fault?.ToString());
        Assert.True(receipt.Verify(TestData.EntryAt(42), _signer.VerifierKey, out var error), error);
        Assert.True((await reader.ReadEntriesAsync(90, 100, 100)).TryGet(out var entries, out fault), fault?.ToString());
        Assert.Equal(10, entries.Length);
        Assert.Null(await LedgerCheck.CheckAsync(LedgerReader.FilesOf(_temporary.Log), old.Checkpoint));
    }

    private FileLedger Open() => FileLedger.Open(_temporary.Log, _signer);

    private static MerkleHash Root(ReadOnlyMemory<byte>[] entries) =>
        new(Rfc6962.Mth([.. entries.Select(entry => entry.ToArray())]));

    private static string Hex(ReadOnlyMemory<byte> entry) => Convert.ToHexString(entry.Span);

    private static Dictionary<string, byte[]> Published(string directory) =>
        Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(directory, file))
            .Where(name => !name.StartsWith(".ledger", StringComparison.Ordinal))
            .ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(directory, name)));
}
