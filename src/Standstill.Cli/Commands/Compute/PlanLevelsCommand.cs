using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Sampling;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute plan levels`: a sample for each size of defect, each by its own method.</summary>
internal static class PlanLevelsCommand
{
    private static readonly string[] Usual = ["gross=1:0.3", "partial=0.25:0.05", "bias=0.05:0.01"];

    public static Command Make()
    {
        var population = new Option<int>("--population") { Description = "N: how many items there are", Required = true };
        var goal = new Option<double>("--goal-items") { Description = "M/x̄: how many whole items make up the goal amount", Required = true };
        var probability = new Option<double>("--probability") { Description = "1 − β for each level", DefaultValueFactory = _ => 0.9 };
        var level = new Option<string[]>("--level")
        {
            Description = "`name=share:error`: the share that is taken from each item, and the relative error of the method that looks for it",
            DefaultValueFactory = _ => Usual,
            AllowMultipleArgumentsPerToken = true,
        };
        var threshold = new Option<double>("--threshold") { Description = "k: a shortfall beyond k errors is called a defect", DefaultValueFactory = _ => 3 };
        var json = Inputs.Json();
        var command = new Command("levels", """
            Samples for several sizes of defect: all of a few items is taken, or a little from many

            At a level that takes the share γ from each item, r = ⌈(M/x̄)/γ⌉ are defective, and a method with relative error σ
            identifies one with q = Φ(γ/σ − k). Without --level: counting (σ 0.3) for whole items, reading counters (0.05) for a
            quarter, computing again (0.01) for a twentieth.

            Examples:
              standstill compute plan levels --population 8000 --goal-items 64
              standstill compute plan levels --population 8000 --goal-items 64 --level gross=1:0.3 half=0.5:0.1
            """) { population, goal, probability, level, threshold, json };
        command.SetAction(parsed =>
        {
            var items = Figures.Whole("--population", parsed.GetValue(population), 1, Figures.MostItems);
            var wanted = parsed.GetValue(goal);
            if (!(wanted > 0 && wanted <= items))
            {
                throw new UsageException($"--goal-items: `{Figures.Text(wanted)}` is not above 0 and at most the {Figures.Count(items)} items that there are");
            }

            var demanded = Figures.Demanded("--probability", parsed.GetValue(probability));
            var k = Figures.Positive("--threshold", parsed.GetValue(threshold));
            var levels = parsed.GetValue(level)!.Select(text => Level(text, k, items, wanted)).ToImmutableArray();
            var samples = DefectLevels.Samples(items, wanted, demanded, levels);
            var looks = samples.All(s => s.Answer is SampleAnswer.Enough) ? samples.Select(s => (s.Level.Method, ((SampleAnswer.Enough)s.Answer).Size)).ToImmutableArray() : [];
            var together = !looks.IsEmpty && looks.Sum(l => (long)l.Size) <= items
                ? levels.Select(l => (Probability?)DefectLevels.Detection(items, wanted, l.Share, looks)).ToImmutableArray()
                : [.. levels.Select(_ => (Probability?)null)];
            if (parsed.GetValue(json))
            {
                Output.Json(new JsonObject
                {
                    ["population"] = items,
                    ["goalItems"] = wanted,
                    ["probability"] = demanded.Value,
                    ["threshold"] = k,
                    ["levels"] = new JsonArray([.. samples.Select((s, i) => new JsonObject
                    {
                        ["level"] = s.Level.Name, ["share"] = s.Level.Share, ["error"] = s.Level.Method.RelativeError, ["defects"] = s.Defective, ["identification"] = s.Identification.Value,
                        ["sample"] = (s.Answer as SampleAnswer.Enough)?.Size, ["detection"] = Figures.Reached(s.Answer).Value, ["classical"] = Classical(s), ["together"] = together[i]?.Value,
                    })]),
                });
            }
            else
            {
                Output.Line($"of N = {Figures.Count(items)} items {Figures.Text(wanted)} whole ones make up the goal; demanded is {Figures.Text(demanded.Value)} at each level, k = {Figures.Text(k)}");
                Output.Columns(["level", "share γ", "defective r", "error σ", "identified q", "exact sample", "classical", "all samples find it with"], samples.Select((s, i) => new[]
                {
                    s.Level.Name, Figures.Text(s.Level.Share), Figures.Count(s.Defective), Figures.Text(s.Level.Method.RelativeError), Figures.Chance(s.Identification),
                    Figures.Size(s.Answer), Classical(s) is { } size ? Figures.Count(size) : "–", together[i] is { } all ? Figures.Chance(all) : "–",
                }));
                Output.Line("the diverter chooses γ: between the levels detection falls a little below the demand, and below the least of them it falls away");
            }

            return samples.All(s => s.Answer is SampleAnswer.Enough) ? Exit.Good : Exit.Refused;
        });
        return command;
    }

    private static int? Classical(LevelSample sample) => sample.Classical == int.MaxValue ? null : sample.Classical;

    private static DefectLevel Level(string text, double threshold, int items, double goal)
    {
        var (name, figures) = text.Split('=') is [var n, var f] ? (n, f.Split(':')) : ("", []);
        if (name.Length == 0 || figures.Length != 2 || !Number(figures[0], out var share) || !Number(figures[1], out var error) || !(share is > 0 and <= 1) || !(error > 0))
        {
            throw new UsageException($"--level: `{text}` is not `name=share:error` with a share above 0 and at most 1 and an error above 0; write `partial=0.25:0.05`");
        }

        var method = new InspectionMethod(name, error, threshold, 1);
        return goal / share > items * (1 + 1e-12) ? throw new UsageException($"--level: `{text}`: a share of {Figures.Text(share)} from every item does not make up the goal; leave the level out")
            : method.Identification(share).Value == 0 ? throw new UsageException($"--level: `{text}`: a method with that error never identifies it; give one with a smaller error")
            : new DefectLevel(name, share, method);
    }

    private static bool Number(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
