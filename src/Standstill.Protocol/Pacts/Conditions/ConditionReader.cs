using System.Collections.Immutable;
using Superpower.Model;

namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>Reads a condition: size, tokens, monotonicity, form, meaning, in that order.</summary>
internal static class ConditionReader
{
    private const string FormsOfOne =
        "a condition is `always`, `all of a, b`, `at least 2 of a, b, c` or `at least 60% of accounted compute`, joined by `and` and `or`, with parentheses";

    private const string FormsOfTwo =
        "a condition is `always`, `all of a, b`, `at least 2 of a, b, c`, `at least 3 parties`, `at least 2 jurisdictions`, "
        + "`at least 60% of accounted compute` or `at least 60% (staying at 50%) of world compute with confidence 80%`, then, if need be, "
        + "`slowed by 50%` and `with assurance at least 80%` in this order, joined by `and` and `or`, with parentheses";

    private const string Lists = "names in one list are parted by commas alone, as in `all of a, b`";

    /// <summary>Reads a whole text.</summary>
    public static Parsed<Condition> Read(string text, ConditionVersion version) => Read(text, .., version);

    /// <summary>Reads a part of a text; places are places in the whole.</summary>
    public static Parsed<Condition> Read(string text, Range part, ConditionVersion version)
    {
        (int from, int length) = part.GetOffsetAndLength(text.Length);
        if (length > ConditionLimits.Characters)
        {
            return Parsed<Condition>.Bad(
                "",
                $"the condition has {length} characters, more than {ConditionLimits.Characters}",
                "name fewer parties, or ask for a share of accounted compute instead of naming them");
        }

        string cut = Until(text, from, from + length);
        ImmutableArray<Token<ConditionToken>> tokens = [.. new ConditionTokenizer(version).Tokenize(cut)];
        if (tokens.IsEmpty)
        {
            return Parsed<Condition>.Bad(Place(EndOf(cut, from)), "the condition is empty", Forms(version));
        }

        ImmutableArray<Fault> shrinking = ConditionMonotonicity.Check(tokens, cut, version);
        if (!shrinking.IsEmpty)
        {
            return Parsed<Condition>.Bad(shrinking);
        }

        if (TooDeep(tokens) is { } deep)
        {
            return Parsed<Condition>.Bad(deep);
        }

        (ConditionSyntax? form, ConditionGrammar.Stray? stray) = ConditionGrammar.Read(tokens, version);
        return form is not null
            ? ConditionValidator.Check(form)
            : Parsed<Condition>.Bad([NotOfTheForm(stray!, tokens, cut, version)]);
    }

    /// <summary>A place in a text, for readers: `line 1, column 7`.</summary>
    public static string Place(Position at) => $"line {at.Line}, column {at.Column}";

    /// <summary>A piece of the input, in backticks, cut to a length that can be read, and safe to print on a terminal.</summary>
    public static string Quote(string piece)
    {
        string safe = string.Create(Math.Min(piece.Length, 80), piece, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsLetterOrDigit(from[i]) || char.IsPunctuation(from[i]) || char.IsSymbol(from[i]) ? from[i] : ' ';
            }
        });
        return piece.Length <= 80 ? $"`{safe}`" : $"`{safe}…`";
    }

    private static string Forms(ConditionVersion version) => version == ConditionVersion.One ? FormsOfOne : FormsOfTwo;

    // What stands before the part becomes blank, so that a token's position is its position in the whole.
    private static string Until(string text, int from, int end) => string.Create(end, (text, from), static (span, whole) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = i >= whole.from || whole.text[i] == '\n' ? whole.text[i] : ' ';
        }
    });

    // Bounded before the grammar runs: it descends once for each parenthesis, and the stack is finite.
    private static ImmutableArray<Fault>? TooDeep(ImmutableArray<Token<ConditionToken>> tokens)
    {
        int depth = 0;
        foreach (Token<ConditionToken> token in tokens)
        {
            depth += token.Kind switch { ConditionToken.Open => 1, ConditionToken.Close => -1, _ => 0 };
            if (depth > ConditionLimits.Nesting)
            {
                return
                [
                    new Fault(
                        Place(token.Position),
                        $"parentheses stand more than {ConditionLimits.Nesting} deep",
                        "leave out those that change nothing: `and` binds more tightly than `or`"),
                ];
            }
        }

        return null;
    }

    private static Fault NotOfTheForm(
        ConditionGrammar.Stray stray, ImmutableArray<Token<ConditionToken>> tokens, string text, ConditionVersion version)
    {
        bool ended = stray.Token >= tokens.Length;
        Position place = ended ? EndOf(text, text.Length) : tokens[stray.Token].Position;
        string found = ended ? "the end" : Quote(tokens[stray.Token].ToStringValue());
        ConditionToken before = stray.Token > 0 ? tokens[stray.Token - 1].Kind : ConditionToken.None;
        ConditionToken kind = ended ? ConditionToken.None : tokens[stray.Token].Kind;
        string remedy = (kind, before) switch
        {
            (ConditionToken.Word, ConditionToken.And or ConditionToken.Or) => Lists,
            (ConditionToken.Confidence, _) => "a confidence is asked of a share of world compute alone, directly after it",
            ( > ConditionToken.Compute, ConditionToken.Of or ConditionToken.Comma or ConditionToken.Pact) =>
                $"{found} is a word of the language, and nobody can be listed by it",
            _ => Forms(version),
        };
        return new Fault(Place(place), $"found {found} where {stray.Expected} was expected", remedy);
    }

    private static Position EndOf(string text, int length)
    {
        Position end = Position.Zero;
        foreach (char c in text.AsSpan(0, length))
        {
            end = end.Advance(c);
        }

        return end;
    }
}
