using Superpower;
using Superpower.Model;
using Superpower.Parsers;
using Superpower.Tokenizers;

namespace Standstill.Protocol.Triggers;

/// <summary>What a piece of a trigger's text is.</summary>
internal enum TriggerToken
{
    /// <summary>Letters and hyphens, beginning with a letter.</summary>
    Word,

    /// <summary>Digits, with a point and further digits if one wishes.</summary>
    Number,

    /// <summary>yyyy-MM-dd.</summary>
    Date,

    /// <summary>Anything between double quotes on one line.</summary>
    Quoted,

    /// <summary>One of <c>( ) , % &gt; &gt;= &lt; &lt;=</c>.</summary>
    Sign,
}

/// <summary>Cuts a trigger's text into tokens. Space, tab, CR and LF separate them and mean nothing else.</summary>
internal static class TriggerTokens
{
    private static readonly TextParser<Unit> Word =
        Character.Matching(char.IsAsciiLetter, "letter").IgnoreThen(Character.Matching(c => char.IsAsciiLetter(c) || c == '-', "letter").IgnoreMany());

    private static readonly TextParser<Unit> Digits = Character.Matching(char.IsAsciiDigit, "digit").IgnoreThen(
        Character.Matching(char.IsAsciiDigit, "digit").IgnoreMany());

    private static readonly TextParser<Unit> Decimals = Character.EqualTo('.').IgnoreThen(Digits);

    private static readonly TextParser<Unit> Number = Digits.IgnoreThen(Decimals.Try().OptionalOrDefault());

    private static readonly TextParser<Unit> Date = Digits
        .IgnoreThen(Character.EqualTo('-')).IgnoreThen(Digits)
        .IgnoreThen(Character.EqualTo('-')).IgnoreThen(Digits);

    private static readonly TextParser<Unit> Quoted = Character.EqualTo('"')
        .IgnoreThen(Character.ExceptIn('"', '\r', '\n').IgnoreMany())
        .IgnoreThen(Character.EqualTo('"').Value(Unit.Value));

    private static readonly Tokenizer<TriggerToken> Tokenizer = new TokenizerBuilder<TriggerToken>()
        .Ignore(Character.In(' ', '\t', '\r', '\n'))
        .Match(Word, TriggerToken.Word)
        .Match(Date.Try(), TriggerToken.Date)
        .Match(Number, TriggerToken.Number)
        .Match(Quoted.Try(), TriggerToken.Quoted)
        .Match(Span.EqualTo(">=").Try(), TriggerToken.Sign)
        .Match(Span.EqualTo("<=").Try(), TriggerToken.Sign)
        .Match(Character.In('(', ')', ',', '%', '>', '<'), TriggerToken.Sign)
        .Build();

    /// <summary>The tokens of a text, or the offset of the first character that begins none.</summary>
    public static (Token<TriggerToken>[] Tokens, int? Stray) Cut(string text)
    {
        var result = Tokenizer.TryTokenize(text);
        return result.HasValue ? ([.. result.Value], null) : ([], result.ErrorPosition.Absolute);
    }
}
