using Superpower;
using Superpower.Display;
using Superpower.Model;

namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>What the text of a condition is cut into.</summary>
internal enum ConditionToken
{
    None,

    [Token(Description = "name")]
    Word,

    [Token(Description = "number")]
    Number,

    [Token(Example = ",")]
    Comma,

    [Token(Example = "(")]
    Open,

    [Token(Example = ")")]
    Close,

    [Token(Example = "%")]
    Percent,

    [Token(Example = "and")]
    And,

    [Token(Example = "or")]
    Or,

    [Token(Example = "always")]
    Always,

    [Token(Example = "all")]
    All,

    [Token(Example = "of")]
    Of,

    [Token(Example = "at")]
    At,

    [Token(Example = "least")]
    Least,

    [Token(Example = "accounted")]
    Accounted,

    [Token(Example = "compute")]
    Compute,

    [Token(Example = "world")]
    World,

    [Token(Example = "parties")]
    Parties,

    [Token(Example = "jurisdictions")]
    Jurisdictions,

    [Token(Example = "pact")]
    Pact,

    [Token(Example = "staying")]
    Staying,

    [Token(Example = "slowed")]
    Slowed,

    [Token(Example = "by")]
    By,

    [Token(Example = "with")]
    With,

    [Token(Example = "assurance")]
    Assurance,

    [Token(Example = "confidence")]
    Confidence,

    [Token(Example = "stop")]
    Stop,

    [Token(Example = "slow")]
    Slow,

    [Token(Example = "when")]
    When,
}

/// <summary>Cuts a text at white space and at <c>, ( ) %</c>; no text is refused here.</summary>
/// <param name="version">Which words are words of the language.</param>
internal sealed class ConditionTokenizer(ConditionVersion version) : Tokenizer<ConditionToken>
{
    protected override IEnumerable<Result<ConditionToken>> Tokenize(TextSpan span)
    {
        Result<char> next = SkipWhiteSpace(span);
        while (next.HasValue)
        {
            TextSpan start = next.Location;
            ConditionToken mark = Mark(next.Value);
            next = next.Remainder.ConsumeChar();
            if (mark == ConditionToken.None)
            {
                while (next.HasValue && !char.IsWhiteSpace(next.Value) && Mark(next.Value) == ConditionToken.None)
                {
                    next = next.Remainder.ConsumeChar();
                }

                mark = Classify(start.Until(next.Location).ToStringValue());
            }

            yield return Result.Value(mark, start, next.Location);
            next = SkipWhiteSpace(next.Location);
        }
    }

    private static ConditionToken Mark(char c) => c switch
    {
        ',' => ConditionToken.Comma,
        '(' => ConditionToken.Open,
        ')' => ConditionToken.Close,
        '%' => ConditionToken.Percent,
        _ => ConditionToken.None,
    };

    private ConditionToken Classify(string word) =>
        ConditionWords.Keyword(word, version) ?? (word[0] is (>= '0' and <= '9') or '+' or '-' or '.' ? ConditionToken.Number : ConditionToken.Word);
}
