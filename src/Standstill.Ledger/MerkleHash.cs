using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Standstill.Ledger;

/// <summary>
/// A SHA-256 hash in a Merkle tree: 32 bytes with value equality, written as standard base64.
/// Hashing of leaves and nodes follows RFC 6962, section 2.1 (RFC 9162, section 2.1.1).
/// </summary>
/// <remarks>The default value is 32 zero bytes, which is the hash of nothing known.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct MerkleHash : IEquatable<MerkleHash>
{
    /// <summary>Length of a hash in bytes.</summary>
    public const int Size = 32;

    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const int StackLimit = 1024;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Takes the 32 bytes of a hash.</summary>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    public MerkleHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"a hash is {Size} bytes, not {bytes.Length}", nameof(bytes));
        }

        this = MemoryMarshal.Read<MerkleHash>(bytes);
    }

    /// <summary>The root of the tree without entries: SHA-256 of the empty string.</summary>
    public static MerkleHash OfEmptyTree { get; } = new(SHA256.HashData([]));

    /// <summary>The hash of an entry: SHA-256(0x00 ‖ entry).</summary>
    public static MerkleHash OfLeaf(ReadOnlySpan<byte> entry)
    {
        var length = entry.Length + 1;
        var rented = length <= StackLimit ? null : ArrayPool<byte>.Shared.Rent(length);
        var input = rented is null ? stackalloc byte[StackLimit] : rented;
        input[0] = LeafPrefix;
        entry.CopyTo(input[1..]);
        var hash = OfBytes(input[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    /// <summary>The hash of an inner node: SHA-256(0x01 ‖ left ‖ right).</summary>
    public static MerkleHash OfChildren(MerkleHash left, MerkleHash right)
    {
        Span<byte> input = stackalloc byte[1 + Size + Size];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Size)..]);
        return OfBytes(input);
    }

    /// <summary>Reads the base64 of 32 bytes, refusing every spelling but the canonical one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MerkleHash hash, [NotNullWhen(false)] out string? error)
    {
        if (text.Length == 44 && StrictText.TryDecodeBase64(text, out var bytes) && bytes.Length == Size)
        {
            (hash, error) = (new MerkleHash(bytes), null);
            return true;
        }

        (hash, error) = (default, $"{StrictText.Quote(text)} is not a hash: it takes the canonical base64 of 32 bytes");
        return false;
    }

    /// <summary>Writes the 32 bytes.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.AsBytes(new ReadOnlySpan<MerkleHash>(in this)).CopyTo(destination);

    /// <summary>The 64 lower-case hexadecimal digits, as statements write it.</summary>
    public string ToHex()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <inheritdoc/>
    public bool Equals(MerkleHash other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MerkleHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_a, _b, _c, _d);

    /// <summary>The canonical base64 of the 32 bytes.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Equality of all 32 bytes.</summary>
    public static bool operator ==(MerkleHash left, MerkleHash right) => left.Equals(right);

    /// <summary>Inequality of any of the 32 bytes.</summary>
    public static bool operator !=(MerkleHash left, MerkleHash right) => !left.Equals(right);

    private static MerkleHash OfBytes(ReadOnlySpan<byte> input)
    {
        Span<byte> output = stackalloc byte[Size];
        SHA256.HashData(input, output);
        return new MerkleHash(output);
    }
}
