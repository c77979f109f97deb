namespace Standstill.Protocol.Triggers;

/// <summary>Reads the text of a trigger.</summary>
/// <remarks>
/// <code>
/// trigger      = "trigger" NAME "version" NUMBER level+ [evidence] [undetermined]
/// level        = ("watch" | "warn" | "pause" | "release") "when" any
/// any          = all ("or" all)*
/// all          = term ("and" term)*
/// term         = ("(" any ")" | "panel" "votes" "release" | comparison) ["at" NUMBER "or" "more" "labs"]
/// comparison   = indicator (">" | ">=" | "&lt;" | "&lt;=") NUMBER unit
///                ["with" "confidence" NUMBER "%"] ["sustained" "for" NUMBER "days"]
/// indicator    = "frontier" horizon | "doubling" "time" "of" "frontier" horizon ["since" DATE] | the name of an IndicatorKind.OfVersion1
/// horizon      = "horizon" "(" ("50" | "80") "%" ")"
/// unit         = "min" | "h" | "days" | "%" | "x"
/// evidence     = "evidence" "from" "at" "least" NUMBER "independent" "evaluators" ["," "none" "older" "than" NUMBER "days"]
/// undetermined = "undetermined" ("holds" "the" "last" "verdict" | "counts" "as" ["not"] "met")
/// </code>
/// <para>A level stands at most once, in the order above; `panel votes release` stands only in release; what is measured lab by lab
/// stands only within a count of labs, and nothing else does. Limits: <see cref="Trigger.MostCharacters"/>,
/// <see cref="Trigger.MostAtoms"/>, <see cref="Trigger.MostNesting"/>.</para>
/// <para>There is no `not`: a condition that evidence is missing for could otherwise be met by silence.</para>
/// </remarks>
public static class TriggerParser
{
    /// <summary>The trigger of a text, or what is wrong with it: the first fault of grammar, or every broken rule.</summary>
    public static Parsed<Trigger> Parse(string text)
    {
        if (text.Length > Trigger.MostCharacters)
        {
            return Parsed<Trigger>.Bad(
                "",
                FormattableString.Invariant($"the text has {text.Length} characters"),
                FormattableString.Invariant($"shorten it to at most {Trigger.MostCharacters}"));
        }

        var (tokens, stray) = TriggerTokens.Cut(text);
        if (stray is { } offset)
        {
            var (message, remedy) = Stray(text[offset]);
            return Parsed<Trigger>.Bad(Place(text, offset), message, remedy);
        }

        var reader = new TriggerReader(text, tokens);
        if (reader.Read() is not { } draft)
        {
            return Parsed<Trigger>.Bad([reader.Fault]);
        }

        var broken = TriggerValidator.Broken(draft);
        return broken.IsEmpty
            ? Parsed<Trigger>.Good(new Trigger(draft))
            : Parsed<Trigger>.Bad([.. broken.Select(rule => new Fault(Place(text, reader.OffsetOf(rule.Node, rule.Part)), rule.Message, rule.Remedy))]);
    }

    /// <summary>Where a character stands, counted from 1.</summary>
    internal static string Place(string text, int offset)
    {
        var before = text.AsSpan(0, offset);
        var line = before.Count('\n') + 1;
        var column = offset - (before.LastIndexOf('\n') + 1) + 1;
        return FormattableString.Invariant($"line {line}, column {column}");
    }

    private static (string Message, string Remedy) Stray(char found) => found switch
    {
        '"' => ("a quote is not closed on its line", "write the name as `\"Name\"`"),
        '=' => ("found `=`, expected a comparison", "write `>=` or `<=`"),
        '≥' => ("found `≥`, expected a comparison", "write `>=`"),
        '≤' => ("found `≤`, expected a comparison", "write `<=`"),
        '×' => ("found `×`, expected a unit", "write `x`"),
        '“' or '”' or '„' => ($"found `{found}`, expected a quote", "write `\"`"),
        _ when found is > ' ' and < '\u007F' => ($"found `{found}`, expected a word, a number, a comparison or a parenthesis", "remove it"),
        _ => ($"found the character `U+{(int)found:X4}`, expected a word, a number, a comparison or a parenthesis", "remove it"),
    };
}
