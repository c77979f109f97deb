namespace Standstill.Measurement.Capability.Reading;

/// <summary>Reads up to a bound and then refuses: what unpacks without end is not read to its end.</summary>
/// <param name="inner">What is read; it is closed with this stream.</param>
/// <param name="most">How many bytes it may have.</param>
internal sealed class BoundedStream(Stream inner, long most) : ReadOnlyStream
{
    private long left = most;

    /// <exception cref="InvalidDataException">There are more bytes than the bound.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        left -= read;
        return left >= 0 ? read : throw new InvalidDataException("longer than the bound");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
