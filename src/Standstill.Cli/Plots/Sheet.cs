using System.Collections.Immutable;

namespace Standstill.Cli.Plots;

/// <summary>A figure while it is drawn: marks from back to front, with the parts that all figures share.</summary>
/// <param name="title">The figure's title.</param>
internal sealed class Sheet(string title)
{
    /// <summary>Room at the left and right edges.</summary>
    public const double Margin = 14;

    private const double CaptionLine = 10.5;

    private readonly ImmutableArray<Mark>.Builder marks = ImmutableArray.CreateBuilder<Mark>();

    public void Add(Mark mark) => marks.Add(mark);

    public void Line(string role, double x1, double y1, double x2, double y2, Stroke stroke) => marks.Add(Lines(role, [new(x1, y1), new(x2, y2)], stroke));

    public void Rectangle(string role, Box box, Fill? fill, Stroke? stroke = null) => marks.Add(Shapes(role, box, fill, stroke));

    public void Words(
        string role, double x, double y, string text, double size, Anchor anchor = Anchor.Start, string colour = Ink.Black, bool bold = false)
    {
        if (text.Length > 0)
        {
            marks.Add(new Mark.Words(role, new(x, y), text, size, anchor, colour, bold));
        }
    }

    public static Mark.Path Lines(string role, ImmutableArray<Spot> spots, Stroke stroke) => new(role, spots, Closed: false, stroke, null);

    public static Mark.Path Shapes(string role, Box box, Fill? fill, Stroke? stroke = null) =>
        new(role, [new(box.Left, box.Top), new(box.Right, box.Top), new(box.Right, box.Bottom), new(box.Left, box.Bottom)], Closed: true, stroke, fill);

    /// <summary>A small filled shape around a place: a diamond, a square, a triangle.</summary>
    public static Mark.Path Sign(string role, Spot at, double radius, int corners, string colour)
    {
        var turn = corners == 4 ? Math.PI / 4 : 0;
        return new(
            role,
            [.. Enumerable.Range(0, corners == 2 ? 4 : corners).Select(i => corners == 2
                ? new Spot(at.X + radius * 1.25 * (i % 2 == 0 ? 0 : i == 1 ? 1 : -1), at.Y + radius * 1.25 * (i % 2 == 1 ? 0 : i == 0 ? -1 : 1))
                : new Spot(at.X + radius * Math.Sin(turn + Math.Tau * i / corners), at.Y - radius * Math.Cos(turn + Math.Tau * i / corners)))],
            Closed: true,
            new Stroke(Ink.White, 0.5),
            new Fill(colour));
    }

    /// <summary>The head of an arrow whose tip is at a place; its direction a unit vector along an axis.</summary>
    public static Mark.Path Head(string role, Spot tip, double dx, double dy, string colour, double size = 3.5) => new(
        role,
        [tip, new(tip.X - dx * size - dy * size * 0.6, tip.Y - dy * size + dx * size * 0.6), new(tip.X - dx * size + dy * size * 0.6, tip.Y - dy * size - dx * size * 0.6)],
        Closed: true,
        null,
        new Fill(colour));

    /// <summary>The title, and a legend beneath it.</summary>
    /// <returns>The height at which the figure may begin.</returns>
    public double Heading(IEnumerable<LegendItem> legend)
    {
        Words("title", Margin, 21, Lettering.Fit(Lettering.Clean(title), Ink.TitleSize, Drawing.Width - 2 * Margin, bold: true), Ink.TitleSize, bold: true);
        var (x, y) = (Margin, 38.0);
        foreach (var item in legend)
        {
            var text = Lettering.Fit(Lettering.Clean(item.Text), Ink.LabelSize + 0.5, 330);
            var width = LegendItem.SampleWidth + 4 + Lettering.Width(text, Ink.LabelSize + 0.5);
            if (x > Margin && x + width > Drawing.Width - Margin)
            {
                (x, y) = (Margin, y + 14);
            }

            foreach (var mark in item.Sample(new Spot(x, y - 3)))
            {
                Add(mark);
            }

            Words("legend", x + LegendItem.SampleWidth + 4, y, text, Ink.LabelSize + 0.5);
            x += width + 16;
        }

        return y + 10;
    }

    /// <summary>The caption at the foot.</summary>
    /// <returns>The height at which the figure has to end.</returns>
    public double Caption(string caption)
    {
        var lines = CaptionLines(caption);
        for (var i = 0; i < lines.Length; i++)
        {
            Words("caption", Margin, Drawing.Height - 9 - CaptionLine * (lines.Length - 1 - i), lines[i], Ink.CaptionSize, colour: Ink.Grey);
        }

        return AboveCaption(caption);
    }

    /// <summary>The height at which a figure with this caption has to end.</summary>
    public static double AboveCaption(string caption) => Drawing.Height - 9 - CaptionLine * CaptionLines(caption).Length - 7;

    /// <summary>As many lines as it needs, up to four.</summary>
    private static ImmutableArray<string> CaptionLines(string caption)
    {
        var lines = Lettering.Wrap(caption, Ink.CaptionSize, Drawing.Width - 2 * Margin);
        return lines.Length > 4 ? [.. lines[..3], Lettering.Fit(lines[3] + " " + lines[4], Ink.CaptionSize, Drawing.Width - 2 * Margin)] : lines;
    }

    /// <summary>The words of a figure that has nothing to show.</summary>
    public void Nothing(string words) => Words("nothing", Drawing.Width / 2.0, Drawing.Height / 2.0, words, Ink.AxisSize + 2, Anchor.Middle, Ink.Grey);

    public Drawing Finish(string description) => new(Lettering.Clean(title), description, marks.ToImmutable());
}

/// <summary>A line of the legend.</summary>
/// <param name="Text">What it means.</param>
/// <param name="Sample">The sign, drawn from the left end of its middle line.</param>
internal sealed record LegendItem(string Text, Func<Spot, ImmutableArray<Mark>> Sample)
{
    public const double SampleWidth = 22;

    public static LegendItem OfLine(string text, Stroke stroke) => new(text, at => [Sheet.Lines("sample", [at, new(at.X + SampleWidth, at.Y)], stroke)]);

    public static LegendItem OfArea(string text, params Fill[] fills) => new(text, at =>
        [.. fills.Select((fill, i) => (Mark)Sheet.Shapes("sample", new Box(at.X, at.Y - 5 + 2.5 * i, at.X + SampleWidth, at.Y + 5 - 2.5 * i), fill))]);
}
