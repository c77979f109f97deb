using System.Diagnostics.CodeAnalysis;
using NSec.Cryptography;

namespace Standstill.Ledger;

/// <summary>
/// A private key that signs notes, in the text form of golang.org/x/mod/sumdb/note:
/// <c>PRIVATE+KEY+name+id+base64(0x01 ‖ 32-byte Ed25519 seed)</c>, the id being that of the public key.
/// </summary>
/// <remarks>Disposing of it wipes the key from memory. Signing is deterministic: the same text has the same signature.</remarks>
public sealed class NoteSigner : IDisposable
{
    private const string Prefix = "PRIVATE+KEY+";

    private readonly Key _key;

    private NoteSigner(string name, Key key)
    {
        _key = key;
        VerifierKey = NoteVerifierKey.Of(name, key.PublicKey);
    }

    /// <summary>The public key that verifies what this one signs.</summary>
    public NoteVerifierKey VerifierKey { get; }

    /// <summary>The key's name.</summary>
    public string Name => VerifierKey.Name;

    /// <summary>Makes a fresh key from the system's random source.</summary>
    /// <exception cref="ArgumentException">The name is empty or has spaces, plus signs or control characters.</exception>
    public static NoteSigner Generate(string name)
    {
        if (!KeyName.IsValid(name))
        {
            throw new ArgumentException("a key name is not empty and has no spaces, plus signs or control characters", nameof(name));
        }

        return new NoteSigner(name, Key.Create(SignatureAlgorithm.Ed25519, Exportable));
    }

    /// <summary>Reads a private key. No error repeats any of it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out NoteSigner? signer, [NotNullWhen(false)] out string? error)
    {
        signer = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            error = $"the private key does not begin with `{Prefix}`";
            return false;
        }

        if (!KeyName.TryParseKey(text[Prefix.Length..], out var name, out var id, out var typedKey, out _))
        {
            error = $"the private key is not of the form `{Prefix}name+id+base64(0x01, 32-byte seed)`";
            return false;
        }

        var candidate = new NoteSigner(name, Key.Import(SignatureAlgorithm.Ed25519, typedKey.AsSpan(1), KeyBlobFormat.RawPrivateKey, Exportable));
        if (candidate.VerifierKey.Id != id)
        {
            candidate.Dispose();
            error = $"the private key of `{name}` has the id `{id:x8}`, which its seed does not give: copy it anew";
            return false;
        }

        (signer, error) = (candidate, null);
        return true;
    }

    /// <summary>The private key as text, as <see cref="TryParse"/> reads it: whoever holds it can sign.</summary>
    public string ExportPrivateText()
    {
        byte[] typedSeed = [KeyName.Ed25519, .. _key.Export(KeyBlobFormat.RawPrivateKey)];
        return $"{Prefix}{Name}+{VerifierKey.Id:x8}+{Convert.ToBase64String(typedSeed)}";
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>The name of the key; never the key.</summary>
    public override string ToString() => Name;

    /// <summary>Signs a message with Ed25519 (RFC 8032).</summary>
    internal byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(_key, message);

    private static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
}
