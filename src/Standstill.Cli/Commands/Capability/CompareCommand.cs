using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Trends;
using Standstill.Node.Pages;

namespace Standstill.Cli.Commands.Capability;

/// <summary>`standstill capability compare`: a table of published horizons and its revision.</summary>
internal static class CompareCommand
{
    public static Command Make()
    {
        var before = new Argument<string>("before") { Description = "The earlier table of published horizons" };
        var after = new Argument<string>("after") { Description = "The later one" };
        var length = new Option<string>("--length") { Description = "The length whose crossing is compared", DefaultValueFactory = _ => "40h" };
        var since = new Option<string?>("--since") { Description = "Only models released from this day on enter the trend" };
        var json = Inputs.Json();
        var command = new Command("compare", """
            Compare two tables of published horizons: which figures were revised, and what that does to the trend

            Models are the same by name. A revision is shown beside what it revises, and overwrites nothing.

            Example:
              standstill capability compare samples/capability/metr-th1-0.csv samples/capability/metr-th1-1.csv --since 2023-01-01
            """) { before, after, length, since, json };
        command.SetAction(parsed =>
        {
            var (first, second) = (Inputs.Read(parsed.GetValue(before)!), Inputs.Read(parsed.GetValue(after)!));
            var seed = HorizonOptions.SeedOf($"{Convert.ToHexStringLower(SHA256.HashData(first))},{Convert.ToHexStringLower(SHA256.HashData(second))}");
            var revision = TableRevision.Compare(
                HistoryOptions.ReadTable(parsed.GetValue(before)!, first),
                HistoryOptions.ReadTable(parsed.GetValue(after)!, second),
                ForecastCommand.ParseLength(parsed.GetValue(length)!),
                seed,
                Work.WithBar("forecasting"),
                HistoryOptions.ParseDay("--since", parsed.GetValue(since)));
            if (parsed.GetValue(json))
            {
                Output.Json(Document(revision));
            }
            else
            {
                Print(revision);
            }

            return Exit.Good;
        });
        return command;
    }

    private static void Print(TableRevision revision)
    {
        Output.Line($"unchanged  {revision.Unchanged}");
        foreach (var model in revision.Dropped)
        {
            Output.Line($"dropped    {model.Model}, {Figures.Day(model.Released)}: {Figure(model)}");
        }

        foreach (var model in revision.Added)
        {
            Output.Line($"added      {model.Model}, {Figures.Day(model.Released)}: {Figure(model)}");
        }

        if (!revision.Changed.IsEmpty)
        {
            Output.Line();
            Output.Columns(
                ["revised", "before", "after", "ratio", "within its earlier limits", "released"],
                revision.Changed.Select(model => new[]
                {
                    model.After.Model,
                    Figure(model.Before),
                    Figure(model.After),
                    model.Ratio.ToString("0.00", CultureInfo.InvariantCulture),
                    model.WithinEarlierLimits is { } within ? within ? "yes" : "no" : "none published",
                    model.Before.Released == model.After.Released ? "the same day" : $"{Figures.Day(model.Before.Released)}, then {Figures.Day(model.After.Released)}",
                }));
        }

        Output.Line();
        Output.Columns(
            ["", "doubles every, one slope", "95 %", "reaches the length, median", "90 %"],
            new[] { ("before", revision.Before), ("after", revision.After) }.Select(pair => new[]
            {
                pair.Item1,
                Doubling(pair.Item2),
                Interval(pair.Item2),
                pair.Item2.Crossing is { } crossing ? Written.Day(crossing.Quantile(new(0.5))) : "too few models",
                pair.Item2.Crossing is { } wide ? $"{Written.Day(wide.Quantile(new(0.05)).Early)} to {Written.Day(wide.Quantile(new(0.95)).Late)}" : "–",
            }));
    }

    private static string Figure(PublishedHorizon model) =>
        (model.Censoring switch { Censoring.AtLeast => "at least ", Censoring.AtMost => "at most ", _ => "" }) + Figures.Length(model.P50.Value);

    private static string Doubling(TableOutcome outcome) => outcome.DoublingDays.IsNone ? "not known"
        : outcome.DoublingDays.PointEstimate is { } point ? Written.Days(point) : $"at most {Written.Days(outcome.DoublingDays.Quantile(new(0.5)).High)}";

    private static string Interval(TableOutcome outcome) => outcome.DoublingDays.IsNone
        ? "–"
        : Written.DaysInterval(outcome.DoublingDays);

    private static JsonObject Document(TableRevision revision) => new()
    {
        ["unchanged"] = revision.Unchanged,
        ["dropped"] = new JsonArray([.. revision.Dropped.Select(Model)]),
        ["added"] = new JsonArray([.. revision.Added.Select(Model)]),
        ["changed"] = new JsonArray([.. revision.Changed.Select(model => new JsonObject
        {
            ["before"] = Model(model.Before), ["after"] = Model(model.After), ["ratio"] = model.Ratio, ["withinEarlierLimits"] = model.WithinEarlierLimits,
        })]),
        ["before"] = Outcome(revision.Before),
        ["after"] = Outcome(revision.After),
    };

    private static JsonObject Model(PublishedHorizon model) => new()
    {
        ["model"] = model.Model,
        ["released"] = Figures.Day(model.Released),
        ["p50Minutes"] = model.P50.Value,
        ["low95Minutes"] = model.Limits95?.Low.Value,
        ["high95Minutes"] = model.Limits95?.High.Value,
        ["p80Minutes"] = model.P80?.Value,
        ["censoring"] = model.Censoring switch { Censoring.AtLeast => "at-least", Censoring.AtMost => "at-most", _ => "none" },
    };

    private static JsonObject Outcome(TableOutcome outcome) => new()
    {
        ["doublingDays"] = outcome.DoublingDays.IsNone ? null : new JsonObject
        {
            ["point"] = outcome.DoublingDays.PointEstimate is { } point ? Written.Number(point) : null,
            ["low95"] = Written.Number(outcome.DoublingDays.Quantile(new(0.025)).Low),
            ["high95"] = Written.Number(outcome.DoublingDays.Quantile(new(0.975)).High),
        },
        ["crossingMedian"] = outcome.Crossing is { } crossing ? Written.Day(crossing.Quantile(new(0.5))) : null,
    };
}
