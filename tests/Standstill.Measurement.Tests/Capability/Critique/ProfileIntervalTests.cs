using Standstill.Measurement.Capability.Critique;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Critique;

public sealed class ProfileIntervalTests
{
    private static readonly Probability Mass = new(0.95);

    /// <summary>A coin with 95 % heads shows fewer than 279 or more than 293 heads in 300 throws once in a hundred times.</summary>
    [Fact]
    public void Nominal_95_percent_intervals_cover_a_known_truth_about_95_times_in_100()
    {
        var covered = new int[2];
        for (var world = 0; world < 300; world++)
        {
            var random = SeededRandom.Stream(World.Seed, (ulong)world);
            var runs = World.One([.. Enumerable.Range(0, 200).Select(_ =>
            {
                var x = -2 + (13 * random.NextUniform());
                return (Math.Exp(x * Math.Log(2)), random.NextUniform() < 1 / (1 + Math.Exp(0.8 * (x - 4))) ? 1.0 : 0.0);
            })]);
            foreach (var (i, level) in ((int, Probability)[])[(0, World.Half), (1, World.FourFifths)])
            {
                var truth = Math.Log(2) * (4 - (Math.Log(level.Value / (1 - level.Value)) / 0.8));
                var interval = Assert.Single(ProfileInterval.Of(runs, HorizonSettings.Horizon11, level, Mass));
                Assert.Equal(200, interval.Units, 1e-9);
                covered[i] += interval.Low <= truth && truth <= interval.High ? 1 : 0;
            }
        }

        Assert.All(covered, count => Assert.InRange(count, 279, 293));
    }

    /// <summary>n runs at one length succeed. Below that length the best slope is 0, with deviance −2n·ln ½: 1.4 for one run, within
    /// 3.84 and so unbounded; 13.9 for ten, so that no length below is accepted.</summary>
    [Fact]
    public void Runs_that_all_succeed_bound_the_horizon_from_below_only_where_they_are_many()
    {
        Assert.Equal(double.NegativeInfinity, Only((8, 1)).Low);
        var ten = Only([.. Enumerable.Repeat((8.0, 1.0), 10)]);
        Assert.Equal(Math.Log(8), ten.Low, 1e-12);
        Assert.Equal(double.PositiveInfinity, ten.High);
        Assert.Null(ten.Estimate);
        var failed = Only([.. Enumerable.Repeat((8.0, 0.0), 10)]);
        Assert.Equal((double.NegativeInfinity, Math.Log(8)), (failed.Low, Math.Round(failed.High, 12) == Math.Round(Math.Log(8), 12) ? Math.Log(8) : failed.High));
    }

    [Fact]
    public void Without_a_fall_with_length_nothing_bounds_the_horizon() =>
        Assert.Equal(new ProfileInterval(null, double.NegativeInfinity, double.PositiveInfinity, 2), Only((1, 0), (2, 1)));

    /// <summary>Six runs, success falling by chance: a level curve is accepted, at half on either side of 50 %.</summary>
    [Fact]
    public void Few_runs_leave_both_sides_unbounded()
    {
        var few = Only((1, 1), (2, 0), (4, 1), (8, 0), (16, 1), (32, 0));
        Assert.True(double.IsFinite(few.Estimate!.Value));
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (few.Low, few.High));
    }

    [Fact]
    public void Disjoint_successes_and_failures_have_an_interval_around_the_gap()
    {
        var gap = Only([.. Enumerable.Range(0, 20).Select(i => (Math.Pow(2, i), i < 10 ? 1.0 : 0.0))]);
        Assert.Null(gap.Estimate);
        Assert.InRange(gap.Low, 7 * Math.Log(2), 9 * Math.Log(2));
        Assert.InRange(gap.High, 10 * Math.Log(2), 12 * Math.Log(2));
    }

    [Fact]
    public void More_mass_is_wider_and_counting_runs_is_narrower_than_counting_tasks()
    {
        var runs = World.Reference;
        var narrow = ProfileInterval.Of(runs, HorizonSettings.Horizon11, World.Half, new Probability(0.5));
        var wide = ProfileInterval.Of(runs, HorizonSettings.Horizon11, World.Half, Mass);
        var counted = ProfileInterval.Of(runs, HorizonSettings.Horizon11, World.Half, Mass, EvidenceUnit.Run);
        for (var agent = 0; agent < wide.Length; agent++)
        {
            Assert.True(wide[agent].Low < narrow[agent].Low && narrow[agent].High < wide[agent].High);
            Assert.True(wide[agent].Low < counted[agent].Low && counted[agent].High < wide[agent].High);
            Assert.Equal(6, counted[agent].Units / wide[agent].Units, 1e-9);
        }
    }

    [Fact]
    public void A_level_or_mass_at_the_end_of_its_range_is_misuse()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ProfileInterval.Of(World.Reference, HorizonSettings.Horizon11, new Probability(1), Mass));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProfileInterval.Of(World.Reference, HorizonSettings.Horizon11, World.Half, new Probability(0)));
    }

    private static ProfileInterval Only(params (double Minutes, double Score)[] runs) =>
        Assert.Single(ProfileInterval.Of(World.One(runs), HorizonSettings.Horizon11, World.Half, Mass));
}
