namespace Standstill.Ledger.Tests;

/// <summary>A log that another implementation wrote: transparency-dev/tessera's test data.</summary>
public sealed class TesseraLogTests
{
    private static readonly string Log = TestData.PathOf("tessera/testdata/log");

    private static NoteVerifierKey Key => TestData.Key(File.ReadAllText(TestData.PathOf("tessera/testdata/vkey")).Trim());

    [Fact]
    public async Task All_its_checkpoints_are_consistent_with_each_other()
    {
        var heads = Enumerable.Range(0, 16).Select(Head).ToArray();
        var reader = LedgerReader.ForDirectory(Log);
        for (var older = 0; older < heads.Length; older++)
        {
            Assert.Equal(older, heads[older].Checkpoint.Size);
            for (var newer = Math.Max(1, older); older > 0 && newer < heads.Length; newer++)
            {
                Assert.True((await reader.ProveConsistencyAsync(older, newer)).TryGet(out var proof, out var fault), fault?.ToString());
                Assert.True(proof.Verify(heads[older].Checkpoint.Root, heads[newer].Checkpoint.Root, out var error), error);
                if (older < newer)
                {
                    Assert.False(proof.Verify(heads[older - 1].Checkpoint.Root, heads[newer].Checkpoint.Root, out _));
                }
            }
        }
    }

    [Fact]
    public async Task It_holds_at_each_of_its_checkpoints()
    {
        for (var size = 0; size < 16; size++)
        {
            var seen = 0;
            var fault = await LedgerCheck.CheckAsync(LedgerReader.FilesOf(Log), Head(size).Checkpoint, (first, entries) =>
            {
                Assert.Equal(seen, first);
                seen += entries.Length;
                return ValueTask.CompletedTask;
            });
            Assert.Null(fault);
            Assert.Equal(size, seen);
        }

        Assert.True((await LedgerCheck.CheckDirectoryAsync(Log, Key)).TryGet(out var head, out _));
        Assert.Equal(15, head.Checkpoint.Size);
    }

    [Fact]
    public async Task Its_entries_have_receipts_at_each_of_its_checkpoints()
    {
        var reader = LedgerReader.ForDirectory(Log);
        Assert.True((await reader.ReadEntriesAsync(0, 15, 15)).TryGet(out var entries, out _));
        for (var size = 1; size < 16; size++)
        {
            for (var index = 0; index < size; index++)
            {
                Assert.True((await reader.ReceiptAsync(index, Head(size))).TryGet(out var receipt, out _));
                Assert.True(receipt.Verify(entries[index].Span, Key, out var error), error);
            }
        }
    }

    private static SignedCheckpoint Head(int size)
    {
        Assert.True(SignedCheckpoint.TryOpen(File.ReadAllBytes(Path.Combine(Log, $"checkpoint.{size}")), Key, out var head, out var error), error);
        return head;
    }
}
