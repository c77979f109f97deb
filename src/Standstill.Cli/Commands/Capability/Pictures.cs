using System.Collections.Immutable;
using System.CommandLine;
using Standstill.Cli.Plots;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Critique;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Trends;
using Standstill.Node.Pages;

namespace Standstill.Cli.Commands.Capability;

/// <summary>From the figures of a command to its picture. Nothing is computed here that the command does not print.</summary>
internal static class Pictures
{
    /// <summary>Enough for a suite of some hundred tasks: about a dozen tasks a point.</summary>
    private const int Bins = 12;

    private const double Z = 1.959963984540054;

    private static readonly Probability P05 = new(0.05), P25 = new(0.25), P50 = new(0.5), P75 = new(0.75), P95 = new(0.95), P025 = new(0.025), P975 = new(0.975);

    public static Option<string?> Option(string what) => new("--plot") { Description = $"Draw {what} into this file, `.svg` or `.png`" };

    /// <summary>The file that an option names, refused before the work begins where it cannot be a picture.</summary>
    public static PlotFile? File(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } path ? PlotFile.Parse(path) : null;

    public static Drawing Curves(RunFileInput file, HorizonSettings settings, string seed, int draws, ImmutableArray<AgentHorizon> rows)
    {
        var bins = SuccessBins.Of(file.Runs, settings, SuccessBins.QuantileEdges(file.Runs, Bins));
        return CurvesPlot.Draw(new CurvesFigure(
            "Success against length of task",
            [.. rows.Select((row, agent) => new AgentPanel(
                row.Agent.Alias,
                row.Agent.Released,
                [.. bins[agent].Where(bin => bin is { Success: not null, Runs: > 0 }).Select(Bin)],
                row.Fit.Curve is { } curve ? CurvePoint.Sample(minutes => curve.At(new Minutes(minutes)).Value) : [],
                [.. row.Levels.Select(level => new LevelMark(level.Level.Value, Finite(level.Known.Estimate), Low(level), High(level)))],
                row.Longest?.Value,
                row.Levels[0].Known.Estimate is null ? "50 % horizon " + FitCommand.Bound(row.Levels[0].Known) : ""))],
            new PlotSource("logistic regression on log2 human minutes; error bars: 95 %, Wilson, as if runs were independent", file.Sha256, draws, seed)));
    }

    public static Drawing Trend(HistoryInput input, DateOnly? since, FrontierForecast? forecast)
    {
        var history = input.History;
        var frontier = FrontierModels(history);
        return TrendPlot.Draw(new TrendFigure(
            forecast is null ? "Time horizon of models by release date" : "Time horizon of models, and a forecast",
            "time horizon",
            [.. history.Models.Select((model, i) => Point(history, i, frontier.Contains(i)))],
            Line(history, since) is { } line ? [line] : [],
            forecast is null ? null : new ForecastFan(forecast.From, [.. Enumerable.Range(0, 25).Select(i => Fan(forecast.On(forecast.From.AddDays(730 * i / 24))))]),
            [],
            history.Support?.Value,
            Source(input, forecast is null ? "one slope by least squares through the running maximum" : "mixture of trend shapes weighted by past skill, with bends to come")));
    }

    public static Drawing Crossings(HistoryInput input, FrontierForecast forecast, ImmutableArray<Minutes> lengths) => CrossingPlot.Draw(new CrossingFigure(
        "When the frontier reaches a length of task",
        [.. lengths.Select(forecast.Crossing).Select(crossing => new CrossingRow(
            Figures.Length(crossing.Length.Value),
            crossing.Already.Low.Value,
            crossing.Never.High.Value,
            [.. crossing.ByMonth().Select(month => new MonthMass(month.Month, month.Mass.Value))],
            Day(crossing.Quantile(P50).Early),
            Day(crossing.Quantile(P05).Early),
            Day(crossing.Quantile(P95).Late)))],
        Source(input, "mixture of trend shapes weighted by past skill, with bends to come; the reading that completes what is only a bound")));

    private static PlotSource Source(HistoryInput input, string method) => new(method, input.Sha256, input.History.Draws, input.SeedText);

    private static Plots.SuccessBin Bin(Measurement.Capability.Critique.SuccessBin bin)
    {
        // Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209–212.
        var (n, p) = ((double)bin.Runs, bin.Success!.Value.Value);
        var centre = (p + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
        return new Plots.SuccessBin(Math.Sqrt(bin.From.Value * bin.To.Value), p, Math.Min(p, centre - half), Math.Max(p, centre + half), bin.Weight);
    }

    private static HashSet<int> FrontierModels(HorizonHistory history)
    {
        var (best, on) = (double.NegativeInfinity, new HashSet<int>());
        foreach (var (i, model) in history.Models.Index())
        {
            if (model.Log > best)
            {
                best = model.Log;
                on.Add(i);
            }
        }

        return on;
    }

    private static HorizonPoint Point(HorizonHistory history, int model, bool onFrontier)
    {
        var dated = history.Models[model];
        var logs = Enumerable.Range(0, history.Draws).Select(draw => history.Log(draw, model)).Order().ToArray();
        var (low, high) = dated.ErrorKnown ? (logs[(int)(P025.Value * (logs.Length - 1))], logs[(int)(P975.Value * (logs.Length - 1))]) : (dated.Log, dated.Log);
        return new HorizonPoint(dated.Model, dated.Released, Math.Exp(dated.Log), Math.Exp(low), Math.Exp(high), onFrontier, dated.Censoring == Censoring.AtLeast);
    }

    /// <summary>The one-slope line over the days of the window.</summary>
    private static TrendLine? Line(HorizonHistory history, DateOnly? since) => TrendShapes.Line(history, since) is { } line
        ? new TrendLine("one slope", [new DayLength(line.From, Math.Exp(line.LogFrom)), new DayLength(line.To, Math.Exp(line.LogTo))])
        : null;

    private static FanDay Fan(DatedForecast on) => new(
        on.Date, on.Quantile(P05).Low, on.Quantile(P25).Low, on.Quantile(P50).Low, on.Quantile(P75).High, on.Quantile(P95).High);

    private static Plots.CrossingDay Day(Measurement.Capability.Trends.CrossingDay day) => day switch
    {
        Measurement.Capability.Trends.CrossingDay.Already => new Plots.CrossingDay.Already(),
        Measurement.Capability.Trends.CrossingDay.On on => new Plots.CrossingDay.On(on.Date),
        _ => new Plots.CrossingDay.Never(),
    };

    private static double? Finite(double? log) => log is { } value ? Math.Exp(value) : null;

    private static double Low(LevelHorizon level) => Math.Exp(level.Known.Estimate is null ? level.Known.Low : level.Low);

    private static double High(LevelHorizon level) => Math.Exp(level.Known.Estimate is null ? level.Known.High : level.High);
}
