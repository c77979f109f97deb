using System.Collections.Immutable;
using Standstill.Measurement;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Acceleration;
using Standstill.Measurement.Capability.Trends;
using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol;

/// <summary>A horizon of one model, as one evaluator put it on record.</summary>
/// <param name="Entry">The entry that carries it.</param>
/// <param name="Evaluator">Who signed it.</param>
/// <param name="Source">The independence group: figures from one measurement share it, whoever relays them.</param>
/// <param name="Figure">The published figure.</param>
/// <param name="Claim">What it takes to compute it again; absent in the first version of a capability result, which says nothing of it.</param>
public sealed record HorizonEvidence(EntryIndex Entry, PartyId Evaluator, string Source, PublishedHorizon Figure, HorizonClaim? Claim = null);

/// <summary>An indicator of one lab, as one party put it on record.</summary>
/// <param name="Entry">The entry that carries it.</param>
/// <param name="Evaluator">Who signed it.</param>
/// <param name="Source">The independence group.</param>
/// <param name="Lab">The lab it speaks of.</param>
/// <param name="Kind">What is measured.</param>
/// <param name="Measured">The last day of the measurement.</param>
/// <param name="Figure">The figure with its uncertainty.</param>
public sealed record IndicatorEvidence(
    EntryIndex Entry,
    PartyId Evaluator,
    string Source,
    PartyId Lab,
    IndicatorKind Kind,
    DateOnly Measured,
    IndicatorDistribution Figure);

/// <summary>Where one source's figures point, and how far to trust that.</summary>
/// <param name="Forecasting">The forecast from all of the source's figures, or why there is none.</param>
/// <param name="Backtest">What became of the forecasts that could have been made before.</param>
/// <param name="Shapes">The shapes of trend through all figures, with the doubling time in days at the end of each.</param>
/// <param name="Acceleration">Whether progress itself speeds up.</param>
public sealed record FrontierOutlook(
    FrontierForecasting Forecasting,
    FrontierBacktest Backtest,
    ImmutableArray<(ShapeFit Fit, IndicatorDistribution DoublingTime)> Shapes,
    AccelerationFinding Acceleration)
{
    /// <summary>Series behind the p-value of an acceleration: with the measured one a round number.</summary>
    private const int Simulations = 999;

    /// <summary>Looks ahead from published figures.</summary>
    /// <param name="figures">The figures, in any order; at least one.</param>
    /// <param name="seed">From which all draws follow.</param>
    public static FrontierOutlook Of(ImmutableArray<PublishedHorizon> figures, Seed seed)
    {
        var history = HorizonHistory.Of(figures, seed);
        var backtest = FrontierBacktest.Run(history, seed, DrawLoops.InOrder);
        return new FrontierOutlook(
            FrontierForecast.Make(history, seed, DrawLoops.InOrder, backtest: backtest),
            backtest,
            [.. TrendShapes.Fit(history).Select(fit => (fit, TrendShapes.DoublingTime(history, fit.Shape)))],
            AccelerationTest.Of(AccelerationSeries.FromPublished(figures, seed, history.Draws), null, seed, Simulations, DrawLoops.InOrder));
    }
}

/// <summary>What one independent source knows of the frontier.</summary>
/// <param name="Source">The independence group.</param>
/// <param name="Latest">The latest release date among its figures: how old the source is.</param>
/// <param name="Entries">The entries that carry its figures, ascending.</param>
/// <param name="Estimate">The frontier and its trend from this source alone; computed when first asked for.</param>
/// <param name="Outlook">Where the frontier goes from here, for people to read; computed when first asked for. No trigger looks at it.</param>
public sealed record FrontierSource(
    string Source, DateOnly Latest, ImmutableArray<EntryIndex> Entries, Lazy<FrontierEstimate> Estimate, Lazy<FrontierOutlook> Outlook);

/// <summary>All evidence that triggers are evaluated from, at one size of the ledger.</summary>
/// <param name="Frontier">One element a source, ordered by name.</param>
/// <param name="Indicators">The latest report of each source, lab and kind, ordered by kind, lab, source.</param>
public sealed record Evidence(ImmutableArray<FrontierSource> Frontier, ImmutableArray<IndicatorEvidence> Indicators)
{
    /// <summary>No evidence.</summary>
    public static Evidence None { get; } = new([], []);
}
