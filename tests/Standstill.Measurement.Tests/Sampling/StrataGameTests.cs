using System.Collections.Immutable;
using CsCheck;
using Standstill.Measurement.Sampling;

namespace Standstill.Measurement.Tests.Sampling;

public sealed class StrataGameTests
{
    private static readonly Gen<(ImmutableArray<Stratum> Strata, ImmutableArray<int> Sizes, int Goal)> Game =
        from items in Gen.Int[1, 6].Array[3]
        from worth in Gen.Int[1, 3].Array[3]
        from cost in Gen.Int[1, 3].Array[3]
        from q in Gen.Double[0.4, 1].Array[3]
        from share in Gen.Double[0, 1].Array[3]
        from part in Gen.Double[0, 1]
        let strata = Enumerable.Range(0, 3).Select(k => new Stratum($"hall-{k}", items[k], worth[k], cost[k], new Probability(q[k]))).ToImmutableArray()
        select (strata, Enumerable.Range(0, 3).Select(k => (int)(share[k] * items[k])).ToImmutableArray(), 1 + (int)(part * (strata.Sum(s => s.Items * s.Worth) - 1)));

    [Fact]
    public void The_worst_diversion_is_the_worst_of_all() => Game.Hold(g =>
    {
        var worst = StrataGame.Worst(g.Strata, g.Sizes, g.Goal);
        Assert.Equal(Brute(g.Strata, g.Sizes, g.Goal), worst.Detection.Value, 1e-12);
        Assert.True(worst.Defective.Select((r, k) => r * g.Strata[k].Worth).Sum() >= g.Goal);
        Assert.Equal(worst.Detection.Value, 1 - Missed(g.Strata, g.Sizes, worst.Defective), 1e-12);
    });

    [Fact]
    public void A_small_game_is_solved_by_trying_all() => Game.Hold(
        g =>
        {
            var budget = g.Sizes.Select((n, k) => n * g.Strata[k].Cost).Sum();
            var best = 0.0;
            foreach (var sizes in All(g.Strata))
            {
                if (sizes.Select((n, k) => n * g.Strata[k].Cost).Sum() <= budget)
                {
                    best = Math.Max(best, Brute(g.Strata, sizes, g.Goal));
                }
            }

            var plan = StrataPlan.Best(g.Strata, budget, g.Goal);
            Assert.Equal(PlanSearch.Exhaustive, plan.Search);
            Assert.Equal(best, plan.Worst.Detection.Value, 1e-12);
            Assert.True(plan.Cost <= budget);
        },
        count: 30);

    // 31³ allocations are more than are all tried: the exchanges are on their own.
    [Fact]
    public void Exchanges_come_within_a_thousandth_of_the_best() => (
        from worth in Gen.Int[1, 3].Array[3]
        from cost in Gen.Int[1, 4].Array[3]
        from goal in Gen.Int[2, 9]
        from budget in Gen.Int[10, 60]
        select (worth, cost, goal, budget)).Hold(
        g =>
        {
            var strata = Enumerable.Range(0, 3).Select(k => new Stratum($"hall-{k}", 30, g.worth[k], g.cost[k], new Probability(1))).ToImmutableArray();
            var plan = StrataPlan.Best(strata, g.budget, g.goal);
            var most = strata.Select(s => Math.Min(30, (int)(g.budget / s.Cost))).ToArray();
            if (plan.Search == PlanSearch.Exhaustive)
            {
                return;
            }

            var best = 0.0;
            for (var a = 0; a <= most[0]; a++)
            {
                for (var b = 0; b <= most[1] && (a * g.cost[0]) + (b * g.cost[1]) <= g.budget; b++)
                {
                    var c = Math.Min(30, (g.budget - (a * g.cost[0]) - (b * g.cost[1])) / g.cost[2]);
                    best = Math.Max(best, StrataGame.Worst(strata, [a, b, c], g.goal).Detection.Value);
                }
            }

            Assert.InRange(plan.Worst.Detection.Value, best - 1e-3, best + 1e-12);
        },
        count: 20);

    // Avenhaus and Canty: with 1 − n/N = κ^worth in every stratum each unit of the goal is missed with the same κ, whatever is taken.
    [Fact]
    public void Large_strata_are_looked_at_so_that_every_diversion_is_missed_alike()
    {
        ImmutableArray<Stratum> strata =
        [
            new("h100", 20_000, 1, 1, new Probability(1)), new("b200", 8_000, 2, 1.5, new Probability(1)), new("a100", 30_000, 1, 0.5, new Probability(1)),
        ];
        var kappa = 0.98;
        var budget = strata.Sum(s => s.Cost * s.Items * (1 - Math.Pow(kappa, s.Worth)));
        var plan = StrataPlan.Best(strata, budget, 100);
        Assert.Equal(PlanSearch.Exchange, plan.Search);
        Assert.Equal(1 - Math.Pow(kappa, 100), plan.Worst.Detection.Value, 0.002);
        Assert.Equal(400, plan.Sizes[0], 40.0);
        Assert.True(plan.Cost <= budget);
    }

    [Fact]
    public void What_is_no_game_is_refused_with_a_remedy()
    {
        var hall = new Stratum("hall", 10, 1, 1, new Probability(1));
        Assert.Equal("strata: there is none; name at least one", StrataGame.Fault([], 1)!.ToString());
        Assert.Equal("goal: `11` is more than all items yield; nothing of that size can be diverted from these strata", StrataGame.Fault([hall], 11)!.ToString());
        Assert.Equal("cost", StrataGame.Fault([hall with { Cost = 0 }], 1)!.Field);
        Assert.Equal("worth", StrataGame.Fault([hall with { Worth = 0 }], 1)!.Field);
        Assert.Equal("items", StrataGame.Fault([hall with { Items = 0 }], 1)!.Field);
        Assert.Throws<ArgumentException>(() => StrataPlan.Best([hall], 5, 11));
    }

    private static double Missed(ImmutableArray<Stratum> strata, ImmutableArray<int> sizes, ImmutableArray<int> defective) =>
        strata.Select((s, k) => 1 - AttributeSampling.Detection(s.Items, defective[k], sizes[k], s.Identification).Value).Aggregate(1.0, (a, b) => a * b);

    private static double Brute(ImmutableArray<Stratum> strata, ImmutableArray<int> sizes, int goal) =>
        1 - All(strata).Where(r => r.Select((n, k) => n * strata[k].Worth).Sum() >= goal).Max(r => Missed(strata, sizes, r));

    private static IEnumerable<ImmutableArray<int>> All(ImmutableArray<Stratum> strata) =>
        from a in Enumerable.Range(0, strata[0].Items + 1)
        from b in Enumerable.Range(0, strata[1].Items + 1)
        from c in Enumerable.Range(0, strata[2].Items + 1)
        select ImmutableArray.Create(a, b, c);
}
