using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Acceleration;
using Standstill.Measurement.Capability.Index;
using Standstill.Measurement.Capability.Reading;
using Standstill.Node.Pages;

namespace Standstill.Cli.Commands.Capability;

/// <summary>`standstill capability index`: one scale of capability from many benchmarks.</summary>
internal static class IndexCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "Scores: CSV with model, release_date, benchmark, score in [0, 1]" };
        var anchor = new Option<string[]>("--anchor")
        {
            Description = "What fixes the scale: a benchmark's name, or two models with their values, `MODEL=130 MODEL=150`; without it the benchmark with most scores",
            AllowMultipleArgumentsPerToken = true,
        };
        var draws = new Option<int>("--draws") { Description = "Bootstrap draws over benchmarks", DefaultValueFactory = _ => 500 };
        var seed = new Option<string?>("--seed") { Description = "Any text, from which all draws follow; without it the file's digest" };
        var json = Inputs.Json();
        var command = new Command("index", """
            Put models on one scale by their scores on many benchmarks, and ask whether the index accelerates

            The model of the Epoch Capabilities Index: a model of capability C reaches 1/(1 + exp(−slope (C − difficulty)))
            of a benchmark. It sees other abilities than the horizon does, and what one of them shows alone is less sure.

            Example:
              standstill capability index samples/capability/benchmarks.csv
            """) { file, anchor, draws, seed, json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var bytes = Inputs.Read(path);
            var scores = ScoreTable.Read(Inputs.Text(path, bytes)) switch
            {
                ScoreTableReading.Table table => table.Scores,
                ScoreTableReading.Refused refused => throw new RefusedException([.. refused.Faults.Take(RunFileReader.MostFaults).Select(fault => $"{path}: {fault}")]),
                _ => throw new InvalidOperationException("not a reading"),
            };
            if (scores.IsEmpty)
            {
                throw new RefusedException([$"{path}: there is no score in it; give one line for each model and benchmark"]);
            }

            var fixedBy = Anchor(parsed.GetValue(anchor) ?? [], () => scores.CountBy(score => score.Benchmark).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).First().Key);
            var index = CapabilityIndex.Fit(scores, fixedBy) switch
            {
                IndexFit.Fitted fitted => fitted.Index,
                IndexFit.Refused refused => throw new RefusedException([$"{path}: {refused.Fault}"]),
                _ => throw new InvalidOperationException("not a fit"),
            };
            var count = parsed.GetValue(draws) is >= 2 and <= 100_000 and var asked ? asked : throw new UsageException("--draws: give a number from 2 to 100000");
            var seedBytes = HorizonOptions.SeedOf(parsed.GetValue(seed) ?? Convert.ToHexStringLower(SHA256.HashData(bytes)));
            var drawn = index.Draw(seedBytes, count, Work.WithBar("drawing"));
            var finding = AccelerationTest.Of(drawn.Series(), null, seedBytes, AccelerationReport.Simulations, Work.WithBar("simulating"));
            if (parsed.GetValue(json))
            {
                Output.Json(Document(index, drawn, finding));
            }
            else
            {
                Print(index, drawn, finding, fixedBy);
            }

            return Exit.Good;
        });
        return command;
    }

    private static IndexAnchor Anchor(string[] given, Func<string> most)
    {
        var values = given.Select(text => text.Split('=')).ToArray();
        return given.Length switch
        {
            0 => new IndexAnchor.Benchmark(most()),
            1 when values[0].Length == 1 => new IndexAnchor.Benchmark(given[0]),
            2 when Array.TrueForAll(values, value => value.Length == 2) && Number(values[0][1]) < Number(values[1][1]) =>
                new IndexAnchor.Models(values[0][0], Number(values[0][1]), values[1][0], Number(values[1][1])),
            _ => throw new UsageException("--anchor: give one benchmark's name, or two models with rising values: `gpt-4=100 gpt-5=150`"),
        };
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
        ? value
        : throw new UsageException($"--anchor: `{text}` is not a number");

    private static void Print(CapabilityIndex index, IndexDraws drawn, AccelerationFinding finding, IndexAnchor anchor)
    {
        Output.Line($"index      {index.Models.Length} models on {index.Benchmarks.Length} benchmarks, scores met to within {index.ScoreError.ToString("0.000", CultureInfo.InvariantCulture)} (root mean square)");
        Output.Line($"scale      {(anchor is IndexAnchor.Benchmark on ? $"`{on.Name}` has difficulty 0 and slope 1" : "two models fixed")}");
        foreach (var apart in index.Apart)
        {
            Output.Line($"note       no score connects {string.Join(", ", apart.Models.Take(5))} with the rest; not on this index");
        }

        Output.Line();
        Output.Columns(
            ["model", "released", "index", "± (one standard error)", "benchmarks"],
            index.Models.OrderByDescending(model => model.Value).Take(20).Select(model => new[]
            {
                model.Name,
                Figures.Day(model.Released),
                (model.Censoring switch { Censoring.AtLeast => "at least ", Censoring.AtMost => "at most ", _ => "" }) + model.Value.ToString("0.00", CultureInfo.InvariantCulture),
                model.Censoring == Censoring.None ? Error(drawn, model.Name) : "–",
                $"{model.Scores}",
            }));
        if (index.Models.Length > 20)
        {
            Output.Line($"  and {index.Models.Length - 20} more; --json lists them all");
        }

        Output.Line();
        AccelerationReport.Print(finding, logarithmic: false);
    }

    private static string Error(IndexDraws drawn, string name)
    {
        var at = -1;
        for (var i = 0; i < drawn.Models.Length; i++)
        {
            at = drawn.Models[i].Name == name ? i : at;
        }

        return at < 0 ? "–" : drawn.StandardError(at).ToString("0.00", CultureInfo.InvariantCulture);
    }

    private static JsonObject Document(CapabilityIndex index, IndexDraws drawn, AccelerationFinding finding) => new()
    {
        ["scoreError"] = index.ScoreError,
        ["models"] = new JsonArray([.. index.Models.Select(model => new JsonObject
        {
            ["model"] = model.Name, ["released"] = Figures.Day(model.Released), ["index"] = Written.Number(model.Value),
            ["bound"] = model.Censoring switch { Censoring.AtLeast => "at-least", Censoring.AtMost => "at-most", _ => null },
            ["standardError"] = model.Censoring == Censoring.None && double.TryParse(Error(drawn, model.Name), CultureInfo.InvariantCulture, out var error) ? error : null,
            ["scores"] = model.Scores,
        })]),
        ["benchmarks"] = new JsonArray([.. index.Benchmarks.Select(benchmark => new JsonObject
        {
            ["benchmark"] = benchmark.Name, ["difficulty"] = Written.Number(benchmark.Difficulty), ["slope"] = benchmark.Slope, ["scores"] = benchmark.Scores,
        })]),
        ["acceleration"] = AccelerationReport.Document(finding),
    };
}
