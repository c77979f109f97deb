using System.Security.Cryptography;

namespace Standstill.Protocol.Pacts.Sealing;

/// <summary>The secret that opens one sealed commitment: 32 uniform bytes, shared among the trustees, used for nothing else.</summary>
/// <remarks>
/// <code>
/// digest      = SHA-256("standstill seal key v1" LF secret)
/// content key = HKDF-SHA256(ikm = secret, salt = "", info = "standstill seal content v1", 32 bytes)
/// </code>
/// The digest stands on the ledger. It is of 256 random bits and of nothing else, so that no guess of the content can be
/// tried against it; and since it fits one key only, a ciphertext opens in one way only, which ChaCha20-Poly1305 alone
/// does not promise.
/// </remarks>
public sealed class SealKey
{
    /// <summary>Length in bytes.</summary>
    public const int Bytes = 32;

    private readonly byte[] secret;

    private SealKey(byte[] secret)
    {
        this.secret = secret;
        Digest = Digest.Of([.. "standstill seal key v1\n"u8, .. secret]);
    }

    /// <summary>The digest by which it is known before it is opened.</summary>
    public Digest Digest { get; }

    /// <summary>Takes 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are not 32.</exception>
    public static SealKey FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Bytes ? new SealKey(bytes.ToArray()) : throw new ArgumentException($"a seal's key has {Bytes} bytes", nameof(bytes));

    /// <summary>Reads 64 lower-case hexadecimal digits.</summary>
    public static Parsed<SealKey> Parse(string text) => Protocol.Digest.TryParse(text, out Digest bytes)
        ? Parsed<SealKey>.Good(new SealKey(bytes.ToBytes()))
        : Parsed<SealKey>.Bad("", "not a seal's key", "write 64 lower-case hexadecimal digits");

    /// <summary>The key as an opening writes it: 64 hexadecimal digits. Whoever reads it can open the commitment.</summary>
    public string ExportText() => Convert.ToHexStringLower(secret);

    internal ReadOnlySpan<byte> Secret => secret;

    internal byte[] ContentKey => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, salt: [], info: [.. "standstill seal content v1"u8]);
}
