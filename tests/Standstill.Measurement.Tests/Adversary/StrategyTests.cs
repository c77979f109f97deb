using Standstill.Measurement.Adversary;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Adversary;

public class StrategyTests
{
    public static TheoryData<string> Names => [.. Strategy.All.Select(strategy => strategy.Name)];

    [Fact]
    public void The_library_has_every_strategy_once()
    {
        Assert.Equal(16, Strategy.All.Length);
        Assert.Equal(16, Strategy.All.Select(strategy => strategy.Name).Distinct().Count());
        Assert.Null(Strategy.Named("honesty"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_strategy_always_has_a_plan_and_says_why_it_cannot_be_done(string name)
    {
        var strategy = Strategy.Named(name)!;
        foreach (var flop in new[] { 1e20, 1e24, 1e26, 1e30 })
        {
            foreach (var days in new[] { 1, 90, 1000 })
            {
                var plans = strategy.Plans(Parties.Watched(), new Diversion(flop, days));
                Assert.NotEmpty(plans);
                Assert.All(plans, plan =>
                {
                    Assert.InRange(plan.Areas, 0, 3);
                    Assert.InRange(plan.Days.Count, 1, days);
                    Assert.InRange(plan.Overhead, 1, 2);
                });
            }
        }

        Assert.All(strategy.Plans(Parties.Watched(), new Diversion(1e30, 1)), plan => Assert.StartsWith("needs", plan.Obstacle, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Some_measure_sees_a_strategy_that_wants_much(string name)
    {
        // As much as the strategy allows, in a party watched by everything: more is caused than by chance.
        var strategy = Strategy.Named(name)!;
        var flop = Enumerable.Range(0, 60).Select(i => 1e27 / Math.Pow(1.25, i))
            .First(x => strategy.Plans(Parties.Watched(), new Diversion(x, 180)).Any(plan => plan.Obstacle is null));
        var result = DetectionStudy.Run(Parties.Watched(), new Diversion(flop, 180), [strategy], Parties.Seed(1), 100, DrawLoops.InOrder).Strategies[0];
        Assert.True(result.All!.Caused.Low.Value > 0.1, $"{result.All.Caused.Value}");
    }

    [Fact]
    public void Hidden_days_are_counted()
    {
        var days = new HiddenDays(30, 3, 100);
        Assert.Equal(Enumerable.Range(0, 200).Count(days.Runs), days.Count);
        Assert.False(days.Runs(-1));
        Assert.True(days.Runs(90));
        Assert.False(days.Runs(93));
        Assert.False(days.Runs(120));
    }

    [Fact]
    public void A_plan_needs_the_chips_that_the_operations_take()
    {
        // 1e24 FLOP at 989.4e12 · 0.4 a second are 701,884 chip-hours; in 90 days 324.9 accelerators of 6000.
        var plan = Strategy.Named("slow-drip")!.Plans(Parties.Watched(), new Diversion(1e24, 90)).Single(one => one.Choice == "3 areas, 90 days");
        Assert.Equal(324.95 / 6000, plan.HiddenShare, 5);
    }
}
