using System.Globalization;
using CsCheck;
using Standstill.Measurement.Sampling;

namespace Standstill.Measurement.Tests.Sampling;

public sealed class ApproximateSamplingTests
{
    private static readonly Probability Certain = new(1);

    [Fact]
    public void The_classical_formula_gives_the_published_sizes()
    {
        foreach (var line in File.ReadLines("testdata/sampling/classical_sizes.csv").Skip(1))
        {
            var field = line.Split(',');
            double At(int i) => double.Parse(field[i], CultureInfo.InvariantCulture);
            var size = ApproximateSampling.Classical((int)At(0), (int)At(1), new Probability(At(2)), new Probability(At(3)));
            Assert.Equal(field[4], size > At(0) ? "" : size.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void The_improved_formula_gives_the_published_size() =>
        Assert.Equal(399, ApproximateSampling.Improved(1600, 16, new Probability(0.99)));

    [Fact]
    public void The_classical_size_is_never_too_small() =>
        (from population in Gen.Int[1, 20_000]
         from defective in Gen.Int[1, population]
         from demanded in Gen.Double[0.05, 0.999]
         select (population, defective, demanded)).Hold(c => Assert.True(
            ApproximateSampling.Classical(c.population, c.defective, new Probability(c.demanded), Certain) >= Exact(c.population, c.defective, c.demanded)));

    // INMM, Journal of Nuclear Materials Management 44(3) (2016): the exact size lies in {n − 3, …, n} for all cases that matter to safeguards,
    // n being the size by the IAEA's formula. There the demand is 0.2, 0.5 or 0.9.
    [Fact]
    public void The_exact_size_is_at_most_three_items_below_the_classical_one()
    {
        foreach (var demanded in new[] { 0.2, 0.5, 0.9 })
        {
            for (var population = 1; population <= 400; population++)
            {
                for (var defective = 1; defective <= population; defective++)
                {
                    var classical = ApproximateSampling.Classical(population, defective, new Probability(demanded), Certain);
                    Assert.InRange(classical - Exact(population, defective, demanded), 0, 3);
                }
            }
        }
    }

    [Fact]
    public void The_improved_size_is_within_one_item_of_the_exact_one() =>
        (from population in Gen.Int[10, 20_000]
         from defective in Gen.Int[1, population]
         from demanded in Gen.Double[0.05, 0.99]
         select (population, defective, demanded)).Hold(c => Assert.InRange(
            ApproximateSampling.Improved(c.population, c.defective, new Probability(c.demanded)) - Exact(c.population, c.defective, c.demanded), -1, 1));

    [Fact]
    public void Nothing_is_found_that_is_never_identified() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ApproximateSampling.Classical(10, 1, new Probability(0.5), new Probability(0)));

    private static int Exact(int population, int defective, double demanded) =>
        Assert.IsType<SampleAnswer.Enough>(AttributeSampling.SmallestSample(population, defective, new Probability(demanded), Certain)).Size;
}
