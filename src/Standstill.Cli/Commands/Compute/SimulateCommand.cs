using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Adversary;
using Standstill.Protocol.Assurance;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute simulate`: diversion strategies played against measures.</summary>
internal static class SimulateCommand
{
    public static Command Make()
    {
        var strategy = new Argument<string[]>("strategy") { Description = "Which strategies to play; `all`, and without any the list is shown", Arity = ArgumentArity.ZeroOrMore };
        strategy.CompletionSources.Add(_ => Strategy.All.Select(s => new System.CommandLine.Completions.CompletionItem(s.Name)));
        var flop = Diversions.Flop();
        var days = Diversions.Days();
        var seed = new Option<string>("--seed") { Description = "Any text; all draws follow from its SHA-256", DefaultValueFactory = _ => "1" };
        var draws = Diversions.Draws();
        var ledger = new Option<string?>("--ledger") { Description = "Against the measures in place at a party of this ledger, an http address or a directory; without it against a reference of what could be in place" };
        var party = new Option<string?>("--party") { Description = "With --ledger: whose measures" };
        var table = new Option<bool>("--table") { Description = "Write rows of a Markdown table, as in docs/compute/strategies.md" };
        var export = new Option<string?>("--export") { Description = "Write a row for every strategy and measure into this file, `.parquet` or `.csv`" };
        var json = Inputs.Json();
        var command = new Command("simulate", """
            Play diversion strategies against measures: how likely each is seen, how soon, and at how many false alarms

            Detection is how often the diversion sets off an alarm in worlds that would have been quiet without it, with its
            95 % interval. All strategies meet the same worlds. The cheater knows the measures and chooses the best way to
            carry out each strategy.

            Examples:
              standstill compute simulate
              standstill compute simulate slow-drip --flop 1e25 --days 90 --seed 7
              standstill compute simulate all --ledger http://127.0.0.1:7800 --party sample-birch
            """) { strategy, flop, days, seed, draws, ledger, party, table, export, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var names = parsed.GetValue(strategy)!;
            if (names.Length == 0)
            {
                Output.Table(["strategy", "what is done", "what it costs"], Strategy.All.Select(s => new[] { s.Name, s.What, s.Cost }));
                return Exit.Good;
            }

            ImmutableArray<Strategy> chosen = names is ["all"]
                ? Strategy.All
                : [.. names.Select(n => Strategy.Named(n) ?? throw new UsageException($"`{n}` is not a strategy; use {string.Join(", ", Strategy.All.Select(s => s.Name))}, or `all`"))];
            var measures = await MeasuresAsync(parsed.GetValue(ledger), parsed.GetValue(party), cancellation);
            var diversion = Diversions.Of(parsed.GetValue(flop), parsed.GetValue(days));
            var drawn = new Seed(Protocol.Digest.Of(Encoding.UTF8.GetBytes(parsed.GetValue(seed)!)).ToBytes());
            var study = DetectionStudy.Run(measures, diversion, chosen, drawn, Diversions.Checked(parsed.GetValue(draws)), Work.WithBar("playing strategies"));
            if (parsed.GetValue(export) is { } file)
            {
                TableFile.Write(file, Columns, study.Strategies.SelectMany(s => Rows(study, s)), !parsed.GetValue(json) && !parsed.GetValue(table));
            }

            if (parsed.GetValue(json))
            {
                Output.Json(Document(study));
            }
            else if (parsed.GetValue(table))
            {
                Console.Out.Write(StrategyTable.Of(study));
            }
            else
            {
                Print(study);
            }

            return Exit.Good;
        });
        return command;
    }

    private static readonly string[] Columns =
        ["strategy", "choice", "feasible", "measure", "detection", "low", "high", "by_chance", "median_days", "ninety_days", "false_alarms_a_year"];

    private static async Task<MeasuresInPlace> MeasuresAsync(string? ledger, string? party, CancellationToken cancellation)
    {
        if (ledger is null != party is null)
        {
            throw new UsageException(ledger is null ? "--party needs --ledger: where its measures are on record" : "--ledger needs --party: whose measures");
        }

        if (ledger is null)
        {
            return MeasuresInPlace.Reference;
        }

        var world = await Inputs.WorldAsync(ledger, null, null, null, cancellation);
        return MeasuresOnLedger.Of(world, Inputs.ParseParty(party!)) ?? throw new UsageException($"--party: `{party}` has no accelerators on record");
    }

    internal static void Print(DetectionResult study)
    {
        Output.Line($"{Flop(study.Diversion.Flop)} FLOP within {study.Diversion.WithinDays} days, {study.Draws} worlds; {study.Measures.Chips:N0} accelerators in {study.Measures.Areas.Length} areas");
        Output.Columns(
            ["strategy", "seen (95 % interval)", "half by", "nine in ten by", "most by", "carried out as"],
            study.Strategies.Select(s => s is { Feasible: true, All: { } seen }
                ? new[] { s.Strategy.Name, Share(seen.Caused), Days(seen.MedianDays), Days(seen.NinetyDays), Best(s), s.Plan.Choice }
                : [s.Strategy.Name, "not feasible", "", "", "", s.Plan.Obstacle ?? ""]));
        Output.Line();
        Output.Line($"false alarms a year, all measures: {study.AllFalseAlarms.Value:0.00} (95 % interval {study.AllFalseAlarms.Low:0.00} to {study.AllFalseAlarms.High:0.00})");
        Output.Line(study.Weakest is { All: { } least } weakest
            ? $"weakest path: {weakest.Strategy.Name}, {weakest.Plan.Choice}: seen with {Share(least.Caused)}"
            : "none of these strategies can be carried out");
    }

    private static string Best(StrategyResult result) =>
        result.Alone.Select((seen, i) => (Seen: seen.Caused.Value.Value, Name: StrategyTable.Name((Measure)i))).MaxBy(m => m.Seen) is { Seen: > 0 } best ? best.Name : "none";

    private static IEnumerable<object?[]> Rows(DetectionResult study, StrategyResult result)
    {
        if (result.All is not { } all)
        {
            yield return [result.Strategy.Name, result.Plan.Choice, "no", null, null, null, null, null, null, null, null];
            yield break;
        }

        yield return Row("all", all, study.AllFalseAlarms);
        foreach (var (i, seen) in result.Alone.Index())
        {
            yield return Row(StrategyTable.Name((Measure)i), seen, study.FalseAlarms[i]);
        }

        object?[] Row(string measure, Seen seen, YearlyRate alarms) =>
        [
            result.Strategy.Name, result.Plan.Choice, "yes", measure, seen.Caused.Value.Value, seen.Caused.Low.Value, seen.Caused.High.Value, seen.Chance.Value.Value,
            (long?)seen.MedianDays, (long?)seen.NinetyDays, alarms.Value,
        ];
    }

    internal static JsonObject Document(DetectionResult study) => new()
    {
        ["flop"] = study.Diversion.Flop,
        ["withinDays"] = study.Diversion.WithinDays,
        ["draws"] = study.Draws,
        ["accelerators"] = study.Measures.Chips,
        ["falseAlarmsPerYear"] = study.AllFalseAlarms.Value,
        ["weakest"] = study.Weakest?.Strategy.Name,
        ["strategies"] = new JsonArray([.. study.Strategies.Select(s => new JsonObject
        {
            ["strategy"] = s.Strategy.Name,
            ["choice"] = s.Plan.Choice,
            ["feasible"] = s.Feasible,
            ["all"] = s.All is { } all ? Seen(all) : null,
            ["alone"] = new JsonObject(s.Alone.Select((seen, i) => KeyValuePair.Create(StrategyTable.Name((Measure)i), (JsonNode?)Seen(seen)))),
        })]),
    };

    private static JsonObject Seen(Seen seen) => new()
    {
        ["detection"] = seen.Caused.Value.Value,
        ["low"] = seen.Caused.Low.Value,
        ["high"] = seen.Caused.High.Value,
        ["byChance"] = seen.Chance.Value.Value,
        ["medianDays"] = seen.MedianDays,
        ["ninetyDays"] = seen.NinetyDays,
    };

    internal static string Share(DrawnShare share) => string.Create(CultureInfo.InvariantCulture, $"{share.Value.Value:0.000} ({share.Low.Value:0.000} to {share.High.Value:0.000})");

    internal static string Flop(double flop) => flop.ToString("0.##e+0", CultureInfo.InvariantCulture);

    private static string Days(int? days) => days is { } some ? $"day {some}" : "–";
}
