using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Sampling;

/// <summary>The hypergeometric distribution: how many defective items a random sample without replacement contains.</summary>
/// <remarks>By the saddle-point expansion of C. Loader, "Fast and accurate computation of binomial probabilities" (2000): a mass is a
/// product of three binomial masses, each with its deviance and its Stirling error computed without cancellation. A difference of
/// log-factorials would lose seven digits at a population of 10⁸.</remarks>
public static class Hypergeometric
{
    /// <summary>The largest population that is accepted: 100 million.</summary>
    public const int LargestPopulation = 100_000_000;

    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>ln n! − ln(√(2πn)·(n/e)ⁿ) for n = 0 … 15; the first is never used.</summary>
    private static ReadOnlySpan<double> SmallStirling =>
    [
        0, 0.0810614667953272582196702, 0.0413406959554092940938221, 0.02767792568499833914878929, 0.02079067210376509311152277,
        0.01664469118982119216319487, 0.01387612882307074799874573, 0.01189670994589177009505572, 0.010411265261972096497478567,
        0.009255462182712732917728637, 0.008330563433362871256469318, 0.007573675487951840794972024, 0.006942840107209529865664152,
        0.006408994188004207068439631, 0.005951370112758847735624416, 0.005554733551962801371038690,
    ];

    /// <summary>The probability that a sample of <paramref name="sample"/> of <paramref name="population"/> items, of which
    /// <paramref name="defective"/> are defective, contains exactly <paramref name="found"/> of those.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or above the population, or that is above 10⁸.</exception>
    public static Probability Mass(int population, int defective, int sample, int found)
    {
        Check(population, defective, sample);
        return new Probability(Math.Min(1, PortableMath.Exp(LogMass(population, defective, sample, found))));
    }

    /// <summary>ln of <see cref="Mass"/>; −∞ where it is zero.</summary>
    internal static double LogMass(int population, int defective, int sample, int found)
    {
        if (found < 0 || found > defective || found > sample || sample - found > population - defective)
        {
            return double.NegativeInfinity;
        }

        if (sample == 0 || sample == population)
        {
            return 0;
        }

        var share = (double)sample / population;
        return LogBinomial(found, defective, share) + LogBinomial(sample - found, population - defective, share) - LogBinomial(sample, population, share);
    }

    /// <summary>ln of the generating function Σ mass(j)·sʲ at a share <paramref name="spared"/> in [0, 1]: the probability that
    /// every defective item in the sample is passed over, where each is with that probability.</summary>
    internal static double LogGenerating(int population, int defective, int sample, double spared)
    {
        if (defective == 0 || sample == 0 || spared == 1)
        {
            return 0;
        }

        if (spared == 0)
        {
            return LogNone(population, defective, sample);
        }

        // The terms t(j) rise to one peak and fall: start there, and go both ways until nothing is added.
        var lowest = Math.Max(0, defective + sample - population);
        var highest = Math.Min(defective, sample);
        double Ratio(int j) =>
            spared * ((double)(defective - j) / (j + 1)) * ((double)(sample - j) / ((long)population - defective - sample + j + 1));
        var (low, high) = (lowest, highest);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Ratio(middle) >= 1 ? (middle + 1, high) : (low, middle);
        }

        var peak = low;
        var sum = 1.0;
        var term = 1.0;
        for (var j = peak; j < highest && term > sum * 1e-18; j++)
        {
            term *= Ratio(j);
            sum += term;
        }

        term = 1.0;
        for (var j = peak; j > lowest && term > sum * 1e-18; j--)
        {
            term /= Ratio(j - 1);
            sum += term;
        }

        return LogMass(population, defective, sample, peak) + (peak * PortableMath.Log(spared)) + PortableMath.Log(sum);
    }

    internal static void Check(int population, int defective, int sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(population);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(population, LargestPopulation);
        ArgumentOutOfRangeException.ThrowIfNegative(defective);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(defective, population);
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sample, population);
    }

    /// <summary>ln C(N − r, n) / C(N, n): as a product where it is short, which is exact to a few ulp per factor.</summary>
    private static double LogNone(int population, int defective, int sample)
    {
        if (sample > population - defective)
        {
            return double.NegativeInfinity;
        }

        var (few, many) = defective < sample ? (defective, sample) : (sample, defective);
        if (few > 2000)
        {
            return LogMass(population, defective, sample, 0);
        }

        var log = 0.0;
        var product = 1.0;
        for (var i = 0; i < few; i++)
        {
            product *= (double)(population - many - i) / (population - i);
            if (product < 1e-200)
            {
                log += PortableMath.Log(product);
                product = 1;
            }
        }

        return log + PortableMath.Log(product);
    }

    /// <summary>ln of the binomial mass of x in n at p, for 0 &lt; p &lt; 1.</summary>
    private static double LogBinomial(int x, int n, double p)
    {
        if (x == 0)
        {
            return n == 0 ? 0 : p < 0.1 ? -Deviance(n, n * (1 - p)) - (n * p) : n * PortableMath.Log(1 - p);
        }

        if (x == n)
        {
            return p > 0.9 ? -Deviance(n, n * p) - (n * (1 - p)) : n * PortableMath.Log(p);
        }

        var log = StirlingError(n) - StirlingError(x) - StirlingError(n - x) - Deviance(x, n * p) - Deviance(n - x, n * (1 - p));
        return log - HalfLogTwoPi - (0.5 * PortableMath.Log((double)x / n * (n - x)));
    }

    /// <summary>ln n! less Stirling's formula.</summary>
    private static double StirlingError(int n)
    {
        if (n < SmallStirling.Length)
        {
            return SmallStirling[n];
        }

        var square = (double)n * n;
        return ((1.0 / 12) - (((1.0 / 360) - (((1.0 / 1260) - (((1.0 / 1680) - (1.0 / 1188 / square)) / square)) / square)) / square)) / n;
    }

    /// <summary>x·ln(x/m) + m − x, without cancellation where x is near m.</summary>
    private static double Deviance(double x, double mean)
    {
        if (Math.Abs(x - mean) >= 0.1 * (x + mean))
        {
            return (x * PortableMath.Log(x / mean)) + mean - x;
        }

        var v = (x - mean) / (x + mean);
        var sum = (x - mean) * v;
        var term = 2 * x * v;
        var square = v * v;
        for (var j = 1; j < 100; j++)
        {
            term *= square;
            var next = sum + (term / ((2 * j) + 1));
            if (next == sum)
            {
                return next;
            }

            sum = next;
        }

        return sum;
    }
}
