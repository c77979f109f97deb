using System.Collections.Immutable;
using System.Globalization;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Critique;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Node.Pages;

namespace Standstill.Cli.Commands.Capability;

/// <summary>One agent's 50 % horizon as its critics would look at it.</summary>
internal static class AgentReport
{
    private static readonly Probability Half = new(0.5);
    private static readonly Probability Mass = new(0.95);

    public static ImmutableArray<int> Indices(RunSet runs, string[] names)
    {
        var aliases = runs.Agents.Select(agent => agent.Alias).ToList();
        return names.FirstOrDefault(name => !aliases.Contains(name)) is { } unknown
            ? throw new UsageException($"--agent: `{unknown}` is not in the file; it has {string.Join(", ", aliases)}")
            : [.. names.Select(name => aliases.IndexOf(name))];
    }

    public static void Print(RunSet runs, HorizonSettings settings, Seed seed, ImmutableArray<int> agents)
    {
        if (agents.IsEmpty)
        {
            return;
        }

        var profile = ProfileInterval.Of(runs, settings, Half, Mass);
        var support = TaskSupport.Of(runs, settings, Half, TaskSupport.DefaultLeastMass);
        var ceilings = CeilingFit.Of(runs, settings, CeilingFit.DefaultMostLapse);
        var noise = NoiseCorrection.Of(runs, settings, HumanTimeNoise.Default, seed, 100, Work.WithBar("adding noise"));
        var penalties = PenaltyFits.Of(runs, settings, PenaltyFits.Decades);
        var families = Influence.OfFamilies(runs, settings, Half, Work.WithBar("leaving out"));
        var sources = Influence.OfSources(runs, settings, Half, Work.WithBar("leaving out"));
        var alleged = DoubtfulBounds.OfAllegations(runs, settings, Half);
        var isotonic = IsotonicCurve.Of(runs, settings);
        var shapes = ShapeCheck.Of(runs, settings, seed, 999, Work.WithBar("checking the shape"));
        foreach (var agent in agents)
        {
            Output.Line();
            Output.Line($"{runs.Agents[agent].Alias}, 50 % horizon");
            Output.Columns(["as a critic would ask", "horizon", "what else is said"], [
                Row("profile likelihood, 95 %", Interval(profile[agent].Low, profile[agent].High), $"{profile[agent].Units.ToString("0", CultureInfo.InvariantCulture)} tasks' worth of evidence, tasks of one family taken as independent"),
                Row("within the tasks' support", Known(support[agent].Supported), $"{support[agent].Tasks} tasks of {support[agent].Families} families are as long, {support[agent].Measured} of them timed; {Figures.Share(support[agent].Mass.Value)} of the weight"),
                Row("with a ceiling", Known(ceilings[agent].Horizon(Half)), ceilings[agent].Curve is { } curve ? $"{Figures.Share(curve.Lapse)} of runs fail whatever the length; log loss better by {N4(ceilings[agent].Improvement)}" : "no curve"),
                Row("human times corrected for noise", Known(noise[agent].Horizon(Half)), $"deviation of ln(minutes) {N(HumanTimeNoise.Default.Measured)} where timed, {N(HumanTimeNoise.Default.Estimated)} elsewhere"),
                Row("penalty from 1e-6 to 1", Range(penalties.Select(penalty => penalty.Fits[agent].Horizon(Half))), string.Join(", ", penalties.Select(penalty => $"{penalty.Lambda.ToString("0e+0", CultureInfo.InvariantCulture)}: {Known(penalty.Fits[agent].Horizon(Half))}"))),
                Row("without any one family", Range(families.Parts.Select(part => part.Horizons[agent])), Most(families, agent)),
                Row("without any one source", Range(sources.Parts.Select(part => part.Horizons[agent])), Most(sources, agent)),
                Row("runs alleged to have cheated", Interval(alleged[agent].Low, alleged[agent].High), $"{alleged[agent].Runs} runs, read as failures, left out, as scored, as successes"),
                Row("no shape assumed (isotonic)", Known(isotonic[agent].Crossing(Half)), shapes[agent] is { } shape ? $"logistic off by {N(shape.Distance)}, p = {N(shape.PValue.Value)}" : "no curve to compare"),
            ]);
        }
    }

    private static string[] Row(string question, string horizon, string more) => [question, horizon, more];

    private static string Most(Influence influence, int agent) => influence.Greatest(agent) is { } part && part.Changes[agent] is { } change
        ? $"`{part.Part}` moves it most: {Known(part.Horizons[agent])} without it, {(change > 0 ? "+" : "")}{((Math.Exp(change) - 1) * 100).ToString("0", CultureInfo.InvariantCulture)} %"
        : "nothing to compare";

    private static string Range(IEnumerable<HorizonKnown> known)
    {
        var all = known.ToList();
        return all.Count == 0 ? "–" : Interval(all.Min(one => one.Low), all.Max(one => one.High));
    }

    private static string Interval(double low, double high) => Known(new HorizonKnown(low == high ? low : null, low, high));

    private static string Known(HorizonKnown known) => known.Estimate is { } log ? FitCommand.Length(log)
        : FitCommand.Bound(known).Replace("between ", "", StringComparison.Ordinal).Replace(" and ", " to ", StringComparison.Ordinal);

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string N4(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
