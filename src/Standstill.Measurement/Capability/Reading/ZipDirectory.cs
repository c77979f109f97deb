using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>A file within a zip file, as the directory states it.</summary>
/// <param name="Name">Its path; it is compared, never opened.</param>
/// <param name="Method">How it is packed: 0 stored, 8 deflate, 93 Zstandard (APPNOTE 4.4.5).</param>
/// <param name="IsEncrypted">Whether a password is needed.</param>
/// <param name="Packed">Its length in the zip file.</param>
/// <param name="Unpacked">Its length unpacked.</param>
/// <param name="Offset">Where its local header stands.</param>
internal sealed record ZipMember(string Name, int Method, bool IsEncrypted, long Packed, long Unpacked, long Offset);

/// <summary>The central directory of a zip file (PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.14 to 4.3.16).</summary>
/// <remarks>
/// <para>The framework's own reader of zip files does not know method 93, which Inspect writes.</para>
/// <code>
/// end of directory   50 4B 05 06 | disk 2 | disk 2 | members here 2 | members 2 | size 4 | offset 4 | comment length 2
/// its 64-bit locator 50 4B 06 07 | disk 4 | offset 8 | disks 4                       (the 20 bytes before it)
/// its 64-bit form    50 4B 06 06 | size 8 | versions 4 | disk 4 | disk 4 | members here 8 | members 8 | size 8 | offset 8
/// member             50 4B 01 02 | versions 4 | flags 2 | method 2 | time 4 | crc 4 | packed 4 | unpacked 4 | name length 2
///                    | extra length 2 | comment length 2 | disk 2 | attributes 6 | offset 4 | name | extra | comment
/// local header       50 4B 03 04 | 22 bytes as above | name length 2 | extra length 2 | name | extra | data
/// </code>
/// </remarks>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int BigEndLength = 56;
    private const int MemberLength = 46;
    private const int LocalLength = 30;

    /// <summary>A directory of a million members with long names stays well below.</summary>
    private const long LongestDirectory = 256L << 20;

    /// <summary>Reads the directory; false where there is none, or it does not fit the file. A name that stands twice is the last one's.</summary>
    /// <param name="zip">The file; it can seek.</param>
    /// <param name="members">Its members by name, in ordinal order.</param>
    public static bool TryRead(Stream zip, out ImmutableSortedDictionary<string, ZipMember> members)
    {
        members = ImmutableSortedDictionary<string, ZipMember>.Empty;
        if (!TryEnd(zip, out var offset, out var size))
        {
            return false;
        }

        var directory = new byte[size];
        zip.Position = offset;
        zip.ReadExactly(directory);
        var named = ImmutableSortedDictionary.CreateBuilder<string, ZipMember>(StringComparer.Ordinal);
        for (ReadOnlySpan<byte> rest = directory; rest.Length >= MemberLength;)
        {
            if (!rest.StartsWith("PK\u0001\u0002"u8))
            {
                return false;
            }

            int nameLength = U16(rest, 28), extraLength = U16(rest, 30), length = MemberLength + nameLength + extraLength + U16(rest, 32);
            if (rest.Length < length || Member(rest, rest.Slice(MemberLength, nameLength), rest.Slice(MemberLength + nameLength, extraLength)) is not { } member)
            {
                return false;
            }

            named[member.Name] = member;
            rest = rest[length..];
        }

        members = named.ToImmutable();
        return true;
    }

    /// <summary>A member unpacked; at most as long as the directory says.</summary>
    /// <exception cref="InvalidDataException">The member does not stand where the directory says, or is packed in a way that is not known.</exception>
    public static Stream Open(Stream zip, ZipMember member)
    {
        Span<byte> local = stackalloc byte[LocalLength];
        if (member.Offset > zip.Length - LocalLength)
        {
            throw new InvalidDataException("no local header");
        }

        zip.Position = member.Offset;
        zip.ReadExactly(local);
        var data = member.Offset + LocalLength + U16(local, 26) + U16(local, 28);
        if (!local.StartsWith("PK\u0003\u0004"u8) || data > zip.Length || member.Packed > zip.Length - data)
        {
            throw new InvalidDataException("no local header, or data past the end");
        }

        zip.Position = data;
        var packed = new SectionStream(zip, member.Packed);
        return new BoundedStream(
            member.Method switch
            {
                0 => packed,
                8 => new DeflateStream(packed, CompressionMode.Decompress),
                93 => new DecompressionStream(packed, leaveOpen: false),
                _ => throw new InvalidDataException("unknown method"),
            },
            member.Unpacked);
    }

    private static bool TryEnd(Stream zip, out long offset, out long size)
    {
        (offset, size) = (0, 0);
        var tail = new byte[Math.Min(zip.Length, EndLength + ushort.MaxValue)];
        zip.Position = zip.Length - tail.Length;
        zip.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || tail.Length - at < EndLength)
        {
            return false;
        }

        var end = tail.AsSpan(at);
        ulong from = U32(end, 16), length = U32(end, 12);
        if (at >= LocatorLength && tail.AsSpan(at - LocatorLength).StartsWith("PK\u0006\u0007"u8))
        {
            var big = U64(tail.AsSpan(at - LocatorLength), 8);
            if (big > (ulong)zip.Length - (ulong)Math.Min(zip.Length, BigEndLength))
            {
                return false;
            }

            var record = new byte[BigEndLength];
            zip.Position = (long)big;
            zip.ReadExactly(record);
            if (!record.AsSpan().StartsWith("PK\u0006\u0006"u8))
            {
                return false;
            }

            (from, length) = (U64(record, 48), U64(record, 40));
        }

        if (length > LongestDirectory || from > (ulong)zip.Length || length > (ulong)zip.Length - from)
        {
            return false;
        }

        (offset, size) = ((long)from, (long)length);
        return true;
    }

    private static ZipMember? Member(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name, ReadOnlySpan<byte> extra)
    {
        ulong unpacked = U32(header, 24), packed = U32(header, 20), offset = U32(header, 42);
        while (extra.Length >= 4)
        {
            int id = U16(extra, 0), length = U16(extra, 2);
            if (length > extra.Length - 4)
            {
                break;
            }

            if (id == 1)
            {
                // APPNOTE 4.5.3: only those of the three that are all ones in the header, in this order.
                var wide = extra.Slice(4, length);
                unpacked = Wide(unpacked, ref wide);
                packed = Wide(packed, ref wide);
                offset = Wide(offset, ref wide);
            }

            extra = extra[(4 + length)..];
        }

        return unpacked > long.MaxValue || packed > long.MaxValue || offset > long.MaxValue
            ? null
            : new ZipMember(Encoding.UTF8.GetString(name), U16(header, 10), (U16(header, 8) & 1) != 0, (long)packed, (long)unpacked, (long)offset);
    }

    private static ulong Wide(ulong narrow, ref ReadOnlySpan<byte> wide)
    {
        if (narrow != uint.MaxValue || wide.Length < sizeof(ulong))
        {
            return narrow;
        }

        var value = U64(wide, 0);
        wide = wide[sizeof(ulong)..];
        return value;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
