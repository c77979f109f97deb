using System.Collections.Immutable;
using CsCheck;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Tests.Pacts;

/// <summary>Random conditions of version 2 over parties `a` to `h` and two pacts, and what is known of the parties.</summary>
internal static class ConditionsOfTwo
{
    private static readonly ImmutableArray<PactId> Pacts = [new("a"), new("labs")];

    private static readonly Gen<Standard> Standards = Gen.Select(One(100, 100, 1, 50), One(0, 0, 1, 50, 99))
        .Select((slowed, assurance) => new Standard(slowed, assurance));

    private static readonly Gen<Listed> Lists = Gen.Select(Gen.Int[0, 255], Gen.Int[0, 3]).Select((parties, pacts) =>
        new Listed(
            Conditions.Members(parties == 0 && pacts == 0 ? 1 : parties),
            [.. Pacts.Where((_, i) => (pacts & (1 << i)) != 0)]));

    public static readonly Gen<Condition> Random = Formula(3);

    public static readonly Gen<PartyFacts> Facts =
        Gen.Select(Conditions.Shares, One(0, 40, 50, 99).Array[8], One("", "X", "Y", "Z").Array[8], Gen.Select(Gen.Int[0, 255], Gen.Int[0, 255], Gen.Int[0, 40])).Select((shares, assurance, places, rest) =>
            new PartyFacts
            {
                Shares = shares,
                OutsideFlopPerSecond = rest.Item3 % 5,
                World = rest.Item3 < 5 ? PartyFacts.None.World : PartyFacts.None.World.Add("one", new WorldComputeEstimate(1, rest.Item3, 2 * rest.Item3)),
                Assurance = Conditions.Parties.Zip(assurance).Where(p => p.Second > 0).ToImmutableSortedDictionary(p => p.First, p => p.Second),
                Jurisdictions = Conditions.Parties.Zip(places).Where(p => p.Second.Length > 0).ToImmutableSortedDictionary(p => p.First, p => p.Second),
                OnProbation = Conditions.Members(rest.Item1 & (rest.Item1 >> 3)),
                Nested = ImmutableSortedDictionary<PactId, ImmutableSortedSet<PartyId>>.Empty.Add(Pacts[1], Conditions.Members(rest.Item2 & (rest.Item2 >> 2))),
            });

    public static readonly Gen<ImmutableSortedDictionary<PartyId, int>> Degrees = One(0, 0, 25, 50, 100).Array[8].Select(degrees =>
        Conditions.Parties.Zip(degrees).Where(p => p.Second > 0).ToImmutableSortedDictionary(p => p.First, p => p.Second));

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<Condition> Formula(int depth)
    {
        Gen<Condition> clause = Gen.OneOf(
            Gen.Const<Condition>(new Condition.Always()),
            Gen.Select(Lists, Standards).Select((list, standard) => (Condition)new Condition.Everyone(list, standard)),
            Gen.Select(Lists, Gen.Int[0, 9], Gen.Int[0, 9], Standards).Select((list, n, k, standard) =>
                (Condition)new Condition.AtLeast(1 + (n % list.Count), 1 + (k % (1 + (n % list.Count))), list, standard)),
            Gen.Select(Gen.Int[1, 9], Gen.Int[0, 9], Standards).Select((n, k, standard) => (Condition)new Condition.Number(n, 1 + (k % n), standard)),
            Gen.Select(Gen.Int[1, 3], Gen.Int[0, 9], Standards).Select((n, k, standard) => (Condition)new Condition.Jurisdictions(n, 1 + (k % n), standard)),
            Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[1, 1_000_000], Gen.Int[45, 95], Standards).Select((join, stay, confidence, standard) =>
                (Condition)new Condition.Compute(
                    join / 10_000m, Math.Min(join, stay) / 10_000m, confidence < 50 ? ComputeBasis.Accounted : ComputeBasis.World, Math.Max(50, confidence), standard)));
        if (depth == 0)
        {
            return clause;
        }

        Gen<Condition[]> terms = Formula(depth - 1).Array[1, 3];
        return Gen.OneOf(clause, terms.Select(t => Condition.AllOf(t)), terms.Select(t => Condition.AnyOf(t)));
    }
}
