using System.Collections.Immutable;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Sampling;

/// <summary>How the sizes of a plan were found.</summary>
public enum PlanSearch
{
    /// <summary>Every allocation within the budget was tried: no other is better.</summary>
    Exhaustive,

    /// <summary>From the equalising allocation, by exchanges until none helps. The stated detection is exact; that no other allocation
    /// is better is not proved.</summary>
    Exchange,
}

/// <summary>Sizes for several strata under one budget.</summary>
/// <param name="Sizes">nₖ, in the order of the strata.</param>
/// <param name="Cost">What looking at them costs, at most the budget.</param>
/// <param name="Worst">The diversion that these sizes find least: its detection is the plan's.</param>
/// <param name="Search">How the sizes were found.</param>
public sealed record StrataPlan(ImmutableArray<int> Sizes, double Cost, WorstDiversion Worst, PlanSearch Search)
{
    /// <summary>Up to so many allocations are all tried.</summary>
    private const int FewAllocations = 20_000;

    /// <summary>The sizes whose worst diversion is found most.</summary>
    /// <remarks>For large strata the answer is known: nₖ = Nₖ·(1 − κ^worthₖ)/qₖ with κ such that the budget is used up; every way to make up
    /// the goal is then missed with the same probability κ^goal (Avenhaus and Canty 1996, section 2.3). From there exchanges of items
    /// between strata, by halving steps, judged by the exact worst answer.</remarks>
    /// <param name="strata">The strata.</param>
    /// <param name="budget">The budget, 0 or more, in the unit of the strata's costs.</param>
    /// <param name="goal">The goal amount in units.</param>
    /// <exception cref="ArgumentException">There is a <see cref="StrataGame.Fault"/>, or the budget is negative or not finite.</exception>
    public static StrataPlan Best(ImmutableArray<Stratum> strata, double budget, int goal)
    {
        StrataGame.ThrowIfFault(strata, goal);
        if (!(budget >= 0 && double.IsFinite(budget)))
        {
            throw new ArgumentException("a budget is finite and not below 0", nameof(budget));
        }

        var table = new Dictionary<(int Stratum, int Size), double[]>();
        WorstDiversion Judge(int[] sizes) => StrataGame.Worst([.. sizes.Select((n, k) => Missed(k, n))], strata, goal);
        double[] Missed(int k, int n)
        {
            if (!table.TryGetValue((k, n), out var missed))
            {
                table[(k, n)] = missed = StrataGame.LogMissed(strata[k], n, goal);
            }

            return missed;
        }

        var most = strata.Select(s => (int)Math.Min(s.Items, Math.Floor(budget / s.Cost * (1 + 1e-12)))).ToArray();
        var allocations = most.Aggregate(1.0, (product, n) => product * (n + 1.0));
        var sizes = allocations <= FewAllocations ? All(strata, most, budget, Judge) : Exchanged(strata, most, budget, goal, Judge);
        return new StrataPlan(
            [.. sizes], Spent(strata, sizes), Judge(sizes), allocations <= FewAllocations ? PlanSearch.Exhaustive : PlanSearch.Exchange);
    }

    private static double Spent(ImmutableArray<Stratum> strata, int[] sizes) => sizes.Select((n, k) => n * strata[k].Cost).Sum();

    private static bool Affordable(double cost, double budget) => cost <= budget * (1 + 1e-12);

    private static int[] All(ImmutableArray<Stratum> strata, int[] most, double budget, Func<int[], WorstDiversion> judge)
    {
        var sizes = new int[strata.Length];
        var (best, found) = (sizes.ToArray(), judge(sizes).Detection.Value);
        while (true)
        {
            var k = 0;
            while (k < sizes.Length && sizes[k] == most[k])
            {
                sizes[k++] = 0;
            }

            if (k == sizes.Length)
            {
                return best;
            }

            sizes[k]++;
            if (Affordable(Spent(strata, sizes), budget) && judge(sizes).Detection.Value is var p && p > found)
            {
                (best, found) = (sizes.ToArray(), p);
            }
        }
    }

    private static int[] Exchanged(ImmutableArray<Stratum> strata, int[] most, double budget, int goal, Func<int[], WorstDiversion> judge)
    {
        var sizes = Equalising(strata, most, budget);
        var found = judge(sizes).Detection.Value;
        var largest = most.Max();
        for (var step = Math.Max(1, largest / 16); ; step /= 2)
        {
            for (var improved = true; improved;)
            {
                improved = false;
                for (var to = 0; to < sizes.Length; to++)
                {
                    // From nowhere (what is left of the budget) or from another stratum.
                    for (var from = -1; from < sizes.Length; from++)
                    {
                        if (from == to || sizes[to] == most[to] || (from >= 0 && sizes[from] == 0))
                        {
                            continue;
                        }

                        var moved = sizes.ToArray();
                        if (from >= 0)
                        {
                            moved[from] -= Math.Min(step, moved[from]);
                        }

                        var affordable = (int)Math.Min(most[to] - moved[to], Math.Floor((budget - Spent(strata, moved)) / strata[to].Cost * (1 + 1e-12)));
                        moved[to] += from < 0 ? Math.Min(step, Math.Max(0, affordable)) : Math.Max(0, affordable);
                        if (judge(moved).Detection.Value is var p && p > found + 1e-13)
                        {
                            (sizes, found, improved) = (moved, p, true);
                        }
                    }
                }
            }

            if (step == 1)
            {
                return sizes;
            }
        }
    }

    /// <summary>nₖ = Nₖ·(1 − κ^worthₖ)/qₖ, at most Nₖ, rounded down, with κ halved into place (60 times).</summary>
    private static int[] Equalising(ImmutableArray<Stratum> strata, int[] most, double budget)
    {
        // ln κ runs from −40 (look at everything) to 0 (at nothing).
        int[] At(double logKappa) =>
        [
            .. strata.Select((s, k) => s.Identification.Value == 0
                ? 0
                : (int)Math.Min(most[k], s.Items * (1 - PortableMath.Exp(logKappa * s.Worth)) / s.Identification.Value)),
        ];
        var (low, high) = (-40.0, 0.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Affordable(Spent(strata, At(middle)), budget) ? (low, middle) : (middle, high);
        }

        return At(high);
    }
}
