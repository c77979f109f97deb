namespace Standstill.Measurement.Capability.Reading;

/// <summary>A section of a file: so many bytes from where it stands. The file stays open.</summary>
internal sealed class SectionStream(Stream inner, long length) : ReadOnlyStream
{
    private long left = length;

    public override int Read(Span<byte> buffer)
    {
        var read = left == 0 ? 0 : inner.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
        left -= read;
        return read;
    }
}
