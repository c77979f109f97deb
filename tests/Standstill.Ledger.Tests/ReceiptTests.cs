using System.Text;

namespace Standstill.Ledger.Tests;

public sealed class ReceiptTests
{
    private static readonly MerkleHash[] Leaves = [.. TestData.Entries(0, 13).Select(entry => MerkleHash.OfLeaf(entry.Span))];

    [Fact]
    public void A_receipt_is_read_back_and_proves_its_entry_and_no_other()
    {
        using var signer = TestData.Signer();
        for (var index = 0; index < Leaves.Length; index++)
        {
            var receipt = Parse(ReceiptOf(index, signer).ToBytes());
            Assert.Equal(index, receipt.Index);
            Assert.True(receipt.Verify(TestData.EntryAt(index), signer.VerifierKey, out var error), error);
            Assert.False(receipt.Verify(TestData.EntryAt(index + 1), signer.VerifierKey, out error));
            Assert.StartsWith($"entry `{index}` is not proved to be in `{signer.Name}`: the path leads to the root", error);
        }
    }

    [Fact]
    public void Its_text_is_that_of_the_spec()
    {
        using var signer = TestData.Signer();
        var root = MerkleTree.Root(Leaves.AsSpan(0, 2));
        var head = SignedCheckpoint.Sign(new Checkpoint(signer.Name, 2, root), signer);
        var receipt = new Receipt(MerkleTree.ProveInclusion(Leaves.AsSpan(0, 2), 1), head);
        Assert.Equal($"c2sp.org/tlog-proof@v1\nindex 1\n{Leaves[0]}\n\n{signer.Name}\n2\n{root}\n\n{head.ToString().Split("\n\n")[1]}", receipt.ToString());
    }

    [Fact]
    public void Every_single_flipped_bit_is_seen()
    {
        using var signer = TestData.Signer();
        var entry = TestData.EntryAt(9);
        var bytes = ReceiptOf(9, signer).ToBytes();
        for (var position = 0; position < bytes.Length; position++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                bytes[position] ^= (byte)(1 << bit);
                Assert.False(Holds(bytes, entry, signer.VerifierKey), $"byte {position}, bit {bit}");
                bytes[position] ^= (byte)(1 << bit);
            }
        }

        Assert.True(Holds(bytes, entry, signer.VerifierKey));
    }

    [Fact]
    public void Every_byte_left_out_put_in_or_changed_in_any_way_is_seen()
    {
        using var signer = TestData.Signer();
        var entry = TestData.EntryAt(9);
        var bytes = ReceiptOf(9, signer).ToBytes();
        for (var position = 0; position < bytes.Length; position++)
        {
            Assert.False(Holds([.. bytes[..position], .. bytes[(position + 1)..]], entry, signer.VerifierKey), $"without byte {position}");
            Assert.False(Holds(bytes[..position], entry, signer.VerifierKey), $"cut at byte {position}");
            foreach (var other in " \n\r=+/A0\0"u8.ToArray().Where(other => other != bytes[position]))
            {
                Assert.False(Holds([.. bytes[..position], other, .. bytes[position..]], entry, signer.VerifierKey), $"{other} before byte {position}");
                Assert.False(Holds([.. bytes[..position], other, .. bytes[(position + 1)..]], entry, signer.VerifierKey), $"{other} for byte {position}");
            }
        }

        Assert.False(Holds([.. bytes, (byte)'\n'], entry, signer.VerifierKey));
    }

    [Fact]
    public void Signatures_of_others_are_accepted_only_with_their_keys()
    {
        using var signer = TestData.Signer();
        using var witness = NoteSigner.Generate("witness.example");
        var receipt = ReceiptOf(4, signer);
        var cosigned = Parse(Encoding.UTF8.GetBytes(receipt + SignatureLine(receipt, witness)));
        Assert.False(cosigned.Verify(TestData.EntryAt(4), signer.VerifierKey, out var error));
        Assert.StartsWith("the receipt carries `2` signatures, of which `1` are by different known keys", error);
        Assert.True(cosigned.Verify(TestData.EntryAt(4), signer.VerifierKey, out error, witness.VerifierKey), error);
        Assert.False(cosigned.Verify(TestData.EntryAt(4), witness.VerifierKey, out error, signer.VerifierKey));

        var twice = Parse(Encoding.UTF8.GetBytes(receipt + SignatureLine(receipt, signer)));
        Assert.False(twice.Verify(TestData.EntryAt(4), signer.VerifierKey, out _));
    }

    [Fact]
    public void Extra_data_is_refused()
    {
        using var signer = TestData.Signer();
        var text = ReceiptOf(4, signer).ToString().Replace("index", "extra AAAA\nindex", StringComparison.Ordinal);
        Assert.False(Receipt.TryParse(Encoding.UTF8.GetBytes(text), out _, out var error));
        Assert.Contains("extra data is refused", error);
    }

    [Fact]
    public void A_proof_of_another_size_than_the_checkpoint_is_misuse()
    {
        using var signer = TestData.Signer();
        var head = SignedCheckpoint.Sign(new Checkpoint(signer.Name, 2, MerkleTree.Root(Leaves.AsSpan(0, 2))), signer);
        Assert.Throws<ArgumentException>(() => new Receipt(MerkleTree.ProveInclusion(Leaves, 1), head));
    }

    private static string SignatureLine(Receipt receipt, NoteSigner signer) =>
        SignedNote.Sign(receipt.Note.Text, signer).ToString()[(receipt.Note.Text.Length + 1)..];

    private static Receipt ReceiptOf(int index, NoteSigner signer) => new(
        MerkleTree.ProveInclusion(Leaves, index),
        SignedCheckpoint.Sign(new Checkpoint(signer.Name, Leaves.Length, MerkleTree.Root(Leaves)), signer));

    private static bool Holds(byte[] bytes, byte[] entry, NoteVerifierKey key) =>
        Receipt.TryParse(bytes, out var receipt, out _) && receipt.Verify(entry, key, out _);

    private static Receipt Parse(byte[] bytes)
    {
        Assert.True(Receipt.TryParse(bytes, out var receipt, out var error), error);
        return receipt;
    }
}
