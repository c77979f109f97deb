using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Standstill.Cli.Plots;

/// <summary>
/// How wide a text is, and how to make it fit. The widths are those of Liberation Sans, which has the same as Arial and Helvetica: an SVG
/// is laid out alike wherever one of the three is present.
/// </summary>
internal static class Lettering
{
    /// <summary>The font families of an SVG.</summary>
    public const string Families = "'Liberation Sans', Arimo, Arial, Helvetica, sans-serif";

    /// <summary>Height of a capital letter, as a share of the size.</summary>
    public const double CapHeight = 0.72;

    private const double UnitsPerEm = 2048;
    private const char Replacement = '\uFFFD';

    /// <summary>Advance widths of U+0020 to U+007E, in units of the font (table `hmtx`).</summary>
    private static readonly ImmutableArray<short> Regular =
    [
        569, 569, 727, 1139, 1139, 1821, 1366, 391, 682, 682, 797, 1196, 569, 682, 569, 569, 1139, 1139, 1139, 1139, 1139, 1139, 1139, 1139,
        1139, 1139, 569, 569, 1196, 1196, 1196, 1139, 2079, 1366, 1366, 1479, 1479, 1366, 1251, 1593, 1479, 569, 1024, 1366, 1139, 1706, 1479,
        1593, 1366, 1593, 1479, 1366, 1251, 1479, 1366, 1933, 1366, 1366, 1251, 569, 569, 569, 961, 1139, 682, 1139, 1139, 1024, 1139, 1139,
        569, 1139, 1139, 455, 455, 1024, 455, 1706, 1139, 1139, 1139, 1139, 682, 1024, 569, 1139, 1024, 1479, 1024, 1024, 1024, 684, 532, 684,
        1196,
    ];

    private static readonly ImmutableArray<short> Bold =
    [
        569, 682, 971, 1139, 1139, 1821, 1479, 487, 682, 682, 797, 1196, 569, 682, 569, 569, 1139, 1139, 1139, 1139, 1139, 1139, 1139, 1139,
        1139, 1139, 682, 682, 1196, 1196, 1196, 1251, 1997, 1479, 1479, 1479, 1479, 1366, 1251, 1593, 1479, 569, 1139, 1479, 1251, 1706, 1479,
        1593, 1366, 1593, 1479, 1366, 1251, 1479, 1366, 1933, 1366, 1366, 1251, 682, 569, 682, 1196, 1139, 682, 1139, 1251, 1139, 1251, 1139,
        682, 1251, 1251, 569, 569, 1139, 569, 1821, 1251, 1251, 1251, 1251, 797, 1139, 682, 1251, 1139, 1593, 1139, 1139, 1024, 797, 573, 797,
        1196,
    ];

    /// <summary>The width in units of the drawing. Letters beyond ASCII count as a wide one, those of East Asia as a full square.</summary>
    public static double Width(string text, double size, bool bold = false) =>
        text.EnumerateRunes().Sum(rune => Advance(rune, bold)) / UnitsPerEm * size;

    /// <summary>Whether the width is the font's own and no estimate.</summary>
    public static bool IsExact(string text) => text.All(letter => letter is (>= ' ' and <= '~') or '…' or '—' or '–' or '·');

    /// <summary>A foreign name as it may stand in a figure: no control, no change of direction, nothing that XML cannot hold.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes gives U+FFFD for half a surrogate pair.
            clean.Append(Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
                UnicodeCategory.Format => "",
                _ => (rune.Value & 0xFFFE) == 0xFFFE ? Replacement.ToString() : rune.ToString(),
            });
        }

        return clean.ToString().Trim();
    }

    /// <summary>The text where it fits, else its beginning with an ellipsis, cut between what a reader sees as letters.</summary>
    public static string Fit(string text, double size, double most, bool bold = false)
    {
        if (Width(text, size, bold) <= most)
        {
            return text;
        }

        var kept = new StringBuilder();
        var left = most - Width("…", size, bold);
        var letters = StringInfo.GetTextElementEnumerator(text);
        while (letters.MoveNext() && (left -= Width(letters.GetTextElement(), size, bold)) >= 0)
        {
            kept.Append(letters.GetTextElement());
        }

        return kept.ToString().TrimEnd() + "…";
    }

    /// <summary>Lines of whole words, each at most so wide; a longer word is cut.</summary>
    public static ImmutableArray<string> Wrap(string text, double size, double most)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Width(longer, size) > most)
            {
                lines.Add(line);
                longer = word;
            }

            line = Fit(longer, size, most);
        }

        if (line.Length > 0)
        {
            lines.Add(line);
        }

        return lines.ToImmutable();
    }

    private static double Advance(Rune rune, bool bold) => rune.Value switch
    {
        >= ' ' and <= '~' => (bold ? Bold : Regular)[rune.Value - ' '],
        '…' or '—' => 2048,
        '–' => 1139,
        '·' => 682,
        >= 0x1100 and (<= 0x115F or (>= 0x2E80 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF00 and <= 0xFF60) or >= 0x1F000) => 2048,
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? 0 : 1251,
    };
}
