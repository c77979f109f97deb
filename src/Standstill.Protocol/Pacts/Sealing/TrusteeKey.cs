using System.Diagnostics.CodeAnalysis;

namespace Standstill.Protocol.Pacts.Sealing;

/// <summary>An X25519 public key (RFC 7748) of a trustee, written `x25519:` and 64 lower-case hexadecimal digits.</summary>
/// <remarks>A point of small order is no key: what is encrypted to it, anybody can read.</remarks>
public readonly record struct TrusteeKey
{
    /// <summary>What a key's text begins with.</summary>
    public const string Prefix = "x25519:";

    private TrusteeKey(string text) => Text = text;

    /// <summary>The key as it is written.</summary>
    public string Text { get; }

    /// <summary>Takes the 32 bytes of a public key.</summary>
    /// <exception cref="ArgumentException">They are not a key.</exception>
    public static TrusteeKey FromBytes(ReadOnlySpan<byte> bytes) =>
        TryParse(Prefix + Convert.ToHexStringLower(bytes), out TrusteeKey key) ? key : throw new ArgumentException("not an X25519 public key", nameof(bytes));

    /// <summary>Reads a key as it is written, and nothing else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TrusteeKey key)
    {
        key = default;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || !Digest.TryParse(text[Prefix.Length..], out Digest bytes))
        {
            return false;
        }

        // Private keys are multiples of 8, so that points of small order, and only they, give zero with any of them.
        if (Hpke.Agree(AnyPrivateKey, bytes.ToBytes()) is null)
        {
            return false;
        }

        key = new TrusteeKey(text);
        return true;
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes() => Convert.FromHexString(Text.AsSpan(Prefix.Length));

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static readonly byte[] AnyPrivateKey = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
}

/// <summary>An X25519 private key of a trustee.</summary>
public sealed class TrusteeSecret
{
    private const string SecretPrefix = "x25519-secret:";
    private readonly byte[] bytes;

    private TrusteeSecret(byte[] bytes)
    {
        this.bytes = bytes;
        PublicKey = TrusteeKey.FromBytes(Hpke.PublicKeyOf(bytes));
    }

    /// <summary>The public half.</summary>
    public TrusteeKey PublicKey { get; }

    /// <summary>The private key that 32 random bytes are.</summary>
    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public static TrusteeSecret FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == 32
        ? new TrusteeSecret(bytes.ToArray())
        : throw new ArgumentException("an X25519 private key has 32 bytes", nameof(bytes));

    /// <summary>Reads the text of a key file: `x25519-secret:` and 64 hexadecimal digits.</summary>
    public static Parsed<TrusteeSecret> Parse(string text)
    {
        string line = text.Trim();
        return line.StartsWith(SecretPrefix, StringComparison.Ordinal) && Digest.TryParse(line[SecretPrefix.Length..], out Digest secret)
            ? Parsed<TrusteeSecret>.Good(new TrusteeSecret(secret.ToBytes()))
            : Parsed<TrusteeSecret>.Bad("", "not a trustee's private key", $"a key file holds one line, `{SecretPrefix}` and 64 hexadecimal digits, as `standstill pact trustee-key` writes it");
    }

    /// <summary>The text of a key file. Whoever reads it can open the trustee's shares.</summary>
    public string ExportText() => SecretPrefix + Convert.ToHexStringLower(bytes);

    internal byte[]? Decrypt(ReadOnlySpan<byte> encapsulated, ReadOnlySpan<byte> info, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> ciphertext) =>
        Hpke.Decrypt(bytes, encapsulated, info, associated, ciphertext);
}
