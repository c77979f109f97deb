using Standstill.Cli.Plots;

namespace Standstill.Cli.Tests.Plots;

public sealed class CrossingPlotTests
{
    [Fact]
    public void Each_length_has_a_row_with_its_months_its_range_and_the_masses_at_the_edges()
    {
        var figure = new FigureReading(CrossingPlot.Draw(MadeUp.Crossing()));

        Assert.Equal(2, figure.Count("panel"));
        Assert.Equal(150, figure.Count("month"));
        Assert.Equal(["40 h", "167 h"], figure.Texts("length"));
        Assert.Equal(["median Feb 2027, 90 % range already to Sep 2028", "median Jul 2028, 90 % range Feb 2027 to never within ten years"], figure.Texts("summary"));
        Assert.Equal(["6.2 %", "< 0.1 %"], figure.Texts("already-mass"));
        Assert.Equal(["0.4 %", "7.1 %"], figure.Texts("never-mass"));
        Assert.Equal((2, 2), (figure.Count("beyond"), figure.Count("cap")));
    }

    [Fact]
    public void The_bars_of_a_row_are_as_high_as_their_masses()
    {
        var row = MadeUp.Crossing().Lengths[0] with { Months = [new(new(2027, 1, 1), 0.1), new(new(2027, 2, 1), 0.4)] };
        var heights = CrossingPlot.Draw(MadeUp.Crossing() with { Lengths = [row] }).All.OfType<Mark.Path>().Where(path => path.Role == "month")
            .Select(path => path.Spots.Max(spot => spot.Y) - path.Spots.Min(spot => spot.Y)).ToArray();

        Assert.Equal(4, heights[1] / heights[0], 6);
    }

    [Fact]
    public void A_length_that_is_crossed_already_says_so_and_has_no_bars()
    {
        var already = new CrossingDay.Already();
        var figure = new FigureReading(CrossingPlot.Draw(MadeUp.Crossing() with { Lengths = [new("1 h", 1, 0, [], already, already, already)] }));

        Assert.Equal(0, figure.Count("month"));
        Assert.Equal(["median and 90 % range: already"], figure.Texts("summary"));
        Assert.Equal(["100 %"], figure.Texts("already-mass"));
    }

    [Fact]
    public void More_than_six_lengths_are_cut_and_the_caption_says_so()
    {
        var row = MadeUp.Crossing().Lengths[0];
        var figure = new FigureReading(CrossingPlot.Draw(MadeUp.Crossing() with { Lengths = [.. Enumerable.Repeat(row, 8)] }));

        Assert.Equal(6, figure.Count("panel"));
        Assert.Contains("2 further lengths are left out", figure.Text);
    }

    [Fact]
    public void Without_lengths_the_figure_says_that_there_are_none() =>
        Assert.Equal(["no lengths: there is nothing to draw"], new FigureReading(CrossingPlot.Draw(MadeUp.Crossing() with { Lengths = [] })).Texts("nothing"));
}
