using System.Collections.Immutable;
using System.Globalization;
using Superpower.Model;

namespace Standstill.Protocol.Triggers;

/// <summary>A place among tokens, and all that would have been taken there.</summary>
/// <remarks>At every token it remembers what it was asked for in vain, so that a fault names everything that was expected.</remarks>
internal abstract class TokenReader(string text, Token<TriggerToken>[] tokens, string form)
{
    private const int LongestFound = 60;

    private readonly List<string> expected = [];
    private int at;
    private Fault? fault;

    /// <summary>What is wrong, once something was refused.</summary>
    public Fault Fault => fault ?? throw new InvalidOperationException("there is no fault");

    /// <summary>How what is being read is written: the remedy of a fault.</summary>
    protected string Form { get; set; } = form;

    /// <summary>Where the present token begins.</summary>
    protected int Offset => at < tokens.Length ? tokens[at].Position.Absolute : text.AsSpan().TrimEnd(" \t\r\n").Length;

    protected bool AtEndOfText => at == tokens.Length;

    protected bool ExpectsNothing => expected.Count == 0;

    protected string Place(int offset) => TriggerParser.Place(text, offset);

    protected bool Sees(string word) => at < tokens.Length && tokens[at].Span.EqualsValue(word);

    protected void BackUp() => at--;

    protected void ExpectOnly(IEnumerable<string> words)
    {
        expected.Clear();
        expected.AddRange(words.Select(word => $"`{word}`"));
    }

    protected T? OneOf<T>(ImmutableArray<(string Word, T Meaning)> choices)
        where T : struct
    {
        foreach (var (word, meaning) in choices)
        {
            if (Take(word))
            {
                return meaning;
            }
        }

        return null;
    }

    protected bool TakeAll(string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (at + i >= tokens.Length || !tokens[at + i].Span.EqualsValue(words[i]))
            {
                expected.Add($"`{string.Join(' ', words)}`");
                return false;
            }
        }

        at += words.Length;
        expected.Clear();
        return true;
    }

    protected bool Take(string word) => TakeAll([word]);

    protected bool Need(string word) => Take(word) || Refuse();

    protected bool NeedEither(string word, string other) => Take(word) || Take(other) || Refuse();

    protected bool Kind(TriggerToken kind, string what, out string token, out int offset)
    {
        offset = Offset;
        if (at < tokens.Length && tokens[at].Kind == kind)
        {
            token = tokens[at++].ToStringValue();
            expected.Clear();
            return true;
        }

        token = "";
        return Refuse(what);
    }

    protected bool Refuse(string wanted)
    {
        expected.Add(wanted);
        return Refuse();
    }

    protected bool Refuse() => Refuse(Offset, $"found {Found()}, expected {Listed()}", Form);

    protected bool Refuse(int offset, string message, string remedy)
    {
        fault = new Fault(Place(offset), message, remedy);
        return false;
    }

    protected (int Value, int Offset)? Whole()
    {
        if (!Kind(TriggerToken.Number, "a whole number", out var digits, out var offset))
        {
            return null;
        }

        if (digits.Length <= Quantity.MostIntegerDigits && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return (value, offset);
        }

        BackUp();
        Refuse(FormattableString.Invariant($"a whole number of at most {Quantity.MostIntegerDigits} digits"));
        return null;
    }

    protected decimal? Decimal()
    {
        if (!Kind(TriggerToken.Number, "a number", out var digits, out _))
        {
            return null;
        }

        var point = digits.IndexOf('.', StringComparison.Ordinal);
        if ((point < 0 ? digits.Length : point) <= Quantity.MostIntegerDigits
            && (point < 0 || digits.Length - point - 1 <= Quantity.MostDecimals))
        {
            return decimal.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        }

        BackUp();
        Refuse(FormattableString.Invariant(
            $"a number of at most {Quantity.MostIntegerDigits} digits before the point and {Quantity.MostDecimals} after it"));
        return null;
    }

    /// <summary>The token at fault; of words, all that follow one another, as an indicator has several.</summary>
    private string Found()
    {
        if (at == tokens.Length)
        {
            return "the end of the text";
        }

        var found = string.Join(' ', tokens.Skip(at).TakeWhile(token => token.Kind == TriggerToken.Word).Take(4).Select(token => token.ToStringValue()));
        found = found.Length == 0 ? tokens[at].ToStringValue() : found;
        var cut = found.Length <= LongestFound || !char.IsHighSurrogate(found[LongestFound - 1]) ? LongestFound : LongestFound - 1;
        return found.Length <= cut ? $"`{found}`" : $"`{found[..cut]}…`";
    }

    private string Listed() =>
        expected.Count == 1 ? expected[0] : string.Join(", ", expected.Take(expected.Count - 1)) + " or " + expected[^1];
}
