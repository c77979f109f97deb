using System.Collections.Immutable;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Adversary;

/// <summary>What the next unit of budget buys.</summary>
/// <param name="Step">What is bought.</param>
/// <param name="Caused">How often the cheater's best answer to it sets off an alarm, as <see cref="Seen.Caused"/>.</param>
/// <param name="Weakest">The weakest strategy with it.</param>
/// <param name="Gain">That less the same without it, world by world, over the worlds that are quiet with and without it.</param>
public sealed record MarginalValue(BudgetStep Step, DrawnShare Caused, Strategy Weakest, PairedDifference Gain)
{
    /// <summary>Tries each step on the worlds of a study; the cheater answers anew.</summary>
    /// <remarks>The best buy first; of equals, in the order of <see cref="BudgetStep.All"/>. Steps of which there is no more to buy are left out.
    /// Prices are the reader's.</remarks>
    /// <param name="before">The study without it.</param>
    /// <param name="strategies">The strategies of that study.</param>
    /// <param name="steps">The steps to try.</param>
    /// <param name="seed">The seed of that study.</param>
    /// <param name="loop">How draws are run; the result does not depend on it.</param>
    public static ImmutableArray<MarginalValue> Of(
        DetectionResult before, ImmutableArray<Strategy> strategies, ImmutableArray<BudgetStep> steps, Seed seed, DrawLoop loop)
    {
        if (before.Weakest is not { } weakest)
        {
            return [];
        }

        var tunings = new Tunings();
        var values = new List<MarginalValue>();
        foreach (var step in steps)
        {
            if (step.Added(before.Measures) is { } measures
                && DetectionStudy.Run(measures, before.Diversion, strategies, seed, before.Draws, loop, tunings).Weakest is { } after)
            {
                values.Add(new MarginalValue(step, after.All!.Caused, after.Strategy, Paired(weakest, after)));
            }
        }

        return [.. values.OrderByDescending(value => value.Gain.Value)];
    }

    private static PairedDifference Paired(StrategyResult before, StrategyResult after)
    {
        var (gained, lost, quiet) = (0, 0, 0);
        for (var draw = 0; draw < before.Worlds.Length; draw++)
        {
            var (was, isNow) = (before.Worlds[draw], after.Worlds[draw]);
            if (was.Chance || isNow.Chance)
            {
                continue;
            }

            quiet++;
            gained += isNow.Detected && !was.Detected ? 1 : 0;
            lost += was.Detected && !isNow.Detected ? 1 : 0;
        }

        return new PairedDifference(gained, lost, Math.Max(quiet, 1));
    }
}
