using System.Collections.Immutable;
using System.Globalization;
using Standstill.Protocol.Balances;
using static Standstill.Node.Pages.Shape;

namespace Standstill.Node.Pages;

/// <summary>A balance as a control chart: what each period left unexplained, over its own standard deviation, and the sums of Page's test
/// against their limit. Alarms lead to their entries.</summary>
public static class ControlChart
{
    /// <summary>The most periods that are drawn.</summary>
    public const int Most = 400;

    private const double Panel = 120;
    private const double Head = 22;
    private const double Between = 34;
    private const double Deviations = 4;

    /// <summary>What is drawn of a balance: its latest periods that were tested.</summary>
    public static ImmutableArray<BalanceEntry> Shown(BalanceLine line) => [.. line.Entries.Where(e => e.Reading is not null).TakeLast(Most)];

    /// <summary>Lays the chart out in a width.</summary>
    /// <param name="line">The balance, with at least two tested periods.</param>
    /// <param name="width">In pixels of the drawing.</param>
    public static Picture Of(BalanceLine line, double width)
    {
        var shown = Shown(line);
        var (left, right) = (46.0, width - 8);
        var (from, to) = (shown[0].Period.From, shown[^1].Period.From);
        var limit = line.Design!.Tests.Abrupt.Interval;
        var (first, second) = (Head, Head + Panel + Between);
        var height = second + Panel + 24;
        var top = Math.Max(limit * 1.25, Math.Min(limit * 2.5, shown.Max(e => Math.Max(e.Reading!.PageLoss, e.Reading.PageGain)) * 1.05));
        double X(DateTimeOffset time) => left + ((right - left) * ((time - from) / (to - from)));
        double Z(double value) => first + (Panel / 2) - (Math.Clamp(value, -Deviations, Deviations) / Deviations * Panel / 2);
        double S(double value) => second + Panel - (Math.Clamp(value, 0, top) / top * Panel);

        var marks = ImmutableArray.CreateBuilder<Mark>();
        Text(width < 500 ? "CUF, in standard deviations" : "CUF of each period, in its standard deviations (beyond 4 drawn at the edge)", first - 8);
        Text(width < 500 ? "Page's test: sums, and their limit" : "Page's test for a loss (line) and for a gain (dashes), and its limit", second - 8);
        foreach (var mark in (double[])[-4, -2, 0, 2, 4])
        {
            Grid(Z(mark), mark.ToString("+0;−0;0", CultureInfo.InvariantCulture));
        }

        Grid(S(0), "0");
        marks.Add(Mark.Of(Line("limit", left, S(limit), right, S(limit)), $"limit {Number(limit)}"));
        marks.Add(Mark.Of(Words(Number(limit), left - 6, S(limit) + 4, "tick", "end")));
        foreach (var day in Days(from, to, Math.Max(2, (int)((right - left) / 90))))
        {
            marks.Add(Mark.Of(Line("grid", X(day), second + Panel, X(day), second + Panel + 4)));
            marks.Add(Mark.Of(Words(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), X(day), second + Panel + 18, "tick", X(day) > width - 40 ? "end" : X(day) < left + 30 ? "start" : "middle")));
        }

        var dot = shown.Length > 150 ? 1.6 : 2.6;
        foreach (var entry in shown)
        {
            var z = entry.Reading!.Standardised;
            marks.Add(Mark.Of(Circle(Math.Abs(z) > 3 ? "dot far" : "dot", X(entry.Period.From), Z(z), dot), Read(entry)));
        }

        marks.Add(Mark.Of(Path("sum", Joined(shown, e => S(e.Reading!.PageLoss)))));
        marks.Add(Mark.Of(Path("sum gain", Joined(shown, e => S(e.Reading!.PageGain)))));
        foreach (var alarm in line.Alarms.Where(a => a.From >= from && a.From <= to))
        {
            var x = X(alarm.From);
            var kind = alarm.IsOpen ? "alarm" : "alarm settled";
            marks.Add(new Mark(
                [Line(kind, x, first, x, second + Panel), Path(kind + " head", $"M{N(x - 5)} {N(first - 1)}h10l-5 8Z")],
                $"/ledger/{alarm.At.Entry}",
                $"alarm of `{alarm.Test}` in the period from {Figures.Time(alarm.From)}: {Number(alarm.Statistic)}, limit {Number(alarm.Limit)}, entry {alarm.At.Entry}{(alarm.IsOpen ? "" : ", settled")}"));
        }

        return new Picture(width, height, marks.ToImmutable());

        void Grid(double y, string name)
        {
            marks.Add(Mark.Of(Line("grid", left, y, right, y)));
            marks.Add(Mark.Of(Words(name, left - 6, y + 4, "tick", "end")));
        }

        void Text(string words, double y) => marks.Add(Mark.Of(Words(Fit(words, right), 0, y, "caption")));

        string Joined(ImmutableArray<BalanceEntry> entries, Func<BalanceEntry, double> y) =>
            "M" + string.Join('L', entries.Select(e => $"{N(X(e.Period.From))} {N(y(e))}"));
    }

    /// <summary>What the chart says, for those who cannot see it.</summary>
    public static string Describe(BalanceLine line)
    {
        var shown = Shown(line);
        var alarms = line.Alarms.Count(a => a.To > shown[0].Period.From);
        return $"{shown.Length} balance periods from {Figures.Time(shown[0].Period.From)} to {Figures.Time(shown[^1].Period.To)}. "
            + $"The latest leaves {Number(shown[^1].Reading!.Cuf.Value)} chip-hours unexplained, {Number(shown[^1].Reading!.Standardised)} standard deviations. "
            + (alarms == 0 ? "No alarm." : $"{alarms} alarms, which the table lists with their entries.");
    }

    /// <summary>A statistic, with two decimals.</summary>
    public static string Number(double value) => value.ToString("#,0.00;−#,0.00;0.00", CultureInfo.InvariantCulture);

    private static string Read(BalanceEntry entry) =>
        $"{Figures.Time(entry.Period.From)}: CUF {Number(entry.Reading!.Cuf.Value)} of {Number(entry.Period.Present.Value)} chip-hours, {Number(entry.Reading.Standardised)} standard deviations, entry {entry.At.Entry}";

    private static IEnumerable<DateTimeOffset> Days(DateTimeOffset from, DateTimeOffset to, int most)
    {
        var stride = Math.Max(1, (int)Math.Ceiling((to - from).TotalDays / most));
        for (var day = new DateTimeOffset(from.UtcDateTime.Date, TimeSpan.Zero); day <= to; day = day.AddDays(stride))
        {
            if (day >= from && (day - from) * most > (to - from) * 0.6)
            {
                yield return day;
            }
        }
    }
}
