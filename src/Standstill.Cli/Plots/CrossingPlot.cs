using System.Collections.Immutable;
using System.Globalization;
using Standstill.Node.Pages;

namespace Standstill.Cli.Plots;

/// <summary>Draws when lengths are crossed: the mass of each month, a row for each length, above a common axis of dates.</summary>
internal static class CrossingPlot
{
    public const int MostRows = 6;

    /// <summary>A month of less is not drawn.</summary>
    private const double LeastMass = 1e-9;

    private static readonly ImmutableArray<string> RowColours = [Ink.Blue, Ink.Orange, Ink.Green, Ink.Vermilion, Ink.Purple, Ink.SkyBlue];

    /// <summary>Draws the figure.</summary>
    public static Drawing Draw(CrossingFigure figure)
    {
        var rows = figure.Lengths.Take(MostRows).Select(row => row with { Months = [.. row.Months.Where(month => month.Mass is >= LeastMass and <= 1)] }).ToImmutableArray();
        var left = figure.Lengths.Length - rows.Length;
        var sheet = new Sheet(figure.Title);
        var top = sheet.Heading(rows.IsEmpty ? [] : Legend());
        var bottom = sheet.Caption(figure.Source.Caption(left == 0 ? [] : [left == 1 ? "1 further length is left out" : $"{left.ToString(CultureInfo.InvariantCulture)} further lengths are left out"]));
        if (rows.IsEmpty)
        {
            sheet.Nothing("no lengths: there is nothing to draw");
            return sheet.Finish("An empty figure: there are no lengths.");
        }

        var area = new Box(Sheet.Margin + 122, top, Drawing.Width - Sheet.Margin - 82, bottom - 30);
        var days = Days(rows, area);
        var height = area.Height / rows.Length;
        for (var i = 0; i < rows.Length; i++)
        {
            var panel = new Box(area.Left, area.Top + height * i + 18, area.Right, area.Top + height * (i + 1) - (i == rows.Length - 1 ? 0 : 6));
            Row(sheet, rows[i], panel, days, RowColours[i], last: i == rows.Length - 1);
        }

        sheet.Words("axis", (area.Left + area.Right) / 2, bottom, "date of crossing", Ink.AxisSize, Anchor.Middle);
        sheet.Add(new Mark.Words("axis", new(Sheet.Margin + 8, (area.Top + area.Bottom) / 2), rows.Length > 1 ? "probability per month (a scale for each row)" : "probability per month", Ink.AxisSize, Anchor.Middle, Ink.Black, Upwards: true));
        return sheet.Finish("When the frontier crosses " + string.Join(", ", rows.Select(row => $"{Lettering.Clean(row.Name)}: {Summary(row)}, already {Figures.Share(Share(row.Already))}, never within ten years {Figures.Share(Share(row.Never))}")) + ".");
    }

    private static DayScale Days(ImmutableArray<CrossingRow> rows, Box area)
    {
        var all = rows.SelectMany(row => row.Months.Select(month => month.Month).Concat(new[] { row.Median, row.Low, row.High }.OfType<CrossingDay.On>().Select(on => on.Day)))
            .Select(day => new DateOnly(day.Year, day.Month, 1)).ToArray();
        var (first, last) = all.Length == 0 ? (new DateOnly(2000, 1, 1), new DateOnly(2000, 1, 1)) : (all.Min(), all.Max());

        // At least a year is shown, so that a crossing that is as good as certain is still a bar and not a wall.
        var end = Next(last);
        while (end.DayNumber - first.DayNumber < 365)
        {
            (first, end) = (first.DayNumber > 40 ? first.AddMonths(-1) : first, Next(end));
        }

        return new DayScale(first, end, area.Left, area.Right);
    }

    private static void Row(Sheet sheet, CrossingRow row, Box panel, DayScale days, string colour, bool last)
    {
        var highest = row.Months.Select(month => month.Mass).DefaultIfEmpty(0.01).Max();
        var step = Step(highest);
        var most = Math.Max(step * Math.Ceiling(highest / step), step);
        var grid = new Stroke(Ink.PaleGrey, 0.5);

        // A quarter at the top is kept for the range and the median.
        var bars = panel.Height * 0.76;
        for (var i = 0; i * step <= most * 1.0001; i++)
        {
            var y = panel.Bottom - bars * i * step / most;
            sheet.Line("grid", panel.Left, y, panel.Right, y, grid);
            if (panel.Height > 45 || i == 0 || (i + 1) * step > most * 1.0001)
            {
                sheet.Words("tick", panel.Left - 4, y + Ink.LabelSize * 0.36, Figures.Share(i * step), Ink.LabelSize, Anchor.End);
            }
        }

        foreach (var tick in Ticks.ForDays(days, Ink.TickSize))
        {
            sheet.Line("grid", tick.At, panel.Top, tick.At, panel.Bottom, grid);
            sheet.Line("mark", tick.At, panel.Bottom, tick.At, panel.Bottom + 3, new Stroke(Ink.Grey, 0.6));
            if (last)
            {
                sheet.Words("tick", tick.At, panel.Bottom + 14, tick.Label, Ink.TickSize, Anchor.Middle);
            }
        }

        var marks = ImmutableArray.CreateBuilder<Mark>();
        foreach (var month in row.Months)
        {
            var start = new DateOnly(month.Month.Year, month.Month.Month, 1);
            var (from, to) = (days.At(start), days.At(Next(start)));
            var gap = Math.Min(0.6, (to - from) * 0.1);
            marks.Add(Sheet.Shapes("month", new Box(from + gap / 2, panel.Bottom - bars * Math.Min(1, month.Mass / most), Math.Max(to - gap / 2, from + gap), panel.Bottom), new Fill(colour)));
        }

        if (row.Months.IsEmpty)
        {
            marks.Add(new Mark.Words("nothing", new((panel.Left + panel.Right) / 2, panel.Bottom - bars / 2), "no crossing between these dates", Ink.TickSize, Anchor.Middle, Ink.Grey));
        }

        marks.AddRange(Quantiles(row, panel, days, panel.Top + panel.Height * 0.12));
        sheet.Add(new Mark.Clipped("panel", panel, marks.ToImmutable()));
        sheet.Rectangle("frame", panel, null, new Stroke(Ink.Grey, 0.7));

        var name = Lettering.Fit(Lettering.Clean(row.Name), Ink.AxisSize, 200, bold: true);
        sheet.Words("length", panel.Left, panel.Top - 5, name, Ink.AxisSize, bold: true);
        sheet.Words("summary", panel.Left + Lettering.Width(name, Ink.AxisSize, bold: true) + 8, panel.Top - 5, Summary(row), Ink.TickSize);
        var middle = (panel.Top + panel.Bottom) / 2;
        Mass(sheet, "already", panel.Left - 42, middle, Anchor.End, ["already"], row.Already);
        Mass(sheet, "never", panel.Right + 8, middle, Anchor.Start, ["never within", "ten years"], row.Never);
    }

