using System.Globalization;
using System.Numerics;
using CsCheck;
using Standstill.Measurement.Sampling;

namespace Standstill.Measurement.Tests.Sampling;

public sealed class AttributeSamplingTests
{
    private static readonly Probability Certain = new(1);

    public static TheoryData<int, int, double, int> Published()
    {
        var rows = new TheoryData<int, int, double, int>();
        foreach (var line in File.ReadLines("testdata/sampling/exact_sizes.csv").Skip(1))
        {
            var field = line.Split(',').Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray();
            rows.Add((int)field[0], (int)field[1], field[2], (int)field[3]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void Sizes_are_those_of_published_tables(int population, int defective, double detection, int sample) =>
        Assert.Equal(sample, Size(AttributeSampling.SmallestSample(population, defective, new Probability(detection), Certain)));

    [Fact]
    public void Detection_is_what_counting_every_sample_gives()
    {
        (from population in Gen.Int[1, 9]
         from defective in Gen.Int[0, population]
         from sample in Gen.Int[0, population]
         from q in Gen.Double[0, 1]
         select (population, defective, sample, q)).Hold(c =>
        {
            var (missed, samples) = (0.0, 0);
            for (uint set = 0; set < 1u << c.population; set++)
            {
                if (BitOperations.PopCount(set) == c.sample)
                {
                    samples++;
                    missed += Math.Pow(1 - c.q, BitOperations.PopCount(set & ((1u << c.defective) - 1)));
                }
            }

            Assert.Equal(1 - (missed / samples), AttributeSampling.Detection(c.population, c.defective, c.sample, new Probability(c.q)).Value, 1e-12);
        });
    }

    [Fact]
    public void One_item_fewer_is_too_few() =>
        (from population in Gen.Int[1, 5000]
         from defective in Gen.Int[1, population]
         from demanded in Gen.Double[0.01, 0.999]
         from q in Gen.Double[0.3, 1]
         select (population, defective, demanded, q)).Hold(c =>
        {
            switch (AttributeSampling.SmallestSample(c.population, c.defective, new Probability(c.demanded), new Probability(c.q)))
            {
                case SampleAnswer.Enough enough:
                    Assert.True(enough.Detection.Value >= c.demanded - 1e-9);
                    Assert.True(enough.Size == 0 || AttributeSampling.Detection(c.population, c.defective, enough.Size - 1, new Probability(c.q)).Value < c.demanded);
                    break;
                case SampleAnswer.Unreachable all:
                    Assert.Equal(1 - Math.Pow(1 - c.q, c.defective), all.AtMost.Value, 1e-9);
                    Assert.True(all.AtMost.Value < c.demanded);
                    break;
            }
        });

    [Fact]
    public void Ninety_of_a_hundred_find_one_with_probability_nine_tenths() =>
        Assert.Equal(90, Size(AttributeSampling.SmallestSample(100, 1, new Probability(0.9), Certain)));

    [Fact]
    public void An_item_that_is_seldom_identified_cannot_be_found_by_looking_at_all() =>
        Assert.Equal(
            new SampleAnswer.Unreachable(new Probability(0.5)),
            AttributeSampling.SmallestSample(1000, 1, new Probability(0.9), new Probability(0.5)));

    [Fact]
    public void A_population_of_a_hundred_million_has_its_size()
    {
        // With r of N items and both large, n = N(1 − β^(1/r)) to a part in r: 2.99573 N/r for 0.95.
        var size = Size(AttributeSampling.SmallestSample(100_000_000, 10_000, new Probability(0.95), Certain));
        Assert.Equal(2.995732 * 10_000, size, 6.0);
        Assert.True(AttributeSampling.Detection(100_000_000, 10_000, size - 1, Certain).Value < 0.95);
    }

    private static int Size(SampleAnswer answer) => Assert.IsType<SampleAnswer.Enough>(answer).Size;
}
