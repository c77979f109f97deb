using System.Buffers.Binary;

namespace Standstill.Meter.Intake;

/// <summary>Reads the wire format of Protocol Buffers from a span. The hot path: no allocation, no exception.</summary>
/// <remarks>
/// Protocol Buffers, Encoding. A message is a sequence of fields: a varint `number &lt;&lt; 3 | type`, then a varint (type 0), eight bytes
/// (1), a varint length with as many bytes (2) or four bytes (5). Groups (3, 4) are refused. After a failed read the reader stands where
/// it stood, and <see cref="IsAtEnd"/> is false.
/// </remarks>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;

    /// <summary>Bytes read so far.</summary>
    public int Position { readonly get; private set; }

    /// <summary>Whether all was read.</summary>
    public readonly bool IsAtEnd => Position == _message.Length;

    /// <summary>The next field's number and type; false at the end, and where the tag is malformed (then <see cref="IsAtEnd"/> is false).</summary>
    public bool TryTag(out uint tag)
    {
        if ((uint)Position < (uint)_message.Length && _message[Position] is > 7 and < 0x80 and var one)
        {
            Position++;
            tag = one;
            return true;
        }

        var before = Position;
        if (IsAtEnd || !TryVarint(out var wide) || wide > uint.MaxValue || wide < 8)
        {
            Position = before;
            tag = 0;
            return false;
        }

        tag = (uint)wide;
        return true;
    }

    /// <summary>A varint of at most ten bytes.</summary>
    public bool TryVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < 10 && Position + i < _message.Length; i++)
        {
            var b = _message[Position + i];
            if (i == 9 && b > 1)
            {
                return false;
            }

            value |= (ulong)(b & 0x7f) << (7 * i);
            if (b < 0x80)
            {
                Position += i + 1;
                return true;
            }
        }

        return false;
    }

    /// <summary>Bytes with their length before them.</summary>
    public bool TryBytes(out ReadOnlySpan<byte> bytes)
    {
        var before = Position;
        if (!TryVarint(out var length) || length > (ulong)(_message.Length - Position))
        {
            Position = before;
            bytes = default;
            return false;
        }

        bytes = _message.Slice(Position, (int)length);
        Position += (int)length;
        return true;
    }

    /// <summary>Eight bytes as a double, little endian.</summary>
    public bool TryDouble(out double value)
    {
        if (_message.Length - Position < 8)
        {
            value = 0;
            return false;
        }

        value = BinaryPrimitives.ReadDoubleLittleEndian(_message[Position..]);
        Position += 8;
        return true;
    }

    /// <summary>Passes over the value of a field that is not known.</summary>
    public bool TrySkip(uint tag)
    {
        switch (tag & 7)
        {
            case 0:
                return TryVarint(out _);
            case 1:
                return TryAdvance(8);
            case 2:
                return TryBytes(out _);
            case 5:
                return TryAdvance(4);
            default:
                return false;
        }
    }

    private bool TryAdvance(int bytes)
    {
        if (_message.Length - Position < bytes)
        {
            return false;
        }

        Position += bytes;
        return true;
    }
}
