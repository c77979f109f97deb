using Standstill.Cli.Plots;

namespace Standstill.Cli.Tests.Plots;

public sealed class TrendPlotTests
{
    [Fact]
    public void Every_model_is_a_point_and_those_on_the_frontier_are_named()
    {
        var trend = MadeUp.Trend();
        var figure = new FigureReading(TrendPlot.Draw(trend));

        Assert.Equal(16, figure.Count("point"));
        Assert.Equal(15, figure.Count("interval"));
        Assert.Equal(1, figure.Count("at-least"));
        Assert.Equal(trend.Points.Where(point => point.OnFrontier).Select(point => point.Name).Order(StringComparer.Ordinal), figure.Texts("label").Order(StringComparer.Ordinal));
        Assert.Equal((1, 2, 2, 1), (figure.Count("trend"), figure.Count("band90"), figure.Count("band50"), figure.Count("median")));
        Assert.Equal(["watch: > 8 h", "pause: > 40 h"], figure.Texts("threshold-label"));
        Assert.Equal(["longest task, 30 h"], figure.Texts("support-label"));
        Assert.Contains("8 h day", figure.Texts("tick"));
        Assert.Contains("2026", figure.Texts("tick"));
    }

    [Fact]
    public void The_bands_are_paler_after_the_last_datum()
    {
        var bands = TrendPlot.Draw(MadeUp.Trend()).All.OfType<Mark.Path>().Where(path => path.Role == "band90").OrderBy(path => path.Spots.Min(spot => spot.X)).ToArray();

        Assert.Equal(bands[0].Spots.Max(spot => spot.X), bands[1].Spots.Min(spot => spot.X), 6);
        Assert.True(bands[1].Fill!.Value.Opacity < bands[0].Fill!.Value.Opacity);
    }

    [Fact]
    public void No_two_labels_cover_each_other_or_a_point()
    {
        var crowded = MadeUp.Trend() with
        {
            Points = [.. Enumerable.Range(0, 60).Select(i => new HorizonPoint($"A model with a long name {i}", new DateOnly(2024, 1, 1).AddDays(i * 9), 10 + i, 5, 100, true))],
        };
        var drawing = TrendPlot.Draw(crowded);
        var labels = drawing.All.OfType<Mark.Words>().Where(words => words.Role is "label" or "threshold-label" or "support-label").Select(Covered).ToArray();
        var points = drawing.All.OfType<Mark.Disc>().Where(disc => disc.Role == "point").Select(disc => new Box(disc.Centre.X - 3, disc.Centre.Y - 3, disc.Centre.X + 3, disc.Centre.Y + 3)).ToArray();

        Assert.True(labels.Length > 10);
        for (var i = 0; i < labels.Length; i++)
        {
            Assert.DoesNotContain(labels[..i], other => other.Shared(labels[i]) > 0);
            Assert.DoesNotContain(points, point => point.Shared(labels[i]) > 0);
        }

        var unnamed = 60 - drawing.All.OfType<Mark.Words>().Count(words => words.Role == "label");
        Assert.Contains($"{unnamed} names are left out for want of room", new FigureReading(drawing).Text.Replace('\n', ' '));

        static Box Covered(Mark.Words words) =>
            new(words.At.X, words.At.Y - words.Size * Lettering.CapHeight, words.At.X + Lettering.Width(words.Text, words.Size), words.At.Y);
    }

    [Fact]
    public void An_interval_without_a_limit_runs_to_the_edge_with_an_arrow()
    {
        var point = new HorizonPoint("one", new DateOnly(2026, 1, 1), 60, 0, double.PositiveInfinity, true);
        var figure = new FigureReading(TrendPlot.Draw(MadeUp.Trend() with { Points = [point], Fan = null, Trends = [] }));

        Assert.Equal((1, 2, 0), (figure.Count("interval"), figure.Count("beyond"), figure.Count("cap")));
    }

    [Fact]
    public void A_model_without_a_length_is_left_out_and_counted()
    {
        var trend = MadeUp.Trend();
        var figure = new FigureReading(TrendPlot.Draw(trend with { Points = [.. trend.Points, new("none", new DateOnly(2026, 1, 1), double.NaN, 0, 0, false)] }));

        Assert.Equal(16, figure.Count("point"));
        Assert.Contains("1 model without a length is left out", figure.Text);
    }

    [Fact]
    public void Without_horizons_the_figure_says_that_there_are_none() =>
        Assert.Equal(["no horizons: there is nothing to draw"], new FigureReading(TrendPlot.Draw(MadeUp.Trend() with { Points = [], Fan = null, Trends = [] })).Texts("nothing"));
}
