using System.Collections.Immutable;
using System.Globalization;

namespace Standstill.Cli.Plots;

/// <summary>Draws horizons against release dates, with trends, a forecast and thresholds.</summary>
internal static class TrendPlot
{
    /// <summary>Legend and colours run out beyond this many fitted lines; the rest is counted in the caption.</summary>
    public const int MostTrends = 4;

    private static readonly ImmutableArray<Stroke> TrendStrokes =
    [
        new(Ink.Black, 1.4), new(Ink.Vermilion, 1.4, [7, 2.5]), new(Ink.Green, 1.4, [7, 2.5, 1.5, 2.5]), new(Ink.Purple, 1.6, [3, 2]),
    ];

    /// <summary>Length of the arrow on a bound.</summary>
    private const double AtLeastLength = 20;

    private const string AfterLast = "after the last datum";

    private static readonly Stroke SupportStroke = new(Ink.Grey, 1.2, [1.2, 2.4]);
    private static readonly Stroke ThresholdStroke = new(Ink.Vermilion, 1, [5, 3]);

    /// <summary>Draws the figure.</summary>
    public static Drawing Draw(TrendFigure figure)
    {
        var points = figure.Points.Where(point => Drawable(point.Minutes)).Select(Ordered).OrderBy(point => point.Released).ThenBy(point => point.Name, StringComparer.Ordinal).ToImmutableArray();
        var trends = figure.Trends.Select(trend => trend with { Days = [.. trend.Days.Where(day => Drawable(day.Minutes))] }).Where(trend => trend.Days.Length > 1).ToImmutableArray();
        var fan = figure.Fan is { } given && given.Days.Count(Known) > 1 ? given with { Days = [.. given.Days.Where(Known)] } : null;
        var sheet = new Sheet(figure.Title);
        if (points.IsEmpty && trends.IsEmpty && fan is null)
        {
            sheet.Heading([]);
            sheet.Caption(figure.Source.Caption(LeftOut(figure, points, trends.Length, 0)));
            sheet.Nothing("no horizons: there is nothing to draw");
            return sheet.Finish("An empty figure: there are no horizons.");
        }

        var thresholds = figure.Thresholds.Where(line => Drawable(line.Minutes)).OrderBy(line => line.Minutes).ToImmutableArray();
        var support = figure.Support is { } longest && Drawable(longest) ? longest : (double?)null;
        var top = sheet.Heading(Legend(points, trends, fan));
        // The labels decide how long the caption is, and it decides how high the figure is: room is kept as if names were left out.
        var bottom = Sheet.AboveCaption(figure.Source.Caption(LeftOut(figure, points, trends.Length, points.Length > 20 ? points.Length : 0)));
        var panel = new Box(Sheet.Margin + 82, top, Drawing.Width - Sheet.Margin - 6, bottom - 30);
        var days = Days(points, trends, fan, panel);
        var scale = Lengths(points, trends, fan, thresholds, support, panel);
        Axes(sheet, figure.Axis, panel, bottom, scale, days);

        var placer = new LabelPlacer(new Box(panel.Left + 2, panel.Top + 2, panel.Right - 2, panel.Bottom - 2));
        var marks = ImmutableArray.CreateBuilder<Mark>();
        if (fan is not null)
        {
            marks.AddRange(Fan(fan, panel, scale, days));
            if (days.Shows(fan.LastDatum))
            {
                var (last, wide) = (days.At(fan.LastDatum), Lettering.Width(AfterLast, Ink.LabelSize) + 4);
                var left = last + wide < panel.Right ? last + 4 : last - wide;
                placer.Reserve(new Box(left, panel.Bottom - 16, left + wide, panel.Bottom));
                marks.Add(Sheet.Lines("last-datum", [new(last, panel.Top), new(last, panel.Bottom)], new Stroke(Ink.Grey, 0.7, [2, 2])));
                marks.Add(new Mark.Words("last-datum-label", new(left, panel.Bottom - 5), AfterLast, Ink.LabelSize, Anchor.Start, Ink.Grey, Halo: true));
            }

            Avoid(placer, fan.Days.Select(day => new Spot(days.At(day.Day), scale.At(day.Median))));
        }

        foreach (var (trend, stroke) in trends.Zip(TrendStrokes))
        {
            var course = trend.Days.Select(day => new Spot(days.At(day.Day), scale.At(day.Minutes))).ToImmutableArray();
            marks.Add(Sheet.Lines("trend", course, stroke));
            Avoid(placer, course);
        }

        foreach (var point in points)
        {
            marks.AddRange(Point(point, panel, scale, days));
            placer.Reserve(new Spot(days.At(point.Released), scale.At(point.Minutes)));
        }

        var words = ImmutableArray.CreateBuilder<Mark>();
        var unplaced = 0;
        foreach (var (name, minutes, stroke, role) in thresholds.Select(line => (line.Name, line.Minutes, ThresholdStroke, "threshold"))
            .Concat(support is { } limit ? [("longest task, " + Standstill.Node.Pages.Figures.Length(limit), limit, SupportStroke, "support")] : []))
        {
            var y = scale.At(minutes);
            marks.Add(Sheet.Lines(role, [new(panel.Left, y), new(panel.Right, y)], stroke));
            unplaced += Beside(name, y, stroke.Colour, role, panel, placer, words) ? 0 : 1;
            placer.Avoid(new(panel.Left, y), new(panel.Right, y));
        }

        foreach (var point in points)
        {
            var x = days.At(point.Released);
            placer.Avoid(new(x, point.AtLeast ? scale.At(point.Minutes) - AtLeastLength : scale.Within(point.High)), new(x, scale.Within(point.Low)));
        }

        foreach (var point in points.Where(point => point.OnFrontier).Reverse())
        {
            unplaced += Beside(point, panel, scale, days, placer, words) ? 0 : 1;
        }

        sheet.Add(new Mark.Clipped("panel", panel, marks.ToImmutable()));
        sheet.Rectangle("frame", panel, null, new Stroke(Ink.Grey, 0.7));
        foreach (var mark in words)
        {
            sheet.Add(mark);
        }

        sheet.Caption(figure.Source.Caption(LeftOut(figure, points, trends.Length, unplaced)));
        return sheet.Finish(
            $"{Lettering.Clean(figure.Axis)} against release date for {points.Length.ToString(CultureInfo.InvariantCulture)} models with 95 % intervals, {points.Count(point => point.OnFrontier).ToString(CultureInfo.InvariantCulture)} of them on the frontier"
            + (trends.IsEmpty ? "" : ", with fitted trends") + (fan is null ? "." : ", and a forecast with 50 % and 90 % bands."));
    }

