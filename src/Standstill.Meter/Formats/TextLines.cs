namespace Standstill.Meter.Formats;

/// <summary>The lines of a text in order, without their line breaks.</summary>
internal ref struct TextLines(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>Number of the line, from 1.</summary>
    public long Number { get; private set; }

    public ReadOnlySpan<byte> Line { get; private set; }

    /// <summary>Whether a line break ended the line; only the last line of a text can lack it.</summary>
    public bool Ended { get; private set; }

    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }
        var end = _rest.IndexOf((byte)'\n');
        Ended = end >= 0;
        Line = Ended ? _rest[..end] : _rest;
        _rest = Ended ? _rest[(end + 1)..] : default;
        Number++;
        return true;
    }
}
