using CsCheck;
using Standstill.Measurement.Capability.Acceleration;
using Standstill.Measurement.Indicators;

namespace Standstill.Measurement.Tests.Capability.Acceleration;

public sealed class LabourElasticityTests
{
    private static readonly LabourElasticity Stated = new(0.3, 0.7);

    /// <summary>By hand: 4^0.3 = 1.5157, 4^0.7 = 2.6390; 1/(0.4 + 0.15) = 1.8182, to the powers 1.1964 and 1.5197.</summary>
    [Fact]
    public void Four_times_the_productivity_is_not_four_times_the_progress()
    {
        var all = Stated.Progress(4, new Probability(1));
        Assert.Equal(1.5157, all.AtLow, 5e-5);
        Assert.Equal(2.6390, all.AtHigh, 5e-5);
        Assert.Equal(1 / 0.55, LabourElasticity.Labour(4, new Probability(0.6)), 1e-12);
        var part = Stated.Progress(4, new Probability(0.6));
        Assert.Equal(1.1964, part.AtLow, 5e-5);
        Assert.Equal(1.5197, part.AtHigh, 5e-5);
    }

    /// <summary>Slope doubled: by hand 0.3·ln 4 / ln 2 = 0.6 and 1.4; on six tenths of the work 0.2587 and 0.6037.</summary>
    [Fact]
    public void The_share_of_a_doubling_that_four_times_the_productivity_accounts_for_lies_between_bounds()
    {
        var whole = Explained(2, 4, 1);
        Assert.Equal(new ProbabilityBounds(new Probability(1), new Probability(1)), whole.Accelerates);
        Assert.Equal(0.6, whole.Share.Quantile(new Probability(0.5)).Low, 1e-12);
        Assert.Equal(1.4, whole.Share.Quantile(new Probability(0.5)).High, 1e-12);
        var part = Explained(2, 4, 0.6).Share.Quantile(new Probability(0.5));
        Assert.Equal(0.2587, part.Low, 5e-5);
        Assert.Equal(0.6037, part.High, 5e-5);
    }

    [Fact]
    public void Where_nothing_speeds_up_there_is_nothing_to_account_for()
    {
        var explained = Explained(0.9, 4, 1);
        Assert.True(explained.Share.IsNone);
        Assert.Equal(0, explained.Accelerates.High.Value);
    }

    [Fact]
    public void AI_that_slows_work_accounts_for_nothing() =>
        Assert.Equal(new QuantileBounds(0, 0), Explained(2, 0.8, 1).Share.Quantile(new Probability(0.5)));

    [Fact]
    public void An_acceleration_out_of_nothing_is_not_accounted_for_at_all() =>
        Assert.Equal(0, Explained(double.PositiveInfinity, 4, 1).Share.Quantile(new Probability(0.5)).High);

    [Fact]
    public void Draws_without_acceleration_are_stated_and_left_out()
    {
        var ratio = IndicatorDistribution.FromDraws([0.5, 0.5, 2, 2], null, hasInterval: true);
        var explained = Stated.ShareExplained(ratio, Certain(4), new Probability(1), Published.Seed, 4000);
        Assert.Equal(0.5, explained.Accelerates.Low.Value, 0.03);
        Assert.Equal(0.6, explained.Share.Quantile(new Probability(0.01)).Low, 1e-12);
    }

    [Fact]
    public void A_bound_on_the_acceleration_bounds_the_share()
    {
        var ratio = IndicatorDistribution.FromBoundedDraws([0.0], [4.0], null, hasInterval: true);
        var share = Stated.ShareExplained(ratio, Certain(4), new Probability(1), Published.Seed, 10);
        Assert.Equal(new ProbabilityBounds(new Probability(0), new Probability(1)), share.Accelerates);
        Assert.Equal(0.3, share.Share.Quantile(new Probability(0.5)).Low, 1e-12);
        Assert.Equal(double.PositiveInfinity, share.Share.Quantile(new Probability(0.5)).High);
    }

    [Fact]
    public void More_productivity_and_more_of_the_work_never_account_for_less() =>
        Gen.Select(Gen.Double[1.01, 10], Gen.Double[0.5, 20], Gen.Double[0, 0.9], Gen.Double[0, 0.1], Gen.Double[0, 5]).Hold(drawn =>
        {
            var (ratio, productivity, work, moreWork, more) = drawn;
            var low = Explained(ratio, productivity, work).Share.Quantile(new Probability(0.5));
            var high = Explained(ratio, productivity + more, productivity > 1 ? work + moreWork : work).Share.Quantile(new Probability(0.5));
            Assert.True(high.Low >= low.Low - 1e-12 && high.High >= low.High - 1e-12);
        });

    [Fact]
    public void An_elasticity_beyond_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new LabourElasticity(0.3, 1.2));

    private static AccelerationShare Explained(double ratio, double productivity, double work) =>
        Stated.ShareExplained(Certain(ratio), Certain(productivity), new Probability(work), Published.Seed, 3);

    private static IndicatorDistribution Certain(double value) => IndicatorDistribution.FromDraws([value], value, hasInterval: true);
}
