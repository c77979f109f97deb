using System.Collections.Immutable;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Bench;

/// <summary>Invented commitments of many parties, of every kind of condition, ten terms each.</summary>
internal sealed class PactMaker(int parties, int ease, int seed = 1)
{
    private readonly PartyId[] names = [.. Enumerable.Range(0, parties).Select(i => new PartyId($"sample-{i:000000}"))];
    private ulong state = (ulong)seed << 32;

    /// <summary>What is known: compute with a long tail, assurance for two thirds, 40 jurisdictions, two estimates of the world's compute.</summary>
    public PartyFacts Facts()
    {
        var facts = new PartyFacts
        {
            Shares = new ComputeShares(names.ToImmutableSortedDictionary(n => n, _ => 1e17 / (1e-4 + Unit()))),
            Assurance = names.Where(_ => Next(3) > 0).ToImmutableSortedDictionary(n => n, _ => 40 + Next(60)),
            Jurisdictions = names.ToImmutableSortedDictionary(n => n, _ => $"land-{Next(40)}"),
        };
        var total = facts.Shares.Total;
        return facts with
        {
            World = facts.World
                .Add("sample-maple", new WorldComputeEstimate(total, 1.2 * total, 2 * total))
                .Add("sample-oak", new WorldComputeEstimate(total, 1.3 * total, 1.8 * total)),
        };
    }

    /// <summary>One commitment a party; the greater <c>ease</c>, the less they ask: at 0 the most.</summary>
    public Commitment[] Commitments() => [.. names.Select(n => new Commitment(n, Steps(), default))];

    private ImmutableArray<CommitmentStep> Steps() => Next(10) switch
    {
        0 => [new(50, Some(5, new Standard(50, 0))), new(100, Some(5, Standard.Stopped))],
        _ => [new(100, Asked())],
    };

    private Condition Asked() => Next(9) switch
    {
        0 => new Condition.Everyone(Names(10), Standard.Stopped),
        1 or 2 or 3 => Some(10, Standard.Stopped),
        4 => Condition.AllOf(Some(9, Standard.Stopped), Share(ComputeBasis.Accounted, 90, Standard.Stopped)),
        5 => Condition.AllOf(Some(9, new Standard(100, 50)), Share(ComputeBasis.World, 60, new Standard(100, 50))),
        6 => Condition.AnyOf(new Condition.Everyone(Names(3), Standard.Stopped), Some(6, new Standard(50, 0)), Heads()),
        7 => Condition.AllOf(Condition.AnyOf(Some(5, Standard.Stopped), Some(4, new Standard(50, 0))), Heads()),
        _ => Condition.AllOf(Some(9, Standard.Stopped), new Condition.Jurisdictions(1 + Next(40), 1, Standard.Stopped)),
    };

    private Condition.AtLeast Some(int of, Standard standard)
    {
        var listed = Names(of);
        var count = Math.Max(1, (listed.Count * (10 - ease) / 10) - Next(3));
        return new Condition.AtLeast(count, count, listed, standard);
    }

    private Condition.Compute Share(ComputeBasis basis, int most, Standard standard)
    {
        var percent = decimal.Round((decimal)(Unit() * most * (10 - ease) / 10) + 0.0001m, 4);
        return new Condition.Compute(percent, percent, basis, basis == ComputeBasis.World ? 80 : 50, standard);
    }

    private Condition.Number Heads() => new(1 + Next(Math.Min(10_000, parties)), 1, Standard.Stopped);

    // Half of the names are near in the order of names, half are anywhere.
    private Listed Names(int count)
    {
        var near = Next(names.Length);
        var chosen = new SortedSet<PartyId>();
        while (chosen.Count < count)
        {
            chosen.Add(names[Next(2) == 0 ? Next(names.Length) : (near + Next(100)) % names.Length]);
        }

        return new Listed([.. chosen], []);
    }

    private double Unit() => Next(1 << 24) / (double)(1 << 24);

    // SplitMix64.
    private int Next(int below)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return (int)((z ^ (z >> 31)) % (ulong)below);
        }
    }
}
