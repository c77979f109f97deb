using System.Collections.Immutable;
using System.Globalization;
using Superpower.Model;

namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>From form to meaning: names, counts, percentages, the number of terms. Reports every fault.</summary>
internal sealed class ConditionValidator
{
    private readonly ImmutableArray<Fault>.Builder faults = ImmutableArray.CreateBuilder<Fault>();
    private int terms;

    private ConditionValidator()
    {
    }

    public static Parsed<Condition> Check(ConditionSyntax form)
    {
        var validator = new ConditionValidator();
        Condition? condition = validator.Meaning(form);
        if (validator.terms > ConditionLimits.Terms)
        {
            validator.faults.Add(new Fault(
                "",
                $"the condition has {validator.terms} terms, more than {ConditionLimits.Terms}",
                "name fewer parties, or ask for a share of accounted compute instead of naming them"));
        }

        return condition is null || validator.faults.Count > 0
            ? Parsed<Condition>.Bad(validator.faults.DrainToImmutable())
            : Parsed<Condition>.Good(condition);
    }

    private Condition? Meaning(ConditionSyntax form)
    {
        switch (form)
        {
            case ConditionSyntax.Always:
                terms++;
                return new Condition.Always();
            case ConditionSyntax.Everyone everyone:
                Listed? all = Names(everyone.Names);
                Standard? theirs = Standard(everyone.Standard);
                return all is not null && theirs is { } each ? new Condition.Everyone(all, each) : null;
            case ConditionSyntax.AtLeast atLeast:
                Listed? some = Names(atLeast.Names);
                int length = atLeast.Names.Length;
                Threshold<int>? count = Bar(atLeast.Bar, t => Count(t, length));
                Standard? ofSome = Standard(atLeast.Standard);
                return some is not null && count is { } k && ofSome is { } one ? new Condition.AtLeast(k.Join, k.Stay, some, one) : null;
            case ConditionSyntax.Number number:
                terms++;
                Threshold<int>? parties = Bar(number.Bar, t => Count(t, "parties"));
                Standard? ofParties = Standard(number.Standard);
                return parties is { } p && ofParties is { } party ? new Condition.Number(p.Join, p.Stay, party) : null;
            case ConditionSyntax.Jurisdictions jurisdictions:
                terms++;
                Threshold<int>? places = Bar(jurisdictions.Bar, t => Count(t, "jurisdictions"));
                Standard? ofPlaces = Standard(jurisdictions.Standard);
                return places is { } j && ofPlaces is { } place ? new Condition.Jurisdictions(j.Join, j.Stay, place) : null;
            case ConditionSyntax.Compute compute:
                terms++;
                Threshold<decimal>? share = Bar(compute.Bar, Percent);
                int? confidence = Whole(compute.Confidence, 50, 95, 50, "a confidence");
                Standard? ofShare = Standard(compute.Standard);
                return share is { } s && confidence is { } c && ofShare is { } standard
                    ? new Condition.Compute(s.Join, s.Stay, compute.Basis, c, standard)
                    : null;
            case ConditionSyntax.And and:
                return Meanings(and.Terms) is { } conjuncts ? Condition.AllOf(conjuncts) : null;
            case ConditionSyntax.Or or:
                return Meanings(or.Terms) is { } disjuncts ? Condition.AnyOf(disjuncts) : null;
            default:
                throw new InvalidOperationException("a form without a meaning");
        }
    }

    private List<Condition>? Meanings(ImmutableArray<ConditionSyntax> forms)
    {
        List<Condition> meanings = [];
        foreach (ConditionSyntax form in forms)
        {
            if (Meaning(form) is { } meaning)
            {
                meanings.Add(meaning);
            }
        }

        return meanings.Count == forms.Length ? meanings : null;
    }

