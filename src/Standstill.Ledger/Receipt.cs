using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Standstill.Ledger;

/// <summary>
/// The proof, checkable offline, that an entry is in a ledger (c2sp.org/tlog-proof@v1, file extension <c>.tlog-proof</c>).
/// </summary>
/// <remarks>
/// Stricter than the format in two ways, so that no bit of a receipt can be flipped unseen: the <c>extra</c> line, which nothing
/// authenticates, is refused; and each signature line must be by a key that the verifier was given, each key signing once,
/// where a plain note may carry lines of unknown keys.
/// </remarks>
//
//     c2sp.org/tlog-proof@v1
//     index <decimal>
//     <hash, base64>...           from the leaf's sibling up
//     (an empty line)
//     <the signed checkpoint>
public sealed class Receipt
{
    private const string FirstLine = "c2sp.org/tlog-proof@v1";
    private const string IndexPrefix = "index ";

    /// <summary>Hashes in the path of the largest possible tree.</summary>
    private const int MaxPath = 63;

    private Receipt(InclusionProof proof, Checkpoint checkpoint, SignedNote note) => (Proof, Checkpoint, Note) = (proof, checkpoint, note);

    /// <summary>Makes a receipt for an entry of a ledger at a verified checkpoint.</summary>
    /// <exception cref="ArgumentException">The proof is of a tree of another size.</exception>
    public Receipt(InclusionProof proof, SignedCheckpoint head)
        : this(proof, head.Checkpoint, head.Note)
    {
        if (proof.TreeSize != head.Checkpoint.Size)
        {
            throw new ArgumentException($"the proof is of `{proof.TreeSize}` entries, the checkpoint of `{head.Checkpoint.Size}`", nameof(proof));
        }
    }

    /// <summary>The proof of inclusion, not to be believed before <see cref="Verify"/>.</summary>
    public InclusionProof Proof { get; }

    /// <summary>The checkpoint, not to be believed before <see cref="Verify"/>.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>The checkpoint's note.</summary>
    public SignedNote Note { get; }

    /// <summary>Index of the entry, from 0.</summary>
    public long Index => Proof.Index;

    /// <summary>Reads a receipt. Refused: whatever <see cref="ToString"/> would not have written.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Receipt? receipt, [NotNullWhen(false)] out string? error)
    {
        receipt = null;
        var blank = bytes.IndexOf("\n\n"u8);
        if (blank < 0 || blank > 8192 || !StrictText.TryDecodeUtf8(bytes[..blank], out var head))
        {
            error = $"the receipt is not `{FirstLine}`, an index, a path, an empty line and a checkpoint";
            return false;
        }

        var lines = head.Split('\n');
        if (lines[0] != FirstLine)
        {
            error = $"the receipt begins with {StrictText.Quote(lines[0])}, not with `{FirstLine}`";
            return false;
        }

        if (lines.Length < 2 || !lines[1].StartsWith(IndexPrefix, StringComparison.Ordinal)
            || !StrictText.TryReadDecimal(lines[1].AsSpan(IndexPrefix.Length), out var index))
        {
            error = $"line 2 of the receipt is {StrictText.Quote(lines.ElementAtOrDefault(1))}, not `{IndexPrefix}` and a decimal number; extra data is refused, since nothing signs it";
            return false;
        }

        if (lines.Length - 2 > MaxPath)
        {
            error = $"the receipt's path holds `{lines.Length - 2}` hashes: no tree needs more than `{MaxPath}`";
            return false;
        }

        var path = ImmutableArray.CreateBuilder<MerkleHash>();
        for (var i = 2; i < lines.Length; i++)
        {
            if (!MerkleHash.TryParse(lines[i], out var hash, out error))
            {
                error = $"line {i + 1} of the receipt: {error}";
                return false;
            }

            path.Add(hash);
        }

        if (!SignedNote.TryParse(bytes[(blank + 2)..], out var note, out error) || !Checkpoint.TryParse(note.Text, out var checkpoint, out error))
        {
            error = $"the receipt's checkpoint: {error}";
            return false;
        }

        receipt = new Receipt(new InclusionProof(index, checkpoint.Size, path.ToImmutable()), checkpoint, note);
        return true;
    }

    /// <summary>
    /// Checks that the ledger whose key is given holds the entry at the receipt's index, and that every signature on the checkpoint
    /// is by that key or one of the others given.
    /// </summary>
    /// <param name="entry">The exact bytes of the entry.</param>
    /// <param name="ledgerKey">The ledger's key.</param>
    /// <param name="error">What is wrong.</param>
    /// <param name="otherKeys">Further keys whose signatures the checkpoint may carry.</param>
    public bool Verify(
        ReadOnlySpan<byte> entry, NoteVerifierKey ledgerKey, [NotNullWhen(false)] out string? error, params ReadOnlySpan<NoteVerifierKey> otherKeys)
    {
        if (!SignedCheckpoint.TryOpen(Note, ledgerKey, out var head, out error)
            || !Note.Verify([ledgerKey, .. otherKeys], out var signers, out error))
        {
            return false;
        }

        // Fewer signers than lines: some line is by a key that was not given, or one key signed twice.
        if (signers.Length != Note.Signatures.Length)
        {
            error = $"the receipt carries `{Note.Signatures.Length}` signatures, of which `{signers.Length}` are by different known keys: give the others' keys or ask for a receipt without them";
            return false;
        }

        if (!Proof.Verify(MerkleHash.OfLeaf(entry), head.Checkpoint.Root, out error))
        {
            error = $"entry `{Index}` is not proved to be in `{head.Checkpoint.Origin}`: {error}";
            return false;
        }

        return true;
    }

    /// <summary>The bytes of the receipt's file.</summary>
    public byte[] ToBytes() => StrictText.EncodeUtf8(ToString());

    /// <summary>The receipt as text.</summary>
    public override string ToString()
    {
        var builder = new StringBuilder().Append(FirstLine).Append('\n').Append(IndexPrefix).Append(Index).Append('\n');
        foreach (var hash in Proof.Path)
        {
            builder.Append(hash).Append('\n');
        }

        return builder.Append('\n').Append(Note).ToString();
    }
}
