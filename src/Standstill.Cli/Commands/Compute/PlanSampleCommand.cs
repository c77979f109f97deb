using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Sampling;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute plan sample`: the smallest sample of one stratum, exact and by the closed formulas.</summary>
internal static class PlanSampleCommand
{
    public static Command Make()
    {
        var population = new Option<int>("--population") { Description = "N: how many items there are", Required = true };
        var defects = new Option<int>("--defects") { Description = "r: how many of them are defective where the goal amount is diverted", Required = true };
        var probability = new Option<double>("--probability") { Description = "1 − β: how likely at least one is to be found", DefaultValueFactory = _ => 0.9 };
        var identification = new Option<double>("--identification") { Description = "q: how likely a defective item that is looked at is identified", DefaultValueFactory = _ => 1 };
        var json = Inputs.Json();
        var command = new Command("sample", """
            The smallest sample that finds at least one of some defective items with a stated probability

            Exact by the hypergeometric distribution, and beside it the formulas that safeguards use. Exit status 1 where even
            looking at every item is not enough.

            Examples:
              standstill compute plan sample --population 8000 --defects 64
              standstill compute plan sample --population 8000 --defects 64 --probability 0.95 --identification 0.8
            """) { population, defects, probability, identification, json };
        command.SetAction(parsed =>
        {
            var items = Figures.Whole("--population", parsed.GetValue(population), 1, Figures.MostItems);
            var diverted = Figures.Whole("--defects", parsed.GetValue(defects), 1, items);
            var demanded = Figures.Demanded("--probability", parsed.GetValue(probability));
            var q = Figures.Identification("--identification", parsed.GetValue(identification));
            var exact = AttributeSampling.SmallestSample(items, diverted, demanded, q);
            var classical = ApproximateSampling.Classical(items, diverted, demanded, q);
            int? improved = q.Value == 1 ? ApproximateSampling.Improved(items, diverted, demanded) : null;
            Probability? Reached(int size) => size <= items ? AttributeSampling.Detection(items, diverted, size, q) : null;
            if (parsed.GetValue(json))
            {
                Output.Json(new JsonObject
                {
                    ["population"] = items,
                    ["defects"] = diverted,
                    ["probability"] = demanded.Value,
                    ["identification"] = q.Value,
                    ["sample"] = (exact as SampleAnswer.Enough)?.Size,
                    ["detection"] = Figures.Reached(exact).Value,
                    ["classical"] = classical,
                    ["classicalDetection"] = Reached(classical)?.Value,
                    ["improved"] = improved,
                    ["improvedDetection"] = improved is { } size ? Reached(size)?.Value : null,
                });
            }
            else
            {
                Output.Line($"of N = {Figures.Count(items)} items r = {Figures.Count(diverted)} are defective; one that is looked at is identified with q = {Figures.Text(q.Value)}; demanded is {Figures.Text(demanded.Value)}");
                Output.Columns(["way", "sample", "finds one with"],
                [
                    ["exact, hypergeometric", Figures.Size(exact), $"{Figures.Chance(Figures.Reached(exact))}{(exact is SampleAnswer.Unreachable ? " by looking at all" : "")}"],
                    Row("classical, N·(1 − β^(1/r))/q", classical),
                    .. improved is { } size ? new[] { Row("improved, ½·(1 − β^(1/r))·(2N − r + 1)", size) } : [],
                ]);
            }

            return exact is SampleAnswer.Enough ? Exit.Good : Exit.Refused;

            string[] Row(string way, int size) => [way, size == int.MaxValue ? "–" : Figures.Count(size), Reached(size) is { } reached ? Figures.Chance(reached) : "more than there are"];
        });
        return command;
    }
}
