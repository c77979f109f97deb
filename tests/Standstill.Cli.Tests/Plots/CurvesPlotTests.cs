using Standstill.Cli.Plots;

namespace Standstill.Cli.Tests.Plots;

public sealed class CurvesPlotTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(18)]
    [InlineData(24)]
    public void Each_agent_has_a_panel_with_its_bins_its_curve_and_its_horizons(int agents)
    {
        var figure = new FigureReading(CurvesPlot.Draw(MadeUp.Curves(agents)));

        Assert.Equal(agents, figure.Count("panel"));
        Assert.Equal(agents, figure.Count("curve"));
        Assert.Equal(agents * 11, figure.Count("bin"));
        Assert.Equal(agents * 11, figure.Count("bin-interval"));
        Assert.Equal(agents * 2, figure.Count("horizon-interval"));
        Assert.Equal(agents, figure.Count("no-tasks"));
        Assert.Equal(agents, figure.Texts("agent").Length);
    }

    [Fact]
    public void Of_more_than_twenty_four_agents_the_most_recent_are_drawn_and_the_caption_says_so()
    {
        var figure = new FigureReading(CurvesPlot.Draw(MadeUp.Curves(30)));

        Assert.Equal(24, figure.Count("panel"));
        Assert.DoesNotContain("GPT-2", figure.Texts("agent"));
        Assert.Equal("A later model 29", figure.Texts("agent")[^1]);
        Assert.Contains("the most recent 24 of 30 agents", string.Join(' ', figure.Texts("caption")));
    }

    [Fact]
    public void The_figures_above_a_panel_are_its_horizons_or_their_bounds()
    {
        var panel = MadeUp.Curves(1).Agents[0];
        string Written(LevelMark level) => new FigureReading(CurvesPlot.Draw(MadeUp.Curves(0) with { Agents = [panel with { Levels = [level] }] })).Texts("figures")[0];

        Assert.Equal("50 %: 5 h", Written(new(0.5, 300, 100, 900)));
        Assert.Equal("50 %: ≥ 16 h", Written(new(0.5, null, 960, double.PositiveInfinity)));
        Assert.Equal("50 %: ≤ 2 s", Written(new(0.5, null, 0, 2 / 60.0)));
        Assert.Equal("50 %: not known", Written(new(0.5, null, 0, double.PositiveInfinity)));
    }

    [Fact]
    public void A_bound_has_an_arrow_and_no_sign()
    {
        var panel = MadeUp.Curves(1).Agents[0] with { Levels = [new(0.5, null, 240, double.PositiveInfinity)] };
        var figure = new FigureReading(CurvesPlot.Draw(MadeUp.Curves(0) with { Agents = [panel] }));

        Assert.Equal((0, 1, 1, 1), (figure.Count("horizon"), figure.Count("horizon-interval"), figure.Count("beyond"), figure.Count("cap")));
    }

    [Fact]
    public void Without_agents_the_figure_says_that_there_are_none()
    {
        var figure = new FigureReading(CurvesPlot.Draw(MadeUp.Curves(0)));

        Assert.Equal(["no agents: there is nothing to draw"], figure.Texts("nothing"));
        Assert.Contains("sha256 9f2c41d07be8 · 1,000 draws · seed: the digest", string.Join(' ', figure.Texts("caption")));
    }
}
