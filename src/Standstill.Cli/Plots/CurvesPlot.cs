using System.Collections.Immutable;
using System.Globalization;
using Standstill.Node.Pages;

namespace Standstill.Cli.Plots;

/// <summary>Draws success against length of task: small multiples with common axes, from the earliest agent to the latest.</summary>
internal static class CurvesPlot
{
    public const int MostPanels = 24;

    private const double PanelGap = 13;

    /// <summary>Room beyond 0 % and 100 %, so that a point there is whole.</summary>
    private const double ShareRoom = 4.5;

    private static readonly ImmutableArray<(string Colour, int Corners)> LevelSigns = [(Ink.Vermilion, 2), (Ink.Green, 4), (Ink.Purple, 3), (Ink.Orange, 6)];

    /// <summary>Draws the figure.</summary>
    public static Drawing Draw(CurvesFigure figure)
    {
        var agents = figure.Agents.OrderBy(agent => agent.Released ?? DateOnly.MinValue).ThenBy(agent => agent.Name, StringComparer.Ordinal).ToImmutableArray();
        var left = Math.Max(0, agents.Length - MostPanels);
        agents = agents[left..];
        var levels = agents.SelectMany(agent => agent.Levels).Select(level => level.Level).Where(double.IsFinite).Distinct().Order().Take(LevelSigns.Length).ToImmutableArray();
        var sheet = new Sheet(figure.Title);
        var top = sheet.Heading(agents.IsEmpty ? [] : Legend(levels));
        var bottom = sheet.Caption(figure.Source.Caption(left == 0 ? [] : [$"the most recent {MostPanels} of {figure.Agents.Length.ToString(CultureInfo.InvariantCulture)} agents"]));
        if (agents.IsEmpty)
        {
            sheet.Nothing("no agents: there is nothing to draw");
            return sheet.Finish("An empty figure: there are no agents.");
        }

        var (columns, rows) = Grid(agents.Length);
        var dense = rows > 2 || columns > 3;
        var head = dense ? 22.0 : 26.0;
        var area = new Box(Sheet.Margin + 44, top, Drawing.Width - Sheet.Margin - 4, bottom - 28);
        var (width, height) = ((area.Width - PanelGap * (columns - 1)) / columns, area.Height / rows);
        var (least, most) = Range(agents);
        for (var i = 0; i < agents.Length; i++)
        {
            var (row, column) = (i / columns, i % columns);
            var panel = new Box(
                area.Left + (width + PanelGap) * column, area.Top + height * row + head, area.Left + (width + PanelGap) * column + width, area.Top + height * (row + 1) - (row == rows - 1 ? 0 : 5));
            var scale = new LengthScale(least, most, panel.Left, panel.Right);
            Axes(sheet, panel, scale, labelLeft: column == 0, labelBelow: i + columns >= agents.Length, dense);
            Panel(sheet, agents[i], panel, scale, levels, dense);
        }

        sheet.Words("axis", (area.Left + area.Right) / 2, bottom, "length of task (human working time, logarithmic)", Ink.AxisSize, Anchor.Middle);
        sheet.Add(new Mark.Words("axis", new(Sheet.Margin + 8, (area.Top + area.Bottom) / 2), "success", Ink.AxisSize, Anchor.Middle, Ink.Black, Upwards: true));
        return sheet.Finish(
            $"{agents.Length.ToString(CultureInfo.InvariantCulture)} panels, one for each agent: the weighted share of successes by length of task with 95 % intervals, the fitted curve, and the horizons at {string.Join(" and ", levels.Select(Figures.Share))} success.");
    }

    /// <summary>Columns and rows: as wide as high until six, then wider, so that a panel stays about half as high as wide.</summary>
    private static (int Columns, int Rows) Grid(int panels)
    {
        var columns = panels switch { 1 => 1, <= 4 => 2, <= 9 => 3, <= 16 => 4, <= 20 => 5, _ => 6 };
        return (columns, (panels + columns - 1) / columns);
    }

    /// <summary>From 1 s, or the shortest task, to beyond the longest task and, within reason, beyond the longest horizon.</summary>
    private static (double Least, double Most) Range(ImmutableArray<AgentPanel> agents)
    {
        var shortest = agents.SelectMany(agent => agent.Bins).Select(bin => bin.Minutes).Where(Drawable).DefaultIfEmpty(1).Min();
        var longest = agents.Select(agent => agent.Longest ?? 0).Where(Drawable).DefaultIfEmpty(480).Max();
        var horizon = agents.SelectMany(agent => agent.Levels).Select(level => level.Minutes ?? 0).Where(Drawable).DefaultIfEmpty(0).Max();
        return (Math.Min(1 / 60.0, shortest) * 0.7, Math.Max(960, Math.Max(longest * 2.2, Math.Min(horizon * 1.8, longest * 16))) * 1.15);
    }

