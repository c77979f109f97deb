using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Accounting;

/// <summary>Upper tails of the chi-squared distribution, central and noncentral.</summary>
internal static class ChiSquared
{
    /// <summary>ln Γ(3/2) = ln(√π / 2).</summary>
    private const double LogGammaThreeHalves = -0.12078223763524522;

    /// <summary>P(X &gt; x) with n degrees of freedom.</summary>
    /// <remarks>In steps of two from 1 or 2 degrees: Q_{n+2}(x) = Q_n(x) + (x/2)^{n/2} e^{−x/2} / Γ(n/2 + 1); all terms are positive.</remarks>
    public static double Upper(int degrees, double x)
    {
        if (x <= 0)
        {
            return 1;
        }

        return Tails(degrees, x, 0);
    }

    /// <summary>P(X &gt; x) with n degrees of freedom and noncentrality λ: central tails with n + 2j degrees, weighted by the chances of a Poisson number j of
    /// mean λ/2 (R. A. Fisher 1928), to 1e-17.</summary>
    public static double Upper(int degrees, double noncentrality, double x) => x <= 0 ? 1 : Tails(degrees, x, noncentrality / 2);

    /// <summary>The x that is exceeded with a given chance, by bisection to the last bit.</summary>
    public static double UpperQuantile(int degrees, double chance)
    {
        double low = 0, high = degrees + 10;
        while (Upper(degrees, high) > chance)
        {
            high *= 2;
        }

        while (true)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
            {
                return middle;
            }

            (low, high) = Upper(degrees, middle) > chance ? (middle, high) : (low, middle);
        }
    }

    private static double Tails(int degrees, double x, double mean)
    {
        // From 1 or 2 degrees up to n: the logarithm of the next step's term keeps large n from under- and overflowing.
        var half = x / 2;
        var (reached, tail, logTerm) = degrees % 2 == 0
            ? (2, PortableMath.Exp(-half), PortableMath.Log(half) - half)
            : (1, 2 * PortableMath.NormalCdf(-Math.Sqrt(x)), (0.5 * PortableMath.Log(half)) - half - LogGammaThreeHalves);
        while (reached < degrees)
        {
            tail += PortableMath.Exp(logTerm);
            reached += 2;
            logTerm += PortableMath.Log(half / (reached / 2.0));
        }

        if (mean == 0)
        {
            return tail;
        }

        var logWeight = -mean;
        var logMean = PortableMath.Log(mean);
        double sum = 0, seen = 0;
        for (var j = 0; j < 1_000_000; j++)
        {
            var weight = PortableMath.Exp(logWeight);
            sum += weight * tail;
            seen += weight;
            if (j > mean && weight * Math.Max(1, j - mean) < 1e-17)
            {
                break;
            }

            tail = Math.Min(1, tail + PortableMath.Exp(logTerm));
            reached += 2;
            logTerm += PortableMath.Log(half / (reached / 2.0));
            logWeight += logMean - PortableMath.Log(j + 1);
        }

        return sum / seen;
    }
}
