using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>False activity counters with true energy.</summary>
/// <remarks>
/// <para>Done: the driver reports little activity for chips that train; the power readings are left as they are.</para>
/// <para>Costs: a changed driver on every touched chip. Seen by: energy, which the reported activity does not explain; challenges
/// (counters and power within a chunk do not go together); visits.</para>
/// <para>Source: MIRI (2024) and Baker et al. (2025) on firmware as the weak point. Assumption: an opened chunk is recognised
/// with probability 0.8; what is hidden is on chips declared idle.</para>
/// </remarks>
public sealed record SpoofedCounters : Strategy
{
    /// <inheritdoc/>
    public override string Name => "spoofed-counters";

    /// <inheritdoc/>
    public override string What => "counters report little activity while energy is reported truly";

    /// <inheritdoc/>
    public override string Cost => "a changed driver on every touched chip";

    /// <inheritdoc/>
    public override ImmutableArray<DiversionPlan> Plans(MeasuresInPlace measures, Diversion diversion) =>
    [
        .. Placement.OnSite(
            measures,
            diversion,
            flopShare: 1,
            overhead: 1,
            use => use.Idle,
            new Traces
            {
                UnexplainedEnergy = 1,
                OnMeteredChips = true,
                AlteredChunks = 1,
                ChunkTell = new Probability(0.8),
                WrongChips = 1,
                HideHours = 24,
            }),
    ];
}
