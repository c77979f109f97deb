using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Standstill.Ledger;

/// <summary>Up to 256 consecutive entries in one file (c2sp.org/tlog-tiles, "Log entries").</summary>
//
//     repeated:  length, uint16 big-endian  ‖  entry, that many bytes
public sealed class EntryBundle
{
    /// <summary>The longest entry, in bytes: what a uint16 can count.</summary>
    public const int MaxEntryBytes = ushort.MaxValue;

    private EntryBundle(ImmutableArray<ReadOnlyMemory<byte>> entries) => Entries = entries;

    /// <summary>The entries in their order, 1 to 256.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Entries { get; }

    /// <summary>
    /// Reads a bundle. Refused: one that ends within an entry, and one without or with more than 256 entries.
    /// The entries are views of <paramref name="bytes"/>, not copies.
    /// </summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out EntryBundle? bundle, [NotNullWhen(false)] out string? error)
    {
        bundle = null;
        var entries = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        var rest = bytes;
        while (!rest.IsEmpty)
        {
            if (entries.Count == TilePath.FullWidth)
            {
                error = $"the bundle goes on for `{rest.Length}` bytes after `{TilePath.FullWidth}` entries";
                return false;
            }

            var length = rest.Length < sizeof(ushort) ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest.Span);
            if (rest.Length < sizeof(ushort) + length)
            {
                error = $"the bundle ends within entry `{entries.Count}` of it";
                return false;
            }

            entries.Add(rest.Slice(sizeof(ushort), length));
            rest = rest[(sizeof(ushort) + length)..];
        }

        if (entries.Count == 0)
        {
            error = "the bundle is empty";
            return false;
        }

        (bundle, error) = (new EntryBundle(entries.ToImmutable()), null);
        return true;
    }

    /// <summary>Writes one entry as a bundle holds it.</summary>
    /// <exception cref="ArgumentException">The entry is longer than <see cref="MaxEntryBytes"/>.</exception>
    public static byte[] Format(ReadOnlySpan<byte> entry)
    {
        if (entry.Length > MaxEntryBytes)
        {
            throw new ArgumentException($"an entry is at most {MaxEntryBytes} bytes, not {entry.Length}", nameof(entry));
        }

        var bytes = new byte[sizeof(ushort) + entry.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)entry.Length);
        entry.CopyTo(bytes.AsSpan(sizeof(ushort)));
        return bytes;
    }
}
