using System.Collections.Immutable;
using Superpower.Model;

namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>The grammars that <see cref="ConditionLimits"/> writes down, from tokens to form, by recursive descent.</summary>
/// <remarks>One grammar for both versions: what version 2 adds begins everywhere with a word that version 1 does not have. It looks one
/// token ahead, and two at a `(`, which may begin `(staying at 2)`, and at a `with`.</remarks>
internal sealed class ConditionGrammar
{
    private readonly ImmutableArray<Token<ConditionToken>> tokens;
    private readonly bool two;
    private int at;
    private int depth;
    private string tail = ""; // what else may follow the clause read last, beside `and`, `or` and its end
    private Stray? stray;

    private ConditionGrammar(ImmutableArray<Token<ConditionToken>> tokens, ConditionVersion version)
    {
        this.tokens = tokens;
        two = version == ConditionVersion.Two;
    }

    private string End => tail + (depth > 0 ? "`and`, `or` or `)`" : "`and`, `or` or the end");

    /// <summary>Reads a whole text: its form, or where it leaves the grammar.</summary>
    public static (ConditionSyntax? Form, Stray? Stray) Read(ImmutableArray<Token<ConditionToken>> tokens, ConditionVersion version)
    {
        var grammar = new ConditionGrammar(tokens, version);
        ConditionSyntax? form = grammar.Condition();
        if (form is not null && grammar.at < tokens.Length)
        {
            form = grammar.NotOfTheForm(grammar.End);
        }

        return (form, grammar.stray);
    }

    private ConditionSyntax? Condition() =>
        Joined(() => Joined(Unit, ConditionToken.And, terms => new ConditionSyntax.And(terms)), ConditionToken.Or, terms => new ConditionSyntax.Or(terms));

    private ConditionSyntax? Joined(Func<ConditionSyntax?> term, ConditionToken by, Func<ImmutableArray<ConditionSyntax>, ConditionSyntax> make)
    {
        ImmutableArray<ConditionSyntax>.Builder terms = ImmutableArray.CreateBuilder<ConditionSyntax>();
        do
        {
            if (term() is not { } read)
            {
                return null;
            }

            terms.Add(read);
        }
        while (Take(by));

        return terms.Count == 1 ? terms[0] : make(terms.ToImmutable());
    }

    private ConditionSyntax? Unit()
    {
        if (Take(ConditionToken.Open))
        {
            depth++;
            ConditionSyntax? inner = Condition();
            if (inner is null || !Require(ConditionToken.Close, End))
            {
                return null;
            }

            depth--;
            tail = "";
            return inner;
        }

        if (Take(ConditionToken.Always))
        {
            tail = "";
            return new ConditionSyntax.Always();
        }

        if (Take(ConditionToken.All))
        {
            return Require(ConditionToken.Of, "`of`") && Names() is { } names && Standard() is { } standard
                ? new ConditionSyntax.Everyone(names, standard)
                : null;
        }

        return Take(ConditionToken.At)
            ? AtLeast()
            : NotOfTheForm("`always`, `all of`, `at least` or `(`");
    }

    private ConditionSyntax? AtLeast()
    {
        if (!Require(ConditionToken.Least, "`least`") || TakeNumber("a number") is not { } join)
        {
            return null;
        }

        if (Take(ConditionToken.Percent))
        {
            return Stay(join, isShare: true) is { } share && Require(ConditionToken.Of, two && share.Stay is null ? "`(staying at` or `of`" : "`of`")
                ? Compute(share)
                : null;
        }

        if (Stay(join, isShare: false) is not { } bar)
        {
            return null;
        }

        if (Take(ConditionToken.Of))
        {
            return Names() is { } names && Standard() is { } standard ? new ConditionSyntax.AtLeast(bar, names, standard) : null;
        }

        if (Take(ConditionToken.Parties))
        {
            tail = "";
            return Standard() is { } standard ? new ConditionSyntax.Number(bar, standard) : null;
        }

        if (Take(ConditionToken.Jurisdictions))
        {
            tail = "";
            return Standard() is { } standard ? new ConditionSyntax.Jurisdictions(bar, standard) : null;
        }

        return NotOfTheForm((two, bar.Stay) switch
        {
            (false, _) => "`of` or `%`",
            (true, null) => "`%`, `(staying at`, `of`, `parties` or `jurisdictions`",
            _ => "`of`, `parties` or `jurisdictions`",
        });
    }

