using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Measurement.Capability.Trends;
using Standstill.Node.Pages;

namespace Standstill.Cli.Commands.Capability;

/// <summary>`standstill capability backtest`: what became of past forecasts.</summary>
internal static class BacktestCommand
{
    public static Command Make()
    {
        var all = new Option<bool>("--all") { Description = "List every past forecast" };
        var json = Inputs.Json();
        var command = new Command("backtest", """
            Forecast from every past day on which the frontier advanced, and compare with what came

            Each method sees only the models that were out by then. A 90 % interval should hold nine times in ten; a method
            whose intervals did not is too sure of itself.

            Examples:
              standstill capability backtest samples/capability/metr-th1-1.csv --since 2023-01-01
              standstill capability backtest samples/capability/runs.jsonl --json
            """) { all, json };
        var options = new HistoryOptions(command);
        command.SetAction(parsed =>
        {
            var input = options.Read(parsed);
            var backtest = FrontierBacktest.Run(input.History, input.Seed, Work.WithBar("forecasting"), options.Since(parsed));
            if (parsed.GetValue(json))
            {
                Output.Json(Document(input, backtest));
                return Exit.Good;
            }

            TrendCommand.PrintBasis(input);
            if (backtest.Coverage.IsEmpty)
            {
                Output.Line("the history is too short for a past forecast: at least six models on the frontier, and one after them, are needed");
                return Exit.Good;
            }

            Output.Columns(
                ["method", "months ahead", "forecasts", "held by 50 %", "held by 90 %", "log score", "off by, doublings"],
                backtest.Coverage.Select(past => new[]
                {
                    Written.Method(past.Method),
                    $"{past.Months}",
                    $"{past.Count}",
                    Figures.Percent(past.Coverage50.Value),
                    Figures.Percent(past.Coverage90.Value),
                    Written.Score(past.MeanLogScore),
                    Written.Score(past.MeanAbsoluteDoublings),
                }));
            Output.Line();
            Output.Line("log score: mean ln density at what came, per unit of ln(minutes); higher is better. Forecasts made within weeks of one another");
            Output.Line("share their data and their fate: so many of them are not so many independent trials.");
            if (parsed.GetValue(all))
            {
                Output.Line();
                Output.Columns(
                    ["method", "made", "for", "median", "came", "share below"],
                    backtest.Forecasts.Select(one => new[]
                    {
                        Written.Method(one.Method),
                        Figures.Day(one.Origin),
                        Figures.Day(one.Target),
                        FitCommand.Length(one.Median),
                        FitCommand.Length(one.Observed),
                        Figures.Percent(one.Pit),
                    }));
            }

            return Exit.Good;
        });
        return command;
    }

    private static JsonObject Document(HistoryInput input, FrontierBacktest backtest)
    {
        var document = input.Document;
        document["coverage"] = new JsonArray([.. backtest.Coverage.Select(past => Written.Past(past)!)]);
        document["forecasts"] = new JsonArray([.. backtest.Forecasts.Select(one => new JsonObject
        {
            ["method"] = Written.Method(one.Method),
            ["months"] = one.Months,
            ["origin"] = Figures.Day(one.Origin),
            ["target"] = Figures.Day(one.Target),
            ["observedMinutes"] = Math.Exp(one.Observed),
            ["medianMinutes"] = Math.Exp(one.Median),
            ["pit"] = one.Pit,
            ["logScore"] = Written.Number(one.LogScore),
        })]);
        return document;
    }
}
