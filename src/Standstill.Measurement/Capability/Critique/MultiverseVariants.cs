using System.Collections.Immutable;
using System.Globalization;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>The horizons of all agents under one variant.</summary>
internal readonly record struct VariantHorizons(ImmutableArray<HorizonKnown> P50, ImmutableArray<HorizonKnown> P80);

/// <summary>One row before it is computed.</summary>
internal sealed record Variant(string Name, string Change, string Objection, Func<VariantHorizons> Horizons);

/// <summary>The rows that a set of runs allows, and why others are missing.</summary>
internal sealed record MultiverseVariants(ImmutableArray<Variant> Rows, ImmutableArray<string> NotApplicable)
{
    private static readonly Probability Half = new(0.5);
    private static readonly Probability FourFifths = new(0.8);

    public static MultiverseVariants Of(RunSet runs, MultiverseOptions options, Seed seed, DrawLoop loop)
    {
        var baseline = HorizonSettings.Horizon11;
        var missing = new List<string>();
        ImmutableArray<Variant> rows =
        [
            new("METR 1.1", "The baseline: weight by root of family, λ = 1e-5, binarised score, every run as scored.", "None.", Fits(baseline)),
            new(
                "METR 1.0",
                "The penalty of the first publication, λ = 0.1.",
                "The published figures moved when the penalty was put right.",
                Fits(HorizonSettings.Horizon10)),
            .. PenaltyFits.Decades.Where(lambda => lambda != baseline.Lambda && lambda != HorizonSettings.Horizon10.Lambda).Select(lambda => new Variant(
                $"λ = {N(lambda)}",
                $"The penalty on the slope is {N(lambda)} instead of 1e-5.",
                "The penalty flattens the curve and so moves the horizon.",
                Fits(baseline with { Lambda = lambda }))),
            new(
                "equal tasks",
                "Every task counts the same, whatever the size of its family.",
                "The weights of families are a choice.",
                Fits(baseline with { Weighting = TaskWeighting.EqualTask })),
            .. Where(
                runs.Runs.Any(run => run.Continuous is not null),
                "No run has a continuous score.",
                new Variant(
                    "continuous score",
                    "The continuous score is fitted where a run has one.",
                    "A threshold turns a score into success, and its place is a choice.",
                    Fits(baseline with { Score = ScoreKind.Continuous }))),
            .. Where(
                runs.Runs.Any(run => run.Alleged),
                "No run is alleged to have cheated.",
                [.. Readings("alleged", "Runs alleged to have cheated", "Models cheat, and what a cheated run says is disputed.", reading => baseline with { Alleged = reading })]),
            .. Where(
                runs.Runs.Any(run => run.Fatal),
                "No run ended in a fatal error.",
                [.. Readings("fatal", "Runs that ended in a fatal error", "Failures of the apparatus count as failures of the model.", reading => baseline with { Fatal = reading })]),
            new(
                "ceiling",
                $"Success may stay below a ceiling: up to {Percent(options.MostLapse)} of runs fail whatever the length.",
                "A few failures at easy tasks flatten the whole curve, and so move both horizons.",
                () =>
                {
                    var fits = CeilingFit.Of(runs, baseline, options.MostLapse);
                    return Both(p => [.. fits.Select(fit => fit.Horizon(p))]);
                }),
            new(
                "noise in human times",
                $"Corrected for noise in ln(minutes) of deviation {N(options.Noise.Measured)} where measured and {N(options.Noise.Estimated)} elsewhere.",
                "Human times are few and noisy, and many are guesses; noise flattens the curve.",
                () =>
                {
                    var fits = NoiseCorrection.Of(runs, baseline, options.Noise, seed, options.NoiseDraws, loop);
                    return Both(p => [.. fits.Select(fit => fit.Horizon(p))]);
                }),
            .. Where(
                runs.Tasks.Any(task => task.Basis == HumanTimeBasis.Measured) && runs.Tasks.Any(task => task.Basis != HumanTimeBasis.Measured),
                "The basis of the human times does not differ between tasks.",
                new Variant(
                    "measured times only",
                    "Tasks whose human time was not measured are left out.",
                    "Many human times are guesses of the authors.",
                    Fits(baseline, runs.Where(run => runs.Tasks[run.Task].Basis == HumanTimeBasis.Measured)))),
            new(
                "within support",
                $"A horizon that less than {Percent(options.LeastSupport)} of the weight reaches is only a lower bound.",
                "Horizons are extrapolated past the longest tasks.",
                () => Both(p => [.. TaskSupport.Of(runs, baseline, p, options.LeastSupport).Select(support => support.Supported)])),
            new(
                "isotonic",
                "No shape but that success does not rise with length; the crossing is an interval.",
                "Nothing says that success is logistic in the logarithm of length.",
                () =>
                {
                    var curves = IsotonicCurve.Of(runs, baseline);
                    return Both(p => [.. curves.Select(curve => curve.Crossing(p))]);
                }),
            new(
                "item response",
                "Difficulties come from who solves a task, by a two-parameter item-response model, and are tied to lengths afterwards.",
                "Length is a poor measure of difficulty.",
                () =>
                {
                    var model = ItemResponse.Of(runs, baseline);
                    return Both(p => [.. runs.Agents.Select((_, agent) => model.Horizon(agent, p))]);
                }),
            .. Where(
                runs.Families.Length > 1,
                "There is one family of tasks, so that none can be left out.",
                [.. MostInfluentialFamily(runs, baseline, loop)]),
            .. Sources(runs, baseline, missing),
            .. Combinations(runs).Select(settings => new Variant(
                Describe(settings),
                $"Together: {Describe(settings)}.",
                "Choices that are small one by one may add up.",
                Fits(settings))),
        ];
        return new MultiverseVariants(rows, [.. missing]);

        Func<VariantHorizons> Fits(HorizonSettings settings, RunSet? some = null) => () =>
        {
            var fits = HorizonEstimator.Fit(some ?? runs, settings);
            return Both(p => [.. fits.Select(fit => fit.Horizon(p))]);
        };

        IEnumerable<Variant> Readings(string name, string subject, string objection, Func<DoubtfulRuns, HorizonSettings> settings) =>
        [
            new($"{name}: failed", $"{subject} count as failures: the worst case.", objection, Fits(settings(DoubtfulRuns.Failed))),
            new($"{name}: left out", $"{subject} are left out.", objection, Fits(settings(DoubtfulRuns.LeftOut))),
            new($"{name}: succeeded", $"{subject} count as successes: the best case.", objection, Fits(settings(DoubtfulRuns.Succeeded))),
        ];

        ImmutableArray<Variant> Where(bool applies, string otherwise, params ImmutableArray<Variant> variants)
        {
            if (applies)
            {
                return variants;
            }

            missing.Add(otherwise);
            return [];
        }
    }

