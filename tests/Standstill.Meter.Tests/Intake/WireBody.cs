using System.Buffers.Binary;
using System.Text;

namespace Standstill.Meter.Tests.Intake;

/// <summary>A plain writer of `prometheus.WriteRequest`, made from the specification of the wire format alone, with none of the meter's code.</summary>
internal sealed class WireBody
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public WireBody Varint(ulong value)
    {
        while (value > 127)
        {
            _bytes.Add((byte)((value % 128) + 128));
            value /= 128;
        }

        _bytes.Add((byte)value);
        return this;
    }

    public WireBody Field(int number, byte[] bytes)
    {
        Varint((ulong)(number * 8 + 2)).Varint((ulong)bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    public WireBody Sample(long time, double value, int field = 2)
    {
        var sample = new WireBody();
        if (BitConverter.DoubleToInt64Bits(value) != 0)
        {
            var eight = new byte[8];
            BinaryPrimitives.WriteDoubleLittleEndian(eight, value);
            sample.Varint(1 * 8 + 1)._bytes.AddRange(eight);
        }

        if (time != 0)
        {
            sample.Varint(2 * 8 + 0).Varint(unchecked((ulong)time));
        }

        return Field(field, sample.ToArray());
    }

    public WireBody Label(string name, string value) =>
        Field(1, new WireBody().Field(1, Encoding.UTF8.GetBytes(name)).Field(2, Encoding.UTF8.GetBytes(value)).ToArray());

    public WireBody Series(Action<WireBody> series)
    {
        var inner = new WireBody();
        series(inner);
        return Field(1, inner.ToArray());
    }
}
