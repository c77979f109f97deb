using System.Runtime.Intrinsics;
using CsCheck;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Numerics;

public sealed class PortableVectorTests
{
    private static readonly double[] Edges =
    [
        -0.0, 0, -double.Epsilon, -1e-300, -0.34657359027997264, -0.34657359027997270, -1, -36.7, -707.9, -708.4, -709.1, -744.4,
        -745.1332191019411, -745.1332191019412, -745.2, -1e308, double.NegativeInfinity, double.NaN,
    ];

    [Fact]
    public void A_lane_has_the_bits_of_the_scalar_exponential()
    {
        foreach (var x in Edges)
        {
            Same(x);
        }

        Gen.Double[-750, 0].Hold(Same, 20_000);
        Gen.Double[-1, 0].Hold(Same, 5_000);
        // Where the result is subnormal and the power of two is taken in two steps.
        Gen.Double[-745.2, -708].Hold(Same, 5_000);
    }

    [Fact]
    public void The_sum_takes_halves_on_halves()
    {
        // In any other order the small lanes are lost against the great one.
        double[] lanes = [1e16, 1, 1, 1, -1e16, 1, 1, 1];
        Assert.Equal(6, PortableVector.Sum(Vector512.Create(lanes)));
    }

    private static void Same(double x)
    {
        double[] lanes = [x, -1, x, -700, -0.1, x, -750, x];
        var result = PortableVector.ExpOfNegative(Vector512.Create(lanes));
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            var expected = PortableMath.Exp(lanes[lane]);
            var got = result.GetElement(lane);
            Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(got) || (double.IsNaN(expected) && double.IsNaN(got)), $"exp({lanes[lane]:R}) = {expected:R}, lane {lane} has {got:R}");
        }
    }
}
