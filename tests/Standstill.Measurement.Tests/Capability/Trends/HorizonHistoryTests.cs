using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Capability.Trends;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Trends;

public sealed class HorizonHistoryTests
{
    [Fact]
    public void Published_figures_are_drawn_within_their_limits_and_bare_ones_stay()
    {
        var history = HorizonHistory.Of(Published.Horizons, Published.Seed, 4000);
        var gpt5 = Index(history, "GPT-5 (Inspect)");
        var inside = Enumerable.Range(0, 4000).Count(draw => Math.Exp(history.Log(draw, gpt5)) is > 114.211156 and < 406.743053);
        Assert.Equal(0.95, inside / 4000.0, 0.012);
        var bare = Index(history, "Claude Mythos Preview (early)");
        Assert.All(Enumerable.Range(0, 100), draw => Assert.Equal(Math.Log(960), history.Log(draw, bare), 1e-12));
        Assert.Equal(Censoring.AtLeast, history.Models[bare].Censoring);
        Assert.False(history.Models[bare].ErrorKnown);
    }

    [Fact]
    public void Fitted_agents_without_a_date_or_a_horizon_are_left_out_and_bounds_stay_bounds()
    {
        var runs = Runs();
        var fits = HorizonEstimator.Fit(runs, HorizonSettings.Horizon11);
        var draws = HorizonBootstrap.Draw(runs, HorizonSettings.Horizon11, [new Probability(0.5)], Published.Seed, 200, DrawLoops.InOrder);
        var history = HorizonHistory.Of(runs, fits, draws, 0);
        Assert.Equal(["undated"], history.LeftOut);
        Assert.Equal([("fails", Censoring.AtMost), ("fitted", Censoring.None), ("succeeds", Censoring.AtLeast)], history.Models.Select(model => (model.Model, model.Censoring)));
        Assert.Equal(fits[Agent(runs, "fitted")].Horizon(new Probability(0.5)).Estimate, history.Models[1].Log);
        Assert.Equal(Math.Log(128), history.Models[2].Log, 1e-12);
        Assert.Equal(128, history.Support!.Value.Value, 1e-9);
        for (var draw = 0; draw < 200; draw++)
        {
            Assert.Equal(double.NegativeInfinity, history.Log(draw, 0));
            Assert.Equal(Math.Log(128), history.Log(draw, 2), 1e-12);
        }

        Assert.True(history.SilentDraws >= 200);
    }

    [Fact]
    public void A_fit_for_each_agent_is_demanded()
    {
        var runs = Runs();
        var draws = HorizonBootstrap.Draw(runs, HorizonSettings.Horizon11, [new Probability(0.5)], Published.Seed, 2, DrawLoops.InOrder);
        Assert.Throws<ArgumentException>(() => HorizonHistory.Of(runs, [], draws, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => HorizonHistory.Of(Published.Measured, Published.Seed, 0));
    }

    private static RunSet Runs()
    {
        var builder = new RunSetBuilder();
        for (var task = 0; task < 8; task++)
        {
            foreach (var (alias, successes) in (ReadOnlySpan<(string, int)>)[("fitted", 8 - task), ("succeeds", 8), ("fails", 0), ("undated", 4)])
            {
                foreach (var (score, count) in (ReadOnlySpan<(double, int)>)[(1, successes), (0, 8 - successes)])
                {
                    if (count > 0)
                    {
                        Assert.Null(builder.Add(new RunRow(alias, $"t{task}", $"f{task % 4}", new Minutes(1 << task), score)
                        {
                            Count = count,
                            Released = alias == "undated" ? null : new DateOnly(2025, 1, 1),
                        }));
                    }
                }
            }
        }

        return builder.Build();
    }

    private static int Index(HorizonHistory history, string name) => history.Models.Select(model => model.Model).ToList().IndexOf(name);

    private static int Agent(RunSet runs, string alias) => runs.Agents.Select(agent => agent.Alias).ToList().IndexOf(alias);
}
