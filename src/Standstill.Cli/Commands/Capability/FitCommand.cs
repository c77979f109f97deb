using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Node.Pages;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Commands.Capability;

/// <summary>`standstill capability fit`: the horizon of each agent in a run file.</summary>
internal static class FitCommand
{
    public static readonly ImmutableArray<Probability> Levels = [new(0.5), new(0.8)];

    /// <summary>Below this many families neither bootstrap was found to keep its word.</summary>
    private const int FewFamilies = 20;

    public static Command Make()
    {
        var detail = new Option<string[]>("--agent") { Description = "Look at these agents closely: other intervals, support, ceiling, noise, influence, shape", AllowMultipleArgumentsPerToken = true };
        var plot = Pictures.Option("the curves over the binned successes");
        var json = Inputs.Json();
        var command = new Command("fit", """
            Estimate each agent's time horizon from its runs, with bootstrap intervals

            The logistic regression of METR's time-horizon analysis. A horizon that the runs only bound is printed as a bound.
            With --plot a picture of the curves over the binned successes.

            Examples:
              standstill capability fit samples/capability/runs.jsonl
              standstill capability fit samples/capability/runs.jsonl --agent sample-reed-4
              standstill capability fit runs.jsonl --preset th1.0 --weighting equal-task
              standstill capability fit runs.jsonl --draws 10000 --plot curves.svg
            """) { detail, plot, json };
        var input = new RunInput(command);
        var options = new HorizonOptions(command);
        command.SetAction(parsed =>
        {
            var picture = Pictures.File(parsed, plot);
            var file = input.Read(parsed);
            var settings = options.Settings(parsed);
            var (seedText, seed) = options.Seed(parsed, file.SeedText);
            var draws = HorizonBootstrap.Draw(file.Runs, settings, Levels, seed, options.Draws(parsed), Work.WithBar("drawing"));
            var rows = AgentHorizon.Of(file.Runs, settings, draws);
            var close = AgentReport.Indices(file.Runs, parsed.GetValue(detail) ?? []);
            if (parsed.GetValue(json))
            {
                Output.Json(Document(file, settings, seedText, draws.Count, rows));
            }
            else
            {
                Print(file, settings, seedText, draws.Count, rows);
                AgentReport.Print(file.Runs, settings, seed, close);
            }

            picture?.Save(Pictures.Curves(file, settings, seedText, draws.Count, rows));

            return Exit.Good;
        });
        return command;
    }

    /// <summary>What the figures rest on, a line each.</summary>
    public static ImmutableArray<string> Method(RunFileInput file, HorizonSettings settings, string seed, int draws) =>
    [
        $"runs       {Figures.Count(file.Runs.RunCount)} of {Figures.Count(file.Runs.Agents.Length)} agents at {Figures.Count(file.Runs.Tasks.Length)} tasks in {Figures.Count(file.Runs.Families.Length)} families, sha256 {file.Sha256}",
        $"method     logistic regression on log2 human minutes, {Weighting(settings)}, penalty {Number(settings.Lambda)}, {Deviations(settings)}",
        $"intervals  95 %, {Figures.Count(draws)} draws of {(settings.Resampling == Resampling.Families ? "whole families" : "families, tasks and runs")}, seed {(seed == file.SeedText ? "the file's digest" : $"`{seed}`")}",
        .. file.Notes.Select(note => $"note       {note}"),
        .. file.Runs.Families.Length < FewFamilies ? [$"note       with {file.Runs.Families.Length} families the intervals are a rough guide: docs/capability/coverage.md"] : Array.Empty<string>(),
    ];

    /// <summary>A horizon or its bound: `5.1 h (2.9 h to 9.8 h)`, `at least 32 h`.</summary>
    public static string Written(LevelHorizon horizon)
    {
        var known = horizon.Known;
        if (known.Estimate is { } log)
        {
            return $"{Length(log)} ({(double.IsNegativeInfinity(horizon.Low) ? "no lower limit" : Length(horizon.Low))} to {(double.IsPositiveInfinity(horizon.High) ? "no limit" : Length(horizon.High))})";
        }

        return Bound(known);
    }

    /// <summary>What is known where there is no estimate.</summary>
    public static string Bound(HorizonKnown known) => (double.IsNegativeInfinity(known.Low), double.IsPositiveInfinity(known.High)) switch
    {
        (true, true) => "not known",
        (true, false) => "at most " + Length(known.High),
        (false, true) => "at least " + Length(known.Low),
        _ => $"between {Length(known.Low)} and {Length(known.High)}",
    };

    public static string Length(double log) => Figures.Length(Math.Exp(log));

