using Standstill.Measurement.Accounting;
using Standstill.Measurement.Fleet;

namespace Standstill.Measurement.Tests.Fleet;

public sealed class WorkVerdictTests
{
    private static readonly FlopPerSecond H100 = new(989.4e12);
    private static readonly Probability Confidence = new(0.95);

    // Llama 3.1 405B: 3.8e25 FLOP in 30.84 million H100-hours (Llama team, arXiv 2407.21783, and its model card): 35 % of the peak.
    [Fact]
    public void A_real_run_is_consistent()
    {
        var verdict = WorkVerdict.Of(new DeclaredWork.Stated(new Flop(3.8e25)), new ChipHours(30.84e6), H100, UtilisationModel.Published, Confidence);
        Assert.Equal(0.346, Assert.IsType<WorkVerdict.Consistent>(verdict).Implied, 0.001);
    }

    [Fact]
    public void Six_operations_for_each_parameter_and_token_are_counted() =>
        Assert.Equal(6 * 70e9 * 1.4e12, new DeclaredWork.Training(70e9, 1.4e12).Total.Value);

    [Fact]
    public void More_time_than_the_work_explains_is_told_in_chip_hours()
    {
        var verdict = Assert.IsType<WorkVerdict.MoreTime>(WorkVerdict.Of(
            new DeclaredWork.Stated(new Flop(3.8e24)), new ChipHours(30.84e6), H100, UtilisationModel.Published, Confidence));
        var low = 0.32 * Math.Exp(-1.959963984540054 * 0.3);
        Assert.Equal(30.84e6 - (3.8e24 / (low * 989.4e12 * 3600)), verdict.Unexplained.Value, 1.0);
    }

    [Fact]
    public void More_work_than_plausible_is_told_in_operations()
    {
        var verdict = Assert.IsType<WorkVerdict.MoreWork>(WorkVerdict.Of(
            new DeclaredWork.Stated(new Flop(8e25)), new ChipHours(30.84e6), H100, UtilisationModel.Published, Confidence));
        var high = 0.32 * Math.Exp(1.959963984540054 * 0.3);
        Assert.Equal(8e25 - (high * 30.84e6 * 3600 * 989.4e12), verdict.Elsewhere.Value, 1e19);
    }

    [Fact]
    public void More_than_the_peak_is_impossible()
    {
        var verdict = Assert.IsType<WorkVerdict.Impossible>(WorkVerdict.Of(
            new DeclaredWork.Stated(new Flop(9.3368077e23)), new ChipHours(32 * 60), H100, UtilisationModel.Published, Confidence));
        Assert.Equal(136.52833021930613, verdict.Implied);
        Assert.Equal(9.3368077e23 - (32 * 60 * 3600 * 989.4e12), verdict.Elsewhere.Value, 1e9);
    }

    [Fact]
    public void Work_from_chip_time_has_its_interval_below_the_peak()
    {
        var estimate = UtilisationModel.Published.Work(new ChipHours(1000), H100, Confidence);
        Assert.Equal(0.32 * 1000 * 3600 * 989.4e12, estimate.Median.Value, 1e5);
        Assert.Equal(estimate.Median.Value / Math.Exp(1.959963984540054 * 0.3), estimate.Low.Value, 1e9);
        Assert.Equal(estimate.Median.Value * Math.Exp(1.959963984540054 * 0.3), estimate.High.Value, 1e9);
        Assert.Equal(1000 * 3600 * 989.4e12, new UtilisationModel(0.7, 0.5).Work(new ChipHours(1000), H100, Confidence).High.Value);
    }

    [Fact]
    public void Work_without_time_is_refused() => Assert.Throws<ArgumentException>(() => WorkVerdict.Of(
        new DeclaredWork.Stated(new Flop(1)), ChipHours.Zero, H100, UtilisationModel.Published, Confidence));
}
