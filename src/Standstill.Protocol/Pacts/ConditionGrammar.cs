using System.Collections.Immutable;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace Standstill.Protocol.Pacts;

/// <summary>A condition as it was written: nothing is known of it but its form.</summary>
internal abstract record ConditionSyntax
{
    public sealed record Always : ConditionSyntax;

    public sealed record Everyone(ImmutableArray<Token<ConditionToken>> Names) : ConditionSyntax;

    public sealed record AtLeast(Token<ConditionToken> Count, ImmutableArray<Token<ConditionToken>> Names) : ConditionSyntax;

    public sealed record Compute(Token<ConditionToken> Percent) : ConditionSyntax;

    public sealed record And(ImmutableArray<ConditionSyntax> Terms) : ConditionSyntax;

    public sealed record Or(ImmutableArray<ConditionSyntax> Terms) : ConditionSyntax;
}

/// <summary>The grammar that <see cref="ConditionLimits"/> writes down, from tokens to form.</summary>
internal static class ConditionGrammar
{
    private static readonly TokenListParser<ConditionToken, ImmutableArray<Token<ConditionToken>>> Names =
        Token.EqualTo(ConditionToken.Word)
            .AtLeastOnceDelimitedBy(Token.EqualTo(ConditionToken.Comma))
            .Select(names => names.ToImmutableArray());

    private static readonly TokenListParser<ConditionToken, ConditionSyntax> Always =
        Token.EqualTo(ConditionToken.Always).Select(_ => (ConditionSyntax)new ConditionSyntax.Always());

    private static readonly TokenListParser<ConditionToken, ConditionSyntax> Everyone =
        from all in Token.EqualTo(ConditionToken.All)
        from of in Token.EqualTo(ConditionToken.Of)
        from names in Names
        select (ConditionSyntax)new ConditionSyntax.Everyone(names);

    private static readonly TokenListParser<ConditionToken, Func<Token<ConditionToken>, ConditionSyntax>> OfParties =
        from of in Token.EqualTo(ConditionToken.Of)
        from names in Names
        select (Func<Token<ConditionToken>, ConditionSyntax>)(count => new ConditionSyntax.AtLeast(count, names));

    private static readonly TokenListParser<ConditionToken, Func<Token<ConditionToken>, ConditionSyntax>> OfCompute =
        from percent in Token.EqualTo(ConditionToken.Percent)
        from of in Token.EqualTo(ConditionToken.Of)
        from accounted in Token.EqualTo(ConditionToken.Accounted)
        from compute in Token.EqualTo(ConditionToken.Compute)
        select (Func<Token<ConditionToken>, ConditionSyntax>)(number => new ConditionSyntax.Compute(number));

    private static readonly TokenListParser<ConditionToken, ConditionSyntax> AtLeast =
        from at in Token.EqualTo(ConditionToken.At)
        from least in Token.EqualTo(ConditionToken.Least)
        from number in Token.EqualTo(ConditionToken.Number)
        from make in OfParties.Or(OfCompute)
        select make(number);

    private static readonly TokenListParser<ConditionToken, ConditionSyntax> Parenthesised =
        from open in Token.EqualTo(ConditionToken.Open)
        from inner in Parse.Ref(() => Condition!)
        from close in Token.EqualTo(ConditionToken.Close)
        select inner;

    private static readonly TokenListParser<ConditionToken, ConditionSyntax> Unit =
        Parenthesised.Or(Always).Or(Everyone).Or(AtLeast);

    private static readonly TokenListParser<ConditionToken, ConditionSyntax> And =
        Unit.AtLeastOnceDelimitedBy(Token.EqualTo(ConditionToken.And))
            .Select(terms => terms.Length == 1 ? terms[0] : new ConditionSyntax.And([.. terms]));

    private static readonly TokenListParser<ConditionToken, ConditionSyntax> Condition =
        And.AtLeastOnceDelimitedBy(Token.EqualTo(ConditionToken.Or))
            .Select(terms => terms.Length == 1 ? terms[0] : new ConditionSyntax.Or([.. terms]));

    /// <summary>A whole text.</summary>
    public static TokenListParser<ConditionToken, ConditionSyntax> Whole { get; } = Condition.AtEnd();
}
