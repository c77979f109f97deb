using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Accounting;

/// <summary>Page's test as a Markov chain on classes of the sum.</summary>
/// <remarks>D. Brook and D. A. Evans, "An approach to the probability distribution of cusum run length", Biometrika 59 (1972) 539–548: t classes
/// about 0, w, 2w, … (t − 1) w with w = 2h / (2t − 1), the first holding the sum 0 and reaching w/2. The error falls with 1/t², so that lengths for several t
/// are extrapolated as a + b/t² + c/t⁴ (they wrote a + b/t + c/t² for small t). Slower and less exact than the integral equation of
/// <see cref="PageTest"/>, and independent of it.</remarks>
public static class PageChain
{
    /// <summary>The mean number of periods to the alarm, by a chain of so many classes.</summary>
    /// <param name="limit">k, and h above 0.</param>
    /// <param name="shift">The mean of z, in standard deviations.</param>
    /// <param name="states">Classes t; at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit or the number of classes is outside its range.</exception>
    public static double AverageRunLength(PageLimit limit, double shift, int states)
    {
        if (!(limit.Interval > 0) || states < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(states), states, "a chain has at least two classes below a decision interval above 0");
        }

        var width = 2 * limit.Interval / ((2 * states) - 1);
        var matrix = new double[states * states];
        for (var from = 0; from < states; from++)
        {
            // The sum goes from the middle of its class by z − k; below the first class it is 0.
            double Below(int border) => PortableMath.NormalCdf(((border + 0.5 - from) * width) + limit.Allowance - shift);
            for (var to = 0; to < states; to++)
            {
                var chance = Below(to) - (to == 0 ? 0 : Below(to - 1));
                matrix[(from * states) + to] = (from == to ? 1 : 0) - chance;
            }
        }

        var lengths = new double[states];
        lengths.AsSpan().Fill(1);
        LinearSystem.Solve(matrix, lengths);
        return lengths[0];
    }

    /// <summary>The same without the error of the classes: a of a + b/t² + c/t⁴ through t, 2t and 4t.</summary>
    /// <param name="limit">k, and h above 0.</param>
    /// <param name="shift">The mean of z, in standard deviations.</param>
    /// <param name="states">Classes t of the coarsest chain; at least 2.</param>
    public static double Extrapolated(PageLimit limit, double shift, int states)
    {
        var (coarse, middle, fine) = (AverageRunLength(limit, shift, states), AverageRunLength(limit, shift, 2 * states), AverageRunLength(limit, shift, 4 * states));
        var (first, second) = (middle + ((middle - coarse) / 3), fine + ((fine - middle) / 3));
        return second + ((second - first) / 15);
    }
}
