using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Standstill.Ledger;

/// <summary>Readers of text that has exactly one spelling for each value, so that a flipped bit is never read as the same thing.</summary>
internal static class StrictText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes UTF-8, refusing what is not well formed.</summary>
    public static bool TryDecodeUtf8(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        text = System.Text.Unicode.Utf8.IsValid(bytes) ? Utf8.GetString(bytes) : null;
        return text is not null;
    }

    /// <summary>Encodes as UTF-8 without a byte order mark.</summary>
    public static byte[] EncodeUtf8(string text) => Utf8.GetBytes(text);

    /// <summary>
    /// Decodes standard base64 (RFC 4648, section 4), refusing white space, missing padding
    /// and unused bits that are not zero (section 3.5).
    /// </summary>
    public static bool TryDecodeBase64(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length % 4 != 0)
        {
            return false;
        }

        var decoded = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(text, decoded, out var written))
        {
            return false;
        }

        Array.Resize(ref decoded, written);
        if (!Convert.ToBase64String(decoded).AsSpan().SequenceEqual(text))
        {
            return false;
        }

        bytes = decoded;
        return true;
    }

    /// <summary>Reads a non-negative decimal number of ASCII digits without leading zeros, at most 2⁶³ − 1.</summary>
    public static bool TryReadDecimal(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        if (text.Length is 0 or > 19 || (text.Length > 1 && text[0] == '0') || text.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        return long.TryParse(text, System.Globalization.NumberStyles.None, null, out value);
    }

    /// <summary>Shortens untrusted text for an error message.</summary>
    public static string Quote(ReadOnlySpan<char> text) => text.Length <= 80 ? $"`{text}`" : $"`{text[..77]}...`";
}
