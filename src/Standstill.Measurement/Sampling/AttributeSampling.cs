using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Sampling;

/// <summary>Detection by looking at a random sample: exact probabilities and exact smallest sizes.</summary>
/// <remarks>
/// <para>N items, r of them defective, n drawn without replacement; a defective item that is looked at is identified with
/// probability q, independently. Non-detection is β = Σⱼ C(r,j)·C(N−r,n−j)/C(N,n)·(1−q)ʲ. See J. L. Jaech and M. Russell, "Algorithms
/// to calculate sample sizes for inspection sampling plans", IAEA STR-261 (1991), and R. Avenhaus and M. J. Canty, "Compliance
/// Quantified" (Cambridge 1996), chapter 2.</para>
/// <para>No item is called defective that is not: a finding is settled by looking again.</para>
/// </remarks>
public static class AttributeSampling
{
    /// <summary>A demand is met where β exceeds 1 − demand by no more than this share of it, so that 90 of 100 items find one
    /// defective with probability 0.9 although 1 − 0.9 is no binary number.</summary>
    private const double Tolerance = 1e-12;

    /// <summary>The probability that at least one defective item is found.</summary>
    /// <param name="population">N, at most 10⁸.</param>
    /// <param name="defective">r, at most N.</param>
    /// <param name="sample">n, at most N.</param>
    /// <param name="identification">q, the probability that a defective item that is looked at is identified.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Probability Detection(int population, int defective, int sample, Probability identification) =>
        new(1 - Missed(population, defective, sample, identification));

    /// <summary>The smallest sample that finds at least one defective item with the demanded probability.</summary>
    /// <param name="population">N, at most 10⁸.</param>
    /// <param name="defective">r, from 1 to N.</param>
    /// <param name="demanded">1 − β, below 1 unless the items are certain to be identified.</param>
    /// <param name="identification">q.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static SampleAnswer SmallestSample(int population, int defective, Probability demanded, Probability identification)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(defective, 1);
        Hypergeometric.Check(population, defective, population);
        bool Meets(int n) => Missed(population, defective, n, identification) <= (1 - demanded.Value) * (1 + Tolerance);
        if (!Meets(population))
        {
            return new SampleAnswer.Unreachable(Detection(population, defective, population, identification));
        }

        // Non-detection falls with n, so that halving finds the edge.
        var (low, high) = (0, population);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Meets(middle) ? (low, middle) : (middle + 1, high);
        }

        return new SampleAnswer.Enough(low, Detection(population, defective, low, identification));
    }

    /// <summary>β: the probability that no defective item is found.</summary>
    internal static double Missed(int population, int defective, int sample, Probability identification)
    {
        Hypergeometric.Check(population, defective, sample);
        return Math.Min(1, PortableMath.Exp(Hypergeometric.LogGenerating(population, defective, sample, 1 - identification.Value)));
    }
}
