using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Measurement.Capability.Critique;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Node.Pages;

namespace Standstill.Cli.Commands.Capability;

/// <summary>`standstill capability multiverse`: the same runs under every analysis that somebody could defend.</summary>
internal static class MultiverseCommand
{
    public static Command Make()
    {
        var length = new Option<string>("--length") { Description = "The length whose crossing date is compared", DefaultValueFactory = _ => "40h" };
        var since = new Option<string>("--since") { Description = "Only agents released from this day on enter the trend", DefaultValueFactory = _ => "2023-01-01" };
        var agents = new Option<string[]>("--agent") { Description = "Show these agents; without it the two with the longest horizons", AllowMultipleArgumentsPerToken = true };
        var seed = new Option<string?>("--seed") { Description = "Any text, from which all draws follow; without it the file's digest" };
        var json = Inputs.Json();
        var command = new Command("multiverse", """
            Analyse the same runs in every way that somebody could defend, side by side

            The first row is METR's time horizon 1.1. Every other row changes one thing, and says which objection that
            answers; the last ones change several. The trend is one slope, so that the rows are comparable.

            Examples:
              standstill capability multiverse samples/capability/runs.jsonl
              standstill capability multiverse runs.jsonl --agent my-agent --length 160h --json
            """) { length, since, agents, seed, json };
        var input = new RunInput(command);
        command.SetAction(parsed =>
        {
            var options = new MultiverseOptions
            {
                Since = HistoryOptions.ParseDay("--since", parsed.GetValue(since))!.Value,
                Length = ForecastCommand.ParseLength(parsed.GetValue(length)!),
            };
            var file = input.Read(parsed);
            var text = parsed.GetValue(seed) ?? file.SeedText;
            var table = Multiverse.Of(file.Runs, options, HorizonOptions.SeedOf(text), Work.WithBar("analysing"));
            var shown = Shown(table, parsed.GetValue(agents) ?? []);
            if (parsed.GetValue(json))
            {
                Output.Json(Document(file, text, table));
            }
            else
            {
                Print(file, text, table, shown);
            }

            return Exit.Good;
        });
        return command;
    }

    private static ImmutableArray<int> Shown(Multiverse table, string[] names)
    {
        var aliases = table.Agents.Select(agent => agent.Alias).ToList();
        if (names.FirstOrDefault(name => !aliases.Contains(name)) is { } unknown)
        {
            throw new UsageException($"--agent: `{unknown}` is not in the file; it has {string.Join(", ", aliases)}");
        }

        return names.Length > 0
            ? [.. names.Select(name => aliases.IndexOf(name))]
            : [.. table.Rows[0].Agents.Select((agent, i) => (agent.P50, i)).OrderByDescending(pair => pair.P50.Estimate ?? pair.P50.Low).Take(2).Select(pair => pair.i)];
    }

    private static void Print(RunFileInput file, string seed, Multiverse table, ImmutableArray<int> shown)
    {
        Output.Line($"runs       {Figures.Count(file.Runs.RunCount)} of {Figures.Count(file.Runs.Agents.Length)} agents at {Figures.Count(file.Runs.Tasks.Length)} tasks in {Figures.Count(file.Runs.Families.Length)} families, sha256 {file.Sha256}");
        Output.Line($"trend      one slope through the frontier since {Figures.Day(table.Options.Since)}, seed {(seed == file.SeedText ? "the file's digest" : $"`{seed}`")}");
        foreach (var note in file.Notes.Concat(table.NotApplicable))
        {
            Output.Line($"note       {note}");
        }

        Output.Line();
        var length = Figures.Length(table.Options.Length.Value);
        Output.Columns(
            ["variant", "doubles every", $"reaches {length}", "moved by", .. shown.SelectMany(agent => new[] { $"{table.Agents[agent].Alias}, 50 %", "80 %" })],
            table.Rows.Select(row => (string[])[
                row.Name,
                row.Trend.DoublingDays is { } days ? Written.Days(days) : "no line",
                row.Trend.Crossing is { } day ? Figures.Day(day) : row.Trend.DoublingDays is null ? "no line" : "never",
                Moved(row.Trend.Crossing, table.Rows[0].Trend.Crossing),
                .. shown.SelectMany(agent => new[] { Known(row.Agents[agent].P50), Known(row.Agents[agent].P80) }),
            ]).Append([
                "least to greatest",
                table.Trend.DoublingDays is { } doubling ? $"{Written.Days(doubling.Low)} to {Written.Days(doubling.High)}" : "no line",
                table.Trend is { Earliest: { } early, Latest: { } late } ? $"{Figures.Day(early)} to {Figures.Day(late)}" : "never",
                "",
                .. shown.SelectMany(agent => new[] { Known(table.P50[agent]), Known(table.P80[agent]) }),
            ]));
        Output.Line();
        foreach (var row in table.Rows)
        {
            Output.Line($"{row.Name}: {row.Change}{(row.Objection == "None." ? "" : $" Objection: {row.Objection}")}");
        }

        Output.Line();
        if (table.Options.Length.Value > file.Runs.Tasks.Max(task => task.Human.Value))
        {
            Output.Line($"{length} lies beyond the longest task: every date is extrapolated.");
        }

        Output.Line("The rows are no sample of anything: their range says how much hangs on choices, and no more.");
    }

    private static string Moved(DateOnly? day, DateOnly? baseline) => day is { } to && baseline is { } from
        ? (to.DayNumber - from.DayNumber) switch { 0 => "–", > 0 and var late => $"{late} days later", var early => $"{-early} days earlier" }
        : "–";

    private static string Known(HorizonKnown known) => known.Estimate is { } log ? FitCommand.Length(log) : FitCommand.Bound(known);

    private static string Known(OutcomeRange range) => FitCommand.Bound(new HorizonKnown(null, range.Low, range.High)).Replace("between ", "", StringComparison.Ordinal).Replace(" and ", " to ", StringComparison.Ordinal);

    private static JsonObject Document(RunFileInput file, string seed, Multiverse table) => new()
    {
        ["runs"] = file.Document(),
        ["seed"] = seed,
        ["since"] = Figures.Day(table.Options.Since),
        ["lengthMinutes"] = table.Options.Length.Value,
        ["notApplicable"] = new JsonArray([.. table.NotApplicable.Select(reason => JsonValue.Create(reason))]),
        ["rows"] = new JsonArray([.. table.Rows.Select(row => new JsonObject
        {
            ["variant"] = row.Name,
            ["change"] = row.Change,
            ["objection"] = row.Objection,
            ["frontierAgents"] = row.Trend.Points,
            ["doublingDays"] = row.Trend.DoublingDays is { } days ? Written.Number(days) : null,
            ["crossing"] = row.Trend.Crossing?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["agents"] = new JsonArray([.. row.Agents.Select((agent, i) => new JsonObject
            {
                ["agent"] = table.Agents[i].Alias, ["p50"] = Horizon(agent.P50, agent.Ratio50), ["p80"] = Horizon(agent.P80, agent.Ratio80),
            })]),
        })]),
    };

    private static JsonObject Horizon(HorizonKnown known, double? ratio) => new()
    {
        ["minutes"] = FitCommand.Minutes(known.Estimate),
        ["lowMinutes"] = FitCommand.Minutes(known.Low),
        ["highMinutes"] = FitCommand.Minutes(known.High),
        ["overBaseline"] = ratio,
    };
}
