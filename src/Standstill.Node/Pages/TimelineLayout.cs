using System.Collections.Immutable;
using System.Globalization;
using static Standstill.Node.Pages.Shape;

namespace Standstill.Node.Pages;

/// <summary>Bars over time: the pact's stages, and where each member stood; what is ahead is pale.</summary>
public static class TimelineLayout
{
    private const double Top = 24;
    private const double Bar = 16;

    /// <summary>Lays out a timeline in a width. Names stand beside the bars where there is room, else above them.</summary>
    public static Picture Of(PactTimeline timeline, double width)
    {
        var beside = width >= 500;
        var (left, row) = beside ? (Math.Min(190, timeline.Bars.Max(b => WidthOf(b.Name)) + 14), 26.0) : (4.0, 38.0);
        var (from, to) = (timeline.Bars[0].Stretches[0].From, timeline.Bars.Max(b => b.Stretches[^1].To));
        var right = width - 6;
        var height = Top + (timeline.Bars.Length * row) + 20;
        double X(DateTimeOffset time) => left + ((right - left) * ((time - from) / (to - from)));
        var marks = ImmutableArray.CreateBuilder<Mark>();
        foreach (var (mark, name) in Ticks(from, to, (right - left) / 60))
        {
            marks.Add(Mark.Of(Line("grid", X(mark), Top - 4, X(mark), height - 18)));
            marks.Add(Mark.Of(Words(name, X(mark), height - 4, "tick", X(mark) > width - 30 ? "end" : "middle")));
        }

        var now = X(timeline.Present);
        foreach (var (i, bar) in timeline.Bars.Index())
        {
            var y = Top + (i * row) + (beside ? 0 : 16);
            marks.Add(new Mark([beside ? Words(Fit(bar.Name, left - 6), left - 8, y + 12, "name", "end") : Words(bar.Name, left, y - 4, "name")], bar.Href));
            foreach (var stretch in bar.Stretches)
            {
                foreach (var (start, end, ahead) in Split(stretch, timeline.Present))
                {
                    var (x0, x1) = (X(start), Math.Max(X(end), X(start) + 1.5));
                    var label = x1 - x0 > WidthOf(stretch.Word) + 6 && start == stretch.From ? Words(stretch.Word, x0 + 5, y + 12, $"word {stretch.Class}{(ahead ? " ahead" : "")}") : null;
                    marks.Add(new Mark(
                        label is null ? [Piece(stretch, ahead, x0, y, x1 - x0)] : [Piece(stretch, ahead, x0, y, x1 - x0), label],
                        null,
                        $"{bar.Name}: {stretch.Word} from {Figures.Time(stretch.From)}{(ahead ? ", by time alone" : "")}"));
                }
            }
        }

        marks.Add(Mark.Of(Line("now", now, Top - 6, now, height - 18), "as of"));
        marks.Add(Mark.Of(Words("as of", Math.Clamp(now, 18, width - 18), Top - 10, "tick", "middle")));
        return new Picture(width, height, marks.ToImmutable());
    }

    // Not by colour alone: who waits is hollow, who is bound is full, who is gone is a line.
    private static Shape Piece(TimeStretch stretch, bool ahead, double x, double y, double width)
    {
        var kind = $"piece {stretch.Class}{(ahead ? " ahead" : "")}";
        return stretch.Class == "gone" ? Box(kind, x, y + (Bar / 2) - 1, width, 2) : Box(kind, x + 0.5, y + 0.5, width - 1, Bar - 1, 2);
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To, bool Ahead)> Split(TimeStretch stretch, DateTimeOffset present)
    {
        if (stretch.From < present)
        {
            yield return (stretch.From, stretch.To < present ? stretch.To : present, false);
        }

        if (stretch.To > present)
        {
            yield return (stretch.From > present ? stretch.From : present, stretch.To, true);
        }
    }

    private static IEnumerable<(DateTimeOffset Time, string Name)> Ticks(DateTimeOffset from, DateTimeOffset to, double most)
    {
        var days = (to - from).TotalDays;
        var (step, format) = days / most > 200 ? (12 * Math.Max(1, (int)Math.Ceiling(days / most / 366)), "yyyy") : days / most > 20 ? (Months(days / most), "yyyy-MM") : (0, "MM-dd");
        if (step == 0)
        {
            var stride = Math.Max(1, Math.Ceiling(days / Math.Max(1, most)));
            for (var day = new DateTimeOffset(from.UtcDateTime.Date, TimeSpan.Zero).AddDays(1); day < to; day = day.AddDays(stride))
            {
                yield return (day, day.ToString(format, CultureInfo.InvariantCulture));
            }

            yield break;
        }

        var month = new DateTimeOffset(from.UtcDateTime.Year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (; month < to; month = month.AddMonths(step))
        {
            if (month > from)
            {
                yield return (month, month.ToString(format, CultureInfo.InvariantCulture));
            }
        }
    }

    private static int Months(double daysApart) => daysApart > 100 ? 6 : daysApart > 60 ? 3 : daysApart > 31 ? 2 : 1;
}