    private ConditionSyntax? Compute(BarSyntax share)
    {
        ComputeBasis basis = ComputeBasis.Accounted;
        if (Take(ConditionToken.World))
        {
            basis = ComputeBasis.World;
        }
        else if (!Require(ConditionToken.Accounted, two ? "`accounted compute` or `world compute`" : "`accounted compute`"))
        {
            return null;
        }

        if (!Require(ConditionToken.Compute, "`compute`"))
        {
            return null;
        }

        tail = "";
        Token<ConditionToken>? confidence = null;
        bool mayBeConfident = basis == ComputeBasis.World;
        if (mayBeConfident && Sees(ConditionToken.With) && !Sees(ConditionToken.Assurance, 1))
        {
            at++;
            if (!Require(ConditionToken.Confidence, "`confidence` or `assurance`") || Percentage() is not { } percent)
            {
                return null;
            }

            (confidence, mayBeConfident) = (percent, false);
        }

        return Standard(mayBeConfident ? "`with confidence`, " : "") is { } standard
            ? new ConditionSyntax.Compute(share, basis, confidence, standard)
            : null;
    }

    private BarSyntax? Stay(Token<ConditionToken> join, bool isShare)
    {
        if (!Sees(ConditionToken.Open) || !Sees(ConditionToken.Staying, 1))
        {
            return new BarSyntax(join, null, isShare);
        }

        at += 2;
        return Require(ConditionToken.At, "`at`")
            && TakeNumber("a number") is { } stay
            && (!isShare || Require(ConditionToken.Percent, "`%`"))
            && Require(ConditionToken.Close, "`)`")
            ? new BarSyntax(join, stay, isShare)
            : null;
    }

    private StandardSyntax? Standard(string before = "")
    {
        if (!two)
        {
            return new StandardSyntax(null, null);
        }

        tail += before + "`slowed by`, `with assurance`, ";
        Token<ConditionToken>? slowed = null;
        Token<ConditionToken>? assurance = null;
        if (Take(ConditionToken.Slowed))
        {
            if (!Require(ConditionToken.By, "`by`") || Percentage() is not { } degree)
            {
                return null;
            }

            slowed = degree;
            tail = "`with assurance`, ";
        }

        if (Take(ConditionToken.With))
        {
            if (!Require(ConditionToken.Assurance, "`assurance`")
                || !Require(ConditionToken.At, "`at`")
                || !Require(ConditionToken.Least, "`least`")
                || Percentage() is not { } percent)
            {
                return null;
            }

            assurance = percent;
            tail = "";
        }

        return new StandardSyntax(slowed, assurance);
    }

    private Token<ConditionToken>? Percentage() =>
        TakeNumber("a number") is { } number && Require(ConditionToken.Percent, "`%`") ? number : null;

    private ImmutableArray<NameSyntax>? Names()
    {
        ImmutableArray<NameSyntax>.Builder names = ImmutableArray.CreateBuilder<NameSyntax>();
        do
        {
            bool isPact = Take(ConditionToken.Pact);
            if (!Sees(ConditionToken.Word))
            {
                stray = new Stray(at, isPact ? "the name of a pact" : two ? "the name of a party, or `pact` and the name of one," : "the name of a party");
                return null;
            }

            names.Add(new NameSyntax(tokens[at++], isPact));
        }
        while (Take(ConditionToken.Comma));

        tail = "`,`, ";
        return names.ToImmutable();
    }

    private Token<ConditionToken>? TakeNumber(string what)
    {
        if (Sees(ConditionToken.Number))
        {
            return tokens[at++];
        }

        stray = new Stray(at, what);
        return null;
    }

    private bool Sees(ConditionToken kind, int ahead = 0) => at + ahead < tokens.Length && tokens[at + ahead].Kind == kind;

    private bool Take(ConditionToken kind)
    {
        if (!Sees(kind))
        {
            return false;
        }

        at++;
        return true;
    }

    private bool Require(ConditionToken kind, string expected)
    {
        if (Take(kind))
        {
            return true;
        }

        stray = new Stray(at, expected);
        return false;
    }

    private ConditionSyntax? NotOfTheForm(string expected)
    {
        stray = new Stray(at, expected);
        return null;
    }

    /// <summary>Where a text leaves the grammar.</summary>
    /// <param name="Token">The first token that fits nothing; the number of tokens for the end.</param>
    /// <param name="Expected">What would have been taken there.</param>
    public sealed record Stray(int Token, string Expected);
}
