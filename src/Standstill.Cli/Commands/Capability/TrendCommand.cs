using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Acceleration;
using Standstill.Measurement.Capability.Trends;
using Standstill.Measurement.Indicators;
using Standstill.Node.Pages;

namespace Standstill.Cli.Commands.Capability;

/// <summary>`standstill capability trend`: how fast the frontier grows, and whether it speeds up.</summary>
internal static class TrendCommand
{
    private static readonly ImmutableArray<Probability> Quantiles = [new(0.025), new(0.5), new(0.975)];

    public static Command Make()
    {
        var until = new Option<string?>("--until") { Description = "The last day of the window" };
        var labour = new LabourOptions();
        var plot = Pictures.Option("horizons against release dates");
        var json = Inputs.Json();
        var command = new Command("trend", """
            Fit the shapes of trend to the frontier, and tell how fast it doubles

            From run files, or from a table of published horizons. Least squares of ln(horizon) on the release date over the
            running maximum, selected anew in every draw.

            Examples:
              standstill capability trend samples/capability/metr-th1-1.csv --since 2023-01-01
              standstill capability trend samples/capability/metr-th1-1.csv --productivity 4 --share-of-work 0.6
              standstill capability trend samples/capability/runs.jsonl --json
            """) { until, plot, json };
        labour.AddTo(command);
        var options = new HistoryOptions(command);
        command.SetAction(parsed =>
        {
            var picture = Pictures.File(parsed, plot);
            var account = labour.Read(parsed);
            var (first, last) = (options.Since(parsed), HistoryOptions.ParseDay("--until", parsed.GetValue(until)));
            var input = options.Read(parsed, last);
            var shapes = TrendShapes.Fit(input.History, first, last)
                .Select(fit => (Fit: fit, Doubling: TrendShapes.DoublingTime(input.History, fit.Shape, first, last))).ToImmutableArray();
            var finding = AccelerationTest.Of(input.Series, first, input.Seed, AccelerationReport.Simulations, Work.WithBar("simulating"));
            picture?.Save(Pictures.Trend(input, first, forecast: null));
            if (parsed.GetValue(json))
            {
                var document = Document(input, shapes);
                document["acceleration"] = AccelerationReport.Document(finding);
                document["labour"] = account?.Document(finding, input.Seed);
                Output.Json(document);
                return Exit.Good;
            }

            PrintBasis(input);
            Print(shapes);
            Output.Line();
            AccelerationReport.Print(finding, logarithmic: true);
            account?.Print(finding, input.Seed);
            return Exit.Good;
        });
        return command;
    }

    public static void PrintBasis(HistoryInput input)
    {
        foreach (var line in input.Basis)
        {
            Output.Line(line);
        }

        Output.Line(input.History.Support is { } support ? $"tasks      up to {Figures.Length(support.Value)}" : "tasks      longest not known; give it with --support HOURS");
        Output.Line();
    }

    /// <summary>A forecast, or the reason why there is none.</summary>
    public static FrontierForecast Make(HistoryInput input, DateOnly? since) =>
        FrontierForecast.Make(input.History, input.Seed, Work.WithBar("forecasting"), since, FrontierBacktest.Run(input.History, input.Seed, Work.WithBar("testing"), since)) switch
        {
            FrontierForecasting.Made made => made.Forecast,
            FrontierForecasting.Refused refused => throw new RefusedException([refused.Fault.ToString()]),
            _ => throw new InvalidOperationException("not a forecast"),
        };

    private static void Print(ImmutableArray<(ShapeFit Fit, IndicatorDistribution Doubling)> shapes)
    {
        if (shapes.IsEmpty)
        {
            Output.Line("fewer than five models on the frontier in the window: no shape is fitted");
            return;
        }

        Output.Columns(
            ["shape", "models", "doubles every", "95 %", "at first every", "break", "95 %", "AICc weight"],
            shapes.Select(shape => new[]
            {
                Written.Shape(shape.Fit.Shape),
                $"{shape.Fit.Points}",
                Days(shape.Fit.CurrentDoublingDays),
                shape.Doubling.IsNone ? "not known" : Written.DaysInterval(shape.Doubling),
                Days(shape.Fit.FirstDoublingDays),
                shape.Fit.Break is { } day ? Figures.Day(day) : "–",
                shape.Fit.BreakInterval95 is var (first, last) ? $"{Figures.Day(first)} to {Figures.Day(last)}" : "–",
                Figures.Percent(shape.Fit.Weight),
            }));
        Output.Line();
        Output.Line("doubles every: at the end of the window. A bound is taken for a value in the figures, and read every way in the intervals.");
        Output.Line("95 % of the break: profile likelihood, the figures taken as exact; with their errors it is wider.");
    }

    private static string Days(double days) => double.IsInfinity(days) ? "never" : days.ToString("0.0", CultureInfo.InvariantCulture) + " days";

    private static JsonObject Document(HistoryInput input, ImmutableArray<(ShapeFit Fit, IndicatorDistribution Doubling)> shapes)
    {
        var document = input.Document;
        document["shapes"] = new JsonArray([.. shapes.Select(shape => new JsonObject
        {
            ["shape"] = Written.Shape(shape.Fit.Shape),
            ["models"] = shape.Fit.Points,
            ["doublingDays"] = Written.Number(shape.Fit.CurrentDoublingDays),
            ["doublingDays95"] = shape.Doubling.IsNone ? null : new JsonObject
            {
                ["low"] = Written.Number(shape.Doubling.Quantile(Quantiles[0]).Low),
                ["high"] = Written.Number(shape.Doubling.Quantile(Quantiles[2]).High),
            },
            ["firstDoublingDays"] = Written.Number(shape.Fit.FirstDoublingDays),
            ["break"] = shape.Fit.Break is { } day ? Figures.Day(day) : null,
            ["break95"] = shape.Fit.BreakInterval95 is var (first, last) ? new JsonObject { ["low"] = Figures.Day(first), ["high"] = Figures.Day(last) } : null,
            ["aicc"] = shape.Fit.Aicc,
            ["aiccWeight"] = shape.Fit.Weight,
        })]);
        return document;
    }
}
