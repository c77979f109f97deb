using System.Collections.Immutable;
using System.Globalization;
using Superpower.Model;

namespace Standstill.Protocol.Pacts;

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
                return Names(everyone.Names) is { } all ? new Condition.Everyone(all) : null;
            case ConditionSyntax.AtLeast atLeast:
                ImmutableSortedSet<PartyId>? some = Names(atLeast.Names);
                int? count = Count(atLeast.Count, atLeast.Names.Length);
                return some is not null && count is { } k ? new Condition.AtLeast(k, some) : null;
            case ConditionSyntax.Compute compute:
                terms++;
                return Percent(compute.Percent) is { } percent ? new Condition.Compute(percent) : null;
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

    private ImmutableSortedSet<PartyId>? Names(ImmutableArray<Token<ConditionToken>> names)
    {
        terms += names.Length;
        ImmutableSortedSet<PartyId>.Builder parties = ImmutableSortedSet.CreateBuilder<PartyId>();
        int before = faults.Count;
        foreach (Token<ConditionToken> token in names)
        {
            string name = token.ToStringValue();
            if (!Slug.IsGood(name))
            {
                Refuse(token, $"{ConditionReader.Quote(name)} is not the name of a party", $"a name is {Slug.Rule}");
            }
            else if (!parties.Add(new PartyId(name)))
            {
                Refuse(token, $"`{name}` stands twice in one list", "name each party once");
            }
        }

        return faults.Count == before ? parties.ToImmutable() : null;
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
}