    private static void Mass(Sheet sheet, string role, double x, double middle, Anchor anchor, ImmutableArray<string> words, double mass)
    {
        var y = middle - (words.Length * (Ink.LabelSize + 1.5) + 12) / 2 + Ink.LabelSize;
        foreach (var line in words)
        {
            sheet.Words(role, x, y, line, Ink.LabelSize + 0.5, anchor, Ink.Grey);
            y += Ink.LabelSize + 1.5;
        }

        sheet.Words(role + "-mass", x, y + 3, Written(mass), Ink.AxisSize + 1, anchor, bold: true);
    }

    private static IEnumerable<Mark> Quantiles(CrossingRow row, Box panel, DayScale days, double y)
    {
        var stroke = new Stroke(Ink.Black, 1.2);
        var (low, median, high) = (Place(row.Low, panel, days), Place(row.Median, panel, days), Place(row.High, panel, days));
        yield return Sheet.Lines("range", [new(low, y), new(high, y)], stroke);
        foreach (var (quantile, at) in new[] { (row.Low, low), (row.High, high) })
        {
            yield return quantile switch
            {
                CrossingDay.Already => Sheet.Head("beyond", new(at, y), -1, 0, Ink.Black, 6),
                CrossingDay.Never => Sheet.Head("beyond", new(at, y), 1, 0, Ink.Black, 6),
                _ => Sheet.Lines("cap", [new(at, y - 3), new(at, y + 3)], stroke),
            };
        }

        if (row.Median is CrossingDay.On)
        {
            yield return Sheet.Lines("median-line", [new(median, y), new(median, panel.Bottom)], new Stroke(Ink.Black, 1, [3, 2]));
            yield return Sheet.Sign("median", new(median, y), 4, 2, Ink.Black);
        }
    }

    private static IEnumerable<LegendItem> Legend() =>
    [
        LegendItem.OfArea("probability of a month", new Fill("#999999")),
        new("median and 90 % range; an arrow where it runs past the dates", at =>
        [
            Sheet.Lines("sample", [at, new(at.X + LegendItem.SampleWidth, at.Y)], new Stroke(Ink.Black, 1.2)),
            Sheet.Sign("sample", new(at.X + 11, at.Y), 4, 2, Ink.Black),
        ]),
    ];

    private static double Place(CrossingDay day, Box panel, DayScale days) => day switch
    {
        CrossingDay.Already => panel.Left + 1,
        CrossingDay.Never => panel.Right - 1,
        CrossingDay.On on => days.At(on.Day),
        _ => throw new InvalidOperationException("not a quantile"),
    };

    private static string Summary(CrossingRow row) =>
        row.Low is not CrossingDay.On && row.Low == row.High ? $"median and 90 % range: {Written(row.Low)}" : $"median {Written(row.Median)}, 90 % range {Written(row.Low)} to {Written(row.High)}";

    private static string Written(CrossingDay day) => day switch
    {
        CrossingDay.Already => "already",
        CrossingDay.Never => "never within ten years",
        CrossingDay.On on => on.Day.ToString("MMM yyyy", CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException("not a quantile"),
    };

    /// <summary>A mass that is not nothing is never written as nothing.</summary>
    private static string Written(double mass) => Share(mass) is > 0 and < 0.0005 ? "< 0.1 %" : Figures.Share(Share(mass));

    private static double Share(double mass) => double.IsNaN(mass) ? 0 : Math.Clamp(mass, 0, 1);

    /// <summary>The distance of marks: 1, 2 or 5 times a power of ten, three at most above zero.</summary>
    private static double Step(double most)
    {
        var rough = most / 3;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }

    private static DateOnly Next(DateOnly month) =>
        month.Year == DateOnly.MaxValue.Year && month.Month == 12 ? DateOnly.MaxValue : new DateOnly(month.Year, month.Month, 1).AddMonths(1);
}