    private static void Axes(Sheet sheet, Box panel, LengthScale scale, bool labelLeft, bool labelBelow, bool dense)
    {
        var size = dense ? Ink.LabelSize - 1 : Ink.TickSize;
        var grid = new Stroke(Ink.PaleGrey, 0.5);
        foreach (var share in (double[])[0, 0.25, 0.5, 0.75, 1])
        {
            var y = Height(panel, share);
            sheet.Line("grid", panel.Left, y, panel.Right, y, grid);
            if (labelLeft && (!dense || share is 0 or 0.5 or 1))
            {
                sheet.Words("tick", panel.Left - 4, y + size * 0.36, Figures.Share(share), size, Anchor.End);
            }
        }

        foreach (var tick in Ticks.ForTasks(scale, size))
        {
            sheet.Line("grid", tick.At, panel.Top, tick.At, panel.Bottom, grid);
            sheet.Line("mark", tick.At, panel.Bottom, tick.At, panel.Bottom + 2.5, new Stroke(Ink.Grey, 0.6));
            if (labelBelow)
            {
                sheet.Words("tick", tick.At, panel.Bottom + 4 + size * 0.9, tick.Label, size, Anchor.Middle);
            }
        }
    }

    private static void Panel(Sheet sheet, AgentPanel agent, Box panel, LengthScale scale, ImmutableArray<double> levels, bool dense)
    {
        var marks = ImmutableArray.CreateBuilder<Mark>();
        if (agent.Longest is { } longest && Drawable(longest) && scale.Shows(longest))
        {
            var shade = new Box(scale.At(longest), panel.Top, panel.Right, panel.Bottom);
            marks.Add(Sheet.Shapes("no-tasks", shade, new Fill(Ink.Shade)));
            marks.Add(Sheet.Lines("longest", [new(shade.Left, panel.Top), new(shade.Left, panel.Bottom)], new Stroke(Ink.Grey, 0.6, [1, 1.5])));
            if (!dense && Lettering.Width("no tasks", Ink.LabelSize) + 4 < shade.Width)
            {
                marks.Add(new Mark.Words("shade", new((shade.Left + shade.Right) / 2, panel.Top + 12), "no tasks", Ink.LabelSize, Anchor.Middle, Ink.Grey));
            }
        }

        var shown = agent.Levels.Where(level => levels.Contains(level.Level)).ToImmutableArray();
        foreach (var level in shown.Where(level => level.Minutes is { } minutes && Drawable(minutes)))
        {
            var x = scale.At(level.Minutes!.Value);
            marks.Add(Sheet.Lines("drop", [new(x, Height(panel, level.Level)), new(x, panel.Bottom)], new Stroke(Sign(levels, level).Colour, 0.7, [2, 1.5])));
        }

        var heaviest = agent.Bins.Select(bin => bin.Weight).Where(Weighs).DefaultIfEmpty(1).Max();
        var bins = agent.Bins.Where(bin => Drawable(bin.Minutes) && double.IsFinite(bin.Success)).ToImmutableArray();
        foreach (var bin in bins.Where(bin => double.IsFinite(bin.Low) && double.IsFinite(bin.High)))
        {
            var x = scale.At(bin.Minutes);
            marks.Add(Sheet.Lines("bin-interval", [new(x, Height(panel, bin.Low)), new(x, Height(panel, bin.High))], new Stroke(Ink.Blue, dense ? 0.7 : 1, [], 0.75)));
        }

        foreach (var bin in bins)
        {
            var share = Weighs(bin.Weight) ? bin.Weight / heaviest : 0;
            marks.Add(new Mark.Disc(
                "bin", new(scale.At(bin.Minutes), Height(panel, bin.Success)), Math.Max(1.2, (dense ? 3 : 5) * Math.Sqrt(share)), new Stroke(Ink.Blue, 0.6), new Fill(Ink.SkyBlue)));
        }

        var curve = agent.Curve.Where(point => Drawable(point.Minutes) && double.IsFinite(point.Success)).ToImmutableArray();
        if (curve.Length > 1)
        {
            marks.Add(Sheet.Lines("curve", [.. curve.Select(point => new Spot(scale.At(point.Minutes), Height(panel, point.Success)))], new Stroke(Ink.Black, dense ? 1.1 : 1.5)));
        }

        foreach (var level in shown)
        {
            marks.AddRange(Horizon(level, panel, scale, Sign(levels, level), dense));
        }

        sheet.Add(new Mark.Clipped("panel", panel, marks.ToImmutable()));
        sheet.Rectangle("frame", panel, null, new Stroke(Ink.Grey, 0.7));
        var (size, small) = dense ? (Ink.LabelSize, Ink.LabelSize - 1) : (Ink.AxisSize, Ink.TickSize);
        sheet.Words("agent", panel.Left, panel.Top - small - 5, Lettering.Fit(Lettering.Clean(agent.Name), size, panel.Width, bold: true), size, bold: true);
        var figures = agent.Remark.Length > 0 ? Lettering.Clean(agent.Remark) : string.Join(" · ", shown.OrderBy(level => level.Level).Select(Written));
        sheet.Words("figures", panel.Left, panel.Top - 4, Lettering.Fit(figures, small, panel.Width), small, colour: Ink.Grey);
    }

