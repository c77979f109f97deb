using System.Numerics;
using CsCheck;
using Standstill.Measurement.Sampling;

namespace Standstill.Measurement.Tests.Sampling;

public sealed class HypergeometricTests
{
    private static readonly Gen<(int Population, int Defective, int Sample)> Case =
        from population in Gen.Int[1, 3000]
        from defective in Gen.Int[0, population]
        from sample in Gen.Int[0, population]
        select (population, defective, sample);

    [Fact]
    public void Masses_agree_with_another_library() => Case.Hold(c =>
    {
        var theirs = new MathNet.Numerics.Distributions.Hypergeometric(c.Population, c.Defective, c.Sample);
        for (var j = 0; j <= Math.Min(c.Defective, c.Sample); j += 1 + (c.Sample / 20))
        {
            var expected = theirs.ProbabilityLn(j);
            var ours = Hypergeometric.LogMass(c.Population, c.Defective, c.Sample, j);
            Assert.True(expected == ours || Math.Abs(expected - ours) < 1e-8 * Math.Max(1, Math.Abs(expected)), $"{c} {j}: {expected} {ours}");
        }
    });

    [Fact]
    public void Masses_add_up_to_one() => Case.Hold(c =>
    {
        var sum = Enumerable.Range(0, Math.Min(c.Defective, c.Sample) + 1).Sum(j => Hypergeometric.Mass(c.Population, c.Defective, c.Sample, j).Value);
        Assert.Equal(1, sum, 1e-12);
    });

    [Theory]
    [InlineData(100_000_000, 2_500, 100_000)]
    [InlineData(100_000_000, 30, 90_000_000)]
    [InlineData(10_000, 4_000, 3_000)]
    public void The_chance_of_none_is_exact_where_the_population_is_huge(int population, int defective, int sample)
    {
        // (N−n)…(N−n−r+1) / N…(N−r+1) in whole numbers; ln by shifting both to 60 bits.
        BigInteger top = 1, bottom = 1;
        for (var i = 0; i < defective; i++)
        {
            top *= population - sample - i;
            bottom *= population - i;
        }

        var expected = BigInteger.Log(top) - BigInteger.Log(bottom);
        Assert.Equal(1, Hypergeometric.LogGenerating(population, defective, sample, 0) / expected, 1e-11);
        Assert.Equal(1, Hypergeometric.LogMass(population, defective, sample, 0) / expected, 1e-11);
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Hypergeometric.Mass(10, 11, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hypergeometric.Mass(10, 1, 11, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hypergeometric.Mass(Hypergeometric.LargestPopulation + 1, 1, 1, 0));
        Assert.Equal(0, Hypergeometric.Mass(10, 3, 9, 1).Value);
    }
}