    private static DayScale Days(ImmutableArray<HorizonPoint> points, ImmutableArray<TrendLine> trends, ForecastFan? fan, Box panel)
    {
        var all = points.Select(point => point.Released).Concat(trends.SelectMany(trend => trend.Days).Select(day => day.Day)).Concat(fan?.Days.Select(day => day.Day) ?? []).ToArray();
        var (first, last) = (all.Min().DayNumber, all.Max().DayNumber);
        var room = Math.Max(30, (last - first) / 40);
        return new DayScale(
            DateOnly.FromDayNumber(Math.Max(DateOnly.MinValue.DayNumber, first - room)), DateOnly.FromDayNumber(Math.Min(DateOnly.MaxValue.DayNumber, last + room)), panel.Left, panel.Right);
    }

    /// <summary>Room for all points and lines; wide intervals and bands run off the edge instead of pressing the rest together.</summary>
    private static LengthScale Lengths(
        ImmutableArray<HorizonPoint> points, ImmutableArray<TrendLine> trends, ForecastFan? fan, ImmutableArray<ThresholdLine> thresholds, double? support, Box panel)
    {
        var firm = points.Select(point => point.Minutes).Concat(thresholds.Select(line => line.Minutes)).Concat(support is { } limit ? [limit] : [])
            .Concat(fan?.Days.Select(day => day.Median) ?? []).ToArray();
        var lines = trends.SelectMany(trend => trend.Days).Select(day => day.Minutes).ToArray();
        var (least, most) = firm.Length > 0 ? (firm.Min(), firm.Max()) : (lines.Min(), lines.Max());
        var loose = points.SelectMany(point => new[] { Math.Max(point.Low, point.Minutes / 12), Math.Min(point.High, point.Minutes * 12) })
            .Concat(fan?.Days.SelectMany(day => new[] { Math.Max(day.Low90, day.Median / 100), Math.Min(day.High90, day.Median * 30) }) ?? [])
            .Concat(lines.Select(length => Math.Clamp(length, least / 4, most * 4)))
            .Where(Drawable).ToArray();
        least = Math.Max(Math.Min(least, loose.DefaultIfEmpty(least).Min()) / 1.6, 1e-12);
        most = Math.Min(Math.Max(most, loose.DefaultIfEmpty(most).Max()) * 1.8, 1e15);
        return new LengthScale(least, Math.Max(most, least * 4), panel.Bottom, panel.Top);
    }

