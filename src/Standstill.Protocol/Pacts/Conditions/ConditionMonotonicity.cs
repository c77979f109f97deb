using System.Collections.Immutable;
using Superpower.Model;

namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>Finds the clauses that would come to fail because another party joins, slows more or is verified better.</summary>
/// <remarks>The language cannot say such a thing; this check exists so that who tries is told why, and which clause it is.
/// Monotone conditions are what make the largest coalition exist and be unique (Tarski, 1955).</remarks>
internal static class ConditionMonotonicity
{
    /// <summary>One fault for each clause that is not monotone, in the order of the text.</summary>
    public static ImmutableArray<Fault> Check(ImmutableArray<Token<ConditionToken>> tokens, string text, ConditionVersion version)
    {
        string[] words = [.. tokens.Select(t => t.ToStringValue())];
        ImmutableArray<Fault>.Builder faults = ImmutableArray.CreateBuilder<Fault>();
        int start = 0;
        bool staying = false;
        for (int end = 0; end <= tokens.Length; end++)
        {
            if (end < tokens.Length && !IsBoundary(tokens, end, ref staying))
            {
                continue;
            }

            if (FirstIn(words.AsSpan(start, end - start)) is (int at, int length))
            {
                faults.Add(Refuse(text, tokens[start], tokens[end - 1], tokens[start + at], tokens[start + at + length - 1], version));
            }

            start = end + 1;
        }

        return faults.DrainToImmutable();
    }

    // The parentheses of `(staying at 2)` stand within a clause; those of a condition part clauses.
    private static bool IsBoundary(ImmutableArray<Token<ConditionToken>> tokens, int at, ref bool staying)
    {
        switch (tokens[at].Kind)
        {
            case ConditionToken.Open when at + 1 < tokens.Length && tokens[at + 1].Kind == ConditionToken.Staying:
                staying = true;
                return false;
            case ConditionToken.Close when staying:
                staying = false;
                return false;
            case ConditionToken.And or ConditionToken.Or or ConditionToken.Open or ConditionToken.Close:
                staying = false;
                return true;
            default:
                return false;
        }
    }

    private static (int At, int Length)? FirstIn(ReadOnlySpan<string> clause)
    {
        for (int i = 0; i < clause.Length; i++)
        {
            int length = ConditionWords.ShrinkingAt(clause[i..]);
            if (length > 0)
            {
                return (i, length);
            }
        }

        return null;
    }

    private static Fault Refuse(
        string text,
        Token<ConditionToken> first,
        Token<ConditionToken> last,
        Token<ConditionToken> from,
        Token<ConditionToken> to,
        ConditionVersion version)
    {
        string clause = ConditionReader.Quote(Between(text, first, last));
        string word = ConditionReader.Quote(Between(text, from, to));
        (string why, string remedy) = version == ConditionVersion.One
            ? ("another party joins, and a pact's condition may only gain from others joining",
                "say which parties, how many of them or what share of accounted compute must join, and leave out who must not")
            : ("another party joins, slows more or is verified better, and a pact's condition may only gain from that",
                "say who must join, how many or what share of compute, how far slowed and how well verified at the least, and leave out the rest");
        return new Fault(
            ConditionReader.Place(from.Position),
            $"the clause {clause} is not monotone: {word} lets it fail because {why}",
            remedy);
    }

    /// <summary>The text from one token to another.</summary>
    public static string Between(string text, Token<ConditionToken> first, Token<ConditionToken> last) =>
        text[first.Position.Absolute..(last.Position.Absolute + last.Span.Length)];
}
