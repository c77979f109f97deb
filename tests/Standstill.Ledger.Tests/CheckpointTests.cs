using System.Text;

namespace Standstill.Ledger.Tests;

public sealed class CheckpointTests
{
    private static readonly string Root = MerkleHash.OfEmptyTree.ToString();

    [Theory]
    [InlineData("")]
    [InlineData("extension\n")]
    [InlineData("one\ntwo\n")]
    public void A_checkpoint_is_written_as_it_was_read(string extension)
    {
        var text = $"ledger.example\n18\n{Root}\n{extension}";
        Assert.True(Checkpoint.TryParse(text, out var checkpoint, out var error), error);
        Assert.Equal(new Checkpoint("ledger.example", 18, MerkleHash.OfEmptyTree) { Extension = extension }, checkpoint);
        Assert.Equal(text, checkpoint.ToString());
    }

    public static TheoryData<string> Malformed => new(
        "",
        "ledger.example\n",
        "ledger.example\n1\n",
        $"ledger.example\n1\n{Root}",
        $"\n1\n{Root}\n",
        $"ledger.example\n\n{Root}\n",
        $"ledger.example\n01\n{Root}\n",
        $"ledger.example\n+1\n{Root}\n",
        $"ledger.example\n-1\n{Root}\n",
        $"ledger.example\n1 \n{Root}\n",
        $"ledger.example\n٣\n{Root}\n",
        $"ledger.example\n9223372036854775808\n{Root}\n",
        "ledger.example\n1\nAAAA\n",
        $"ledger.example\n1\n{Root}\n\n",
        $"ledger.example\n1\n{Root}\next\n\n",
        $"ledger.example\n1\n{Root}\next");

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_checkpoint_is_refused(string text)
    {
        Assert.False(Checkpoint.TryParse(text, out _, out var error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void A_signed_checkpoint_opens_with_its_key_only()
    {
        using var signer = TestData.Signer();
        using var other = NoteSigner.Generate("other.example");
        var head = SignedCheckpoint.Sign(new Checkpoint(signer.Name, 0, MerkleHash.OfEmptyTree), signer);
        Assert.True(SignedCheckpoint.TryOpen(head.ToBytes(), signer.VerifierKey, out var opened, out var error), error);
        Assert.Equal(head.Checkpoint, opened.Checkpoint);
        Assert.False(SignedCheckpoint.TryOpen(head.ToBytes(), other.VerifierKey, out _, out error));
        Assert.StartsWith("no known key signed the note", error);
    }

    [Fact]
    public void A_checkpoint_of_another_origin_is_refused_though_the_key_signed_it()
    {
        using var signer = TestData.Signer();
        var note = SignedNote.Sign(new Checkpoint("other.example", 0, MerkleHash.OfEmptyTree).ToString(), signer);
        Assert.False(SignedCheckpoint.TryOpen(note, signer.VerifierKey, out _, out var error));
        Assert.StartsWith("the checkpoint is of `other.example`", error);
        Assert.Throws<ArgumentException>(() => SignedCheckpoint.Sign(new Checkpoint("other.example", 0, MerkleHash.OfEmptyTree), signer));
    }

    [Fact]
    public void A_signed_text_that_is_no_checkpoint_is_refused()
    {
        using var signer = TestData.Signer();
        var bytes = Encoding.UTF8.GetBytes(SignedNote.Sign("hello\n", signer).ToString());
        Assert.False(SignedCheckpoint.TryOpen(bytes, signer.VerifierKey, out _, out var error));
        Assert.StartsWith("the checkpoint has fewer than three lines", error);
    }
}
