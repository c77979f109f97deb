using System.Text;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>Reads a stream line by line, as bytes.</summary>
/// <remarks>Lines end with LF or CRLF; a byte-order mark at the start is passed over. Memory holds the longest line, not the file.</remarks>
internal sealed class TextLines(Stream stream)
{
    /// <summary>The longest line that is read: an honest row has some hundred bytes.</summary>
    public const int LongestLine = 1 << 20;

    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private bool ended;

    /// <summary>The number of the line that <see cref="TryRead"/> gave last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the line that <see cref="TryRead"/> gave last is left out: it is longer than <see cref="LongestLine"/>.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The next line without its end; it stays valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        IsTooLong = false;
        var scanned = 0;
        while (true)
        {
            var newline = buffer.AsSpan(start + scanned, end - start - scanned).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                line = Take(scanned + newline, 1);
                return true;
            }

            scanned = end - start;
            if (ended)
            {
                line = Take(scanned, 0);
                return scanned > 0 || IsTooLong;
            }

            if (scanned > LongestLine)
            {
                // What follows is still the same line: it is read and forgotten.
                IsTooLong = true;
                start = end = scanned = 0;
            }

            Fill();
        }
    }

    private ReadOnlySpan<byte> Take(int length, int terminator)
    {
        var line = buffer.AsSpan(start, length);
        start += length + terminator;
        if ((length + terminator > 0 || IsTooLong) && ++Number == 1 && line.StartsWith(Encoding.UTF8.Preamble))
        {
            line = line[3..];
        }

        IsTooLong |= line.Length > LongestLine;
        return IsTooLong ? default : line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        else if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        ended = read == 0;
    }
}
