using System.Collections.Immutable;
using CsCheck;

using Standstill.Measurement.Accounting;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Accounting;

public sealed class LossPowerTests
{
    private const int Periods = 24;
    private const int Draws = 40_000;
    private const double FourDeviations = 0.01; // of a share of 40,000 draws: 4 √(0.25 / 40000)

    private static readonly Probability Five = new(0.05);

    private static readonly BalanceCovariance Months = BalanceCovariance.Of(ErrorComponent.Of(
        new(0.01, 0.002, 0.004),
        [.. Enumerable.Range(0, Periods).Select(t => new ChipHours(1000 + (40 * t)))],
        [.. Enumerable.Range(0, Periods).Select(t => t / 6)]));

    private static ImmutableArray<double> Abrupt { get; } = [.. Enumerable.Range(0, Periods).Select(t => t == 9 ? 45.0 : 0)];

    private static ImmutableArray<double> Protracted { get; } = [.. Enumerable.Range(0, Periods).Select(_ => 5.0)];

    /// <summary>Balances with a loss, drawn with another Cholesky factor than the code's own.</summary>
    private static IEnumerable<ImmutableArray<double>> Drawn(ImmutableArray<double> loss)
    {
        var factor = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build
            .Dense(Periods, Periods, (row, column) => Months.Values[(row * Periods) + column]).Cholesky().Factor;
        var random = new SeededRandom(new Seed(new byte[32]));
        for (var draw = 0; draw < Draws; draw++)
        {
            var noise = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(Periods, _ => random.NextNormal());
            var errors = factor * noise;
            yield return [.. loss.Select((amount, t) => amount + errors[t])];
        }
    }

    public static TheoryData<string> Shapes => ["none", "abrupt", "protracted"];

    private static ImmutableArray<double> Loss(string shape) => shape switch
    {
        "none" => [.. new double[Periods]],
        "abrupt" => Abrupt,
        _ => Protracted,
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Stated_detection_probabilities_of_the_cumulative_and_single_tests_are_those_measured(string shape)
    {
        var loss = Loss(shape);
        var quantile = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 0.95);
        var (deviation, single) = (Months.CumulativeDeviation(Periods), Math.Sqrt(Months.Values[(9 * Periods) + 9]));
        var drawn = Drawn(loss).ToList();
        Assert.Equal(drawn.Count(balances => balances.Sum() > quantile * deviation) / (double)Draws, LossPower.Global(Months, loss, Five).Value, FourDeviations);
        Assert.Equal(drawn.Count(balances => balances[9] > quantile * single) / (double)Draws, LossPower.Single(Months, loss, 9, Five).Value, FourDeviations);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Stated_detection_probabilities_of_GEMUF_are_those_measured(string shape)
    {
        var loss = Loss(shape);
        var limit = ChiSquared.UpperQuantile(Periods, 0.05);
        var seen = Drawn(loss).Count(balances => Gemuf.V1(balances, Months)[^1] > limit);
        Assert.Equal(seen / (double)Draws, LossPower.GemufV1(Months, loss, Five).Value, FourDeviations);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Stated_detection_probabilities_of_Page_are_those_measured(string shape)
    {
        var loss = Loss(shape);
        var limit = PageLimit.For(0.5, 500);
        var shifts = Months.Standardised(loss);
        var seen = Drawn(loss).Count(balances =>
        {
            var sum = 0.0;
            return Months.Standardised(balances).Any(z => (sum = Math.Max(0, sum + z - limit.Allowance)) >= limit.Interval);
        });
        Assert.Equal(seen / (double)Draws, PageTest.Detection(limit, shifts.AsSpan()).Value, FourDeviations);
    }

    /// <summary>Avenhaus and Jaech 1981: whoever picks the shape of the loss makes the best test no better than the sum of all.</summary>
    [Fact]
    public void Subdividing_never_helps_against_an_unknown_loss()
    {
        const double Total = 120;
        var worst = LossPower.WorstLoss(Months, Total);
        Assert.Equal(Total, worst.Sum(), 9);
        Assert.Equal(LossPower.Global(Months, worst, Five).Value, LossPower.Best(Months, worst, Five).Value, 9);
        Gen.Double[0, 1].Array[Periods].Hold(parts =>
        {
            var sum = parts.Sum() + 1e-9;
            ImmutableArray<double> loss = [.. parts.Select(part => Total * part / sum)];
            Assert.Equal(LossPower.Global(Months, worst, Five).Value, LossPower.Global(Months, loss, Five).Value, 6);
            Assert.True(LossPower.Best(Months, loss, Five).Value >= LossPower.Best(Months, worst, Five).Value - 1e-9);
        });
    }

    [Fact]
    public void No_sequential_test_beats_the_global_balance_against_the_worst_loss()
    {
        // Page's test on the standardised sequence, with a limit for 5 % false alarms over the whole sequence.
        var worst = LossPower.WorstLoss(Months, 120);
        double low = 0, high = 20;
        for (var step = 0; step < 50; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = PageTest.Detection(new(0.25, middle), new double[Periods]).Value > 0.05 ? (middle, high) : (low, middle);
        }

        var page = PageTest.Detection(new(0.25, high), Months.Standardised(worst).AsSpan()).Value;
        Assert.True(page < LossPower.Global(Months, worst, Five).Value, $"{page}");
        Assert.True(LossPower.GemufV1(Months, worst, Five).Value < LossPower.Global(Months, worst, Five).Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(24)]
    [InlineData(365)]
    [InlineData(2000)]
    public void The_chi_squared_tail_is_that_of_an_independent_library(int degrees)
    {
        foreach (var chance in new[] { 0.5, 0.05, 0.001, 1e-6 })
        {
            var x = ChiSquared.UpperQuantile(degrees, chance);
            Assert.Equal(chance, ChiSquared.Upper(degrees, x), chance * 1e-9);
            Assert.Equal(chance, 1 - MathNet.Numerics.Distributions.ChiSquared.CDF(degrees, x), 1e-9);
        }
    }

    [Fact]
    public void The_noncentral_tail_of_one_degree_is_that_of_a_shifted_normal()
    {
        foreach (var (mean, root) in new[] { (0.5, 1.0), (2, 1.96), (5, 3), (45, 40) })
        {
            var expected = PortableMath.NormalCdf(mean - root) + PortableMath.NormalCdf(-mean - root);
            Assert.Equal(expected, ChiSquared.Upper(1, mean * mean, root * root), 1e-12);
        }
    }
}