    private static IEnumerable<Mark> Horizon(LevelMark level, Box panel, LengthScale scale, (string Colour, int Corners) sign, bool dense)
    {
        var y = Height(panel, level.Level);
        var cap = dense ? 2.0 : 3.5;
        var stroke = new Stroke(sign.Colour, dense ? 1.2 : 1.8);
        if (level.Low >= 0 && level.High >= level.Low && (level.Low > 0 || double.IsFinite(level.High)))
        {
            var (low, high) = (scale.Within(level.Low), scale.Within(level.High));
            yield return Sheet.Lines("horizon-interval", [new(low, y), new(high, y)], stroke);
            foreach (var (at, beyond, side) in new[] { (low, level.Low < scale.Least, -1), (high, level.High > scale.Most, 1) })
            {
                yield return beyond
                    ? Sheet.Head("beyond", new(at, y), side, 0, sign.Colour, dense ? 3.5 : 5)
                    : Sheet.Lines("cap", [new(at, y - cap), new(at, y + cap)], stroke);
            }
        }

        if (level.Minutes is { } minutes && Drawable(minutes))
        {
            yield return Sheet.Sign("horizon", new(scale.Within(minutes), y), dense ? 3 : 4.5, sign.Corners, sign.Colour);
        }
    }

    private static string Written(LevelMark level) => Figures.Share(level.Level) + ": " + level switch
    {
        { Minutes: { } minutes } when Drawable(minutes) => Figures.Length(minutes),
        { Low: > 0 } when double.IsFinite(level.Low) => "≥ " + Figures.Length(level.Low),
        { High: > 0 } when double.IsFinite(level.High) => "≤ " + Figures.Length(level.High),
        _ => "not known",
    };

    private static IEnumerable<LegendItem> Legend(ImmutableArray<double> levels)
    {
        yield return new("share of successes, area by weight, 95 % interval", at =>
        [
            Sheet.Lines("sample", [new(at.X + 11, at.Y - 6), new(at.X + 11, at.Y + 6)], new Stroke(Ink.Blue, 1, [], 0.75)),
            new Mark.Disc("sample", new(at.X + 11, at.Y), 3.5, new Stroke(Ink.Blue, 0.6), new Fill(Ink.SkyBlue)),
        ]);
        yield return LegendItem.OfLine("fitted curve", new Stroke(Ink.Black, 1.5));
        for (var i = 0; i < levels.Length; i++)
        {
            var (colour, corners) = LevelSigns[i];
            yield return new($"{Figures.Share(levels[i])} horizon, 95 % interval", at =>
            [
                Sheet.Lines("sample", [at, new(at.X + LegendItem.SampleWidth, at.Y)], new Stroke(colour, 1.5)),
                Sheet.Sign("sample", new(at.X + 11, at.Y), 4, corners, colour),
            ]);
        }

        yield return LegendItem.OfArea("no tasks so long", new Fill("#dddddd"));
    }

    private static (string Colour, int Corners) Sign(ImmutableArray<double> levels, LevelMark level) => LevelSigns[levels.IndexOf(level.Level)];

    private static double Height(Box panel, double share) => panel.Bottom - ShareRoom - (panel.Height - 2 * ShareRoom) * Math.Clamp(share, 0, 1);

    private static bool Drawable(double minutes) => LengthScale.Holds(minutes);

    private static bool Weighs(double weight) => weight > 0 && double.IsFinite(weight);
}
