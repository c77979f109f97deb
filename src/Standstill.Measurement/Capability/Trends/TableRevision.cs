using System.Collections.Immutable;
using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Trends;

/// <summary>A model whose published figures differ between two tables.</summary>
/// <param name="Before">What the earlier table says.</param>
/// <param name="After">What the later table says.</param>
public sealed record RevisedModel(PublishedHorizon Before, PublishedHorizon After)
{
    /// <summary>The later 50 % horizon over the earlier.</summary>
    public double Ratio => After.P50.Value / Before.P50.Value;

    /// <summary>Whether the later figure lies within the earlier 95 % limits; absent where there were none.</summary>
    public bool? WithinEarlierLimits =>
        Before.Limits95 is { } limits ? After.P50.Value >= limits.Low.Value && After.P50.Value <= limits.High.Value : null;
}

/// <summary>What a table leads to.</summary>
/// <param name="DoublingDays">The doubling time of one slope over the window, in days.</param>
/// <param name="Crossing">When the combined forecast reaches the length; absent with too few models for a forecast.</param>
public sealed record TableOutcome(IndicatorDistribution DoublingDays, CrossingForecast? Crossing);

/// <summary>Two tables of published horizons compared: a revision is shown beside what it revises and does not overwrite it.</summary>
/// <param name="Added">Models only in the later table, in order of release.</param>
/// <param name="Dropped">Models only in the earlier table.</param>
/// <param name="Changed">Models in both whose figures, limits, bound or date differ.</param>
/// <param name="Unchanged">How many models are the same in both.</param>
/// <param name="Before">What the earlier table leads to.</param>
/// <param name="After">What the later table leads to.</param>
public sealed record TableRevision(
    ImmutableArray<PublishedHorizon> Added,
    ImmutableArray<PublishedHorizon> Dropped,
    ImmutableArray<RevisedModel> Changed,
    int Unchanged,
    TableOutcome Before,
    TableOutcome After)
{
    /// <summary>Compares two tables.</summary>
    /// <remarks>Models are the same by name; where a name stands on several dates, first those on one date are paired, then the rest in
    /// order of dates.</remarks>
    /// <param name="before">The earlier table.</param>
    /// <param name="after">The later table.</param>
    /// <param name="length">The length whose crossing is compared.</param>
    /// <param name="seed">From which all draws of both follow.</param>
    /// <param name="loop">How draws are run; the result does not depend on it.</param>
    /// <param name="since">The first day of the window.</param>
    /// <param name="draws">How many draws, at least 1.</param>
    public static TableRevision Compare(
        ImmutableArray<PublishedHorizon> before,
        ImmutableArray<PublishedHorizon> after,
        Minutes length,
        Seed seed,
        DrawLoop loop,
        DateOnly? since = null,
        int draws = 1000)
    {
        var left = InOrder(before);
        var right = InOrder(after);
        var pairs = new List<RevisedModel>();
        Pair((one, other) => one.Model == other.Model && one.Released == other.Released);
        Pair((one, other) => one.Model == other.Model);
        return new TableRevision(
            [.. right],
            [.. left],
            [.. pairs.Where(pair => pair.Before != pair.After).OrderBy(pair => pair.After.Released).ThenBy(pair => pair.After.Model, StringComparer.Ordinal)],
            pairs.Count(pair => pair.Before == pair.After),
            Outcome(before),
            Outcome(after));

        void Pair(Func<PublishedHorizon, PublishedHorizon, bool> same)
        {
            foreach (var one in left.ToArray())
            {
                if (right.Find(other => same(one, other)) is { } found)
                {
                    pairs.Add(new RevisedModel(one, found));
                    left.Remove(one);
                    right.Remove(found);
                }
            }
        }

        TableOutcome Outcome(ImmutableArray<PublishedHorizon> table)
        {
            var history = HorizonHistory.Of(table, seed, draws);
            var made = FrontierForecast.Make(history, seed, loop, since) as FrontierForecasting.Made;
            return new TableOutcome(TrendShapes.DoublingTime(history, TrendShape.OneSlope, since), made?.Forecast.Crossing(length));
        }
    }

    private static List<PublishedHorizon> InOrder(ImmutableArray<PublishedHorizon> table) =>
        [.. table.OrderBy(model => model.Released).ThenBy(model => model.Model, StringComparer.Ordinal)];
}
