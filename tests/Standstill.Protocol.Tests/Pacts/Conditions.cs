using System.Collections.Immutable;
using CsCheck;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Tests.Pacts;

/// <summary>Random conditions over parties `a` to `h`.</summary>
internal static class Conditions
{
    public static readonly ImmutableArray<PartyId> Parties = [.. "abcdefgh".Select(c => new PartyId(c.ToString()))];

    public static readonly Gen<ImmutableSortedSet<PartyId>> Sets =
        Gen.Int[0, 255].Select(mask => Members(mask));

    public static readonly Gen<Condition> Random = Formula(3);

    public static readonly Gen<ComputeShares> Shares =
        Gen.Int[0, 5].Array[Parties.Length].Select(units => new ComputeShares(
            Parties.Zip(units).ToImmutableSortedDictionary(p => p.First, p => (double)p.Second)));

    public static ImmutableSortedSet<PartyId> Members(int mask) =>
        [.. Parties.Where((_, i) => (mask & (1 << i)) != 0)];

    private static Gen<Condition> Formula(int depth)
    {
        Gen<ImmutableSortedSet<PartyId>> list = Gen.Int[1, 255].Select(mask => Members(mask));
        Gen<Condition> clause = Gen.OneOf(
            Gen.Const<Condition>(new Condition.Always()),
            list.Select(parties => (Condition)new Condition.Everyone(parties)),
            Gen.Select(list, Gen.Int[0, 7]).Select((parties, n) => (Condition)new Condition.AtLeast(1 + (n % parties.Count), parties)),
            Gen.Int[1, 1_000_000].Select(n => (Condition)new Condition.Compute(n / 10_000m)));
        if (depth == 0)
        {
            return clause;
        }

        Gen<Condition[]> terms = Formula(depth - 1).Array[1, 3];
        return Gen.OneOf(clause, terms.Select(t => Condition.AllOf(t)), terms.Select(t => Condition.AnyOf(t)));
    }
}
