namespace Standstill.Measurement.Capability.Reading;

/// <summary>A stream whose first bytes can be looked at before it is read, and whose length is known once it has been.</summary>
internal sealed class PeekedStream(Stream inner) : ReadOnlyStream
{
    /// <summary>How many bytes can be looked at.</summary>
    public const int Most = 8192;

    private readonly byte[] first = new byte[Most];
    private int filled;
    private int given;
    private long length;

    /// <summary>How many bytes have been read.</summary>
    public override long Length => length;

    /// <summary>The stream beneath, for a format that seeks; nothing has been read from this one.</summary>
    public Stream Inner => inner;

    /// <summary>Says how long the stream is, where it was read past this one.</summary>
    public void Measured(long bytes) => length = bytes;

    /// <summary>The first bytes, up to <see cref="Most"/>.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        while (filled < Most && inner.Read(first, filled, Most - filled) is > 0 and var read)
        {
            filled += read;
        }

        return first.AsSpan(0, filled);
    }

    public override int Read(Span<byte> buffer)
    {
        int read;
        if (given < filled)
        {
            read = Math.Min(buffer.Length, filled - given);
            first.AsSpan(given, read).CopyTo(buffer);
            given += read;
        }
        else
        {
            read = inner.Read(buffer);
        }

        length += read;
        return read;
    }
}