    private static void Axes(Sheet sheet, string axis, Box panel, double bottom, LengthScale scale, DayScale days)
    {
        var grid = new Stroke(Ink.PaleGrey, 0.5);
        var mark = new Stroke(Ink.Grey, 0.6);
        foreach (var tick in Ticks.ForHorizons(scale, Ink.TickSize))
        {
            if (tick.Label.Length > 0)
            {
                sheet.Line("grid", panel.Left, tick.At, panel.Right, tick.At, grid);
            }

            sheet.Line("mark", panel.Left - 3, tick.At, panel.Left, tick.At, mark);
            sheet.Words("tick", panel.Left - 5, tick.At + Ink.TickSize * 0.36, tick.Label, Ink.TickSize, Anchor.End);
        }

        foreach (var tick in Ticks.ForDays(days, Ink.TickSize))
        {
            sheet.Line("grid", tick.At, panel.Top, tick.At, panel.Bottom, grid);
            sheet.Line("mark", tick.At, panel.Bottom, tick.At, panel.Bottom + 3, mark);
            sheet.Words("tick", tick.At, panel.Bottom + 13, tick.Label, Ink.TickSize, Anchor.Middle);
        }

        sheet.Words("axis", (panel.Left + panel.Right) / 2, bottom, "release date", Ink.AxisSize, Anchor.Middle);
        var title = Lettering.Fit(Lettering.Clean(axis), Ink.AxisSize, panel.Height - 150) + " (human working time, logarithmic)";
        sheet.Add(new Mark.Words("axis", new(Sheet.Margin + 8, (panel.Top + panel.Bottom) / 2), title, Ink.AxisSize, Anchor.Middle, Ink.Black, Upwards: true));
    }

    private static IEnumerable<Mark> Fan(ForecastFan fan, Box panel, LengthScale scale, DayScale days)
    {
        var last = days.At(fan.LastDatum);
        foreach (var (within, deep) in new[] { (new Box(panel.Left, panel.Top, Math.Clamp(last, panel.Left, panel.Right), panel.Bottom), 1.0), (new Box(Math.Clamp(last, panel.Left, panel.Right), panel.Top, panel.Right, panel.Bottom), 0.55) })
        {
            foreach (var (role, opacity, low, high) in new (string, double, Func<FanDay, double>, Func<FanDay, double>)[]
                { ("band90", 0.3, day => day.Low90, day => day.High90), ("band50", 0.45, day => day.Low50, day => day.High50) })
            {
                // Cut in geometry, not by a clip, so that the two shades meet without a seam of their outlines.
                var part = Between(fan.Days, day => days.At(day.Day), within.Left, within.Right, low, high, scale);
                if (part.Length > 2)
                {
                    yield return new Mark.Path(role, part, Closed: true, null, new Fill(Ink.SkyBlue, opacity * deep));
                }
            }
        }

        foreach (var (edge, width) in new (Func<FanDay, double>, double)[] { (day => day.Low90, 0.6), (day => day.High90, 0.6), (day => day.Low50, 0.4), (day => day.High50, 0.4) })
        {
            yield return Sheet.Lines("band-edge", [.. fan.Days.Select(day => new Spot(days.At(day.Day), scale.At(edge(day))))], new Stroke(Ink.Blue, width, [], 0.6));
        }

        yield return Sheet.Lines("median", [.. fan.Days.Select(day => new Spot(days.At(day.Day), scale.At(day.Median)))], new Stroke(Ink.Blue, 1.6));
    }

