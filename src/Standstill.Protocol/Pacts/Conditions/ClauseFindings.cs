using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>Finds the clauses that settle whether a condition holds, and why each holds or fails.</summary>
/// <param name="gathering">Of whom it is asked, the party itself included.</param>
/// <param name="staying">Whether the party is bound already, so that the weaker thresholds do.</param>
internal sealed class ClauseFindings(Gathering gathering, bool staying)
{
    /// <summary>The clauses that hold where the condition holds, those that fail where it fails.</summary>
    public ImmutableArray<ClauseFinding> Of(Condition condition) => [.. Decisive(condition, condition.Holds(gathering, staying))];

    private IEnumerable<ClauseFinding> Decisive(Condition condition, bool holds) => condition switch
    {
        Condition.And and => Among(and.Terms, holds),
        Condition.Or or => Among(or.Terms, holds),
        Condition.Everyone c => [Listed(c, holds, c.Of, c.Standard, c.Of.Count, toStay: false)],
        Condition.AtLeast c => [Listed(c, holds, c.Of, c.Standard, staying ? c.Stay : c.Count, staying && c.Stay < c.Count)],
        Condition.Number c => [Number(c, holds)],
        Condition.Jurisdictions c => [Jurisdictions(c, holds)],
        Condition.Compute c => [Compute(c, holds)],
        _ => [new ClauseFinding.OfParties(condition, holds, [], [])],
    };

    private IEnumerable<ClauseFinding> Among(ImmutableArray<Condition> terms, bool holds) =>
        terms.Where(t => t.Holds(gathering, staying) == holds).SelectMany(t => Decisive(t, holds));

    private ClauseFinding.OfParties Listed(Condition clause, bool holds, Listed of, Standard standard, int needed, bool toStay)
    {
        PartyId[] missing = [.. of.Parties.Where(p => !gathering.Meets(p, standard))];
        PactId[] pacts = [.. of.Pacts.Where(p => !gathering.Meets(p, standard))];
        Shortfall[] wanting = holds ? [] : [.. Wanting(missing.SelectMany(gathering.Facts.PresentOf).Distinct().Order(), standard)];
        return new ClauseFinding.OfParties(clause, holds, [.. of.Parties.Except(missing)], [.. missing])
        {
            PactsPresent = [.. of.Pacts.Except(pacts)],
            PactsMissing = [.. pacts],
            PactsShort = [.. pacts.Where(p => gathering.Facts.Nested.TryGetValue(p, out ImmutableSortedSet<PartyId>? bound) && bound.Count > 0)],
            Lacking = holds ? 0 : needed - (clause is Condition.Everyone ? needed - missing.Length - pacts.Length : gathering.CountOf(of, standard)),
            Now = gathering.Facts.Successors.RemoveRange(gathering.Facts.Successors.Keys.Where(p => !of.Parties.Contains(p))),
            ToStay = toStay,
            Short = [.. wanting.Take(ClauseFinding.MostShort)],
            ShortCount = wanting.Length,
        };
    }

    private ClauseFinding.OfNumber Number(Condition.Number c, bool holds)
    {
        Shortfall[] wanting = holds ? [] : [.. Wanting(There(), c.Standard)];
        return new ClauseFinding.OfNumber(c, holds, gathering.Counting(c.Standard).Count)
        {
            ToStay = staying && c.Stay < c.Count,
            Short = [.. wanting.Take(ClauseFinding.MostShort)],
            ShortCount = wanting.Length,
        };
    }

    private ClauseFinding.OfNumber Jurisdictions(Condition.Jurisdictions c, bool holds)
    {
        ImmutableSortedSet<PartyId> counting = gathering.Counting(c.Standard);
        string[] places = [.. counting.Select(p => gathering.Facts.Jurisdictions.GetValueOrDefault(p)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        IEnumerable<Shortfall> nowhere = counting.Where(p => !gathering.Facts.Jurisdictions.ContainsKey(p)).Select(p => new Shortfall.Nowhere(p));
        Shortfall[] wanting = holds ? [] : [.. Wanting(There(), c.Standard).Concat(nowhere).OrderBy(s => s.Party)];
        return new ClauseFinding.OfNumber(c, holds, places.Length)
        {
            Jurisdictions = [.. places],
            ToStay = staying && c.Stay < c.Count,
            Short = [.. wanting.Take(ClauseFinding.MostShort)],
            ShortCount = wanting.Length,
        };
    }

    private ClauseFinding.OfCompute Compute(Condition.Compute c, bool holds)
    {
        double accounted = gathering.Facts.Shares.Total + gathering.Facts.OutsideFlopPerSecond;
        double? share = gathering.ShareOf(c);
        double world = c.Basis == ComputeBasis.World ? gathering.Facts.WorldAt(c.Confidence) ?? 0 : 0;
        double whole = share is null ? 0 : Math.Max(world, accounted);
        Shortfall[] wanting = holds ? [] : [.. Wanting(There(), c.Standard).Where(s => gathering.Facts.Shares.FlopPerSecond.GetValueOrDefault(s.Party) > 0)];
        return new ClauseFinding.OfCompute(c, holds, share)
        {
            Whole = whole,
            IsEstimated = whole > accounted,
            Unaccounted = whole > 0 ? (whole - accounted) / whole : 0,
            Outside = whole > 0 ? gathering.Facts.OutsideFlopPerSecond / whole : 0,
            ToStay = staying && c.Stay < c.Percent,
            Short = [.. wanting.Take(ClauseFinding.MostShort)],
            ShortCount = wanting.Length,
        };
    }

    private IEnumerable<PartyId> There() => gathering.Degrees.Keys.Concat(gathering.Facts.Nested.Values.SelectMany(m => m)).Distinct().Order();

    private IEnumerable<Shortfall> Wanting(IEnumerable<PartyId> parties, Standard standard) =>
        parties.Select(p => Shortfall.Of(gathering, p, standard)).OfType<Shortfall>();
}
