namespace Standstill.Measurement.Numerics;

/// <summary>Elementary and normal-distribution functions whose results are the same bits on every platform.</summary>
/// <remarks>
/// <para>Only operations that IEEE 754-2019 fixes are used: + − × ÷, fused multiply-add, square root, comparison and moves of bits.
/// The platform's own exp and log differ between C libraries in the last place, and a finding that two machines
/// round differently is no finding.</para>
/// <para>INVARIANT (portable): no call in this file leaves that set. .NET does not contract a × b + c by itself;
/// where fusing is wanted it is written out.</para>
/// <para>Errors below are in units in the last place (ulp) of the result, as found on some 2000 arguments against arbitrary-precision
/// decimals: an observation, not a proof.</para>
/// </remarks>
public static class PortableMath
{
    /// <summary>ln 2 cut after 42 bits, so that k·Ln2High is exact for every exponent k of a double.</summary>
    internal const double Ln2High = 0.6931471805598903;

    /// <summary>ln 2 − <see cref="Ln2High"/>.</summary>
    internal const double Ln2Low = 5.497923018708371e-14;

    internal const double InverseLn2 = 1.4426950408889634;

    /// <summary>Below it eˣ is nearer to zero than to the least double.</summary>
    internal const double LeastExponent = -745.1332191019412;

    /// <summary>1 / ln 2 − <see cref="InverseLn2"/>.</summary>
    private const double InverseLn2Low = 2.0355273740931033e-17;

    private const double SquareRootHalf = 0.7071067811865476;
    private const double InverseSquareRootTwoPi = 0.3989422804014327;

    /// <summary>1/2!, 1/3!, … 1/14!: on |r| ≤ ln 2 / 2 the rest of the series is below 2⁻⁶⁰.</summary>
    private static ReadOnlySpan<double> InverseFactorials =>
    [
        1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880, 1.0 / 3628800,
        1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800, 1.0 / 87178291200,
    ];

    /// <summary>2/3, 2/5, … 2/27: on |s| ≤ 3 − 2√2 the rest of 2·artanh(s) = 2s + 2s³/3 + … is below 2⁻⁶⁴.</summary>
    private static ReadOnlySpan<double> ArtanhTerms =>
    [
        2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9, 2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21, 2.0 / 23, 2.0 / 25, 2.0 / 27,
    ];

    /// <summary>eˣ. Error at most 0.6 ulp, also where the result is subnormal.</summary>
    /// <remarks>x = k·ln 2 + r with |r| ≤ ln 2 / 2; Taylor series in r, then scaling by 2ᵏ. Above 709.782712893384 the result
    /// is +∞, below −745.1332191019412 it is 0; not-a-number is passed on.</remarks>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (x > 709.782712893384)
        {
            return double.PositiveInfinity;
        }

        if (x < LeastExponent)
        {
            return 0;
        }