    /// <summary>The part of a band between two places, its sides cut straight in the drawing.</summary>
    private static ImmutableArray<Spot> Between(
        ImmutableArray<FanDay> course, Func<FanDay, double> at, double left, double right, Func<FanDay, double> low, Func<FanDay, double> high, LengthScale scale)
    {
        return [.. Edge(high), .. Edge(low).Reverse()];

        IEnumerable<Spot> Edge(Func<FanDay, double> length)
        {
            for (var i = 0; i + 1 < course.Length; i++)
            {
                var (a, b) = (new Spot(at(course[i]), scale.At(length(course[i]))), new Spot(at(course[i + 1]), scale.At(length(course[i + 1]))));
                var (from, to) = (Math.Max(a.X, left), Math.Min(b.X, right));
                if (from < to)
                {
                    yield return On(a, b, from);
                    yield return On(a, b, to);
                }
            }
        }

        static Spot On(Spot a, Spot b, double x) => new(x, a.Y + (b.Y - a.Y) * (x - a.X) / (b.X - a.X));
    }

    private static IEnumerable<Mark> Point(HorizonPoint point, Box panel, LengthScale scale, DayScale days)
    {
        var (x, y) = (days.At(point.Released), scale.At(point.Minutes));
        var colour = point.OnFrontier ? Ink.Black : Ink.Grey;
        var stroke = new Stroke(colour, point.OnFrontier ? 0.9 : 0.7);
        if (point.AtLeast)
        {
            var tip = Math.Max(panel.Top + 1, y - AtLeastLength);
            yield return Sheet.Lines("at-least", [new(x, y), new(x, tip)], new Stroke(colour, 1.2));
            yield return Sheet.Head("arrow", new(x, tip - 1), 0, -1, colour, 5);
        }
        else if (point.High > point.Low)
        {
            yield return Sheet.Lines("interval", [new(x, scale.Within(point.Low)), new(x, scale.Within(point.High))], stroke);
            foreach (var (at, beyond, side) in new[] { (scale.Within(point.Low), point.Low < scale.Least, 1), (scale.Within(point.High), point.High > scale.Most, -1) })
            {
                yield return beyond ? Sheet.Head("beyond", new(x, at), 0, side, colour) : Sheet.Lines("cap", [new(x - 2, at), new(x + 2, at)], stroke);
            }
        }

        yield return new Mark.Disc("point", new(x, y), point.OnFrontier ? 3.6 : 2.9, new Stroke(colour, 1), new Fill(point.OnFrontier ? Ink.Black : Ink.White));
    }

    /// <summary>Writes on a horizontal line, above or below it, as far left as there is room.</summary>
    private static bool Beside(string name, double y, string colour, string role, Box panel, LabelPlacer placer, ImmutableArray<Mark>.Builder words)
    {
        var text = Lettering.Fit(Lettering.Clean(name), Ink.LabelSize, 260);
        var width = Lettering.Width(text, Ink.LabelSize);
        var places = Enumerable.Range(0, 12).Select(i => panel.Left + 6 + (panel.Width - width - 12) * i / 11)
            .SelectMany(left => new[] { new Box(left, y - 2 - Ink.LabelSize, left + width, y - 1), new Box(left, y + 2, left + width, y + 3 + Ink.LabelSize) });
        if (placer.First(places) is not { } box)
        {
            return false;
        }

        words.Add(new Mark.Words(role + "-label", new(box.Left, box.Top < y ? y - 3 : y + 2 + Ink.LabelSize * 0.85), text, Ink.LabelSize, Anchor.Start, colour == Ink.Vermilion ? "#a64800" : colour, Halo: true));
        return true;
    }

