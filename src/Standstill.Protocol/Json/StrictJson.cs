using System.Text.Json;
using System.Text.Unicode;

namespace Standstill.Protocol.Json;

/// <summary>Reads JSON so that two readers cannot understand it differently (RFC 8259 with I-JSON's restrictions, RFC 7493).</summary>
/// <remarks>Refused: duplicate names, comments, trailing commas, a byte order mark, invalid UTF-8, lone surrogates,
/// numbers that are not finite as IEEE 754 doubles, nesting deeper than <see cref="MaximumDepth"/>.</remarks>
public static class StrictJson
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int MaximumDepth = 32;

    private static readonly JsonDocumentOptions DocumentOptions = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = MaximumDepth,
    };

    /// <summary>Reads one JSON value. Never throws on bad input.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, out JsonElement value, out Fault? fault)
    {
        value = default;
        if (utf8.IsEmpty)
        {
            fault = new Fault("", "not JSON: it is empty", "send one UTF-8 JSON value");
            return false;
        }

        try
        {
            fault = FirstUnreadableToken(utf8.Span);
            if (fault is null)
            {
                value = JsonElement.Parse(utf8.Span, DocumentOptions);
            }

            return fault is null;
        }
        catch (JsonException e)
        {
            fault = new Fault("", "not JSON that can be read in one way only: " + Reason(e), "send one UTF-8 JSON value without duplicate names, at most 32 levels deep");
            return false;
        }
    }

    private static string Reason(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var text = (end < 0 ? e.Message : e.Message[..end]).TrimEnd('.', ' ');
        return text.Length == 0 ? "it does not parse" : $"`{text}`" + (e.LineNumber is long line ? $" at line {line + 1}, byte {e.BytePositionInLine + 1}" : "");
    }

    private static Fault? FirstUnreadableToken(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaximumDepth });
        while (reader.Read())
        {
            var readable = reader.TokenType switch
            {
                JsonTokenType.String or JsonTokenType.PropertyName => IsText(ref reader),
                JsonTokenType.Number => reader.TryGetDouble(out var number) && double.IsFinite(number),
                _ => true,
            };
            if (!readable)
            {
                return reader.TokenType == JsonTokenType.Number
                    ? new Fault("", $"the number at byte {reader.TokenStartIndex} is not finite as a double", "keep numbers within ±1.7e308")
                    : new Fault("", $"the text at byte {reader.TokenStartIndex} is not valid Unicode", "send well-formed UTF-8 without lone surrogates");
            }
        }

        return null;
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Utf8.IsValid(reader.ValueSpan);
        }

        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader reports invalid UTF-8 and lone surrogates in this way only.
            return false;
        }
    }
}
