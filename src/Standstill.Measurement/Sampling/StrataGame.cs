using System.Collections.Immutable;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Sampling;

/// <summary>One diverter against one inspector over several strata.</summary>
/// <remarks>
/// <para>The inspector announces how many items it draws in each stratum; which ones, nobody knows beforehand. The diverter then takes rₖ
/// items of each so that Σ worthₖ·rₖ reaches the goal, and is missed with probability Π βₖ(nₖ, rₖ). The inspector wants the sizes whose
/// worst answer is found most. Avenhaus and Canty, "Compliance Quantified" (1996), section 2.3.</para>
/// <para>The diverter's answer is exact: dynamic programming over whole units of the goal.</para>
/// </remarks>
public static class StrataGame
{
    /// <summary>The largest goal in units: the work grows with its square.</summary>
    public const int LargestGoal = 2_000;

    /// <summary>Stands for ln 0, so that what is certain to be found differs from what cannot be done.</summary>
    private const double CertainlyFound = -1e6;

    /// <summary>Why strata and a goal make no game; nothing where they do.</summary>
    public static FigureFault? Fault(ImmutableArray<Stratum> strata, int goal) =>
        strata.IsDefaultOrEmpty ? new FigureFault("strata", "there is none", "name at least one")
        : strata.FirstOrDefault(s => s.Items is < 1 or > Hypergeometric.LargestPopulation) is { } few
            ? new FigureFault("items", $"`{few.Items}` in `{few.Name}`", "give from 1 to 100 million items")
        : strata.FirstOrDefault(s => s.Worth < 1) is { } worthless
            ? new FigureFault("worth", $"`{worthless.Worth}` in `{worthless.Name}`", "give whole units of the goal, at least 1, or leave the stratum out")
        : strata.FirstOrDefault(s => !(s.Cost > 0 && double.IsFinite(s.Cost))) is { } free
            ? new FigureFault("cost", $"`{free.Cost:R}` in `{free.Name}`", "give a cost above 0")
        : goal is < 1 or > LargestGoal ? new FigureFault("goal", $"`{goal}`", $"give from 1 to {LargestGoal} units, or choose a larger unit")
        : strata.Sum(s => (double)s.Worth * s.Items) < goal
            ? new FigureFault("goal", $"`{goal}` is more than all items yield", "nothing of that size can be diverted from these strata")
        : null;

    /// <summary>The diverter's best answer to sizes that it knows.</summary>
    /// <param name="strata">The strata.</param>
    /// <param name="sizes">How many items are looked at in each.</param>
    /// <param name="goal">The goal amount in units.</param>
    /// <exception cref="ArgumentException">There is a <see cref="Fault"/>, or a size is out of range.</exception>
    public static WorstDiversion Worst(ImmutableArray<Stratum> strata, ImmutableArray<int> sizes, int goal)
    {
        ThrowIfFault(strata, goal);
        if (sizes.Length != strata.Length || sizes.Zip(strata).Any(pair => pair.First < 0 || pair.First > pair.Second.Items))
        {
            throw new ArgumentException("one size for each stratum, from 0 to its items", nameof(sizes));
        }

        return Worst([.. strata.Select((s, k) => LogMissed(s, sizes[k], goal))], strata, goal);
    }

    internal static void ThrowIfFault(ImmutableArray<Stratum> strata, int goal)
    {
        if (Fault(strata, goal) is { } fault)
        {
            throw new ArgumentException(fault.ToString(), nameof(strata));
        }
    }

    /// <summary>ln β of a stratum for r = 0, 1, … as many as the goal can need.</summary>
    internal static double[] LogMissed(Stratum stratum, int size, int goal)
    {
        var most = (int)Math.Min(stratum.Items, (goal + (long)stratum.Worth - 1) / stratum.Worth);
        var missed = new double[most + 1];
        for (var r = 1; r <= most; r++)
        {
            missed[r] = Math.Max(CertainlyFound, Hypergeometric.LogGenerating(stratum.Items, r, size, 1 - stratum.Identification.Value));
        }

        return missed;
    }

    internal static WorstDiversion Worst(ImmutableArray<double[]> logMissed, ImmutableArray<Stratum> strata, int goal)
    {
        // best[g]: the greatest ln β with which at least g units can be taken from the strata so far.
        var best = new double[goal + 1];
        Array.Fill(best, double.NegativeInfinity, 1, goal);
        var taken = new int[strata.Length][];
        for (var k = 0; k < strata.Length; k++)
        {
            var next = new double[goal + 1];
            var choice = new int[goal + 1];
            for (var g = 0; g <= goal; g++)
            {
                next[g] = best[g];
                for (var r = 1; r < logMissed[k].Length; r++)
                {
                    var before = (int)Math.Max(0, g - ((long)r * strata[k].Worth));
                    var value = best[before] + logMissed[k][r];
                    if (value > next[g])
                    {
                        (next[g], choice[g]) = (value, r);
                    }

                    if (before == 0)
                    {
                        break;
                    }
                }
            }

            (best, taken[k]) = (next, choice);
        }

        var defective = new int[strata.Length];
        var left = goal;
        for (var k = strata.Length - 1; k >= 0; k--)
        {
            defective[k] = taken[k][left];
            left = (int)Math.Max(0, left - ((long)defective[k] * strata[k].Worth));
        }

        return new WorstDiversion([.. defective], new Probability(1 - PortableMath.Exp(Math.Min(0, best[goal]))));
    }
}
