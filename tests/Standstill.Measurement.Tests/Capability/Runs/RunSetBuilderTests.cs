using CsCheck;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Tests.Capability.Runs;

public sealed class RunSetBuilderTests
{
    private static readonly RunRow Row = new("a", "t", "f", new Minutes(5), 1);

    [Fact]
    public void The_set_does_not_depend_on_the_order_of_rows_even_where_they_differ_in_what_no_estimate_hangs_on()
    {
        RunRow[] rows =
        [
            Row with { Model = "m2", Source = "s2", Basis = HumanTimeBasis.Measured },
            Row with { Model = "m1", Source = "s1", Basis = HumanTimeBasis.Unstated, Score = 0 },
            Row with { Basis = HumanTimeBasis.Estimated, Released = new DateOnly(2026, 1, 2), Score = -0.0 },
            Row with { TaskId = "u", Score = 0.5, Continuous = 0.0 },
            Row with { TaskId = "u", Score = 0.5, Continuous = -0.0 },
            Row with { Alias = "b", TaskId = "u", Family = "f", Fatal = true },
        ];
        var expected = Build(rows);
        Assert.Equal(new Agent("a", "m1", new DateOnly(2026, 1, 2)), expected.Agents[0]);
        Assert.Equal(new SuiteTask("t", 0, "s1", new Minutes(5), HumanTimeBasis.Estimated), expected.Tasks[0]);
        Assert.Equal(2, expected.Runs.Single(run => run is { Agent: 0, Task: 0, Score: 0 }).Count);
        Assert.Equal(2, expected.Runs.Single(run => run is { Agent: 0, Task: 1 }).Count);
        Gen.Shuffle(rows).Hold(shuffled =>
        {
            var set = Build(shuffled);
            Assert.Equal(expected.Agents, set.Agents);
            Assert.Equal(expected.Tasks, set.Tasks);
            Assert.Equal(expected.Runs, set.Runs);
            Assert.DoesNotContain(set.Runs, run => double.IsNegative(run.Score) || (run.Continuous is { } score && double.IsNegative(score)));
        });
    }

    [Fact]
    public void Runs_that_a_whole_number_cannot_count_are_refused_and_change_nothing()
    {
        var builder = new RunSetBuilder();
        Assert.Null(builder.Add(Row with { Count = int.MaxValue - 1 }));
        Assert.Equal("runs: with `2` more there are over 2,147,483,647 runs; leave some out", builder.Add(Row with { TaskId = "u", Score = 0, Count = 2 })?.ToString());
        Assert.Null(builder.Add(Row));
        var set = builder.Build();
        Assert.Equal((int.MaxValue, 1), (set.RunCount, set.Tasks.Length));
    }

    private static RunSet Build(IEnumerable<RunRow> rows)
    {
        var builder = new RunSetBuilder();
        Assert.All(rows, row => Assert.Null(builder.Add(row)));
        return builder.Build();
    }
}
