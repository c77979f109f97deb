using System.Net;
using System.Text.RegularExpressions;

namespace Standstill.Node.Tests.Pages;

/// <summary>A page, read strictly: every `&lt;` must begin a tag of the plain form that the pages write.</summary>
public sealed partial record Html(HttpStatusCode Status, string Type, string Csp, string Text)
{
    /// <summary>The tags in order, with their attributes.</summary>
    public IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Attributes, int End)> Tags { get; } = ReadTags(Text);

    /// <summary>What is written, without markup.</summary>
    public string Words { get; } = Spaces().Replace(WebUtility.HtmlDecode(Tag().Replace(Text, " ")), " ").Replace(" ,", ",", StringComparison.Ordinal);

    /// <summary>Every attribute of a name.</summary>
    public IEnumerable<string> All(string attribute) => Tags.Where(t => t.Attributes.ContainsKey(attribute)).Select(t => t.Attributes[attribute]);

    public static async Task<Html> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Content.Headers.ContentType?.MediaType ?? "",
        response.Headers.TryGetValues("Content-Security-Policy", out var csp) ? string.Join(";", csp) : "",
        await response.Content.ReadAsStringAsync());

    private static List<(string Name, IReadOnlyDictionary<string, string> Attributes, int End)> ReadTags(string text)
    {
        var tags = new List<(string, IReadOnlyDictionary<string, string>, int)>();
        for (var at = text.IndexOf('<'); at >= 0; at = text.IndexOf('<', at + 1))
        {
            if (string.CompareOrdinal(text, at, "<!DOCTYPE html>", 0, 15) == 0)
            {
                continue;
            }

            var match = Tag().Match(text, at);
            Assert.True(match.Success && match.Index == at, $"not a tag: {text.Substring(at, Math.Min(60, text.Length - at))}");
            if (match.Groups["name"].Success)
            {
                var attributes = Attribute().Matches(match.Groups["attributes"].Value)
                    .ToDictionary(a => a.Groups["name"].Value, a => WebUtility.HtmlDecode(a.Groups["value"].Value), StringComparer.Ordinal);
                tags.Add((match.Groups["name"].Value, attributes, match.Index + match.Length));
            }
        }

        return tags;
    }

    [GeneratedRegex("""<(?:/[a-zA-Z0-9]+|(?<name>[a-zA-Z][a-zA-Z0-9]*)(?<attributes>(?:\s+[a-zA-Z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*)\s*/?)>""", RegexOptions.None, 5000)]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<name>[a-zA-Z][a-zA-Z0-9-]*)(?:="(?<value>[^"]*)")?""", RegexOptions.None, 5000)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\s+", RegexOptions.None, 5000)]
    private static partial Regex Spaces();
}
