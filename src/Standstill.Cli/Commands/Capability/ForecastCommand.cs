using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Trends;
using Standstill.Node.Pages;

namespace Standstill.Cli.Commands.Capability;

/// <summary>`standstill capability forecast`: where the frontier goes, and when it crosses a length.</summary>
internal static class ForecastCommand
{
    private static readonly ImmutableArray<Probability> Fan = [new(0.05), new(0.25), new(0.5), new(0.75), new(0.95)];

    private static readonly ImmutableArray<int> Months = [3, 6, 9, 12, 18, 24];

    public static Command Make()
    {
        var length = new Option<string[]>("--length") { Description = "When is this length reached? `40h`, `90min`; may be given several times; without it 40h, 160h and 2000h", AllowMultipleArgumentsPerToken = true };
        var plot = Pictures.Option("horizons, trend and forecast fan");
        var dates = new Option<string?>("--plot-crossings") { Description = "Draw the density of the crossing dates into this file, `.svg` or `.png`" };
        var json = Inputs.Json();
        var command = new Command("forecast", """
            Forecast the frontier, and the day on which it reaches a length

            From run files, or from a table of published horizons. Three shapes of trend, weighted by the skill of their
            past forecasts; every forecast stands beside what became of the method's past ones at the same range.

            Examples:
              standstill capability forecast samples/capability/metr-th1-1.csv --since 2023-01-01 --length 40h
              standstill capability forecast samples/capability/runs.jsonl --plot fan.svg --plot-crossings dates.png
            """) { length, plot, dates, json };
        var options = new HistoryOptions(command);
        command.SetAction(parsed =>
        {
            var lengths = (parsed.GetValue(length) is { Length: > 0 } given ? given : ["40h", "160h", "2000h"]).Select(ParseLength).ToImmutableArray();
            var (fan, density) = (Pictures.File(parsed, plot), Pictures.File(parsed, dates));
            var input = options.Read(parsed);
            var forecast = TrendCommand.Make(input, options.Since(parsed));
            fan?.Save(Pictures.Trend(input, options.Since(parsed), forecast));
            density?.Save(Pictures.Crossings(input, forecast, lengths));
            if (parsed.GetValue(json))
            {
                Output.Json(Document(input, forecast, lengths));
            }
            else
            {
                Print(input, forecast, lengths);
            }

            return Exit.Good;
        });
        return command;
    }

