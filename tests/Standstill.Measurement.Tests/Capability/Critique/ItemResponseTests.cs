using Standstill.Measurement.Capability.Critique;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Tests.Capability.Critique;

public sealed class ItemResponseTests
{
    [Fact]
    public void Known_horizons_are_found_again_and_abilities_stand_in_their_order()
    {
        var model = Of(World.Rows(3, 60, agents: 4));
        Assert.True(model.Converged);
        Assert.Equal(model.Abilities.Order(), model.Abilities);
        for (var agent = 0; agent < 4; agent++)
        {
            Assert.Equal(World.TrueLog2(agent) * Math.Log(2), model.Horizon(agent, World.Half).Estimate!.Value, 0.3);
            Assert.True(model.Horizon(agent, World.FourFifths).Estimate < model.Horizon(agent, World.Half).Estimate);
        }
    }

    [Fact]
    public void A_task_that_all_fail_is_harder_than_one_of_the_same_length_that_all_pass()
    {
        var rows = World.Rows(2, 20);
        rows.AddRange(Enumerable.Range(0, 3).SelectMany(agent => (RunRow[])
            [new($"agent{agent}", "hard", "x", new Minutes(8), 0) { Count = 8 }, new($"agent{agent}", "easy", "x", new Minutes(8), 1) { Count = 8 }]));
        var runs = World.Build(rows);
        var model = ItemResponse.Of(runs, HorizonSettings.Horizon11);
        Assert.True(Difficulty("hard") > Difficulty("easy") + 2);

        double Difficulty(string id) => model.Tasks[runs.Tasks.Select((task, i) => (task, i)).Single(pair => pair.task.Id == id).i]!.Value.Difficulty;
    }

    [Fact]
    public void An_agent_that_succeeds_always_keeps_its_bound()
    {
        var rows = World.Rows(1, 10, agents: 1);
        rows.AddRange([.. rows.DistinctBy(row => row.TaskId).Select(row => row with { Alias = "best", Score = 1 })]);
        var runs = World.Build(rows);
        Assert.Equal(
            HorizonEstimator.Fit(runs, HorizonSettings.Horizon11)[1].Horizon(World.Half), ItemResponse.Of(runs, HorizonSettings.Horizon11).Horizon(1, World.Half));
    }

    [Fact]
    public void Where_difficulty_does_not_rise_with_length_nothing_is_known()
    {
        var unknown = new HorizonKnown(null, double.NegativeInfinity, double.PositiveInfinity);
        var level = Of([new RunRow("a", "t", "f", new Minutes(1), 1), new RunRow("a", "u", "f", new Minutes(1), 0)]);
        Assert.Null(level.Line);
        Assert.Equal(unknown, level.Horizon(0, World.Half));
        Assert.Equal(unknown, Of([new RunRow("a", "t", "f", new Minutes(1), 0), new RunRow("a", "u", "f", new Minutes(2), 1)]).Horizon(0, World.Half));
    }

    [Fact]
    public void A_task_that_nobody_tried_has_no_parameters()
    {
        var runs = World.Build(World.Rows(1, 3));
        var without = ItemResponse.Of(runs.Where(run => run.Task != 0), HorizonSettings.Horizon11);
        Assert.Null(without.Tasks[0]);
        Assert.NotNull(without.Tasks[1]);
        Assert.Empty(ItemResponse.Of(runs.Where(_ => false), HorizonSettings.Horizon11).Tasks.OfType<ItemParameters>());
    }

    private static ItemResponse Of(IEnumerable<RunRow> rows) =>
        ItemResponse.Of(World.Build(rows.Select(row => row with { Alleged = false, Fatal = false })), HorizonSettings.Horizon11);
}
