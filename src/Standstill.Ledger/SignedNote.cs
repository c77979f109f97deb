using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Standstill.Ledger;

/// <summary>A signature line of a note: who signed, and the bytes of the signature, whose meaning the key decides.</summary>
/// <param name="Name">Name of the key.</param>
/// <param name="KeyId">Id of the key.</param>
/// <param name="Signature">The signature, at least one byte.</param>
public sealed record NoteSignature(string Name, uint KeyId, ImmutableArray<byte> Signature);

/// <summary>
/// A text with the signatures of one or more keys (c2sp.org/signed-note).
/// </summary>
/// <remarks>A note that parses is not yet to be believed: only <see cref="Verify"/> says who signed it.</remarks>
//
//     text, one or more lines, each ending in U+000A
//     (an empty line)
//     — <key name> base64(32-bit key id, big-endian ‖ signature)
//     — ...
public sealed class SignedNote
{
    /// <summary>The largest note that is read, in bytes.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>The most signatures that a note may carry; the spec asks for at least 16.</summary>
    public const int MaxSignatures = 64;

    private const string SignaturePrefix = "— ";

    private SignedNote(string text, ImmutableArray<NoteSignature> signatures) => (Text, Signatures) = (text, signatures);

    /// <summary>The text that is signed, with its final line end.</summary>
    public string Text { get; }

    /// <summary>The signature lines in their order, those of unknown keys too.</summary>
    public ImmutableArray<NoteSignature> Signatures { get; }

    /// <summary>
    /// Reads a note. Refused: more than <see cref="MaxBytes"/> bytes or <see cref="MaxSignatures"/> signatures, ill-formed UTF-8,
    /// control characters other than the line end, no text, no signature, and any signature line that is not of the one form.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note, [NotNullWhen(false)] out string? error)
    {
        note = null;
        if (bytes.Length > MaxBytes)
        {
            error = $"the note is `{bytes.Length}` bytes long: at most `{MaxBytes}` are read";
            return false;
        }

        if (!StrictText.TryDecodeUtf8(bytes, out var all))
        {
            error = "the note is not well-formed UTF-8";
            return false;
        }

        var control = all.AsSpan().IndexOfAny(ControlCharacters);
        if (control >= 0)
        {
            error = $"the note holds the control character `U+{(int)all[control]:X4}` in line `{all.AsSpan(0, control).Count('\n') + 1}`";
            return false;
        }

        var blank = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || !all.EndsWith('\n'))
        {
            error = "the note is not text, an empty line and signature lines, each ended by a line end";
            return false;
        }

        var lines = all[(blank + 2)..].Split('\n')[..^1];
        if (lines.Length is 0 or > MaxSignatures)
        {
            error = $"the note carries `{lines.Length}` signatures: between 1 and `{MaxSignatures}` are read";
            return false;
        }

        var signatures = ImmutableArray.CreateBuilder<NoteSignature>(lines.Length);
        foreach (var line in lines)
        {
            if (!TryParseLine(line, out var signature))
            {
                error = $"signature line {StrictText.Quote(line)} is not `— name base64(id, signature)`";
                return false;
            }

            signatures.Add(signature);
        }

        (note, error) = (new SignedNote(all[..(blank + 1)], signatures.MoveToImmutable()), null);
        return true;
    }

    /// <summary>Signs a text.</summary>
    /// <exception cref="ArgumentException">The text does not end in a line end or holds other control characters.</exception>
    public static SignedNote Sign(string text, NoteSigner signer)
    {
        if (!text.EndsWith('\n') || text.AsSpan().ContainsAny(ControlCharacters))
        {
            throw new ArgumentException("a note's text ends in a line end and holds no other control character", nameof(text));
        }

        var signature = signer.Sign(StrictText.EncodeUtf8(text));
        return new SignedNote(text, [new NoteSignature(signer.Name, signer.VerifierKey.Id, [.. signature])]);
    }

    /// <summary>The same note with a signature line more.</summary>
    /// <exception cref="InvalidOperationException">The note already carries <see cref="MaxSignatures"/>.</exception>
    public SignedNote With(NoteSignature signature)
    {
        if (Signatures.Length == MaxSignatures)
        {
            throw new InvalidOperationException($"a note carries at most {MaxSignatures} signatures");
        }

        return new SignedNote(Text, Signatures.Add(signature));
    }

    /// <summary>
    /// Finds which of the known keys signed the note. Lines of unknown keys are ignored; a line that names a known key
    /// and fails to verify refuses the whole note, and so does the lack of any known signature.
    /// </summary>
    public bool Verify(ReadOnlySpan<NoteVerifierKey> keys, out ImmutableArray<NoteVerifierKey> signers, [NotNullWhen(false)] out string? error)
    {
        signers = [];
        var found = new List<NoteVerifierKey>();
        var message = StrictText.EncodeUtf8(Text);
        foreach (var line in Signatures)
        {
            foreach (var key in keys)
            {
                if (key.Name != line.Name || key.Id != line.KeyId)
                {
                    continue;
                }

                if (!key.Verify(message, line.Signature.AsSpan()))
                {
                    error = $"the signature by `{line.Name}+{line.KeyId:x8}` does not verify: the text or the signature was altered";
                    return false;
                }

                if (!found.Contains(key))
                {
                    found.Add(key);
                }
            }
        }

        if (found.Count == 0)
        {
            error = $"no known key signed the note: it names {string.Join(", ", Signatures.Take(4).Select(line => StrictText.Quote($"{line.Name}+{line.KeyId:x8}")))}";
            return false;
        }

        (signers, error) = ([.. found], null);
        return true;
    }

    /// <summary>The bytes of the note, exactly those that were parsed.</summary>
    public byte[] ToBytes() => StrictText.EncodeUtf8(ToString());

    /// <summary>The note as text: what is signed, an empty line, the signature lines.</summary>
    public override string ToString()
    {
        var builder = new StringBuilder(Text).Append('\n');
        foreach (var line in Signatures)
        {
            var typed = new byte[sizeof(uint) + line.Signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(typed, line.KeyId);
            line.Signature.CopyTo(typed, sizeof(uint));
            builder.Append(SignaturePrefix).Append(line.Name).Append(' ').Append(Convert.ToBase64String(typed)).Append('\n');
        }

        return builder.ToString();
    }

    private static ReadOnlySpan<char> ControlCharacters =>
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f";

    private static bool TryParseLine(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (!line.StartsWith(SignaturePrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = line[SignaturePrefix.Length..].Split(' ');
        if (parts.Length != 2 || !KeyName.IsValid(parts[0])
            || !StrictText.TryDecodeBase64(parts[1], out var typed) || typed.Length <= sizeof(uint))
        {
            return false;
        }

        signature = new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(typed), [.. typed.AsSpan(sizeof(uint))]);
        return true;
    }
}
