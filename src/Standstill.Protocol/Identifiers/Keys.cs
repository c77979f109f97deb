using System.Diagnostics.CodeAnalysis;
using NSec.Cryptography;
using NSecPublicKey = NSec.Cryptography.PublicKey;

namespace Standstill.Protocol;

/// <summary>An Ed25519 public key (RFC 8032), written `ed25519:` and 64 lower-case hexadecimal digits.</summary>
/// <remarks>A key is named by itself, so that a signature can be checked before anything is known of the registry.</remarks>
public readonly record struct PartyKey : IComparable<PartyKey>
{
    /// <summary>What a key's text begins with.</summary>
    public const string Prefix = "ed25519:";

    private PartyKey(string text) => Text = text;

    /// <summary>The key as it is written.</summary>
    public string Text { get; }

    /// <summary>Takes the 32 bytes of a public key.</summary>
    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public static PartyKey FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == 32
        ? new PartyKey(Prefix + Convert.ToHexStringLower(bytes))
        : throw new ArgumentException("an Ed25519 public key has 32 bytes", nameof(bytes));

    /// <summary>Reads a key as it is written, and nothing else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PartyKey key)
    {
        key = default;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || !Digest.TryParse(text[Prefix.Length..], out _))
        {
            return false;
        }

        key = new PartyKey(text);
        return true;
    }

    /// <summary>Whether a signature over a message is this key's (libsodium's strict verification: no small-order key, canonical S).</summary>
    public bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 64)
        {
            return false;
        }

        var bytes = Convert.FromHexString(Text.AsSpan(Prefix.Length));
        return NSecPublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out var key)
            && SignatureAlgorithm.Ed25519.Verify(key!, message, signature);
    }

    /// <inheritdoc/>
    public int CompareTo(PartyKey other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>An Ed25519 private key of a party. Signing is deterministic (RFC 8032, section 5.1.6).</summary>
public sealed class PartySigner : IDisposable
{
    private const string SeedPrefix = "ed25519-seed:";
    private readonly Key key;

    private PartySigner(Key key)
    {
        this.key = key;
        PublicKey = PartyKey.FromBytes(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>The public half.</summary>
    public PartyKey PublicKey { get; }

    /// <summary>The key that a 32-byte seed determines.</summary>
    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public static PartySigner FromSeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != 32)
        {
            throw new ArgumentException("an Ed25519 seed has 32 bytes", nameof(seed));
        }

        return new PartySigner(Key.Import(
            SignatureAlgorithm.Ed25519,
            seed,
            KeyBlobFormat.RawPrivateKey,
            new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport }));
    }

    /// <summary>Reads the text of a key file: `ed25519-seed:` and 64 hexadecimal digits.</summary>
    public static Parsed<PartySigner> Parse(string text)
    {
        var line = text.Trim();
        return line.StartsWith(SeedPrefix, StringComparison.Ordinal) && Digest.TryParse(line[SeedPrefix.Length..], out var seed)
            ? Parsed<PartySigner>.Good(FromSeed(seed.ToBytes()))
            : Parsed<PartySigner>.Bad("", "not a private key", $"a key file holds one line, `{SeedPrefix}` and 64 hexadecimal digits, as `standstill keygen` writes it");
    }

    /// <summary>The text of a key file. Whoever reads it can sign as the party.</summary>
    public string ExportText() => SeedPrefix + Convert.ToHexStringLower(key.Export(KeyBlobFormat.RawPrivateKey));

    /// <summary>Signs a message.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(key, message);

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
