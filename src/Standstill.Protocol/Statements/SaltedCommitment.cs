using System.Text;

namespace Standstill.Protocol.Statements;

/// <summary>A confidential value on a public ledger: SHA-256(salt ‖ value), opened only to those whom a rule names.</summary>
/// <remarks>The salt has exactly 32 bytes, so that salt and value cannot be cut elsewhere; it must be random and secret,
/// since a value that can be guessed is otherwise found by trying.</remarks>
public static class SaltedCommitment
{
    /// <summary>Length of a salt in bytes.</summary>
    public const int SaltBytes = 32;

    /// <summary>The commitment to a text.</summary>
    /// <exception cref="ArgumentException">The salt does not have 32 bytes.</exception>
    public static Digest Make(ReadOnlySpan<byte> salt, string value) => salt.Length == SaltBytes
        ? Digest.Of([.. salt, .. Encoding.UTF8.GetBytes(value)])
        : throw new ArgumentException($"a salt has {SaltBytes} bytes", nameof(salt));

    /// <summary>Whether salt and text open a commitment.</summary>
    public static bool Opens(Digest commitment, ReadOnlySpan<byte> salt, string value) => Make(salt, value) == commitment;
}
