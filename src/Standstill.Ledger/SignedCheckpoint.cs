using System.Diagnostics.CodeAnalysis;

namespace Standstill.Ledger;

/// <summary>
/// A checkpoint whose signature by the ledger's key was verified, with the note that carries it
/// (c2sp.org/tlog-checkpoint, "Signatures").
/// </summary>
/// <remarks>INVARIANT (opened): a value exists only if the key named like the origin signed the checkpoint.</remarks>
public sealed class SignedCheckpoint
{
    private SignedCheckpoint(Checkpoint checkpoint, SignedNote note) => (Checkpoint, Note) = (checkpoint, note);

    /// <summary>What was signed.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>The note, with the signatures of others too.</summary>
    public SignedNote Note { get; }

    /// <summary>Reads a checkpoint and verifies the ledger's signature on it.</summary>
    public static bool TryOpen(
        ReadOnlySpan<byte> bytes, NoteVerifierKey key, [NotNullWhen(true)] out SignedCheckpoint? head, [NotNullWhen(false)] out string? error)
    {
        head = null;
        return SignedNote.TryParse(bytes, out var note, out error) && TryOpen(note, key, out head, out error);
    }

    /// <summary>Verifies the ledger's signature on a checkpoint's note.</summary>
    /// <remarks>
    /// The spec recommends that the key be named like the origin; here it is required, so that one key's
    /// checkpoints of two ledgers cannot be taken for each other.
    /// </remarks>
    public static bool TryOpen(
        SignedNote note, NoteVerifierKey key, [NotNullWhen(true)] out SignedCheckpoint? head, [NotNullWhen(false)] out string? error)
    {
        head = null;
        if (!note.Verify([key], out _, out error) || !Checkpoint.TryParse(note.Text, out var checkpoint, out error))
        {
            return false;
        }

        if (checkpoint.Origin != key.Name)
        {
            error = $"the checkpoint is of {StrictText.Quote(checkpoint.Origin)}, the key of `{key.Name}`: ask for the ledger's own key";
            return false;
        }

        head = new SignedCheckpoint(checkpoint, note);
        return true;
    }

    /// <summary>Signs a checkpoint with the ledger's key.</summary>
    /// <exception cref="ArgumentException">The origin is not the key's name.</exception>
    public static SignedCheckpoint Sign(Checkpoint checkpoint, NoteSigner signer)
    {
        if (checkpoint.Origin != signer.Name)
        {
            throw new ArgumentException($"the origin `{checkpoint.Origin}` is not the key's name `{signer.Name}`", nameof(checkpoint));
        }

        return new SignedCheckpoint(checkpoint, SignedNote.Sign(checkpoint.ToString(), signer));
    }

    /// <summary>The bytes of the note.</summary>
    public byte[] ToBytes() => Note.ToBytes();

    /// <summary>The note as text.</summary>
    public override string ToString() => Note.ToString();
}
