using System.Diagnostics.CodeAnalysis;
using NSec.Cryptography;

namespace Standstill.Ledger;

/// <summary>
/// A public key that verifies notes, in the text form of c2sp.org/signed-note's first implementation (a "vkey"):
/// <c>name+id+base64(0x01 ‖ 32-byte Ed25519 public key)</c>, the id in 8 hexadecimal digits.
/// </summary>
/// <remarks>Only Ed25519 over the note text, signature type 0x01, is understood. Two keys are equal if their texts are.</remarks>
public sealed class NoteVerifierKey : IEquatable<NoteVerifierKey>
{
    private readonly PublicKey _key;

    private NoteVerifierKey(string name, PublicKey key)
    {
        byte[] typedKey = [KeyName.Ed25519, .. key.Export(KeyBlobFormat.RawPublicKey)];
        Name = name;
        _key = key;
        Id = KeyName.IdOf(name, typedKey);
        Text = $"{name}+{Id:x8}+{Convert.ToBase64String(typedKey)}";
    }

    /// <summary>The key's name, by convention a URL without its scheme.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key), big-endian.</summary>
    public uint Id { get; }

    private string Text { get; }

    /// <summary>Reads a key, refusing other signature types, an id that does not match and base64 that is not canonical.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out NoteVerifierKey? key, [NotNullWhen(false)] out string? error)
    {
        key = null;
        if (!KeyName.TryParseKey(text, out var name, out var id, out var typedKey, out error))
        {
            error = $"verifier key {StrictText.Quote(text)} {error}";
            return false;
        }

        if (KeyName.IdOf(name, typedKey) != id)
        {
            error = $"verifier key {StrictText.Quote(text)} has the id `{id:x8}` where its name and key give `{KeyName.IdOf(name, typedKey):x8}`: copy it anew";
            return false;
        }

        if (!PublicKey.TryImport(SignatureAlgorithm.Ed25519, typedKey.AsSpan(1), KeyBlobFormat.RawPublicKey, out var publicKey) || publicKey is null)
        {
            error = $"verifier key {StrictText.Quote(text)} is not an Ed25519 public key";
            return false;
        }

        (key, error) = (new NoteVerifierKey(name, publicKey), null);
        return true;
    }

    /// <summary>Names an Ed25519 public key.</summary>
    internal static NoteVerifierKey Of(string name, PublicKey key) => new(name, key);

    /// <summary>Whether the signature is this key's over the message: Ed25519 (RFC 8032) as libsodium verifies it.</summary>
    internal bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureAlgorithm.Ed25519.SignatureSize && SignatureAlgorithm.Ed25519.Verify(_key, message, signature);

    /// <inheritdoc/>
    public bool Equals(NoteVerifierKey? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NoteVerifierKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The key as text, as <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => Text;
}
