using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Standstill.Measurement.Numerics;

/// <summary>Eight numbers at a time, with the bits of <see cref="PortableMath"/>.</summary>
/// <remarks>INVARIANT (lanes): every operation here is one of IEEE 754 on each lane by itself, and sums are taken in one written order.
/// A machine without 512-bit registers does the same in narrower ones, so that the width of its registers makes no difference.</remarks>
internal static class PortableVector
{
    /// <summary>How many numbers are worked on at a time, on every machine.</summary>
    public const int Lanes = 8;

    /// <summary>The bits of 2⁵² + 1023: adding a whole number to that puts it, biased as an exponent is, into the lowest bits.</summary>
    private const double Biased = 4503599627370496 + 1023;

    /// <summary>eˣ for x ≤ 0, lane for lane what <see cref="PortableMath.Exp"/> gives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ExpOfNegative(Vector512<double> x)
    {
        var k = Vector512.Truncate((x * PortableMath.InverseLn2) - Vector512.Create(0.5));
        var high = Vector512.FusedMultiplyAdd(-k, Vector512.Create(PortableMath.Ln2High), x);
        var low = k * PortableMath.Ln2Low;
        var r = high - low;
        var lost = (high - r) - low;
        var sum = Vector512.Create(1.0) + r;
        var rest = ((Vector512.Create(1.0) - sum) + r) + ((r * r * Series(r)) + Vector512.FusedMultiplyAdd(lost, r, lost));

        // Below 2⁻¹⁰²¹ the power of two is taken in two steps, so that a subnormal result is rounded once.
        var tiny = Vector512.LessThan(k, Vector512.Create(-1021.0));
        var power = Vector512.ShiftLeft((Vector512.ConditionalSelect(tiny, k + Vector512.Create(128.0), k) + Vector512.Create(Biased)).AsInt64(), 52).AsDouble();
        var second = Vector512.ConditionalSelect(tiny, Vector512.Create(2.938735877055719e-39), Vector512.Create(1.0));
        var result = (sum + rest) * power * second;
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(PortableMath.LeastExponent)), Vector512<double>.Zero, result);
    }

    /// <summary>The sum of the lanes: halves on halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<double> lanes)
    {
        var four = lanes.GetLower() + lanes.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.GetElement(0) + two.GetElement(1);
    }

    /// <summary>Horner's rule over 1/2!, 1/3!, … 1/14!, written out so that the coefficients stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Series(Vector512<double> r)
    {
        var sum = Vector512.Create(1.0 / 87178291200);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 6227020800));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 479001600));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 39916800));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 3628800));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 362880));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 40320));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 5040));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 720));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 120));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 24));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 6));
        return Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 2));
    }
}
