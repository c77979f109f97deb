using Standstill.Measurement.Capability.Critique;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Critique;

public sealed class MultiverseTests
{
    private static readonly Multiverse Whole = Of(World.Build(World.Rows(0, 30)));

    [Fact]
    public void The_baseline_stands_first_and_every_objection_has_a_row_of_its_own()
    {
        Assert.Equal(
            [
                "METR 1.1", "METR 1.0", "λ = 1e-6", "λ = 1e-4", "λ = 0.001", "λ = 0.01", "λ = 1", "equal tasks", "continuous score",
                "alleged: failed", "alleged: left out", "alleged: succeeded", "fatal: failed", "fatal: left out", "fatal: succeeded", "ceiling",
                "noise in human times", "measured times only", "within support", "isotonic", "item response", "without one family", "without even",
                "without odd", "λ = 0.1, continuous score", "equal tasks, continuous score", "equal tasks, λ = 0.1",
                "equal tasks, λ = 0.1, continuous score",
            ],
            Whole.Rows.Select(row => row.Name));
        Assert.All(Whole.Rows, row => Assert.True(row.Change.EndsWith('.') && row.Objection.EndsWith('.')));
        Assert.Empty(Whole.NotApplicable);
        Assert.All(Whole.Rows[0].Agents, agent => Assert.Equal((1.0, 1.0), (agent.Ratio50!.Value, agent.Ratio80!.Value)));
    }

    [Fact]
    public void A_variant_that_the_runs_do_not_allow_is_missing_with_its_reason()
    {
        var few = Of(World.One((1, 1), (2, 0), (4, 1), (8, 0)));
        Assert.Equal(
            [
                "No run has a continuous score.", "No run is alleged to have cheated.", "No run ended in a fatal error.",
                "The basis of the human times does not differ between tasks.", "The tasks come from one source, so that none can be left out.",
            ],
            few.NotApplicable);
        Assert.DoesNotContain(few.Rows, row => row.Name.Contains("alleged", StringComparison.Ordinal) || row.Name.Contains("score", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_row_says_what_its_own_function_says()
    {
        var runs = World.Build(World.Rows(0, 30));
        var fits = HorizonEstimator.Fit(runs, HorizonSettings.Horizon10);
        var ceilings = CeilingFit.Of(runs, HorizonSettings.Horizon11, Whole.Options.MostLapse);
        for (var agent = 0; agent < 3; agent++)
        {
            Assert.Equal(fits[agent].Horizon(World.Half), Row("METR 1.0").Agents[agent].P50);
            Assert.Equal(ceilings[agent].Horizon(World.FourFifths), Row("ceiling").Agents[agent].P80);
            Assert.Equal(
                Math.Exp(Row("ceiling").Agents[agent].P80.Estimate!.Value - Row("METR 1.1").Agents[agent].P80.Estimate!.Value),
                Row("ceiling").Agents[agent].Ratio80!.Value,
                1e-12);
            Assert.Null(Row("isotonic").Agents[agent].Ratio50);
        }
    }

    [Fact]
    public void The_range_holds_every_row()
    {
        foreach (var row in Whole.Rows)
        {
            for (var agent = 0; agent < 3; agent++)
            {
                Assert.True(Whole.P50[agent].Low <= row.Agents[agent].P50.Low && row.Agents[agent].P50.High <= Whole.P50[agent].High);
                Assert.True(Whole.P80[agent].Low <= row.Agents[agent].P80.Low && row.Agents[agent].P80.High <= Whole.P80[agent].High);
            }

            Assert.True(row.Trend.DoublingDays is not { } days || (Whole.Trend.DoublingDays!.Value.Low <= days && days <= Whole.Trend.DoublingDays.Value.High));
            Assert.True(row.Trend.Crossing is not { } day || (Whole.Trend.Earliest <= day && day <= Whole.Trend.Latest));
        }

        Assert.True(Whole.Trend.Earliest < Whole.Trend.Middle && Whole.Trend.Middle < Whole.Trend.Latest);
        Assert.Equal(Whole.Rows.Count(row => row.Trend.Crossing is null), Whole.Trend.Undated);
    }

    /// <summary>The true horizons grow by two doublings in 200 days; 40 hours are 11.23 doublings of a minute, 9.23 after the first.</summary>
    [Fact]
    public void In_a_clean_world_the_trend_is_near_the_truth()
    {
        var trend = Of(World.Build(World.Rows(11, 60, agents: 4).Select(row => row with { Alleged = false, Fatal = false, Continuous = null }))).Rows[0].Trend;
        Assert.Equal((4, 0), (trend.Points, trend.Bounded));
        Assert.Equal(100, trend.DoublingDays!.Value, 8.0);
        Assert.InRange(trend.Crossing!.Value.DayNumber - new DateOnly(2023, 6, 1).DayNumber, 923 - 60, 923 + 60);
    }

    [Fact]
    public void An_agent_with_only_a_bound_is_left_off_the_line_and_counted()
    {
        var isotonic = Row("isotonic").Trend;
        Assert.Equal((0, 3, null, null), (isotonic.Points, isotonic.Bounded, isotonic.DoublingDays, isotonic.Crossing));
        var rows = World.Rows(0, 30);
        rows.AddRange([.. rows.DistinctBy(row => row.TaskId).Select(row => new RunRow("best", row.TaskId, row.Family, row.Human, 1) { Released = new DateOnly(2025, 1, 1) })]);
        var trend = Of(World.Build(rows)).Rows[0].Trend;
        Assert.Equal((3, 1), (trend.Points, trend.Bounded));
    }

    /// <summary>A copy of the first agent under a later date is below the running maximum; one under an earlier date stands on it.</summary>
    [Fact]
    public void The_trend_runs_over_the_best_at_their_release_from_the_asked_day_on()
    {
        var rows = World.Rows(0, 30).Select(row => row with { Alleged = false, Fatal = false }).ToList();
        var trend = Of(World.Build(rows)).Rows[0].Trend;
        Assert.Equal(trend, Of(World.Build([.. rows, .. Copy("agent0", "late", new DateOnly(2025, 1, 1))])).Rows[0].Trend);
        Assert.Equal(trend with { Points = 3 }, trend);

        // Before the window it takes no part in the line, but nothing below it stands on the frontier any more.
        var early = Of(World.Build([.. rows, .. Copy("agent1", "early", new DateOnly(2022, 6, 1))])).Rows[0].Trend;
        Assert.Equal((1, null, null), (early.Points, early.DoublingDays, early.Crossing));

        IEnumerable<RunRow> Copy(string alias, string name, DateOnly released) =>
            rows.Where(row => row.Alias == alias).Select(row => row with { Alias = name, Released = released });
    }

    private static MultiverseRow Row(string name) => Whole.Rows.Single(row => row.Name == name);

    private static Multiverse Of(RunSet runs) =>
        Multiverse.Of(runs, new MultiverseOptions { NoiseDraws = 5 }, World.Seed, DrawLoops.InOrder);
}
