using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Sampling;

/// <summary>The closed formulas for sample sizes that safeguards use: to compare with, and to check by hand.</summary>
public static class ApproximateSampling
{
    /// <summary>n = N·(1 − β^(1/r)) / q, rounded up: as if the r defective items were drawn one by one with replacement.</summary>
    /// <remarks>IAEA Safeguards Technical Manual, part F, and Jaech and Russell, STR-261 (1991), with r = M / x̄ the goal amount over the
    /// amount in an item. May exceed N where q is below 1: then no sample is enough by this formula. For q = 1 it is never
    /// below the exact size.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or q is 0.</exception>
    public static int Classical(int population, int defective, Probability demanded, Probability identification)
    {
        Check(population, defective);
        if (identification.Value == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(identification), identification, "nothing is found that is never identified");
        }

        return RoundedUp(population * Root(defective, demanded) / identification.Value);
    }

    /// <summary>n = ½·(1 − β^(1/r))·(2N − r + 1), rounded up: the r defective items are drawn from a population that shrinks by one
    /// with each, taken at its average size. For items that are certain to be identified.</summary>
    /// <remarks>J. L. Jaech's improvement, IAEA STR-261 (1991). It can fall short of the exact size by an item.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static int Improved(int population, int defective, Probability demanded)
    {
        Check(population, defective);
        return RoundedUp(0.5 * Root(defective, demanded) * ((2.0 * population) - defective + 1));
    }

    private static void Check(int population, int defective)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(defective, 1);
        Hypergeometric.Check(population, defective, 0);
    }

    private static double Root(int defective, Probability demanded) => 1 - PortableMath.Exp(PortableMath.Log(1 - demanded.Value) / defective);

    // A whole number that rounding lifted by a few ulp stays itself.
    private static int RoundedUp(double size) => (int)Math.Min(int.MaxValue, Math.Ceiling(size * (1 - 1e-12)));
}
