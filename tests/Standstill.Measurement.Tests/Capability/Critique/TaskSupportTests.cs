using Standstill.Measurement.Capability.Critique;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Tests.Capability.Critique;

public sealed class TaskSupportTests
{
    /// <summary>Ten tasks of equal weight; the fit's estimate lies past the last but one.</summary>
    private static readonly RunSet Ten = World.One((1, 1), (2, 1), (4, 1), (8, 1), (16, 1), (32, 1), (64, 0), (128, 1), (256, 0.2), (512, 0.4));

    [Fact]
    public void The_support_counts_the_tasks_at_least_as_long_as_the_estimate()
    {
        var support = Only(Ten, 0.1);
        Assert.InRange(Math.Exp(support.Fitted.Estimate!.Value), 128.001, 255.999);
        Assert.Equal(0.2, support.Mass.Value, 1e-12);
        Assert.Equal((2, 2, 0), (support.Tasks, support.Families, support.Measured));
        Assert.Equal(512, support.Longest!.Value.Value);
        Assert.Equal(support.Fitted, support.Supported);
    }

    [Fact]
    public void An_estimate_that_too_little_weight_reaches_is_at_least_the_longest_supported_length()
    {
        var support = Only(Ten, 0.3);
        Assert.Equal(128, support.Longest!.Value.Value);
        Assert.Equal(Math.Log(128), support.Supported.Low, 1e-12);
        Assert.Equal((null, double.PositiveInfinity), (support.Supported.Estimate, support.Supported.High));
    }

    [Fact]
    public void An_estimate_past_the_longest_task_is_at_least_that_task()
    {
        var support = Only(World.One((1, 1), (2, 1), (4, 1), (8, 0.9), (16, 0.8)), 0);
        Assert.True(support.Fitted.Estimate > Math.Log(16));
        Assert.Equal((0.0, 0), (support.Mass.Value, support.Tasks));
        Assert.Equal(Math.Log(16), support.Supported.Low, 1e-12);
        Assert.Null(support.Supported.Estimate);
    }

    [Fact]
    public void A_higher_level_may_be_supported_where_a_lower_one_is_not()
    {
        var runs = World.One((1, 1), (2, 1), (4, 1), (8, 0.7), (16, 0.6));
        Assert.NotNull(Assert.Single(TaskSupport.Of(runs, HorizonSettings.Horizon11, World.FourFifths, new Probability(0.02))).Supported.Estimate);
        Assert.Null(Assert.Single(TaskSupport.Of(runs, HorizonSettings.Horizon11, World.Half, new Probability(0.02))).Supported.Estimate);
    }

    /// <summary>Solved up to 8 minutes, failed at 1000: the failure lies past what is supported, and bounds nothing any more.</summary>
    [Fact]
    public void A_gap_that_ends_past_the_supported_length_is_open_above()
    {
        var support = Only(World.One((1, 1), (2, 1), (4, 1), (8, 1), (1000, 0)), 0.3);
        Assert.Equal(Math.Log(1000), support.Fitted.High, 1e-12);
        Assert.Equal(new HorizonKnown(null, support.Fitted.Low, double.PositiveInfinity), support.Supported);
        Assert.Equal(Math.Log(8), support.Supported.Low, 1e-12);
    }

    [Fact]
    public void Measured_human_times_are_counted_apart()
    {
        var runs = World.Build(
        [
            new RunRow("a", "t1", "f", new Minutes(1), 1),
            new RunRow("a", "t2", "f", new Minutes(10), 0.5) { Basis = HumanTimeBasis.Measured },
            new RunRow("a", "t3", "f", new Minutes(100), 0.4) { Basis = HumanTimeBasis.Measured },
            new RunRow("a", "t4", "f", new Minutes(100), 0.2) { Basis = HumanTimeBasis.Estimated },
        ]);
        var support = Only(runs, 0.02);
        Assert.Equal((2, 1, 1), (support.Tasks, support.Families, support.Measured));
        Assert.Equal(0.5, support.Mass.Value, 1e-12);
    }

    [Fact]
    public void An_agent_without_runs_has_no_supported_length() =>
        Assert.Null(Only(Ten.Where(_ => false), 0.02).Longest);

    private static TaskSupport Only(RunSet runs, double mass) =>
        Assert.Single(TaskSupport.Of(runs, HorizonSettings.Horizon11, World.Half, new Probability(mass)));
}
