using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Accounting;

/// <summary>The two figures of Page's test on independent standard normal z: S ← max(0, S + z − k), alarm when S ≥ h.</summary>
/// <remarks>E. S. Page, "Continuous inspection schemes", Biometrika 41 (1954) 100–115.</remarks>
/// <param name="Allowance">k, in standard deviations: half the shift that the test finds quickest.</param>
/// <param name="Interval">h, the decision interval, in standard deviations.</param>
public readonly record struct PageLimit(double Allowance, double Interval)
{
    /// <summary>The limit with this allowance whose one-sided average run length, from zero and without a loss, is the given one.</summary>
    /// <remarks>Secant steps on ln ARL, which is nearly linear in h, until the run length is met to 1e-9 of itself (1e-14 of its square where it is longer than 100,000).</remarks>
    /// <param name="allowance">k; not negative.</param>
    /// <param name="averageRunLength">Periods between two false alarms; more than with h = 0, where it is 1 / Φ(−k).</param>
    /// <exception cref="ArgumentOutOfRangeException">No h gives so short a run length.</exception>
    public static PageLimit For(double allowance, double averageRunLength)
    {
        if (!(averageRunLength > 1 / PortableMath.NormalCdf(-allowance)) || !double.IsFinite(averageRunLength))
        {
            throw new ArgumentOutOfRangeException(nameof(averageRunLength), averageRunLength, "no limit gives so short an average run length with this allowance");
        }

        var target = PortableMath.Log(averageRunLength);
        var tolerance = Math.Max(1e-9, 1e-14 * averageRunLength); // The equations are solved to about 1e-16 of the run length.
        double Excess(double interval) => PortableMath.Log(PageTest.AverageRunLength(new(allowance, interval))) - target;

        // Brackets about Siegmund's approximation; the run length rises with h.
        var guess = Guess(allowance, averageRunLength);
        double low = Math.Max(0, guess - 0.05), high = guess + 0.05;
        while (Excess(high) < 0)
        {
            low = high;
            high += 0.5;
        }

        while (low > 0 && Excess(low) > 0)
        {
            high = low;
            low = Math.Max(0, low - 0.5);
        }

        double below = Excess(low), above = Excess(high);
        while (high - low > 1e-11 * high)
        {
            // Illinois: the secant through the ends, an end that stays halves its value.
            var next = high - (above * (high - low) / (above - below));
            next = next > low && next < high ? next : low + ((high - low) / 2);
            var excess = Excess(next);
            if (Math.Abs(excess) < tolerance)
            {
                return new(allowance, next);
            }

            if (excess < 0)
            {
                (low, below) = (next, excess);
                above /= 2;
            }
            else
            {
                (high, above) = (next, excess);
                below /= 2;
            }
        }

        return new(allowance, high);
    }

    /// <summary>D. Siegmund, "Sequential Analysis", Springer 1985, chapter 2: ARL ≈ (e^{2kb} − 2kb − 1) / 2k² with b = h + 1.166.</summary>
    private static double Guess(double allowance, double averageRunLength)
    {
        if (allowance < 1e-6)
        {
            return Math.Max(0, Math.Sqrt(averageRunLength) - 1.166);
        }

        var exponent = 0.0;
        for (var step = 0; step < 20; step++)
        {
            exponent = PortableMath.Log((2 * allowance * allowance * averageRunLength) + 1 + exponent);
        }

        return Math.Max(0, (exponent / (2 * allowance)) - 1.166);
    }
}
