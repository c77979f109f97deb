using System.Collections.Immutable;

namespace Standstill.Measurement.Accounting;

/// <summary>How wrong the balance of an honest area may be: relative standard deviations of what is present.</summary>
/// <remarks>
/// <para>With P_t present in period t the balance of an honest area is CUF_t = P_t (b + c + e_t): b the meter's bias, one for the whole sequence;
/// c the bias of the inventory count in effect, drawn anew at each count; e_t independent. So the covariance of the sequence is
/// Σ_tu = Random² P_t² [t = u] + Systematic² P_t P_u + Counting² P_t P_u [same count]: the multiplicative model of material
/// accountancy (Burr and Hamada, "Revisiting statistical aspects of nuclear material accounting", Science and Technology of Nuclear
/// Installations 2013, 961360).</para>
/// <para>A period twice as long has twice the random error in chip-hours: what is random is a fault of a whole period's
/// reading (a lost scrape, a late declaration), not noise that an hour averages out.</para>
/// </remarks>
/// <param name="Random">Independent from period to period; above 0, at most 1.</param>
/// <param name="Systematic">One bias for the whole sequence; from 0 to 1.</param>
/// <param name="Counting">One bias for each inventory count, shared by the periods up to the next; from 0 to 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A deviation is outside its range.</exception>
public sealed record ErrorModel(double Random, double Systematic, double Counting)
{
    /// <summary>Relative standard deviation, independent from period to period; above 0, at most 1.</summary>
    public double Random { get; init => field = Above(value); } = Above(Random);

    /// <summary>Relative standard deviation of the bias of the whole sequence; from 0 to 1.</summary>
    public double Systematic { get; init => field = Within(value); } = Within(Systematic);

    /// <summary>Relative standard deviation of the bias of one inventory count; from 0 to 1.</summary>
    public double Counting { get; init => field = Within(value); } = Within(Counting);

    /// <summary>The relative standard deviation of one period's balance: √(Random² + Systematic² + Counting²).</summary>
    public double Total => Math.Sqrt((Random * Random) + (Systematic * Systematic) + (Counting * Counting));

    /// <summary>The standardised independent sequence of balances, period by period in constant space: what <see cref="BalanceCovariance.Standardised"/>
    /// finds with the whole matrix. Of a loss it is the shift that the loss makes of each z.</summary>
    /// <param name="present">What was present in each period, above 0.</param>
    /// <param name="counts">The number of the inventory count in effect in each period, rising.</param>
    /// <param name="balances">The balances, or the loss, in chip-hours.</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public ImmutableArray<double> Standardise(ImmutableArray<ChipHours> present, ImmutableArray<int> counts, ImmutableArray<double> balances)
    {
        if (present.Length != balances.Length || counts.Length != balances.Length)
        {
            throw new ArgumentException($"there are {present.Length} amounts and {counts.Length} counts for {balances.Length} balances", nameof(balances));
        }

        var standardised = ImmutableArray.CreateBuilder<double>(balances.Length);
        var bias = BiasBelief.Prior(Systematic, Counting);
        for (var period = 0; period < balances.Length; period++)
        {
            bias = period > 0 && counts[period] != counts[period - 1] ? bias.Recounted(Counting) : bias;
            bias = bias.After(balances[period] / present[period].Value, Random, out var z);
            standardised.Add(z);
        }

        return standardised.MoveToImmutable();
    }

    /// <summary>The errors of the sum of areas whose errors are independent, each with what is present in it.</summary>
    /// <remarks>Each deviation of the sum is the root of the squares in chip-hours over the total: √Σ(σ_a P_a)² / ΣP_a. Where areas share a meter or a count,
    /// their biases are not independent, and the areas' own (largest) bias is the one to take for the sum.</remarks>
    /// <exception cref="ArgumentException">Nothing is present.</exception>
    public static ErrorModel OfSum(IEnumerable<(ErrorModel Errors, ChipHours Present)> areas)
    {
        double random = 0, systematic = 0, counting = 0, total = 0;
        foreach (var (errors, present) in areas)
        {
            double Square(double deviation) => deviation * present.Value * deviation * present.Value;
            random += Square(errors.Random);
            systematic += Square(errors.Systematic);
            counting += Square(errors.Counting);
            total += present.Value;
        }

        return total > 0
            ? new(Math.Sqrt(random) / total, Math.Sqrt(systematic) / total, Math.Sqrt(counting) / total)
            : throw new ArgumentException("the errors of a sum are relative to what is present, and nothing is", nameof(areas));
    }

    internal static double Above(double value) => value > 0 && value <= 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "a random error is above 0 and at most 1 of what is present");

    internal static double Within(double value) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "a bias is from 0 to 1 of what is present");
}
