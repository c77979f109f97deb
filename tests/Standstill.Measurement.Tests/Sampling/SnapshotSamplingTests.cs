using System.Security.Cryptography;
using Standstill.Measurement.Numerics;
using Standstill.Measurement.Sampling;

namespace Standstill.Measurement.Tests.Sampling;

public sealed class SnapshotSamplingTests
{
    /// <summary>Chinchilla took 5.76e23 FLOP (Hoffmann et al. 2022); H100 at dense bf16 and 40 %.</summary>
    private static readonly HiddenRun Chinchilla = new(5.76e23, 30, 989.4e12, 0.4);

    [Fact]
    public void The_run_takes_the_chip_days_that_its_operations_need()
    {
        Assert.Equal(5.76e23 / 989.4e12 / 0.4 / 86400, Chinchilla.ChipDays, 1e-6);
        Assert.Equal(562, Chinchilla.FewestChips);
    }

    // The process itself: snapshots at random times, inspections at the ends of equal stretches, a fresh sample at each.
    [Theory]
    [InlineData(0.2, 1, 3)]
    [InlineData(0.05, 4, 4)]
    public void A_run_is_caught_as_often_as_playing_it_out_gives(double snapshotsPerDay, int inspections, int sample)
    {
        var run = new HiddenRun(6 * 20 * 86400.0 * 1e12, 20, 1e12, 1);
        const int chips = 40, games = 40_000;
        var caught = 0;
        for (var game = 0; game < games; game++)
        {
            var random = SeededRandom.Stream(new Seed(SHA256.HashData("snapshots"u8)), (ulong)game);
            var found = false;
            for (var i = 0; i < inspections; i++)
            {
                var logged = new bool[6];
                for (var chip = 0; chip < 6; chip++)
                {
                    logged[chip] = -Math.Log(random.NextUniform()) / snapshotsPerDay < 20.0 / inspections;
                }

                var order = Enumerable.Range(0, chips).ToArray();
                for (var n = 0; n < sample; n++)
                {
                    var at = n + random.NextBelow(chips - n);
                    (order[n], order[at]) = (order[at], order[n]);
                    found |= order[n] < 6 && logged[order[n]];
                }
            }

            caught += found ? 1 : 0;
        }

        Assert.Equal(6, run.FewestChips);
        Assert.Equal(SnapshotSampling.Detection(run, chips, snapshotsPerDay, inspections, sample).Value, (double)caught / games, 0.01);
    }

    [Fact]
    public void A_sample_of_the_stated_size_is_enough_and_one_less_is_not()
    {
        var answer = Assert.IsType<SampleAnswer.Enough>(SnapshotSampling.SmallestSample(Chinchilla, 20_000, 0.5, 4, new Probability(0.9)));
        Assert.True(answer.Detection.Value >= 0.9);
        Assert.True(SnapshotSampling.Detection(Chinchilla, 20_000, 0.5, 4, answer.Size - 1).Value < 0.9);
    }

    // Spread over more accelerators for fewer days, the run is caught at least as often: the fewest are the worst case.
    [Fact]
    public void More_accelerators_for_fewer_days_are_caught_at_least_as_often()
    {
        var fewest = SnapshotSampling.Detection(Chinchilla, 20_000, 0.5, 1, 100).Value;
        foreach (var days in new[] { 25, 20, 10, 5, 1 })
        {
            Assert.True(SnapshotSampling.Detection(Chinchilla with { WithinDays = days }, 20_000, 0.5, 1, 100).Value >= fewest);
        }
    }

    [Fact]
    public void Without_snapshots_nothing_is_caught() =>
        Assert.Equal(
            new SampleAnswer.Unreachable(new Probability(0)),
            SnapshotSampling.SmallestSample(Chinchilla, 20_000, 0, 4, new Probability(0.9)));

    [Fact]
    public void A_run_that_does_not_fit_or_has_a_fault_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SnapshotSampling.Detection(Chinchilla, 500, 1, 1, 10));
        Assert.Throws<ArgumentException>(() => SnapshotSampling.Detection(Chinchilla with { Utilisation = 1.2 }, 20_000, 1, 1, 10));
        Assert.Equal("utilisation: `1.2`; give a share in (0, 1]", (Chinchilla with { Utilisation = 1.2 }).Fault!.ToString());
    }
}