    private Listed? Names(ImmutableArray<NameSyntax> names)
    {
        terms += names.Length;
        ImmutableSortedSet<PartyId>.Builder parties = ImmutableSortedSet.CreateBuilder<PartyId>();
        ImmutableSortedSet<PactId>.Builder pacts = ImmutableSortedSet.CreateBuilder<PactId>();
        int before = faults.Count;
        foreach ((Token<ConditionToken> token, bool isPact) in names)
        {
            string name = token.ToStringValue();
            if (!Slug.IsGood(name))
            {
                Refuse(token, $"{ConditionReader.Quote(name)} is not the name of a {(isPact ? "pact" : "party")}", $"a name is {Slug.Rule}");
            }
            else if (isPact ? !pacts.Add(new PactId(name)) : !parties.Add(new PartyId(name)))
            {
                Refuse(token, $"`{(isPact ? "pact " : "")}{name}` stands twice in one list", $"name each {(isPact ? "pact" : "party")} once");
            }
        }

        return faults.Count == before ? new Listed(parties.ToImmutable(), pacts.ToImmutable()) : null;
    }

    // Staying never asks for more than joining: a coalition would form and dissolve at one instant, again and again.
    private Threshold<T>? Bar<T>(BarSyntax bar, Func<Token<ConditionToken>, T?> read)
        where T : struct, IComparable<T>
    {
        T? join = read(bar.Join);
        T? stay = bar.Stay is { } written ? read(written) : join;
        if (join is not { } least || stay is not { } still)
        {
            return null;
        }

        if (still.CompareTo(least) > 0)
        {
            string unit = bar.IsShare ? "%" : "";
            string clause = $"`at least {bar.Join.ToStringValue()}{unit} (staying at {bar.Stay!.Value.ToStringValue()}{unit})`";
            Refuse(bar.Stay!.Value, $"the clause {clause} would flap: who joins at the first would be free at once by the second", "ask for no more to stay than to join");
            return null;
        }

        return new Threshold<T>(least, still);
    }

    private Standard? Standard(StandardSyntax standard)
    {
        int? slowed = Whole(standard.SlowedBy, 1, 100, 100, "a slowdown");
        int? assurance = Whole(standard.Assurance, 1, 99, 0, "an assurance");
        return slowed is { } degree && assurance is { } verified ? new Standard(degree, verified) : null;
    }

    private int? Whole(Token<ConditionToken>? token, int least, int most, int absent, string what)
    {
        if (token is not { } written)
        {
            return absent;
        }

        string text = written.ToStringValue();
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
        {
            return value;
        }

        Refuse(written, $"{ConditionReader.Quote(text)} is not {what} in per cent", $"write a whole number from {least} to {most}");
        return null;
    }

    private int? Count(Token<ConditionToken> token, int length)
    {
        string written = token.ToStringValue();
        if (!int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count < 1)
        {
            Refuse(token, $"{ConditionReader.Quote(written)} is not a count of parties", "write a whole number of 1 or more");
            return null;
        }

        if (count > length)
        {
            Refuse(token, $"`{written}` is more than the {length} that the list names, so the condition could never hold", "lower the count or name more parties");
            return null;
        }

        return count;
    }

    private int? Count(Token<ConditionToken> token, string what)
    {
        string written = token.ToStringValue();
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= 10_000)
        {
            return count;
        }

        Refuse(token, $"{ConditionReader.Quote(written)} is not a count of {what}", "write a whole number from 1 to 10000");
        return null;
    }

    private decimal? Percent(Token<ConditionToken> token)
    {
        string written = token.ToStringValue();
        bool read = decimal.TryParse(written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent);
        if (!read || percent <= 0 || percent > 100)
        {
            Refuse(token, $"{ConditionReader.Quote(written)} is not a percentage", "write a number above 0 and up to 100");
            return null;
        }

        if (decimal.Round(percent, ConditionLimits.PercentDecimals) != percent)
        {
            Refuse(token, $"{ConditionReader.Quote(written)} has more than {ConditionLimits.PercentDecimals} decimals", "round it");
            return null;
        }

        return percent;
    }

    private void Refuse(Token<ConditionToken> at, string message, string remedy) =>
        faults.Add(new Fault(ConditionReader.Place(at.Position), message, remedy));

    private readonly record struct Threshold<T>(T Join, T Stay)
        where T : struct;
}
