using System.Collections.Immutable;
using CsCheck;
using Standstill.Measurement.Sampling;

namespace Standstill.Measurement.Tests.Sampling;

public sealed class DefectLevelsTests
{
    private static readonly InspectionMethod Count = new("count", 0.3, 3, 1);
    private static readonly InspectionMethod Counters = new("counters", 0.05, 3, 10);
    private static readonly InspectionMethod Recompute = new("recompute", 0.01, 3, 400);

    [Fact]
    public void A_defect_of_three_deviations_is_called_one_half_of_the_time()
    {
        Assert.Equal(0.5, Counters.Identification(0.15).Value, 1e-15);
        Assert.Equal(0.8413447460685429, Counters.Identification(0.2).Value, 1e-14);
        Assert.Throws<ArgumentOutOfRangeException>(() => Counters.Identification(0));
    }

    [Fact]
    public void Each_level_has_as_many_defective_items_as_make_up_the_goal()
    {
        var samples = DefectLevels.Samples(
            8000, 64, new Probability(0.9), [new("gross", 1, Count), new("partial", 0.25, Counters), new("bias", 0.05, Recompute)]);
        Assert.Equal([64, 256, 1280], samples.Select(s => s.Defective));
        Assert.Equal([448, 73, 14], samples.Select(s => Assert.IsType<SampleAnswer.Enough>(s.Answer).Size));
        Assert.All(samples, s => Assert.InRange(s.Classical - Assert.IsType<SampleAnswer.Enough>(s.Answer).Size, 0, 3));
    }

    [Fact]
    public void Several_methods_together_find_what_counting_every_assignment_gives()
    {
        (from population in Gen.Int[2, 7]
         from first in Gen.Int[0, 2]
         from second in Gen.Int[0, Math.Max(0, population - first - 1)]
         from defective in Gen.Int[1, population]
         select (population, first, second, defective)).Hold(c =>
        {
            // Items are assigned by a permutation: the first few to one method, the next few to the other.
            var (missed, all) = (0.0, 0);
            var (q1, q2) = (Count.Identification(1).Value, Counters.Identification(1).Value);
            foreach (var order in Orders(c.population))
            {
                all++;
                missed += order.Select((item, place) => item >= c.defective ? 1.0 : place < c.first ? 1 - q1 : place < c.first + c.second ? 1 - q2 : 1.0)
                    .Aggregate(1.0, (product, factor) => product * factor);
            }

            var found = DefectLevels.Detection(c.population, c.defective, 1, [(Count, c.first), (Counters, c.second)]);
            Assert.Equal(1 - (missed / all), found.Value, 1e-12);
        });
    }

    [Fact]
    public void A_share_that_cannot_make_up_the_goal_is_refused()
    {
        Assert.Throws<ArgumentException>(() => DefectLevels.Detection(100, 50, 0.4, [(Count, 5)]));
        Assert.Throws<ArgumentException>(() => DefectLevels.Detection(100, 5, 1, [(Count, 60), (Counters, 41)]));
    }

    private static IEnumerable<ImmutableArray<int>> Orders(int n) => n == 0
        ? [[]]
        : Orders(n - 1).SelectMany(rest => Enumerable.Range(0, n).Select(at => rest.Insert(at, n - 1)));
}
