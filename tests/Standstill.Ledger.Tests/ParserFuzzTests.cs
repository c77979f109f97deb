using System.Text;
using CsCheck;

namespace Standstill.Ledger.Tests;

/// <summary>Whatever the bytes, a parser answers: it accepts what it would write, or says why not. It never throws.</summary>
public sealed class ParserFuzzTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    private static readonly NoteSigner Signer = TestData.Signer();
    private static readonly MerkleHash[] Leaves = [.. TestData.Entries(0, 11).Select(entry => MerkleHash.OfLeaf(entry.Span))];
    private static readonly SignedCheckpoint Head =
        SignedCheckpoint.Sign(new Checkpoint(Signer.Name, Leaves.Length, MerkleTree.Root(Leaves)), Signer);

    [Fact]
    public void Notes() => Fuzz(Head.ToBytes(), bytes =>
    {
        if (SignedNote.TryParse(bytes, out var note, out var error))
        {
            Assert.Equal(bytes, note.ToBytes());
            note.Verify([Signer.VerifierKey], out _, out _);
        }
        else
        {
            Assert.NotEmpty(error);
        }
    });

    [Fact]
    public void Checkpoints() => Fuzz(Encoding.UTF8.GetBytes(Head.Checkpoint.ToString()), bytes =>
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (Checkpoint.TryParse(text, out var checkpoint, out var error))
        {
            Assert.Equal(text, checkpoint.ToString());
        }
        else
        {
            Assert.NotEmpty(error);
        }
    });

    [Fact]
    public void Receipts() => Fuzz(new Receipt(MerkleTree.ProveInclusion(Leaves, 6), Head).ToBytes(), bytes =>
    {
        if (Receipt.TryParse(bytes, out var receipt, out var error))
        {
            Assert.Equal(bytes, receipt.ToBytes());
            receipt.Verify(TestData.EntryAt(6), Signer.VerifierKey, out _);
        }
        else
        {
            Assert.NotEmpty(error);
        }
    });

    [Fact]
    public void Tile_paths() => Fuzz("tile/0/x001/x234/067.p/25"u8.ToArray(), bytes =>
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (TilePath.TryParse(text, out var path, out var error))
        {
            Assert.Equal(text, path.ToString());
        }
        else
        {
            Assert.NotEmpty(error);
        }
    });

    [Fact]
    public void Entry_bundles() => Fuzz([.. Enumerable.Range(0, 6).SelectMany(i => EntryBundle.Format(TestData.EntryAt(i)))], bytes =>
    {
        if (EntryBundle.TryParse(bytes, out var bundle, out var error))
        {
            Assert.Equal(bytes, bundle.Entries.SelectMany(entry => EntryBundle.Format(entry.Span)));
        }
        else
        {
            Assert.NotEmpty(error);
        }
    });

    [Fact]
    public void Keys() => Fuzz(Encoding.UTF8.GetBytes(TestData.PrivateKey), bytes =>
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (NoteSigner.TryParse(text, out var signer, out var error))
        {
            using (signer)
            {
                Assert.Equal(text, signer.ExportPrivateText());
            }
        }
        else
        {
            Assert.NotEmpty(error);
        }

        var publicText = text.Replace("PRIVATE+KEY+", "", StringComparison.Ordinal);
        if (NoteVerifierKey.TryParse(publicText, out var key, out error))
        {
            Assert.Equal(publicText, key.ToString());
        }
        else
        {
            Assert.NotEmpty(error);
        }
    });

    /// <summary>Cuts, repeats, replaces and inserts, up to five times; bytes of any value and those that have a meaning here.</summary>
    private static void Fuzz(byte[] valid, Action<byte[]> parse)
    {
        parse(valid);
        var telling = "\n /+=0x-.\r\t\0—"u8.ToArray();
        var value = Gen.OneOf(Gen.Byte, Gen.Int[0, telling.Length - 1].Select(i => telling[i]));
        var edit = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 10_000], Gen.Int[0, 40], value);
        edit.Array[1, 5].Sample(
            edits => parse(edits.Aggregate(valid, Apply)),
            seed: Seed, iter: 5_000);
        value.Array[0, 200].Sample(parse, seed: Seed, iter: 2_000);
    }

    private static byte[] Apply(byte[] bytes, (int Kind, int At, int Length, byte Value) edit)
    {
        var at = bytes.Length == 0 ? 0 : edit.At % bytes.Length;
        var end = Math.Min(bytes.Length, at + edit.Length);
        return edit.Kind switch
        {
            0 => [.. bytes[..at], edit.Value, .. bytes[Math.Min(at + 1, bytes.Length)..]],
            1 => [.. bytes[..at], edit.Value, .. bytes[at..]],
            2 => [.. bytes[..at], .. bytes[end..]],
            3 => [.. bytes[..end], .. bytes[at..]],
            4 => bytes[..at],
            _ => [.. bytes, edit.Value],
        };
    }
}
