using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Standstill.Meter.Store;

/// <summary>What a record of the write-ahead log holds.</summary>
internal enum WalKind : byte
{
    /// <summary>The state when the segment began, as JSON: what was refused so far and which periods are closed.</summary>
    State = 1,

    /// <summary>The last sample of each series when the segment began.</summary>
    Heads = 2,

    /// <summary>Samples of the segment before that are not in a chunk yet.</summary>
    Carried = 3,

    /// <summary>Samples that were accepted.</summary>
    Samples = 4,
}

/// <summary>One file of the write-ahead log: what was accepted since the chunks before it.</summary>
/// <remarks>
/// <code>
/// record   length u32 | CRC32C u32 of what follows | kind u8 | payload of length bytes        little endian
/// columns  count u32 | series i32 × count | time ms i64 × count | value bits i64 × count
/// </code>
/// A record whose length or check fails ends the file: it was being written when the process was killed, and nobody was told that it was taken.
/// </remarks>
internal sealed class WalSegment : IDisposable
{
    private const int Head = 9;
    private readonly SafeFileHandle _handle;
    private byte[] _buffer = new byte[1 << 20];
    private int _filled;

    private WalSegment(string path, SafeFileHandle handle, long length)
    {
        Path = path;
        _handle = handle;
        Length = length;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Bytes that are durable.</summary>
    public long Length { get; private set; }

    /// <summary>A new file, empty.</summary>
    public static WalSegment Create(string path) => new(path, File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read), 0);

    /// <summary>Opens a file to go on after its last whole record; what stands after that is cut off.</summary>
    public static WalSegment Continue(string path, long length)
    {
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        RandomAccess.SetLength(handle, length);
        RandomAccess.FlushToDisk(handle);
        return new WalSegment(path, handle, length);
    }

    /// <summary>Takes a record into the buffer.</summary>
    public void Add(WalKind kind, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(Room(kind, payload.Length)[Head..]);
        Close(payload.Length);
    }

    /// <summary>Takes columns into the buffer.</summary>
    public void Add(WalKind kind, ReadOnlySpan<int> series, ReadOnlySpan<long> timeMs, ReadOnlySpan<double> value)
    {
        var length = 4 + series.Length * 20;
        var at = Room(kind, length)[Head..];
        BinaryPrimitives.WriteInt32LittleEndian(at, series.Length);
        MemoryMarshal.AsBytes(series).CopyTo(at[4..]);
        MemoryMarshal.AsBytes(timeMs).CopyTo(at[(4 + series.Length * 4)..]);
        MemoryMarshal.AsBytes(value).CopyTo(at[(4 + series.Length * 12)..]);
        Close(length);
    }

    /// <summary>Makes all records in the buffer durable.</summary>
    public void Flush()
    {
        RandomAccess.Write(_handle, _buffer.AsSpan(0, _filled), Length);
        RandomAccess.FlushToDisk(_handle);
        Length += _filled;
        _filled = 0;
    }

    public void Dispose() => _handle.Dispose();

    /// <summary>Reads the whole records of a file, in order; gives the length up to the end of the last.</summary>
    public static long Read(string path, Action<WalKind, ReadOnlyMemory<byte>> record)
    {
        using var file = File.OpenHandle(path);
        var size = RandomAccess.GetLength(file);
        var at = 0L;
        var head = new byte[Head];
        while (size - at >= Head && RandomAccess.Read(file, head, at) == Head)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head);
            if (length > size - at - Head)
            {
                break;
            }

            var payload = new byte[length];
            if (RandomAccess.Read(file, payload, at + Head) != payload.Length
                || BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4)) != Check(Check(0, head.AsSpan(8)), payload))
            {
                break;
            }

            record((WalKind)head[8], payload);
            at += Head + length;
        }

        return at;
    }

    /// <summary>Reads a payload of columns, row by row.</summary>
    public static void ReadColumns(ReadOnlySpan<byte> payload, Action<int, long, double> row)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(payload);
        var series = MemoryMarshal.Cast<byte, int>(payload.Slice(4, count * 4));
        for (var i = 0; i < count; i++)
        {
            row(
                series[i],
                BinaryPrimitives.ReadInt64LittleEndian(payload[(4 + count * 4 + i * 8)..]),
                BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(payload[(4 + count * 12 + i * 8)..])));
        }
    }

    private Span<byte> Room(WalKind kind, int length)
    {
        if (_buffer.Length - _filled < Head + length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _filled + Head + length));
        }

        var at = _buffer.AsSpan(_filled, Head + length);
        BinaryPrimitives.WriteInt32LittleEndian(at, length);
        at[8] = (byte)kind;
        return at;
    }

    private void Close(int length)
    {
        var at = _buffer.AsSpan(_filled, Head + length);
        BinaryPrimitives.WriteUInt32LittleEndian(at[4..], Check(0, at[8..]));
        _filled += Head + length;
    }

    // CRC-32C (Castagnoli), which the processor computes.
    private static uint Check(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
