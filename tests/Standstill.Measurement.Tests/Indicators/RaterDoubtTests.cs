using CsCheck;
using Standstill.Measurement.Indicators;

namespace Standstill.Measurement.Tests.Indicators;

public sealed class RaterDoubtTests
{
    private static readonly Probability Half = new(0.5);

    private static ReportedFigure Share(double agreement, RaterAllowance allowance = RaterAllowance.NotInLimits) =>
        new(0.26, 0.2, 0.33, Censoring.None, Scale.Share, new RaterDoubt(2, new Probability(agreement)), allowance);

    /// <summary>A share of 26 % whose human raters agreed exactly on 35 % of the items, as published: 26 % less and more 65 points.</summary>
    [Fact]
    public void Raters_who_agree_on_35_percent_leave_a_share_of_26_percent_almost_open()
    {
        var figure = Share(0.35).Distribution;

        Assert.Equal(0, figure.Quantile(Half).Low);
        Assert.Equal(0.91, figure.Quantile(Half).High, 1e-12);
        Assert.Equal(0.98, figure.Quantile(new Probability(0.975)).High, 1e-9);
        Assert.Null(figure.PointEstimate);
        Assert.True(figure.HasInterval);
    }

    /// <summary>The chance of being above a threshold is at least that of the figure above it by λ more, and at most that by λ less.</summary>
    [Fact]
    public void Probabilities_move_by_the_doubt_in_both_directions()
    {
        var plain = new ReportedFigure(0.26, 0.2, 0.33, Censoring.None, Scale.Share).Distribution;
        var doubted = Share(0.95).Distribution;

        Assert.Equal(plain.Above(0.25 + 0.05).Low.Value, doubted.Above(0.25).Low.Value, 1e-12);
        Assert.Equal(plain.Above(0.25 - 0.05).High.Value, doubted.Above(0.25).High.Value, 1e-12);
        Assert.Equal(plain.Below(0.25 - 0.05).Low.Value, doubted.Below(0.25).Low.Value, 1e-12);
        Assert.Equal(0, doubted.Above(1).High.Value);
        Assert.Equal(0, doubted.Below(0).High.Value);
    }

    [Fact]
    public void Raters_who_agree_on_everything_change_nothing()
    {
        var figure = Share(1).Distribution;

        Assert.Equal(0.26, figure.PointEstimate);
        Assert.Equal(figure.Quantile(Half).Low, figure.Quantile(Half).High);
    }

    [Fact]
    public void Limits_that_carry_the_disagreement_are_not_widened_again() =>
        Assert.Equal(0.26, Share(0.35, RaterAllowance.InLimits).Distribution.PointEstimate);

    [Fact]
    public void A_bare_share_stays_without_an_interval() =>
        Assert.False(new ReportedFigure(0.26, null, null, Censoring.None, Scale.Share, new RaterDoubt(3, new Probability(0.59))).Distribution.HasInterval);

    /// <summary>Worlds in which a rater is wrong on no more than 1 − a of the items: the bounds hold the true share in each.</summary>
    [Fact]
    public void The_bounds_hold_the_true_share_whatever_items_are_scored_wrongly() =>
        Gen.Select(Gen.Bool.Array[200], Gen.Double[0, 1], Gen.Int[0, 1_000_000]).Hold(world =>
        {
            var (truth, agreement, seed) = world;
            var wrong = (int)Math.Floor((1 - agreement) * truth.Length);
            var start = seed % truth.Length;
            var scored = truth.Select((one, i) => (i - start + truth.Length) % truth.Length < wrong ? !one : one).ToArray();
            var share = (double)scored.Count(one => one) / truth.Length;
            var figure = new ReportedFigure(share, null, null, Censoring.None, Scale.Share, new RaterDoubt(2, new Probability(agreement))).Distribution;
            var bounds = figure.Quantile(Half);

            Assert.InRange((double)truth.Count(one => one) / truth.Length, bounds.Low - 1e-12, bounds.High + 1e-12);
        });

    /// <summary>Two raters who err independently with chance e agree on e² + (1 − e)²: what is left in doubt is then at least e.</summary>
    [Fact]
    public void The_doubt_covers_raters_who_err_independently() => Gen.Double[0, 0.5].Hold(e =>
        Assert.True(new RaterDoubt(2, new Probability((e * e) + ((1 - e) * (1 - e)))).Wrong.Value >= e - 1e-12));
}
