using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Formats;

/// <summary>Numbers of the text formats: decimal with a point and an exponent, or infinity and NaN by name. No hexadecimal, no underscores,
/// no other culture's digits.</summary>
internal static class TextNumber
{
    /// <summary>The earliest and the latest time that is taken: the years 1 to 9999, in milliseconds since 1970.</summary>
    public const long FirstMs = -62_135_596_800_000, LastMs = 253_402_300_799_999;

    private static readonly SearchValues<byte> Decimal = SearchValues.Create("0123456789+-.eE"u8);

    public static DeadLetterKind? Double(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return TextFault.Value;
        }

        // Integers below 10^15, most of what exporters write, are exact without the general reader.
        if (text.Length <= 15 && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            long whole = 0;
            foreach (var b in text)
            {
                whole = (whole * 10) + (b - '0');
            }
            value = whole;
            return null;
        }

        if (text.IndexOfAnyExcept(Decimal) >= 0)
        {
            return Named(text, out value) ? null : TextFault.Value;
        }
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(text, style, CultureInfo.InvariantCulture, out value))
        {
            return TextFault.Value;
        }
        return double.IsFinite(value) ? null : TextFault.ValueRange;
    }

    /// <summary>Whole milliseconds, as Prometheus text has them.</summary>
    public static DeadLetterKind? Milliseconds(ReadOnlySpan<byte> text, out long ms)
    {
        var digits = text.Length > 0 && text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        ms = 0;
        if (digits.IsEmpty || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return TextFault.Time;
        }
        return Utf8Parser.TryParse(text, out ms, out var used) && used == text.Length && ms is >= FirstMs and <= LastMs ? null : TextFault.TimeRange;
    }

    /// <summary>Seconds with a fraction, as OpenMetrics has them.</summary>
    public static DeadLetterKind? Seconds(ReadOnlySpan<byte> text, out double seconds)
    {
        if (Double(text, out seconds) is not null || !double.IsFinite(seconds))
        {
            return TextFault.Time;
        }
        return null;
    }

    /// <summary>Milliseconds of a time in seconds, rounded to the nearest; null outside the years 1 to 9999.</summary>
    public static long? Milliseconds(double seconds)
    {
        var ms = Math.Round(seconds * 1000);
        return ms is >= FirstMs and <= LastMs ? (long)ms : null;
    }

    private static bool Named(ReadOnlySpan<byte> text, out double value)
    {
        var sign = text[0] is (byte)'+' or (byte)'-';
        var name = sign ? text[1..] : text;
        value = 0;
        if (Ascii(name, "inf"u8) || Ascii(name, "infinity"u8))
        {
            value = text[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }
        if (!sign && Ascii(name, "nan"u8))
        {
            value = double.NaN;
            return true;
        }
        return false;
    }

    private static bool Ascii(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) => System.Text.Ascii.EqualsIgnoreCase(text, lower);
}
