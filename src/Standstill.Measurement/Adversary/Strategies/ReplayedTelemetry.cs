using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>An old day's telemetry in place of today's.</summary>
/// <remarks>
/// <para>Done: a recording of allowed work is played back to the meter, counters and power alike, while the chips train.</para>
/// <para>Costs: allowed work not done; a recording for every touched rack. Seen by: challenges, since noise that repeats does not
/// happen; energy measured apart from the chips, in so far as the recorded power is not the true one; recomputation, since the
/// declared work was not done.</para>
/// <para>Source: replay as the plain attack on monitoring; Baker et al. (2025) on devices apart from the chip. Assumptions: an
/// opened chunk that is a replay is recognised with probability 0.9; training draws 0.2 of the active less idle power more than
/// the recorded inference.</para>
/// </remarks>
public sealed record ReplayedTelemetry : Strategy
{
    /// <inheritdoc/>
    public override string Name => "replayed-telemetry";

    /// <inheritdoc/>
    public override string What => "a recording of allowed work is played back while the chips train";

    /// <inheritdoc/>
    public override string Cost => "allowed work not done; tampering with meters";

    /// <inheritdoc/>
    public override ImmutableArray<DiversionPlan> Plans(MeasuresInPlace measures, Diversion diversion) =>
    [
        .. Placement.OnSite(
            measures,
            diversion,
            flopShare: 1,
            overhead: 1,
            use => use.Inference,
            new Traces
            {
                UnexplainedEnergy = 0.2,
                OnMeteredChips = true,
                AlteredChunks = 1,
                ChunkTell = new Probability(0.9),
                WrongChips = 0.1,
                HideHours = 1,
                Misdeclared = 1,
            }),
    ];
}
