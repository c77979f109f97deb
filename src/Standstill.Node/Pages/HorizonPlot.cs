using System.Collections.Immutable;
using System.Globalization;
using Standstill.Measurement;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Trends;
using Standstill.Protocol;
using Standstill.Protocol.Triggers;

namespace Standstill.Node.Pages;

/// <summary>One model in the chart.</summary>
/// <param name="Evidence">The figure and the entry that carries it.</param>
/// <param name="OnFrontier">Whether it is on the frontier of the published figures.</param>
public sealed record PlottedHorizon(HorizonEvidence Evidence, bool OnFrontier);

/// <summary>A length that an adopted trigger compares the 50 % horizon with.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Threshold">Level and length.</param>
public sealed record PlottedThreshold(TriggerRecord Trigger, HorizonThreshold Threshold);

/// <summary>A label and where it stands.</summary>
/// <param name="Text">The label.</param>
/// <param name="X">Where, in units of the drawing.</param>
/// <param name="Y">The base line.</param>
/// <param name="Anchor">SVG's `text-anchor`.</param>
public sealed record PlotLabel(string Text, double X, double Y, string Anchor);

/// <summary>The forecast for one day, in minutes: the outermost quantiles over all readings of what is only a bound.</summary>
/// <param name="Date">The day.</param>
/// <param name="Low90">5 % quantile.</param>
/// <param name="Low50">25 % quantile.</param>
/// <param name="Median">The median, of the lowest reading.</param>
/// <param name="High50">75 % quantile.</param>
/// <param name="High90">95 % quantile; +∞ where nothing bounds it.</param>
public sealed record FanPoint(DateOnly Date, double Low90, double Low50, double Median, double High50, double High90);

/// <summary>What the chart shows: everything in it comes from the ledger's evidence, as the fold derived it.</summary>
/// <param name="Source">The independence group.</param>
/// <param name="Models">The models in order of release.</param>
/// <param name="Trend">The fitted line on some days up to the latest release; empty where there is none.</param>
/// <param name="Fan">The forecast from the latest release on; empty where there is none.</param>
/// <param name="Thresholds">Lengths to draw.</param>
public sealed record HorizonSeries(
    string Source,
    ImmutableArray<PlottedHorizon> Models,
    ImmutableArray<TrendPoint> Trend,
    ImmutableArray<FanPoint> Fan,
    ImmutableArray<PlottedThreshold> Thresholds)
{
    /// <summary>Days drawn after the latest release: as far as the backtest reaches.</summary>
    public const int DaysAhead = 365;

    /// <summary>Takes the evidence of one source.</summary>
    public static HorizonSeries Of(World world, FrontierSource source, DateOnly? since)
    {
        var estimate = source.Estimate.Value;
        var frontier = estimate.FrontierModels.Select(i => estimate.Models[i].Model).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<PlottedHorizon> models =
        [
            .. world.Horizons.Values.Where(h => h.Source == source.Source)
                .OrderBy(h => h.Figure.Released).ThenBy(h => h.Figure.Model, StringComparer.Ordinal)
                .Select(h => new PlottedHorizon(h, frontier.Contains(h.Figure.Model))),
        ];
        var first = models.Where(m => m.OnFrontier && m.Evidence.Figure.Released >= (since ?? DateOnly.MinValue)).Select(m => m.Evidence.Figure.Released).FirstOrDefault(source.Latest);
        var length = source.Latest.DayNumber - first.DayNumber;
        var days = Enumerable.Range(0, 41).Select(i => first.AddDays(length * i / 40)).Append(source.Latest).Distinct().Order();
        return new HorizonSeries(source.Source, models, estimate.Trend(since).Line(days), FanOf(source.Outlook.Value.Forecasting), AdoptedThresholds(world));
    }

    private static ImmutableArray<FanPoint> FanOf(FrontierForecasting forecasting) => forecasting is FrontierForecasting.Made { Forecast: var forecast }
        ? [.. Enumerable.Range(0, 13).Select(i => forecast.On(forecast.From.AddDays(DaysAhead * i / 12))).Select(on => new FanPoint(
            on.Date, on.Quantile(new(0.05)).Low, on.Quantile(new(0.25)).Low, on.Quantile(new(0.5)).Low, on.Quantile(new(0.75)).High, on.Quantile(new(0.95)).High))]
        : [];

    /// <summary>The lengths that adopted triggers compare the 50 % horizon with.</summary>
    public static ImmutableArray<PlottedThreshold> AdoptedThresholds(World world) =>
    [
        .. world.Triggers.Values.Where(t => t.Stage == TriggerStage.Adopted)
            .SelectMany(t => t.Trigger.HorizonThresholds(), (t, threshold) => new PlottedThreshold(t, threshold))
            .Where(t => t.Threshold.Success == new Probability(0.5)),
    ];
}

/// <summary>The geometry of one drawing: days across, the logarithm of length upwards.</summary>
public sealed class HorizonPlot
{
    private const double Left = 52;
    private const double Right = 16;
    private const double Top = 14;
    private const double Bottom = 30;
    private const double LabelHeight = 13;
    private const double CharacterWidth = 6.3;

    private static readonly double[] Marks = [1 / 60.0, 1 / 6.0, 1, 10, 60, 480, 2400, 9600, 120_000];

    private readonly int firstDay;
    private readonly int lastDay;
    private readonly double low;
    private readonly double high;

