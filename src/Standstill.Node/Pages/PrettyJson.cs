using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Standstill.Node.Pages;

/// <summary>JSON for reading.</summary>
internal static partial class PrettyJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Indented, with letters as they are; marks that would turn the direction of the text are written as escapes, so
    /// that what is seen is what was signed. The page encodes it.</summary>
    public static string Write(JsonElement json) =>
        Turning().Replace(JsonSerializer.Serialize(json, Options), m => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)m.Value[0]:x4}"));

    [GeneratedRegex("[\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]", RegexOptions.None, 1000)]
    private static partial Regex Turning();
}
