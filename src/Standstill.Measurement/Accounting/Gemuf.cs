using System.Collections.Immutable;

namespace Standstill.Measurement.Accounting;

/// <summary>The GEMUF statistic (geschätzter MUF): the best test's statistic M′ Σ⁻¹ CUF with the loss pattern M estimated from the balances themselves.</summary>
/// <remarks>R. Seifert, IAEA symposium on nuclear safeguards technology 1986. The two versions, their names and what they do at the ends
/// of a sequence are those of Sandia's MAPIT (theory guide, "GEMUF"; core/StatsTests.py).
/// It finds losses of any shape, and is sensitive to a covariance that is wrong.</remarks>
public static class Gemuf
{
    /// <summary>Version 1: M is the balances, so the statistic of the first n is CUF′ Σ⁻¹ CUF = Σ z², chi-squared with n degrees of freedom without a loss.</summary>
    /// <returns>The statistic after each balance.</returns>
    public static ImmutableArray<double> V1(ImmutableArray<double> balances, BalanceCovariance covariance)
    {
        var sum = 0.0;
        return [.. covariance.Standardised(balances).Select(z => sum += z * z)];
    }

    /// <summary>Version 5B3: M_i = (CUF_{i−2} + CUF_{i−1} + 3 CUF_i + CUF_{i+1} + CUF_{i+2}) / 7, less noisy and biased.</summary>
    /// <returns>The statistic of the first n balances, n = 1 …; null for the first two, where no M_i is defined, and the last two, where the two balances
    /// after the last are missing. M_1 and M_2 count as 0.</returns>
    public static ImmutableArray<double?> V5B3(ImmutableArray<double> balances, BalanceCovariance covariance)
    {
        var size = balances.Length;
        var pattern = new double[size];
        for (var i = 2; i + 2 < size; i++)
        {
            pattern[i] = (balances[i - 2] + balances[i - 1] + (3 * balances[i]) + balances[i + 1] + balances[i + 2]) / 7;
        }

        var (left, right) = (covariance.Standardised([.. pattern]), covariance.Standardised(balances));
        var (statistics, sum) = (new double?[size], 0.0);
        for (var i = 0; i < size; i++)
        {
            sum += left[i] * right[i];
            statistics[i] = i >= 2 && i + 2 < size ? sum : null;
        }

        return [.. statistics];
    }
}
