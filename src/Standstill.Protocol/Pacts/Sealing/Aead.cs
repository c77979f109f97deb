using NSec.Cryptography;

namespace Standstill.Protocol.Pacts.Sealing;

/// <summary>ChaCha20-Poly1305, RFC 8439: a key of 32 bytes, a nonce of 12, a tag of 16 at the end.</summary>
internal static class Aead
{
    /// <summary>Length of the tag in bytes.</summary>
    public const int TagBytes = 16;

    private static AeadAlgorithm Algorithm => AeadAlgorithm.ChaCha20Poly1305;

    /// <summary>Encrypts.</summary>
    public static byte[] Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plaintext)
    {
        using Key imported = Key.Import(Algorithm, key, KeyBlobFormat.RawSymmetricKey);
        return Algorithm.Encrypt(imported, nonce, associated, plaintext);
    }

    /// <summary>Decrypts; null when anything was altered.</summary>
    public static byte[]? Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> ciphertext)
    {
        if (ciphertext.Length < TagBytes)
        {
            return null;
        }

        using Key imported = Key.Import(Algorithm, key, KeyBlobFormat.RawSymmetricKey);
        return Algorithm.Decrypt(imported, nonce, associated, ciphertext);
    }
}