    private static bool Beside(HorizonPoint point, Box panel, LengthScale scale, DayScale days, LabelPlacer placer, ImmutableArray<Mark>.Builder words)
    {
        var text = Lettering.Fit(Lettering.Clean(point.Name), Ink.LabelSize, 150);
        var (at, width) = (new Spot(days.At(point.Released), scale.At(point.Minutes)), Lettering.Width(text, Ink.LabelSize));
        if (text.Length == 0)
        {
            return true;
        }

        if (placer.Beside(at, width, Ink.LabelSize + 1) is not { } label)
        {
            return false;
        }

        var box = label.Box;
        if (label.Distant)
        {
            words.Add(Sheet.Lines("leader", [at, box.Nearest(at)], new Stroke(Ink.Grey, 0.6)));
        }

        words.Add(new Mark.Words("label", new(box.Left, box.Bottom - 2), text, Ink.LabelSize, Anchor.Start, Ink.Black, Halo: true));
        return true;
    }

    private static IEnumerable<LegendItem> Legend(ImmutableArray<HorizonPoint> points, ImmutableArray<TrendLine> trends, ForecastFan? fan)
    {
        foreach (var (frontier, text) in new[] { (true, "on the frontier, 95 % interval"), (false, "behind it") }.Where(kind => points.Any(point => point.OnFrontier == kind.Item1)))
        {
            var colour = frontier ? Ink.Black : Ink.Grey;
            yield return new(text, at =>
            [
                Sheet.Lines("sample", [new(at.X + 14, at.Y - 6), new(at.X + 14, at.Y + 6)], new Stroke(colour, 0.9)),
                new Mark.Disc("sample", new(at.X + 14, at.Y), 3.3, new Stroke(colour, 1), new Fill(frontier ? Ink.Black : Ink.White)),
            ]);
        }

        if (points.Any(point => point.AtLeast))
        {
            yield return new("at least (right-censored)", at =>
            [
                Sheet.Lines("sample", [new(at.X + 14, at.Y + 5), new(at.X + 14, at.Y - 5)], new Stroke(Ink.Black, 1.2)),
                Sheet.Head("sample", new(at.X + 14, at.Y - 7), 0, -1, Ink.Black, 5),
            ]);
        }

        foreach (var (trend, stroke) in trends.Zip(TrendStrokes))
        {
            yield return LegendItem.OfLine(trend.Name, stroke);
        }

        if (fan is not null)
        {
            yield return new("forecast: median, 50 % and 90 % bands", at =>
            [
                Sheet.Shapes("sample", new Box(at.X, at.Y - 6, at.X + LegendItem.SampleWidth, at.Y + 6), new Fill(Ink.SkyBlue, 0.3)),
                Sheet.Shapes("sample", new Box(at.X, at.Y - 3, at.X + LegendItem.SampleWidth, at.Y + 3), new Fill(Ink.SkyBlue, 0.45)),
                Sheet.Lines("sample", [at, new(at.X + LegendItem.SampleWidth, at.Y)], new Stroke(Ink.Blue, 1.6)),
            ]);
        }
    }

    private static ImmutableArray<string> LeftOut(TrendFigure figure, ImmutableArray<HorizonPoint> points, int trends, int labels)
    {
        (int Count, string One, string Many)[] notes =
        [
            (figure.Points.Length - points.Length, "model without a length is left out", "models without a length are left out"),
            (trends - MostTrends, "further trend is left out", "further trends are left out"),
            (labels, "name is left out for want of room", "names are left out for want of room"),
        ];
        return [.. notes.Where(note => note.Count > 0).Select(note => note.Count.ToString(CultureInfo.InvariantCulture) + " " + (note.Count == 1 ? note.One : note.Many))];
    }

    private static void Avoid(LabelPlacer placer, IEnumerable<Spot> course)
    {
        foreach (var (from, to) in course.Zip(course.Skip(1)))
        {
            placer.Avoid(from, to);
        }
    }

    /// <summary>A point whose limits are no limits has no interval.</summary>
    private static HorizonPoint Ordered(HorizonPoint point) =>
        point.Low >= 0 && point.Low <= point.Minutes && point.High >= point.Minutes ? point : point with { Low = point.Minutes, High = point.Minutes };

    private static bool Known(FanDay day) => Drawable(day.Median) && day.Low90 >= 0 && day.Low50 >= 0 && day.High50 >= 0 && day.High90 >= 0;

    private static bool Drawable(double minutes) => LengthScale.Holds(minutes);
}
