using System.CommandLine;
using System.Globalization;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Protocol.Recomputation;

namespace Standstill.Cli.Commands.Capability;

/// <summary>How horizons are estimated, as options.</summary>
internal sealed class HorizonOptions
{
    private readonly Option<string> preset = new("--preset")
    {
        Description = "METR's settings for time horizon 1.1 (`th1.1`, penalty 1e-5) or 1.0 (`th1.0`, penalty 0.1); what follows changes them",
        DefaultValueFactory = _ => "th1.1",
    };

    private readonly Option<string?> weighting = new("--weighting") { Description = "`inverse-square-root-family`: 1 / (runs in task × √tasks in family), or `equal-task`: 1 / runs in task; the first without it" };
    private readonly Option<string?> resampling = new("--resampling") { Description = "What the bootstrap draws anew: `hierarchical` (METR's: families, tasks, runs; cautious) or `families` (whole families; calibrated from some 40 families up); the first without it" };
    private readonly Option<double?> lambda = new("--lambda") { Description = "The penalty on half the squared slope, above 0 and at most 1; the preset's without it" };
    private readonly Option<string?> score = new("--score") { Description = "`binarised` or `continuous`; the first without it" };
    private readonly Option<string?> alleged = new("--alleged") { Description = "Runs alleged to have cheated: `as-scored`, `failed`, `left-out` or `succeeded`; the first without it" };
    private readonly Option<string?> fatal = new("--fatal") { Description = "Runs that ended in a fatal error: `as-scored`, `failed`, `left-out` or `succeeded`; the first without it" };

    private readonly Option<int> draws = new("--draws") { Description = "Bootstrap draws", DefaultValueFactory = _ => 1000 };
    private readonly Option<string?> seed = new("--seed") { Description = "Any text, from which all draws follow; without it the file's digest" };

    public HorizonOptions(Command command)
    {
        preset.AcceptOnlyFromAmong("th1.1", "th1.0");
        weighting.AcceptOnlyFromAmong("inverse-square-root-family", "equal-task");
        resampling.AcceptOnlyFromAmong("hierarchical", "families");
        score.AcceptOnlyFromAmong("binarised", "continuous");
        alleged.AcceptOnlyFromAmong("as-scored", "failed", "left-out", "succeeded");
        fatal.AcceptOnlyFromAmong("as-scored", "failed", "left-out", "succeeded");
        foreach (var option in new Option[] { preset, weighting, resampling, lambda, score, alleged, fatal, draws, seed })
        {
            command.Add(option);
        }
    }

    /// <summary>Whether an option that only an estimate from runs can heed is given.</summary>
    public bool Estimates(ParseResult parsed) =>
        new Option[] { preset, weighting, resampling, lambda, score, alleged, fatal }.Any(option => parsed.GetResult(option) is { Implicit: false });

    public HorizonSettings Settings(ParseResult parsed)
    {
        var settings = parsed.GetValue(preset) == "th1.0" ? HorizonSettings.Horizon10 : HorizonSettings.Horizon11;
        if (parsed.GetValue(lambda) is { } penalty)
        {
            settings = penalty is > 0 and <= 1
                ? settings with { Lambda = penalty }
                : throw new UsageException($"--lambda: `{penalty.ToString("R", CultureInfo.InvariantCulture)}` is no penalty; give a number above zero and at most 1, such as 1e-5");
        }

        return settings with
        {
            Weighting = parsed.GetValue(weighting) switch
            {
                "equal-task" => TaskWeighting.EqualTask,
                "inverse-square-root-family" => TaskWeighting.InverseSquareRootFamily,
                _ => settings.Weighting,
            },
            Resampling = parsed.GetValue(resampling) == "families" ? Resampling.Families : Resampling.Hierarchical,
            Score = parsed.GetValue(score) == "continuous" ? ScoreKind.Continuous : ScoreKind.Binarised,
            Alleged = Doubtful(parsed.GetValue(alleged)),
            Fatal = Doubtful(parsed.GetValue(fatal)),
        };
    }

    public int Draws(ParseResult parsed) => parsed.GetValue(draws) is >= 100 and <= 100_000 and var count
        ? count
        : throw new UsageException($"--draws: `{parsed.GetValue(draws).ToString(CultureInfo.InvariantCulture)}` is not from 100 to 100000; fewer give no 95 % interval");

    /// <summary>The seed's text and its bytes.</summary>
    public (string Text, Seed Seed) Seed(ParseResult parsed, string digest)
    {
        var text = parsed.GetValue(seed) ?? digest;
        return (text, SeedOf(text));
    }

    /// <summary>The seed that belongs to a text.</summary>
    public static Seed SeedOf(string text) => CapabilityRecomputation.SeedOf(text);

    private static DoubtfulRuns Doubtful(string? word) => word switch
    {
        "failed" => DoubtfulRuns.Failed,
        "left-out" => DoubtfulRuns.LeftOut,
        "succeeded" => DoubtfulRuns.Succeeded,
        _ => DoubtfulRuns.AsScored,
    };
}
