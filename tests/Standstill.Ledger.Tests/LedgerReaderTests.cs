namespace Standstill.Ledger.Tests;

public sealed class LedgerReaderTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();
    private readonly NoteSigner _signer = TestData.Signer();

    public void Dispose()
    {
        _signer.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task The_same_resources_from_memory_read_as_from_files()
    {
        SignedCheckpoint head;
        using (var ledger = FileLedger.Open(_temporary.Log, _signer))
        {
            head = ledger.Append(TestData.Entries(0, 300));
        }

        var served = Directory.EnumerateFiles(_temporary.Log, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(_temporary.Log, file), File.ReadAllBytes);
        var asked = new List<string>();
        var reader = new LedgerReader((path, _) =>
        {
            asked.Add(path);
            return ValueTask.FromResult(served.TryGetValue(path, out var bytes) ? (ReadOnlyMemory<byte>?)bytes : null);
        });
        Assert.True((await reader.ReadHeadAsync(_signer.VerifierKey)).TryGet(out var read, out var fault), fault?.ToString());
        Assert.Equal(head.Checkpoint, read.Checkpoint);
        Assert.True((await reader.ReceiptAsync(299, read)).TryGet(out var receipt, out fault), fault?.ToString());
        Assert.True(receipt.Verify(TestData.EntryAt(299), _signer.VerifierKey, out var error), error);

        // A receipt of the last entry takes the right edge, and each tile once.
        Assert.Equal(["checkpoint", "tile/0/001.p/44", "tile/1/000.p/1"], asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_absent_or_foreign_head_is_a_fault()
    {
        var reader = LedgerReader.ForDirectory(_temporary.Log);
        Assert.False((await reader.ReadHeadAsync(_signer.VerifierKey)).TryGet(out _, out var fault));
        Assert.Equal("`checkpoint`: is absent: check the ledger's address", fault.ToString());

        FileLedger.Open(_temporary.Log, _signer).Dispose();
        using var other = NoteSigner.Generate("other.example");
        Assert.False((await reader.ReadHeadAsync(other.VerifierKey)).TryGet(out _, out fault));
        Assert.StartsWith("`checkpoint`: no known key signed the note", fault.ToString());
    }

    [Fact]
    public async Task A_file_of_the_wrong_length_or_count_is_a_fault_that_names_it()
    {
        using (var ledger = FileLedger.Open(_temporary.Log, _signer))
        {
            ledger.Append(TestData.Entries(0, 10));
        }

        var reader = LedgerReader.ForDirectory(_temporary.Log);
        File.AppendAllText(Path.Combine(_temporary.Log, "tile/0/000.p/10"), "x");
        Assert.False((await reader.ProveInclusionAsync(3, 10)).TryGet(out _, out var fault));
        Assert.Equal("`tile/0/000.p/10`: is `321` bytes long where `10` hashes take `320`", fault.ToString());

        File.AppendAllText(Path.Combine(_temporary.Log, "tile/entries/000.p/10"), "\0\0");
        Assert.False((await reader.ReadEntriesAsync(0, 10, 10)).TryGet(out _, out fault));
        Assert.Equal("`tile/entries/000.p/10`: holds `11` entries where its name says `10`", fault.ToString());

        Assert.False((await reader.ProveConsistencyAsync(5, 11)).TryGet(out _, out fault));
        Assert.Equal("tile/0/000.p/11", fault.Path);
    }

    [Fact]
    public async Task Ranges_outside_the_size_are_misuse()
    {
        var reader = LedgerReader.ForDirectory(_temporary.Log);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reader.ReadEntriesAsync(-1, 0, 10));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reader.ReadEntriesAsync(2, 1, 10));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reader.ReadEntriesAsync(0, 11, 10));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reader.ProveInclusionAsync(10, 10));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reader.ProveConsistencyAsync(0, 10));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reader.ProveConsistencyAsync(11, 10));
    }

    [Fact]
    public async Task Readers_beside_a_writer_see_whole_heads_only()
    {
        using var ledger = FileLedger.Open(_temporary.Log, _signer);
        var done = false;
        var reading = Task.Run(async () =>
        {
            var reader = LedgerReader.ForDirectory(_temporary.Log);
            SignedCheckpoint? older = null;
            var heads = 0;
            while (!Volatile.Read(ref done))
            {
                var check = await LedgerCheck.CheckDirectoryAsync(_temporary.Log, _signer.VerifierKey);
                Assert.True(check.TryGet(out var head, out var fault), fault?.ToString());
                if (older is { Checkpoint.Size: > 0 })
                {
                    var result = await reader.ProveConsistencyAsync(older.Checkpoint.Size, head.Checkpoint.Size);
                    Assert.True(result.TryGet(out var proof, out fault), fault?.ToString());
                    Assert.True(proof.Verify(older.Checkpoint.Root, head.Checkpoint.Root, out var error), error);
                }

                heads += older?.Checkpoint.Size == head.Checkpoint.Size ? 0 : 1;
                older = head;
            }

            return heads;
        });
        for (var batch = 0; batch < 150 && !reading.IsCompleted; batch++)
        {
            ledger.Append(TestData.Entries((int)ledger.Head.Checkpoint.Size, 1 + (batch % 17)));
        }

        Volatile.Write(ref done, true);
        Assert.True(await reading > 1);
    }
}
