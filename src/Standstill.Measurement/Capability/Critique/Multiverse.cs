using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>One agent under one variant.</summary>
/// <param name="P50">The 50 % horizon, estimate or bounds, in ln(minutes).</param>
/// <param name="P80">The 80 % horizon.</param>
/// <param name="Ratio50">The 50 % horizon over that of the baseline; absent where either has no estimate.</param>
/// <param name="Ratio80">The 80 % horizon over that of the baseline, likewise.</param>
public sealed record AgentOutcome(HorizonKnown P50, HorizonKnown P80, double? Ratio50, double? Ratio80);

/// <summary>One way to analyse the runs.</summary>
/// <param name="Name">A short name, unique in the table.</param>
/// <param name="Change">What is done differently from the baseline, in a sentence.</param>
/// <param name="Objection">Which objection that answers, in a sentence.</param>
/// <param name="Agents">The horizons, in the order of <see cref="RunSet.Agents"/>.</param>
/// <param name="Trend">The frontier's trend.</param>
public sealed record MultiverseRow(string Name, string Change, string Objection, ImmutableArray<AgentOutcome> Agents, TrendOutcome Trend);

/// <summary>One column over all rows.</summary>
/// <param name="Low">The least lower end; for an estimate that is the estimate.</param>
/// <param name="Median">The median of the estimates; absent where no row has one.</param>
/// <param name="High">The greatest upper end.</param>
public readonly record struct OutcomeRange(double Low, double? Median, double High);

/// <summary>The trend over all rows that have one.</summary>
/// <param name="DoublingDays">The doubling time in days; absent where no row has a line.</param>
/// <param name="Earliest">The earliest crossing; absent where no row has one.</param>
/// <param name="Middle">The median crossing, the earlier of two.</param>
/// <param name="Latest">The latest crossing.</param>
/// <param name="Undated">How many rows have no crossing date.</param>
public sealed record TrendRange(OutcomeRange? DoublingDays, DateOnly? Earliest, DateOnly? Middle, DateOnly? Latest, int Undated);

/// <summary>The same runs under every analysis that somebody could defend, side by side.</summary>
/// <remarks>
/// <para>S. Steegen, F. Tuerlinckx, A. Gelman and W. Vanpaemel, "Increasing transparency through a multiverse analysis", Perspectives on
/// Psychological Science 11 (2016) 702–712. The rows are no sample of anything: their range says how much hangs on choices, and no more.</para>
/// <para>The first row is the baseline, METR's time horizon 1.1; every other changes one thing, the last ones several.</para>
/// </remarks>
/// <param name="Options">What the variants took.</param>
/// <param name="Agents">The agents, as in the runs.</param>
/// <param name="Rows">The variants, the baseline first.</param>
/// <param name="NotApplicable">Why some variants have no row, a sentence each.</param>
/// <param name="P50">For each agent the range of the 50 % horizon over all rows, in ln(minutes).</param>
/// <param name="P80">For each agent the range of the 80 % horizon.</param>
/// <param name="Trend">The range of the trend.</param>
public sealed record Multiverse(
    MultiverseOptions Options,
    ImmutableArray<Agent> Agents,
    ImmutableArray<MultiverseRow> Rows,
    ImmutableArray<string> NotApplicable,
    ImmutableArray<OutcomeRange> P50,
    ImmutableArray<OutcomeRange> P80,
    TrendRange Trend)
{
    /// <summary>Analyses the runs in every way.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="options">What the variants take.</param>
    /// <param name="seed">From which the noise of the simulation and extrapolation follows.</param>
    /// <param name="loop">How repeated work is run; the result does not depend on it.</param>
    public static Multiverse Of(RunSet runs, MultiverseOptions options, Seed seed, DrawLoop loop)
    {
        var variants = MultiverseVariants.Of(runs, options, seed, loop);
        var outcomes = variants.Rows.Select(variant => variant.Horizons()).ToList();
        ImmutableArray<MultiverseRow> rows =
        [
            .. variants.Rows.Zip(outcomes, (variant, outcome) => new MultiverseRow(
                variant.Name,
                variant.Change,
                variant.Objection,
                [
                    .. outcome.P50.Select((p50, agent) => new AgentOutcome(
                        p50, outcome.P80[agent], Ratio(p50, outcomes[0].P50[agent]), Ratio(outcome.P80[agent], outcomes[0].P80[agent]))),
                ],
                FrontierLine.Of(runs.Agents, outcome.P50, options.Since, options.Length))),
        ];
        return new Multiverse(
            options,
            runs.Agents,
            rows,
            variants.NotApplicable,
            [.. runs.Agents.Select((_, agent) => Range(rows, row => row.Agents[agent].P50))],
            [.. runs.Agents.Select((_, agent) => Range(rows, row => row.Agents[agent].P80))],
            Range(rows));
    }

    private static double? Ratio(HorizonKnown known, HorizonKnown baseline) =>
        known.Estimate is { } log && baseline.Estimate is { } other ? PortableMath.Exp(log - other) : null;

    private static OutcomeRange Range(ImmutableArray<MultiverseRow> rows, Func<MultiverseRow, HorizonKnown> column) => new(
        rows.Min(row => column(row).Low), Median([.. rows.Select(row => column(row).Estimate).OfType<double>()]), rows.Max(row => column(row).High));

    private static TrendRange Range(ImmutableArray<MultiverseRow> rows)
    {
        double[] doublings = [.. rows.Select(row => row.Trend.DoublingDays).OfType<double>()];
        DateOnly[] crossings = [.. rows.Select(row => row.Trend.Crossing).OfType<DateOnly>().Order()];
        return new TrendRange(
            doublings.Length == 0 ? null : new OutcomeRange(doublings.Min(), Median(doublings), doublings.Max()),
            crossings.Length == 0 ? null : crossings[0],
            crossings.Length == 0 ? null : crossings[(crossings.Length - 1) / 2],
            crossings.Length == 0 ? null : crossings[^1],
            rows.Length - crossings.Length);
    }

    private static double? Median(double[] values)
    {
        if (values.Length == 0)
        {
            return null;
        }

        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
