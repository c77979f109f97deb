using System.Collections.Immutable;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Sampling;

/// <summary>What is to be found at one level of defect, and with which method.</summary>
/// <param name="Name">`gross`, `partial` or `bias`, or another word of the planner.</param>
/// <param name="Share">γ in (0, 1]: what is missing from each defective item. A gross defect is 1.</param>
/// <param name="Method">The method that is used for it.</param>
public sealed record DefectLevel(string Name, double Share, InspectionMethod Method);

/// <summary>The sample for one level.</summary>
/// <param name="Level">The level.</param>
/// <param name="Defective">r: how many items must be defective at this level to make up the goal amount.</param>
/// <param name="Identification">q of its method at its share.</param>
/// <param name="Answer">The exact smallest sample.</param>
/// <param name="Classical">The size by the classical formula, for comparison.</param>
public sealed record LevelSample(DefectLevel Level, int Defective, Probability Identification, SampleAnswer Answer, int Classical);

/// <summary>Several methods for several sizes of defect: a diverter takes much from few items, or little from many.</summary>
/// <remarks>
/// <para>Jaech's scheme (Jaech and Russell, IAEA STR-261, 1991): the goal amount M is spread over items that hold x̄ each; when each
/// loses the share γ, r = ⌈M / (γ·x̄)⌉ are defective. Each level gets its own sample by its own method.</para>
/// <para>A sample for one level also finds defects of other sizes. <see cref="Detection"/> says what all samples find together at any
/// share, exactly, the samples being drawn without replacement from all items.</para>
/// </remarks>
public static class DefectLevels
{
    /// <summary>The sample for each level, in the order given.</summary>
    /// <param name="population">N, at most 10⁸.</param>
    /// <param name="itemsToGoal">M / x̄: how many whole items make up the goal amount; above 0 and at most N.</param>
    /// <param name="demanded">1 − β for each level.</param>
    /// <param name="levels">The levels.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">At a level even taking that share from every item does not make up the goal.</exception>
    public static ImmutableArray<LevelSample> Samples(
        int population, double itemsToGoal, Probability demanded, ImmutableArray<DefectLevel> levels) =>
        [.. levels.Select(level =>
        {
            var defective = Defective(population, itemsToGoal, level.Share);
            var q = level.Method.Identification(level.Share);
            return new LevelSample(
                level, defective, q, AttributeSampling.SmallestSample(population, defective, demanded, q),
                ApproximateSampling.Classical(population, defective, demanded, q));
        })];

    /// <summary>What all samples together find of a diversion of the goal amount at one share.</summary>
    /// <param name="population">N.</param>
    /// <param name="itemsToGoal">M / x̄.</param>
    /// <param name="share">γ, chosen by the diverter.</param>
    /// <param name="looks">For each method, how many items it looks at; together at most N.</param>
    /// <exception cref="ArgumentException">The samples exceed the population, or the share cannot make up the goal.</exception>
    public static Probability Detection(
        int population, double itemsToGoal, double share, ImmutableArray<(InspectionMethod Method, int Items)> looks)
    {
        var total = looks.Sum(look => look.Items);
        if (total > population)
        {
            throw new ArgumentException($"{total} looks at {population} items", nameof(looks));
        }

        var defective = Defective(population, itemsToGoal, share);
        return new Probability(1 - Missed(population, defective, [.. looks.Select(look => (look.Items, look.Method.Identification(share).Value))]));
    }

    /// <summary>r = ⌈M / (γ·x̄)⌉.</summary>
    internal static int Defective(int population, double itemsToGoal, double share)
    {
        if (!(itemsToGoal > 0 && itemsToGoal <= population))
        {
            throw new ArgumentOutOfRangeException(nameof(itemsToGoal), itemsToGoal, "the goal is above 0 and at most all items");
        }

        var needed = Math.Ceiling(itemsToGoal / share * (1 - 1e-12));
        return needed <= population
            ? (int)needed
            : throw new ArgumentException($"a share of {share:R} from every item does not make up the goal", nameof(share));
    }

    /// <summary>β of several samples: the coefficient of zʳ in (1+z)^(N−Σn)·Π(1+(1−qₖ)z)^nₖ over C(N, r), summed over how many
    /// defective items fall into each sample in turn.</summary>
    private static double Missed(int population, int defective, ImmutableArray<(int Items, double Q)> looks)
    {
        // missed[j]: probability that j defective items are left for the samples to come, and none was identified so far.
        var missed = new double[defective + 1];
        missed[defective] = 1;
        var left = population;
        foreach (var (items, q) in looks)
        {
            var next = new double[defective + 1];
            for (var r = 0; r <= defective; r++)
            {
                if (missed[r] == 0 || r > left)
                {
                    continue;
                }

                var spared = 1.0;
                for (var j = 0; j <= Math.Min(r, items) && spared > 0; j++)
                {
                    next[r - j] += missed[r] * PortableMath.Exp(Hypergeometric.LogMass(left, r, items, j)) * spared;
                    spared *= 1 - q;
                }
            }

            missed = next;
            left -= items;
        }

        return Math.Min(1, missed.Sum());
    }
}
