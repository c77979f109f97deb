using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Standstill.EndToEnd;

/// <summary>RFC 8785 once more, in a few lines, for values as the world document has them.</summary>
internal static class PlainJson
{
    /// <summary>The canonical text of a value.</summary>
    public static string Canonical(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{Text(p.Name)}:{Canonical(p.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(',', value.EnumerateArray().Select(Canonical)) + "]",
        JsonValueKind.String => Text(value.GetString()!),
        JsonValueKind.Number => Number(value.GetDouble()),
        _ => value.GetRawText(),
    };

    private static string Text(string text)
    {
        var written = new StringBuilder("\"");
        foreach (var c in text)
        {
            var name = "\b\t\n\f\r".IndexOf(c);
            written.Append(c is '"' or '\\' ? $"\\{c}" : name >= 0 ? $"\\{"btnfr"[name]}" : c < ' ' ? $"\\u{(int)c:x4}" : c.ToString());
        }

        return written.Append('"').ToString();
    }

    /// <summary>ECMA-262, Number::toString(x), radix 10: k digits s and an exponent n with x = s × 10ⁿ⁻ᵏ.</summary>
    private static string Number(double x)
    {
        if (x == 0)
        {
            return "0";
        }

        if (x < 0)
        {
            return "-" + Number(-x);
        }

        // The round trip format has 17 digits or the fewest that read back; try them from the fewest.
        var shortest = Enumerable.Range(0, 17).Select(d => x.ToString($"E{d}", CultureInfo.InvariantCulture))
            .First(t => double.Parse(t, CultureInfo.InvariantCulture) == x);
        var s = shortest[..shortest.IndexOf('E', StringComparison.Ordinal)].Replace(".", "", StringComparison.Ordinal);
        var k = s.Length;
        var n = int.Parse(shortest[(shortest.IndexOf('E', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture) + 1;
        return (n - k, n) switch
        {
            ( >= 0, <= 21) => s + new string('0', n - k),
            (_, > 0 and <= 21) => s[..n] + "." + s[n..],
            (_, > -6 and <= 0) => "0." + new string('0', -n) + s,
            _ => s[..1] + (k == 1 ? "" : "." + s[1..]) + "e" + (n > 0 ? "+" : "-") + Math.Abs(n - 1).ToString(CultureInfo.InvariantCulture),
        };
    }
}
