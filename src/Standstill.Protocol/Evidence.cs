using System.Collections.Immutable;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Indicators;

namespace Standstill.Protocol;

/// <summary>A quantity that evaluators report besides horizons.</summary>
/// <param name="Name">How the trigger language writes it: `ai-authored code share`.</param>
/// <param name="Scale">Whether it is a share in [0, 1] or a positive ratio.</param>
/// <param name="Unit">The unit in a report: `fraction` or `ratio`.</param>
/// <param name="Meaning">What is measured, in one sentence.</param>
public sealed record IndicatorKind(string Name, Scale Scale, string Unit, string Meaning)
{
    /// <summary>Every indicator that a report may name.</summary>
    public static ImmutableArray<IndicatorKind> All { get; } =
    [
        new("ai-authored code share", Scale.Share, "fraction", "share of merged code that a model wrote"),
        new("code per engineer", Scale.Ratio, "ratio", "code shipped per engineer over the lab's stated baseline"),
        new("research speed-up", Scale.Ratio, "ratio", "rate of progress of AI research over the rate without AI"),
        new("training speed-up", Scale.Ratio, "ratio", "speed-up of training code found by a model"),
        new("staff productivity", Scale.Ratio, "ratio", "work per member of staff over the rate without AI"),
        new("open-ended task success", Scale.Share, "fraction", "success rate on the most open-ended engineering tasks"),
        new("research led by ai", Scale.Share, "fraction", "share of research work that a model leads"),
    ];

    /// <summary>The indicator of a name, or null.</summary>
    public static IndicatorKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);
}

/// <summary>A horizon of one model, as one evaluator put it on record.</summary>
/// <param name="Entry">The entry that carries it.</param>
/// <param name="Evaluator">Who signed it.</param>
/// <param name="Source">The independence group: figures from one measurement share it, whoever relays them.</param>
/// <param name="Figure">The published figure.</param>
public sealed record HorizonEvidence(EntryIndex Entry, PartyId Evaluator, string Source, PublishedHorizon Figure);

/// <summary>A share or a ratio of one lab, as one party put it on record.</summary>
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

/// <summary>What one independent source knows of the frontier.</summary>
/// <param name="Source">The independence group.</param>
/// <param name="Latest">The latest release date among its figures: how old the source is.</param>
/// <param name="Entries">The entries that carry its figures, ascending.</param>
/// <param name="Estimate">The frontier and its trend from this source alone; computed when first asked for.</param>
public sealed record FrontierSource(string Source, DateOnly Latest, ImmutableArray<EntryIndex> Entries, Lazy<FrontierEstimate> Estimate);

/// <summary>All evidence that triggers are evaluated from, at one size of the ledger.</summary>
/// <param name="Frontier">One element a source, ordered by name.</param>
/// <param name="Indicators">The latest report of each source, lab and kind, ordered by kind, lab, source.</param>
public sealed record Evidence(ImmutableArray<FrontierSource> Frontier, ImmutableArray<IndicatorEvidence> Indicators)
{
    /// <summary>No evidence.</summary>
    public static Evidence None { get; } = new([], []);
}
