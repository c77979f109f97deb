using System.Collections.Immutable;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Accounting;

/// <summary>The chance that a test of a sequence of balances finds a loss of given shape, at a given chance of a false alarm for the whole sequence.</summary>
/// <remarks>
/// <para>A loss M_t adds to the balances' means; their covariance stays. One-sided tests for a loss. For Page's test, which decides
/// period by period, see <see cref="PageTest.Detection"/> with the standardised loss (<see cref="BalanceCovariance.Standardised"/>) for shifts.</para>
/// <para>Whoever removes an amount in all may choose its shape. Against the best test for a known shape he does best with M ∝ Σ1, and
/// that test is then the global balance, the sum of all, whose power does not depend on the shape: subdividing the sequence in time or
/// space never helps against an unknown shape (R. Avenhaus and J. L. Jaech, "On subdividing material balances in time and/or
/// space", Journal of the Institute of Nuclear Materials Management, 1981). What subdividing buys is an earlier alarm.</para>
/// </remarks>
public static class LossPower
{
    /// <summary>The global balance: the sum of all over its own standard deviation.</summary>
    public static Probability Global(BalanceCovariance covariance, ImmutableArray<double> loss, Probability falseAlarm) =>
        OneSided(loss.Sum() / covariance.CumulativeDeviation(covariance.Size), falseAlarm);

    /// <summary>One balance alone, over its own standard deviation.</summary>
    /// <param name="covariance">The covariance of the sequence.</param>
    /// <param name="loss">The loss in each period.</param>
    /// <param name="period">Which balance, from 0.</param>
    /// <param name="falseAlarm">The chance of a false alarm.</param>
    public static Probability Single(BalanceCovariance covariance, ImmutableArray<double> loss, int period, Probability falseAlarm) =>
        OneSided(loss[period] / Math.Sqrt(covariance.Values[(period * covariance.Size) + period]), falseAlarm);

    /// <summary>The best test there is for a shape that is known beforehand (Neyman and Pearson): M′ Σ⁻¹ CUF, with power Φ(√(M′ Σ⁻¹ M) − u).</summary>
    public static Probability Best(BalanceCovariance covariance, ImmutableArray<double> loss, Probability falseAlarm) =>
        OneSided(Math.Sqrt(covariance.Product(loss, loss, covariance.Size)), falseAlarm);

    /// <summary>GEMUF version 1 over the whole sequence: chi-squared, with M′ Σ⁻¹ M for its noncentrality.</summary>
    public static Probability GemufV1(BalanceCovariance covariance, ImmutableArray<double> loss, Probability falseAlarm)
    {
        var limit = ChiSquared.UpperQuantile(covariance.Size, falseAlarm.Value);
        return new(Math.Clamp(ChiSquared.Upper(covariance.Size, covariance.Product(loss, loss, covariance.Size), limit), 0, 1));
    }

    /// <summary>The shape of a loss of so much in all that the best test for it finds least often: M = total · Σ1 / 1′Σ1.</summary>
    public static ImmutableArray<double> WorstLoss(BalanceCovariance covariance, double total)
    {
        var rows = Enumerable.Range(0, covariance.Size)
            .Select(row => covariance.Values.AsSpan().Slice(row * covariance.Size, covariance.Size).ToArray().Sum())
            .ToImmutableArray();
        var all = rows.Sum();
        return [.. rows.Select(row => total * row / all)];
    }

    private static Probability OneSided(double deviations, Probability falseAlarm) =>
        new(PortableMath.NormalCdf(deviations + PortableMath.NormalQuantile(falseAlarm.Value)));
}
