namespace Standstill.Measurement.Accounting;

/// <summary>What the periods so far tell of an area's biases, relative to what is present: a Kalman filter in constant space.</summary>
/// <remarks>
/// <para>Every error is relative to what is present, so u = CUF / P = a + e with a = b + c: the amount itself cancels. The filter holds a,
/// the sum of the meter's bias b and the count's bias c, and b alone, with their covariance. For a covariance that is a diagonal
/// and a matrix of rank two its standardised innovations are the entries of L⁻¹ CUF with Σ = L Lᵀ: both are what is
/// left of each balance after the best linear prediction from those before it, over its own standard deviation.</para>
/// <para>The variance of the sum is kept by itself, v ← v r² / (v + r²), which loses no digits to cancellation.</para>
/// </remarks>
/// <param name="Mean">Expected a.</param>
/// <param name="MeterMean">Expected b.</param>
/// <param name="Variance">Variance of a.</param>
/// <param name="Covariance">Covariance of a and b.</param>
/// <param name="MeterVariance">Variance of b.</param>
public readonly record struct BiasBelief(double Mean, double MeterMean, double Variance, double Covariance, double MeterVariance)
{
    /// <summary>Before the first period.</summary>
    internal static BiasBelief Prior(double systematic, double counting)
    {
        var meter = systematic * systematic;
        return new(0, 0, meter + (counting * counting), meter, meter);
    }

    /// <summary>After a new inventory count: its bias is drawn anew, the meter's stays.</summary>
    internal BiasBelief Recounted(double counting) =>
        new(MeterMean, MeterMean, MeterVariance + (counting * counting), MeterVariance, MeterVariance);

    /// <summary>After a relative balance u with random variance r², and its standardised innovation.</summary>
    internal BiasBelief After(double relative, double random, out double standardised)
    {
        var noise = random * random;
        var precision = 1 / (Variance + noise);
        var innovation = relative - Mean;
        standardised = innovation * Math.Sqrt(precision);
        var gain = Variance * precision;
        var meterGain = Covariance * precision;
        var kept = noise * precision;
        return new(
            Mean + (gain * innovation),
            MeterMean + (meterGain * innovation),
            Variance * kept,
            Covariance * kept,
            MeterVariance - (meterGain * Covariance));
    }
}
