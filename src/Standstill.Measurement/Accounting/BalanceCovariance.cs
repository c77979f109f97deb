using System.Collections.Immutable;

namespace Standstill.Measurement.Accounting;

/// <summary>The covariance matrix Σ of a sequence of balances, in full, with its Cholesky factor.</summary>
/// <remarks>For sequences of up to some hundred balances: plans, power and proofs. The running account of an area needs no matrix
/// (<see cref="AreaBook"/>).</remarks>
public sealed class BalanceCovariance
{
    private readonly double[] lower;

    private BalanceCovariance(int size, double[] values, double[] lower)
    {
        Size = size;
        Values = [.. values];
        this.lower = lower;
    }

    /// <summary>Balances in the sequence.</summary>
    public int Size { get; }

    /// <summary>The entries by rows, in the square of the balance's unit.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>The covariance that independent sources make: Σ = Σ over sources of e eᵀ.</summary>
    /// <exception cref="ArgumentException">There is no source, they differ in length, or some balance has no error of its own, so that Σ is singular.</exception>
    public static BalanceCovariance Of(ImmutableArray<ErrorComponent> sources)
    {
        if (sources.IsDefaultOrEmpty || sources.Any(source => source.Effects.Length != sources[0].Effects.Length))
        {
            throw new ArgumentException("a covariance is of at least one source, all for the same balances", nameof(sources));
        }

        var size = sources[0].Effects.Length;
        var values = new double[size * size];
        foreach (var source in sources)
        {
            for (var row = 0; row < size; row++)
            {
                if (source.Effects[row] == 0)
                {
                    continue;
                }

                for (var column = 0; column < size; column++)
                {
                    values[(row * size) + column] += source.Effects[row] * source.Effects[column];
                }
            }
        }

        return Of(size, values);
    }

    /// <summary>A covariance given by its entries, by rows.</summary>
    /// <exception cref="ArgumentException">There are not size² entries, or they are not symmetric and positive definite.</exception>
    public static BalanceCovariance Of(int size, ReadOnlySpan<double> values)
    {
        if (values.Length != size * size || size == 0)
        {
            throw new ArgumentException($"a covariance of {size} balances has {size * size} entries, not {values.Length}", nameof(values));
        }

        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < row; column++)
            {
                if (values[(row * size) + column] != values[(column * size) + row])
                {
                    throw new ArgumentException($"entries {row}, {column} and {column}, {row} differ", nameof(values));
                }
            }
        }

        return LinearSystem.Cholesky(values, size) is { } lower
            ? new(size, values.ToArray(), lower)
            : throw new ArgumentException("the covariance is not positive definite: give every balance an error of its own", nameof(values));
    }

    /// <summary>L⁻¹ x with Σ = L Lᵀ: what is left of each balance after the best linear prediction from those before it, over its standard
    /// deviation. The standardised independent sequence (SITMUF) of Pike and Woods, in the form of R. R. Picard, "Sequential analysis of material
    /// balances", Journal of the Institute of Nuclear Materials Management, 1987.</summary>
    public ImmutableArray<double> Standardised(ImmutableArray<double> balances)
    {
        var values = Checked(balances);
        LinearSystem.Substitute(lower, values);
        return [.. values];
    }

    /// <summary>The standard deviation of the sum of the first balances.</summary>
    /// <param name="count">How many, from 1 to <see cref="Size"/>.</param>
    public double CumulativeDeviation(int count)
    {
        if (count < 1 || count > Size)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"from 1 to {Size} balances are summed");
        }

        double sum = 0;
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < count; column++)
            {
                sum += Values[(row * Size) + column];
            }
        }

        return Math.Sqrt(sum);
    }

    /// <summary>aᵀ Σ⁻¹ b over the first balances: as a sum over the standardised sequences, since Σ⁻¹ = L⁻ᵀ L⁻¹.</summary>
    internal double Product(ImmutableArray<double> left, ImmutableArray<double> right, int count)
    {
        var (a, b) = (Standardised(left), Standardised(right));
        double sum = 0;
        for (var i = 0; i < count; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private double[] Checked(ImmutableArray<double> balances) => balances.Length == Size
        ? [.. balances]
        : throw new ArgumentException($"the covariance is of {Size} balances, not {balances.Length}", nameof(balances));
}
