using System.Collections.Immutable;
using Superpower.Model;

namespace Standstill.Protocol.Pacts;

/// <summary>Reads a condition: size, tokens, monotonicity, form, meaning, in that order.</summary>
internal static class ConditionReader
{
    private const string Forms =
        "a condition is `always`, `all of a, b`, `at least 2 of a, b, c` or `at least 60% of accounted compute`, joined by `and` and `or`, with parentheses";

    private const string Lists = "names in one list are parted by commas alone, as in `all of a, b`";

    public static Parsed<Condition> Read(string text)
    {
        if (text.Length > ConditionLimits.Characters)
        {
            return Parsed<Condition>.Bad(
                "",
                $"the condition has {text.Length} characters, more than {ConditionLimits.Characters}",
                "name fewer parties, or ask for a share of accounted compute instead of naming them");
        }

        TokenList<ConditionToken> list = new ConditionTokenizer().Tokenize(text);
        ImmutableArray<Token<ConditionToken>> tokens = [.. list];
        if (tokens.IsEmpty)
        {
            return Parsed<Condition>.Bad("line 1, column 1", "the condition is empty", Forms);
        }

        ImmutableArray<Fault> shrinking = ConditionMonotonicity.Check(tokens, text);
        if (!shrinking.IsEmpty)
        {
            return Parsed<Condition>.Bad(shrinking);
        }

        if (TooDeep(tokens) is { } deep)
        {
            return Parsed<Condition>.Bad(deep);
        }

        TokenListParserResult<ConditionToken, ConditionSyntax> form = ConditionGrammar.Whole(list);
        return form.HasValue ? ConditionValidator.Check(form.Value) : Parsed<Condition>.Bad(NotOfTheForm(form, tokens, text));
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

    private static ImmutableArray<Fault> NotOfTheForm(
        TokenListParserResult<ConditionToken, ConditionSyntax> form,
        ImmutableArray<Token<ConditionToken>> tokens,
        string text)
    {
        int at = form.Remainder.Position;
        bool ended = at >= tokens.Length;
        Position place = ended ? EndOf(text) : tokens[at].Position;
        string found = ended ? "the end" : Quote(tokens[at].ToStringValue());
        string expected = Expected(tokens, at);
        bool name = at > 0 && !ended && tokens[at].Kind == ConditionToken.Word
            && tokens[at - 1].Kind is ConditionToken.And or ConditionToken.Or;
        return [new Fault(Place(place), $"found {found} where {expected} was expected", name ? Lists : Forms)];
    }

    // The grammar is LL(1): what may follow is settled by the token before. Superpower drops the
    // alternatives of an optional tail (`, b`, `and …`), which is what a writer most needs to hear.
    private static string Expected(ImmutableArray<Token<ConditionToken>> tokens, int at)
    {
        bool inside = tokens[..at].Sum(t => t.Kind switch { ConditionToken.Open => 1, ConditionToken.Close => -1, _ => 0 }) > 0;
        string end = inside ? "`and`, `or` or `)`" : "`and`, `or` or the end";
        return (at == 0 ? ConditionToken.Open : tokens[at - 1].Kind) switch
        {
            ConditionToken.All or ConditionToken.Percent => "`of`",
            ConditionToken.At => "`least`",
            ConditionToken.Least => "a number",
            ConditionToken.Number => "`of` or `%`",
            ConditionToken.Of when at >= 2 && tokens[at - 2].Kind == ConditionToken.Percent => "`accounted compute`",
            ConditionToken.Of or ConditionToken.Comma => "the name of a party",
            ConditionToken.Accounted => "`compute`",
            ConditionToken.Word => "`,`, " + end,
            ConditionToken.Always or ConditionToken.Compute or ConditionToken.Close => end,
            _ => "`always`, `all of`, `at least` or `(`",
        };
    }

    private static Position EndOf(string text)
    {
        Position end = Position.Zero;
        foreach (char c in text)
        {
            end = end.Advance(c);
        }

        return end;
    }
}
