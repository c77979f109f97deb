using System.Collections.Immutable;
using System.Globalization;

namespace Standstill.Protocol.Pacts.Terms;

/// <summary>A word, a number, a sign or a quotation on a line.</summary>
/// <param name="Text">What stands there; of a quotation, what stands between its marks.</param>
/// <param name="Column">From 1.</param>
/// <param name="IsQuoted">Whether it is a quotation.</param>
internal readonly record struct PactToken(string Text, int Column, bool IsQuoted);

/// <summary>One line of a pact's text, read from left to right. Once something is refused, the first refusal stays.</summary>
internal sealed class PactLine
{
    private readonly ImmutableArray<PactToken> tokens;
    private readonly int width;
    private int at;

    private PactLine(int number, ImmutableArray<PactToken> tokens, int width)
    {
        (Number, this.tokens, this.width) = (number, tokens, width);
    }

    /// <summary>From 1.</summary>
    public int Number { get; }

    /// <summary>The word that it begins with, in lower case; empty where it begins with none.</summary>
    public string Begins => tokens[0].IsQuoted ? "" : tokens[0].Text.ToLowerInvariant();

    /// <summary>What is wrong: the column, what was found there and what was expected.</summary>
    public (int Column, string Found, string Expected)? Stray { get; private set; }

    /// <summary>The lines that are not empty but for comments.</summary>
    public static IEnumerable<PactLine> Of(string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            ImmutableArray<PactToken> tokens = [.. Cut(lines[i])];
            if (!tokens.IsEmpty)
            {
                yield return new PactLine(i + 1, tokens, lines[i].AsSpan().TrimEnd().Length);
            }
        }
    }

    /// <summary>Whether the next words are these, in either case; then they are taken.</summary>
    public bool Takes(params ReadOnlySpan<string> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (at + i >= tokens.Length || tokens[at + i].IsQuoted || !string.Equals(tokens[at + i].Text, words[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        at += words.Length;
        return true;
    }

    /// <summary>Takes these words, or refuses the first that is not there.</summary>
    public bool Needs(params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (!Takes(word))
            {
                return Refuse($"`{word}`");
            }
        }

        return true;
    }

    public bool IsQuoted => at < tokens.Length && tokens[at].IsQuoted;

    public string? Quotation() => IsQuoted ? tokens[at++].Text : Refused("a text in quotation marks");

    public string? Name(string what)
    {
        if (at < tokens.Length && !tokens[at].IsQuoted && Slug.IsGood(tokens[at].Text))
        {
            return tokens[at++].Text;
        }

        return Refused($"the name of a {what} ({Slug.Rule})");
    }

    /// <summary>A number of days and the word.</summary>
    public TimeSpan? Days()
    {
        if (Whole("a whole number of days") is not { } days)
        {
            return null;
        }

        return Takes("day") || Takes("days") || Refuse("`days`") ? TimeSpan.FromDays(days) : null;
    }

    public int? Percent(string what = "a whole percentage") => Whole(what) is { } percent && Needs("%") ? (int)percent : null;

    // Six digits are more than any range has, and few enough for any arithmetic.
    public long? Whole(string what, int digits = 6)
    {
        if (at < tokens.Length && !tokens[at].IsQuoted && tokens[at].Text.Length <= digits
            && long.TryParse(tokens[at].Text, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            at++;
            return value;
        }

        Refuse(what);
        return null;
    }

    public double? Real(string what)
    {
        if (at < tokens.Length && !tokens[at].IsQuoted
            && char.IsAsciiDigit(tokens[at].Text[0])
            && double.TryParse(tokens[at].Text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value))
        {
            at++;
            return value;
        }

        Refuse(what);
        return null;
    }

    /// <summary>The end of the line.</summary>
    public bool Ends() => at == tokens.Length || Refuse("the end of the line");

    /// <summary>Refuses what comes next.</summary>
    public bool Refuse(string expected)
    {
        Stray ??= at < tokens.Length
            ? (tokens[at].Column, Conditions.ConditionReader.Quote(tokens[at].Text), expected)
            : (width + 1, "the end of the line", expected);
        return false;
    }

    private string? Refused(string expected)
    {
        Refuse(expected);
        return null;
    }

    private static IEnumerable<PactToken> Cut(string line)
    {
        int i = 0;
        while (i < line.Length && line[i] != '#')
        {
            int start = i;
            if (char.IsWhiteSpace(line[i]))
            {
                i++;
            }
            else if (line[i] == '"' && line.IndexOf('"', i + 1) is > 0 and var close)
            {
                yield return new PactToken(line[(i + 1)..close], start + 1, IsQuoted: true);
                i = close + 1;
            }
            else if (line[i] is ',' or '%' or '"')
            {
                yield return new PactToken(line[i..++i], start + 1, IsQuoted: false);
            }
            else
            {
                while (i < line.Length && !char.IsWhiteSpace(line[i]) && line[i] is not (',' or '%' or '"' or '#'))
                {
                    i++;
                }

                yield return new PactToken(line[start..i], start + 1, IsQuoted: false);
            }
        }
    }
}