    public static Minutes ParseLength(string text)
    {
        var (number, unit) = text.EndsWith("min", StringComparison.Ordinal) ? (text[..^3], 1.0) : text.EndsWith('h') ? (text[..^1], 60.0) : (text, 0.0);
        return unit > 0 && double.TryParse(number.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0 && double.IsFinite(value * unit)
            ? new Minutes(value * unit)
            : throw new UsageException($"--length: `{text}` is not a length; write `40h` or `90min`");
    }

    private static void Print(HistoryInput input, FrontierForecast forecast, ImmutableArray<Minutes> lengths)
    {
        TrendCommand.PrintBasis(input);
        Output.Line($"method     {string.Join(", ", forecast.Weights.Select(weight => $"{Written.Shape(weight.Shape)} {Figures.Percent(weight.Weight)}"))}, weighted by past skill, with bends that may still come");
        Output.Line($"from       {Figures.Day(forecast.From)}, the last release");
        Output.Line();
        Output.Columns(
            ["when", "frontier, median", "50 % interval", "90 % interval", "within the tasks?"],
            Months.Select(months => forecast.On(forecast.From.AddMonths(months))).Select(on => new[]
            {
                Figures.Day(on.Date),
                Written.Length(on.Quantile(Fan[2])),
                Range(Figures.Length(on.Quantile(Fan[1]).Low), Figures.Length(on.Quantile(Fan[3]).High)),
                Range(Figures.Length(on.Quantile(Fan[0]).Low), Figures.Length(on.Quantile(Fan[4]).High)),
                Measured(input, on.BeyondSupport),
            }));
        foreach (var past in Months.Select(months => forecast.On(forecast.From.AddMonths(months)).Past).OfType<PastCoverage>().Distinct())
        {
            Output.Line("           " + Written.PastSentence(past));
        }

        if (forecast.On(forecast.From.AddMonths(3)).Past is null)
        {
            Output.Line("           " + Written.PastSentence(null));
        }

        Output.Line();
        Output.Columns(
            ["length", "median", "50 % interval", "90 % interval", "already", "not within 10 years", "within the tasks?"],
            lengths.Select(forecast.Crossing).Select(crossing => new[]
            {
                Figures.Length(crossing.Length.Value),
                Written.Day(crossing.Quantile(Fan[2])),
                Range(Written.Day(crossing.Quantile(Fan[1]).Early), Written.Day(crossing.Quantile(Fan[3]).Late)),
                Range(Written.Day(crossing.Quantile(Fan[0]).Early), Written.Day(crossing.Quantile(Fan[4]).Late)),
                Figures.Percent(crossing.Already),
                Figures.Percent(crossing.Never),
                Measured(input, crossing.BeyondSupport),
            }));
        foreach (var (crossing, past) in lengths.Select(forecast.Crossing).Select(crossing => (crossing, crossing.Past)).DistinctBy(pair => pair.Past?.Months))
        {
            Output.Line($"           {Written.PastSentence(past)}{(past is { Months: var months } && Beyond(crossing, months) ? "; nothing tested so far ahead" : "")}");
        }

        Output.Line();
        Output.Line("The figure of a record holder is forecast, error of measurement included, which may lie below the record. Draws are few: another seed");
        Output.Line("moves a date by a week or two.");
        if (input.History.Models.Any(model => model.Censoring != Censoring.None))
        {
            Output.Line("Ranges such as `A to B` in one cell: a model of which only a bound is known may be anywhere beyond it, and every reading is kept.");
        }
    }

    /// <summary>Whether the median crossing lies farther ahead than half as much again as the longest tested range.</summary>
    private static bool Beyond(CrossingForecast crossing, int months) =>
        crossing.Quantile(Fan[2]).Late is CrossingDay.Never || (crossing.Quantile(Fan[2]).Late is CrossingDay.On on && on.Date > crossing.From.AddMonths(months * 3 / 2));

    private static string Range(string low, string high) => low == high ? low : $"{low} to {high}";

    private static string Measured(HistoryInput input, bool beyond) => !beyond ? "yes" : input.History.Support is null ? "not known" : "no, extrapolated";

    private static JsonObject Document(HistoryInput input, FrontierForecast forecast, ImmutableArray<Minutes> lengths)
    {
        var document = input.Document;
        document["from"] = Figures.Day(forecast.From);
        document["weights"] = new JsonArray([.. forecast.Weights.Select(weight => new JsonObject
        {
            ["shape"] = Written.Shape(weight.Shape), ["weight"] = weight.Weight, ["aicc"] = weight.Akaike,
        })]);
        document["frontier"] = new JsonArray([.. Months.Select(months => forecast.On(forecast.From.AddMonths(months))).Select(on => new JsonObject
        {
            ["date"] = Figures.Day(on.Date),
            ["quantilesMinutes"] = new JsonArray([.. Fan.Select(p => Quantile(p, Written.Bounds(on.Quantile(p))))]),
            ["beyondSupport"] = on.BeyondSupport,
            ["past"] = Written.Past(on.Past),
        })]);
        document["crossings"] = new JsonArray([.. lengths.Select(forecast.Crossing).Select(crossing => new JsonObject
        {
            ["lengthMinutes"] = crossing.Length.Value,
            ["quantiles"] = new JsonArray([.. Fan.Select(p => Quantile(p, new JsonObject
            {
                ["early"] = Written.Day(crossing.Quantile(p).Early), ["late"] = Written.Day(crossing.Quantile(p).Late),
            }))]),
            ["already"] = Written.Bounds(crossing.Already),
            ["neverWithinTenYears"] = Written.Bounds(crossing.Never),
            ["beyondSupport"] = crossing.BeyondSupport,
            ["byMonth"] = new JsonArray([.. crossing.ByMonth().Where(month => month.Mass.Value > 0).Select(month => new JsonObject
            {
                ["month"] = month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), ["mass"] = month.Mass.Value,
            })]),
            ["past"] = Written.Past(crossing.Past),
        })]);
        return document;
    }

    private static JsonObject Quantile(Probability p, JsonObject at) => new() { ["p"] = p.Value, ["at"] = at };
}