    private static VariantHorizons Both(Func<Probability, ImmutableArray<HorizonKnown>> horizons) => new(horizons(Half), horizons(FourFifths));

    /// <summary>The family that moves the longest horizon most.</summary>
    private static IEnumerable<Variant> MostInfluentialFamily(RunSet runs, HorizonSettings settings, DrawLoop loop)
    {
        var influence = Influence.OfFamilies(runs, settings, Half, loop);
        var best = Enumerable.Range(0, runs.Agents.Length)
            .Where(agent => influence.Whole[agent].Estimate is not null)
            .OrderByDescending(agent => influence.Whole[agent].Estimate)
            .Cast<int?>()
            .FirstOrDefault();
        if (best is { } agent && influence.Greatest(agent) is { } family)
        {
            yield return new Variant(
                "without one family",
                $"The family `{family.Part}` is left out, which moves the 50 % horizon of {runs.Agents[agent].Alias} most.",
                "A few tasks make the figure.",
                () => Without(runs, settings, run => runs.Families[runs.Tasks[run.Task].Family] == family.Part));
        }
    }

    private static IEnumerable<Variant> Sources(RunSet runs, HorizonSettings settings, List<string> missing)
    {
        var sources = runs.Tasks.Select(Influence.SourceOf).Distinct().Order(StringComparer.Ordinal).ToList();
        if (sources.Count < 2)
        {
            missing.Add("The tasks come from one source, so that none can be left out.");
            return [];
        }

        return sources.Select(source => new Variant(
            $"without {source}",
            $"Tasks from `{source}` are left out.",
            "The suite is a patchwork of collections that differ in more than length.",
            () => Without(runs, settings, run => Influence.SourceOf(runs.Tasks[run.Task]) == source)));
    }

    private static VariantHorizons Without(RunSet runs, HorizonSettings settings, Func<RunGroup, bool> leave)
    {
        var fits = HorizonEstimator.Fit(runs.Where(run => !leave(run)), settings);
        return Both(p => [.. fits.Select(fit => fit.Horizon(p))]);
    }

    /// <summary>Weights × the two published penalties × scores, without those that differ from the baseline in one thing at most.</summary>
    private static IEnumerable<HorizonSettings> Combinations(RunSet runs) =>
        from weighting in (TaskWeighting[])[TaskWeighting.InverseSquareRootFamily, TaskWeighting.EqualTask]
        from lambda in (double[])[HorizonSettings.Horizon11.Lambda, HorizonSettings.Horizon10.Lambda]
        from score in runs.Runs.Any(run => run.Continuous is not null) ? (ScoreKind[])[ScoreKind.Binarised, ScoreKind.Continuous] : [ScoreKind.Binarised]
        let changes = (weighting == TaskWeighting.EqualTask ? 1 : 0) + (lambda == HorizonSettings.Horizon11.Lambda ? 0 : 1) + (score == ScoreKind.Continuous ? 1 : 0)
        where changes > 1
        select new HorizonSettings { Weighting = weighting, Lambda = lambda, Score = score };

    private static string Describe(HorizonSettings settings) => string.Join(
        ", ",
        ((string?[])
        [
            settings.Weighting == TaskWeighting.EqualTask ? "equal tasks" : null,
            settings.Lambda == HorizonSettings.Horizon11.Lambda ? null : $"λ = {N(settings.Lambda)}",
            settings.Score == ScoreKind.Continuous ? "continuous score" : null,
        ]).OfType<string>());

    private static string N(double value) => value.ToString(value < 0.001 ? "0.###e-0" : "0.####", CultureInfo.InvariantCulture);

    private static string Percent(Probability share) => (share.Value * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %";
}