    /// <summary>Lays out a series in a drawing of a size.</summary>
    public HorizonPlot(HorizonSeries series, double width, double height)
    {
        Series = series;
        Width = width;
        Height = height;
        var released = series.Models.Select(m => m.Evidence.Figure.Released.DayNumber).ToArray();
        firstDay = released.Min() - 60;
        lastDay = released.Max() + HorizonSeries.DaysAhead;
        var figures = series.Models.Select(m => m.Evidence.Figure.P50.Value).ToArray();
        low = Math.Log2(figures.Min()) - 1;
        high = Math.Max(Math.Log2(figures.Max()) + 3.5, series.Thresholds.Select(t => Math.Log2(t.Threshold.Length.Value) + 0.8).DefaultIfEmpty(low).Max());
        Labels = PlaceLabels();
    }

    /// <summary>What is drawn.</summary>
    public HorizonSeries Series { get; }

    /// <summary>Width of the drawing.</summary>
    public double Width { get; }

    /// <summary>Height of the drawing.</summary>
    public double Height { get; }

    /// <summary>Names of frontier models, as many as find room.</summary>
    public ImmutableArray<PlotLabel> Labels { get; }

    /// <summary>The frame's edges.</summary>
    public (double Left, double Top, double Right, double Bottom) Frame => (Left, Top, Width - Right, Height - Bottom);

    /// <summary>Lengths with a line across.</summary>
    public IEnumerable<double> LengthMarks => Marks.Where(m => Math.Log2(m) > low && Math.Log2(m) < high);

    /// <summary>First days of years.</summary>
    public IEnumerable<DateOnly> YearMarks
    {
        get
        {
            var (first, last) = (DateOnly.FromDayNumber(firstDay).Year + 1, DateOnly.FromDayNumber(lastDay).Year);
            var step = Math.Max(1, (int)Math.Ceiling((last - first + 1) * 46 / (Width - Left - Right)));
            for (var year = first; year <= last; year += step)
            {
                yield return new DateOnly(year, 1, 1);
            }
        }
    }

    /// <summary>Where a day is.</summary>
    public double X(DateOnly day) => Left + ((day.DayNumber - firstDay) * (Width - Left - Right) / (lastDay - firstDay));

    /// <summary>Where a length is; beyond the frame for what does not fit.</summary>
    public double Y(double minutes) => Height - Bottom - ((Math.Log2(minutes) - low) * (Height - Top - Bottom) / (high - low));

    /// <summary>A number as SVG takes it.</summary>
    public static string N(double value) => Math.Clamp(value, -9999, 9999).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>The median line of the one-slope trend.</summary>
    public string TrendPath() => Path(Series.Trend.Select(p => (X(p.Date), Y(p.Median))));

    /// <summary>The median of the forecast.</summary>
    public string FanMedianPath() => Path(Series.Fan.Select(p => (X(p.Date), Y(p.Median))));

    /// <summary>The forecast's central 50 % or 90 %.</summary>
    public string FanPath(bool wide) => Path(Series.Fan.Select(p => (X(p.Date), Y(wide ? p.High90 : p.High50)))
        .Concat(Series.Fan.Reverse().Select(p => (X(p.Date), Y(wide ? p.Low90 : p.Low50))))) + "Z";

    /// <summary>The 95 % band.</summary>
    public string BandPath() => Path(Series.Trend.Select(p => (X(p.Date), Y(p.High))).Concat(Series.Trend.Reverse().Select(p => (X(p.Date), Y(p.Low))))) + "Z";

    private static string Path(IEnumerable<(double X, double Y)> points) =>
        string.Concat(points.Select((p, i) => $"{(i == 0 ? 'M' : 'L')}{N(p.X)} {N(p.Y)}"));

    /// <summary>Puts names beside their points from the newest to the oldest, where they hide no other name and no point of the frontier.</summary>
    private ImmutableArray<PlotLabel> PlaceLabels()
    {
        var frontier = Series.Models.Where(m => m.OnFrontier).ToArray();
        List<(double X0, double Y0, double X1, double Y1)> taken =
        [
            .. frontier.Select(m => (X: X(m.Evidence.Figure.Released), Y: Y(m.Evidence.Figure.P50.Value))).Select(p => (p.X - 5, p.Y - 5, p.X + 5, p.Y + 5)),
            .. Series.Thresholds.Select(t => Y(t.Threshold.Length.Value)).Select(y => (Left, y - 16, Left + 150, y + 2)),
        ];
        var labels = ImmutableArray.CreateBuilder<PlotLabel>();
        foreach (var model in frontier.Reverse())
        {
            var (x, y) = (X(model.Evidence.Figure.Released), Y(model.Evidence.Figure.P50.Value));
            var text = model.Evidence.Figure.Model is { Length: > 28 } name ? string.Concat(name.AsSpan(0, 27), "…") : model.Evidence.Figure.Model;
            var wide = text.Length * CharacterWidth;
            (double X0, double Y, string Anchor, double At)[] places =
            [
                (x - 9 - wide, y - 4, "end", x - 9),
                (x - 9 - wide, y + 5, "end", x - 9),
                (x + 9, y + 13, "start", x + 9),
                (x + 9, y + 4, "start", x + 9),
            ];
            foreach (var (x0, baseline, anchor, at) in places)
            {
                var box = (X0: x0, Y0: baseline - LabelHeight + 2, X1: x0 + wide, Y1: baseline + 2);
                var isFree = box.X0 > Left && box.X1 < Width - Right && box.Y0 > Top && box.Y1 < Height - Bottom
                    && taken.TrueForAll(t => t.X1 < box.X0 || t.X0 > box.X1 || t.Y1 < box.Y0 || t.Y0 > box.Y1);
                if (isFree)
                {
                    taken.Add(box);
                    labels.Add(new PlotLabel(text, at, baseline, anchor));
                    break;
                }
            }
        }

        return labels.ToImmutable();
    }
}