        var scaled = x * InverseLn2;
        var k = (int)(scaled + (scaled < 0 ? -0.5 : 0.5));
        var high = Math.FusedMultiplyAdd(-k, Ln2High, x);
        var low = k * Ln2Low;
        var r = high - low;
        var lost = (high - r) - low;
        var curve = r * r * Horner(InverseFactorials, r);
        var sum = 1 + r;
        var rest = ((1 - sum) + r) + (curve + Math.FusedMultiplyAdd(lost, r, lost));
        return Scale(sum + rest, k);
    }

    /// <summary>Natural logarithm. Error at most 0.6 ulp, also next to 1.</summary>
    /// <remarks>ln 0 = −∞, the logarithm of a negative number is not a number.</remarks>
    public static double Log(double x)
    {
        if (!TrySplit(x, out var k, out var mantissa, out var special))
        {
            return special;
        }

        var (high, low) = LogOfMantissa(mantissa);
        if (k == 0)
        {
            return high + low;
        }

        var big = k * Ln2High;
        var sum = big + high;
        var lost = (big - sum) + high;
        return sum + (lost + Math.FusedMultiplyAdd(k, Ln2Low, low));
    }

    /// <summary>Logarithm to base 2. Error at most 0.6 ulp; exact for powers of two.</summary>
    /// <remarks>The special cases are those of <see cref="Log"/>.</remarks>
    public static double Log2(double x)
    {
        if (!TrySplit(x, out var k, out var mantissa, out var special))
        {
            return special;
        }

        var (high, low) = LogOfMantissa(mantissa);
        var product = high * InverseLn2;
        var rest = Math.FusedMultiplyAdd(high, InverseLn2, -product) + Math.FusedMultiplyAdd(low, InverseLn2, high * InverseLn2Low);
        if (k == 0)
        {
            return product + rest;
        }

        var sum = k + product;
        var lost = (k - sum) + product;
        return sum + (lost + rest);
    }

    /// <summary>ln(p / (1 − p)) for p in [0, 1]; −∞ at 0, +∞ at 1. Error at most 3 ulp.</summary>
    /// <remarks>Next to ½ it is 2·artanh(2p − 1), where 2p − 1 is exact; elsewhere the difference of two logarithms
    /// cannot cancel. Outside [0, 1] the result is not a number.</remarks>
    public static double Logit(double p)
    {
        if (p is > 0.42 and < 0.58)
        {
            var s = (2 * p) - 1;
            return (2 * s) + (s * s * s * Horner(ArtanhTerms, s * s));
        }

        return p <= 0.5 ? Log(p / (1 - p)) : -Log((1 - p) / p);
    }

    /// <summary>1 / (1 + e⁻ˣ), the inverse of <see cref="Logit"/>. Error at most 2 ulp.</summary>
    public static double Logistic(double x)
    {
        if (x >= 0)
        {
            return 1 / (1 + Exp(-x));
        }

        var power = Exp(x);
        return power / (1 + power);
    }

    /// <summary>Φ(x), the probability that a standard normal variable is at most x. Error at most 4 ulp, in both tails, down to
    /// the smallest normal result (x ≈ −37.5).</summary>
    /// <remarks>Rational approximations of W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of
    /// Computation 23 (1969) 631–637, in the form for Φ of Algorithm 715, ACM Transactions on Mathematical Software 19 (1993) 22–32.
    /// For the upper tail take Φ(−x), not 1 − Φ(x).</remarks>
    public static double NormalCdf(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        var y = Math.Abs(x);
        if (y <= 0.67448975)
        {
            var square = x * x;
            return 0.5 + (x * Ratio(square, CentreTop, CentreBottom));
        }

        if (y > 38.6)
        {
            return x < 0 ? 0 : 1;
        }

        double factor;
        if (y <= 5.656854249492381)
        {
            factor = Ratio(y, MiddleTop, MiddleBottom);
        }
        else
        {
            var inverse = 1 / (x * x);
            factor = (InverseSquareRootTwoPi - (inverse * Ratio(inverse, TailTop, TailBottom))) / y;
        }

        // y² = cut² + rest with cut² exact: the exponential sees no rounding of y².
        var cut = (int)(y * 16) / 16.0;
        var rest = (y - cut) * (y + cut);
        var tail = Exp(-cut * cut * 0.5) * (Exp(-rest * 0.5) * factor);
        return x < 0 ? tail : 1 - tail;
    }

    /// <summary>Φ⁻¹(p) for p in [0, 1]; −∞ at 0, +∞ at 1, not a number outside. Error at most 4 ulp.</summary>
    /// <remarks>PPND16 of M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37
    /// (1988) 477–484.</remarks>
    public static double NormalQuantile(double p)
    {
        if (!(p >= 0 && p <= 1))
        {
            return double.NaN;
        }

        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var r = 0.180625 - (q * q);
            return q * (Horner(QuantileCentreTop, r) / Horner(QuantileCentreBottom, r));
        }

        var tail = q < 0 ? p : 1 - p;
        if (tail == 0)
        {
            return q < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        var root = Math.Sqrt(-Log(tail));
        var size = root <= 5
            ? Horner(QuantileMiddleTop, root - 1.6) / Horner(QuantileMiddleBottom, root - 1.6)
            : Horner(QuantileTailTop, root - 5) / Horner(QuantileTailBottom, root - 5);
        return q < 0 ? -size : size;
    }

    // Cody's coefficients, from the constant term upward.
    private static ReadOnlySpan<double> CentreTop =>
        [18154.981253343561249, 1067.6894854603709582, 161.02823106855587881, 2.2352520354606839287, 0.065682337918207449113];

    private static ReadOnlySpan<double> CentreBottom =>
        [45507.789335026729956, 10260.932208618978205, 976.09855173777669322, 47.20258190468824187, 1];

    private static ReadOnlySpan<double> MiddleTop =>
    [
        9842.7148383839780218, 11602.651437647350124, 6848.1904505362823326, 2494.5375852903726711, 597.27027639480026226,
        93.506656132177855979, 8.8831497943883759412, 0.39894151208813466764, 1.0765576773720192317e-8,
    ];

    private static ReadOnlySpan<double> MiddleBottom =>
    [
        19685.429676859990727, 38912.003286093271411, 34900.952721145977266, 18615.571640885098091, 6485.558298266760755,
        1519.377599407554805, 235.38790178262499861, 22.266688044328115691, 1,
    ];

    private static ReadOnlySpan<double> TailTop =>
        [2.9112874951168792e-5, 0.001421619193227893466, 0.022235277870649807, 0.1274011611602473639, 0.21589853405795699, 0.02307344176494017303];

    private static ReadOnlySpan<double> TailBottom =>
        [7.29751555083966205e-5, 0.00378239633202758244, 0.0659881378689285515, 0.468238212480865118, 1.28426009614491121, 1];

    // Wichura's coefficients, from the constant term upward.
    private static ReadOnlySpan<double> QuantileCentreTop =>
    [
        3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
        67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
    ];

    private static ReadOnlySpan<double> QuantileCentreBottom =>
    [
        1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077, 21213.794301586595867, 39307.895800092710610,
        28729.085735721942674, 5226.4952788528545610,
    ];

    private static ReadOnlySpan<double> QuantileMiddleTop =>
    [
        1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258,
        0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4,
    ];

    private static ReadOnlySpan<double> QuantileMiddleBottom =>
    [
        1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550, 0.148103976427480074590,
        0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static ReadOnlySpan<double> QuantileTailTop =>
    [
        6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230, 0.0265321895265761230930,
        0.00124266094738807843860, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    private static ReadOnlySpan<double> QuantileTailBottom =>
    [
        1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525, 7.86869131145613259100e-4,
        1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];

    private static double Ratio(double x, ReadOnlySpan<double> top, ReadOnlySpan<double> bottom) => Horner(top, x) / Horner(bottom, x);

    private static double Horner(ReadOnlySpan<double> coefficients, double x)
    {
        var sum = coefficients[^1];
        for (var i = coefficients.Length - 2; i >= 0; i--)
        {
            sum = Math.FusedMultiplyAdd(sum, x, coefficients[i]);
        }

        return sum;
    }

    /// <summary>x = 2ᵏ·mantissa with the mantissa in [√½, √2); false with the logarithm itself where x is not positive and finite.</summary>
    private static bool TrySplit(double x, out int k, out double mantissa, out double special)
    {
        k = 0;
        mantissa = 0;
        special = 0;
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            special = x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
            return false;
        }

        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984; // 2⁵⁴ lifts a subnormal number into the normal range
            k = -54;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        k += (int)(bits >> 52) - 1022;
        mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FE0_0000_0000_0000);
        if (mantissa < SquareRootHalf)
        {
            mantissa *= 2;
            k--;
        }

        return true;
    }

    /// <summary>ln m for m in [√½, √2) as an unevaluated sum: 2·artanh(s), s = (m − 1)/(m + 1) carried to twice the precision.</summary>
    private static (double High, double Low) LogOfMantissa(double mantissa)
    {
        var f = mantissa - 1;
        var bottom = 2 + f;
        var bottomLost = f - (bottom - 2);
        var s = f / bottom;
        var sLost = (Math.FusedMultiplyAdd(-s, bottom, f) - (s * bottomLost)) / bottom;
        var square = s * s;
        var curve = s * square * Horner(ArtanhTerms, square);
        return (2 * s, Math.FusedMultiplyAdd(2, sLost, curve));
    }

    /// <summary>value·2ᵏ for a value in [½, 2), rounded once where the result is subnormal.</summary>
    private static double Scale(double value, int k)
    {
        if (k > 1023)
        {
            return value * 2 * PowerOfTwo(k - 1);
        }

        return k >= -1021 ? value * PowerOfTwo(k) : value * PowerOfTwo(k + 128) * PowerOfTwo(-128);
    }

    private static double PowerOfTwo(int k) => BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
}