    private static void Print(RunFileInput file, HorizonSettings settings, string seed, int draws, ImmutableArray<AgentHorizon> rows)
    {
        foreach (var line in Method(file, settings, seed, draws))
        {
            Output.Line(line);
        }

        Output.Line();
        Output.Columns(
            ["agent", "released", "50 % horizon", "80 % horizon", "success", "slope", "longer tasks"],
            rows.OrderBy(row => row.Agent.Released ?? DateOnly.MaxValue).ThenBy(row => row.Agent.Alias, StringComparer.Ordinal).Select(row => new[]
            {
                row.Agent.Alias,
                row.Agent.Released is { } day ? Figures.Day(day) : "–",
                Written(row.Levels[0]),
                Written(row.Levels[1]),
                row.Success is { } success ? Figures.Share(success.Value) : "–",
                row.Fit.Curve is { } curve ? curve.Slope.ToString("0.00", CultureInfo.InvariantCulture) : "–",
                row.Levels[0].SupportAbove is { } above ? Figures.Share(above.Value) : "–",
            }));
        Output.Line();
        Output.Line("slope: change of the logit of success for each doubling of length");
        Output.Line("longer tasks: weight of the tasks at least as long as the 50 % horizon. Where it is small the horizon rests on few tasks; at 0 % it is extrapolated");
    }

    public static JsonObject Document(RunFileInput file, HorizonSettings settings, string seed, int draws, ImmutableArray<AgentHorizon> rows) => new()
    {
        ["runs"] = file.Document(),
        ["method"] = "standstill-horizon-v1",
        ["settings"] = SettingsDocument(settings, seed, draws),
        ["agents"] = new JsonArray([.. rows.Select(row => new JsonObject
        {
            ["agent"] = row.Agent.Alias,
            ["model"] = row.Agent.Model,
            ["released"] = row.Agent.Released is { } day ? Figures.Day(day) : null,
            ["runs"] = row.Runs,
            ["tasks"] = row.Tasks,
            ["success"] = row.Success?.Value,
            ["longestMinutes"] = row.Longest?.Value,
            ["fit"] = Fit(row.Fit),
            ["horizons"] = new JsonArray([.. row.Levels.Select(level => new JsonObject
            {
                ["level"] = level.Level.Value,
                ["minutes"] = Minutes(level.Known.Estimate),
                ["atLeastMinutes"] = level.Known.Estimate is null ? Minutes(level.Known.Low) : null,
                ["atMostMinutes"] = level.Known.Estimate is null ? Minutes(level.Known.High) : null,
                ["low95Minutes"] = Minutes(level.Low),
                ["high95Minutes"] = Minutes(level.High),
                ["supportAbove"] = level.SupportAbove?.Value,
            })]),
        })]),
    };

    public static JsonObject SettingsDocument(HorizonSettings settings, string seed, int draws) => new()
    {
        ["weighting"] = Words.Of(settings.Weighting),
        ["resampling"] = Words.Of(settings.Resampling),
        ["lambda"] = settings.Lambda,
        ["score"] = settings.Score == ScoreKind.Continuous ? "continuous" : "binarised",
        ["alleged"] = Word(settings.Alleged),
        ["fatal"] = Word(settings.Fatal),
        ["draws"] = draws,
        ["seed"] = seed,
    };

    private static JsonObject Fit(HorizonFit fit) => new()
    {
        ["kind"] = fit switch
        {
            HorizonFit.Fitted => "fitted",
            HorizonFit.Separated => "separated",
            HorizonFit.AllSucceeded => "all-succeeded",
            HorizonFit.AllFailed => "all-failed",
            HorizonFit.NotFalling => "not-falling",
            _ => "no-runs",
        },
        ["intercept"] = fit.Curve?.Intercept,
        ["slope"] = fit.Curve?.Slope,
        ["logLoss"] = (fit as HorizonFit.Fitted)?.Loss,
    };

    /// <summary>Minutes of a finite ln(minutes); nothing where there is no bound.</summary>
    public static JsonValue? Minutes(double? log) => log is { } value && double.IsFinite(Math.Exp(value)) && double.IsFinite(value) ? JsonValue.Create(Math.Exp(value)) : null;

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal);

    private static string Weighting(HorizonSettings settings) =>
        settings.Weighting == TaskWeighting.EqualTask ? "tasks weigh the same" : "a family weighs as the root of its tasks";

    private static string Deviations(HorizonSettings settings) => (settings.Score == ScoreKind.Continuous ? "continuous scores" : "binarised scores")
        + (settings.Alleged == DoubtfulRuns.AsScored ? "" : $", alleged runs {Word(settings.Alleged)}")
        + (settings.Fatal == DoubtfulRuns.AsScored ? "" : $", runs with fatal errors {Word(settings.Fatal)}");

    private static string Word(DoubtfulRuns runs) => runs switch
    {
        DoubtfulRuns.Failed => "failed",
        DoubtfulRuns.LeftOut => "left-out",
        DoubtfulRuns.Succeeded => "succeeded",
        _ => "as-scored",
    };
}
