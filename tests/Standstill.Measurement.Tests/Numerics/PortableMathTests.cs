using System.Globalization;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Numerics;

public sealed class PortableMathTests
{
    private static readonly Dictionary<string, Func<double, double>> Functions = new(StringComparer.Ordinal)
    {
        ["exp"] = PortableMath.Exp,
        ["log"] = PortableMath.Log,
        ["log2"] = PortableMath.Log2,
        ["logit"] = PortableMath.Logit,
        ["logistic"] = PortableMath.Logistic,
        ["cdf"] = PortableMath.NormalCdf,
        ["quantile"] = PortableMath.NormalQuantile,
    };

    [Theory]
    [InlineData("exp", 0.6)]
    [InlineData("log", 0.6)]
    [InlineData("log2", 0.6)]
    [InlineData("logit", 3)]
    [InlineData("logistic", 2)]
    [InlineData("cdf", 4)]
    [InlineData("quantile", 4)]
    public void A_function_stays_within_its_stated_error_of_high_precision_values(string function, double mostUlp)
    {
        var worst = 0.0;
        var rows = 0;
        foreach (var line in File.ReadLines("testdata/numerics/reference.csv").Skip(1).Select(line => line.Split(',')).Where(line => line[0] == function))
        {
            var argument = BitConverter.Int64BitsToDouble(long.Parse(line[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            var nearest = long.Parse(line[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var rest = double.Parse(line[3], CultureInfo.InvariantCulture);
            var got = BitConverter.DoubleToInt64Bits(Functions[function](argument));
            var apart = nearest < 0 ? nearest - got : got - nearest; // the bits of negative doubles run downward
            var error = Math.Abs(apart - rest);
            Assert.True(error <= mostUlp, $"{function}({argument:R}): {error} ulp");
            worst = Math.Max(worst, error);
            rows++;
        }

        Assert.True(rows >= 100);
        TestContext.Current.TestOutputHelper?.WriteLine($"{function}: worst {worst} ulp in {rows}");
    }

    [Fact]
    public void Exp_overflows_to_infinity_and_underflows_to_zero()
    {
        Assert.True(double.IsFinite(PortableMath.Exp(709.782712893384)));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(Math.BitIncrement(709.782712893384)));
        Assert.Equal(double.Epsilon, PortableMath.Exp(-745.1332191019411));
        Assert.Equal(0, PortableMath.Exp(-745.2));
        Assert.Equal(0, PortableMath.Exp(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(double.PositiveInfinity));
        Assert.True(double.IsNaN(PortableMath.Exp(double.NaN)));
        Assert.Equal(1, PortableMath.Exp(0));
        Assert.Equal(1, PortableMath.Exp(-0.0));
        Assert.Equal(1, PortableMath.Exp(double.Epsilon));
    }

    [Fact]
    public void Logarithms_of_the_special_values_follow_IEEE_754()
    {
        foreach (var log in (Func<double, double>[])[PortableMath.Log, PortableMath.Log2])
        {
            Assert.Equal(double.NegativeInfinity, log(0));
            Assert.Equal(double.NegativeInfinity, log(-0.0));
            Assert.Equal(double.PositiveInfinity, log(double.PositiveInfinity));
            Assert.True(double.IsNaN(log(-1)));
            Assert.True(double.IsNaN(log(double.NegativeInfinity)));
            Assert.True(double.IsNaN(log(double.NaN)));
            Assert.Equal(0L, BitConverter.DoubleToInt64Bits(log(1)));
        }
    }

    [Fact]
    public void Log2_is_exact_for_every_power_of_two()
    {
        for (var k = -1074; k <= 1023; k++)
        {
            Assert.Equal(k, PortableMath.Log2(Math.ScaleB(1, k)));
        }
    }

    [Fact]
    public void Shares_at_the_ends_of_the_scale_have_infinite_logits()
    {
        Assert.Equal(double.NegativeInfinity, PortableMath.Logit(0));
        Assert.Equal(double.PositiveInfinity, PortableMath.Logit(1));
        Assert.Equal(0, PortableMath.Logit(0.5));
        Assert.True(double.IsNaN(PortableMath.Logit(-0.1)));
        Assert.True(double.IsNaN(PortableMath.Logit(1.1)));
        Assert.True(double.IsNaN(PortableMath.Logit(double.NaN)));
        Assert.Equal(0, PortableMath.Logistic(double.NegativeInfinity));
        Assert.Equal(1, PortableMath.Logistic(double.PositiveInfinity));
        Assert.True(double.IsNaN(PortableMath.Logistic(double.NaN)));
    }

    /// <summary>Abramowitz and Stegun, Handbook of Mathematical Functions, table 26.1.</summary>
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.691462461274013)]
    [InlineData(1, 0.841344746068543)]
    [InlineData(1.5, 0.933192798731142)]
    [InlineData(2, 0.977249868051821)]
    [InlineData(3, 0.998650101968370)]
    public void The_normal_distribution_agrees_with_the_printed_table(double x, double p)
    {
        Assert.Equal(p, PortableMath.NormalCdf(x), 5e-16);
        Assert.Equal(1 - p, PortableMath.NormalCdf(-x), 5e-16);
    }

    /// <summary>The test values of the paper: Wichura (1988), Algorithm AS 241, section "Precision".</summary>
    [Theory]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.001, -3.090232306167814)]
    [InlineData(1e-20, -9.262340089798408)]
    public void The_normal_quantile_agrees_with_the_values_printed_in_its_paper(double p, double x) =>
        Assert.Equal(x, PortableMath.NormalQuantile(p), 2e-15);

    [Fact]
    public void The_normal_functions_end_at_zero_one_and_infinity()
    {
        Assert.Equal(0, PortableMath.NormalCdf(double.NegativeInfinity));
        Assert.Equal(1, PortableMath.NormalCdf(double.PositiveInfinity));
        Assert.Equal(0, PortableMath.NormalCdf(-40));
        Assert.Equal(1, PortableMath.NormalCdf(40));
        Assert.True(double.IsNaN(PortableMath.NormalCdf(double.NaN)));
        Assert.Equal(double.NegativeInfinity, PortableMath.NormalQuantile(0));
        Assert.Equal(double.PositiveInfinity, PortableMath.NormalQuantile(1));
        Assert.Equal(0, PortableMath.NormalQuantile(0.5));
        Assert.True(double.IsNaN(PortableMath.NormalQuantile(-0.1)));
        Assert.True(double.IsNaN(PortableMath.NormalQuantile(1.1)));
        Assert.True(double.IsNaN(PortableMath.NormalQuantile(double.NaN)));
    }
}
