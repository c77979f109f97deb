using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>A clock that goes wrong.</summary>
/// <remarks>
/// <para>Done: the meter's clock is slowed or stepped, so that an hour of work falls between two reported hours.</para>
/// <para>Costs: tampering with the time source. Seen by: energy, whose counter does not stop; challenges (samples too far apart);
/// the balance, as far as receipts on the ledger bound the clock.</para>
/// <para>Source: own analysis; the ledger's receipt times bound what a clock can hide. Assumptions: 2 % of the time can be taken
/// before the ledger's own times refuse the digest; the balance sees half of it; an opened chunk is recognised with probability
/// 0.6, and all chunks are touched.</para>
/// </remarks>
public sealed record ClockGames : Strategy
{
    /// <inheritdoc/>
    public override string Name => "clock-games";

    /// <inheritdoc/>
    public override string What => "the meter's clock is slowed so that work falls between reported hours";

    /// <inheritdoc/>
    public override string Cost => "tampering with the time source; at most 2 % of the time";

    /// <inheritdoc/>
    public override ImmutableArray<DiversionPlan> Plans(MeasuresInPlace measures, Diversion diversion) =>
    [
        .. Placement.OnSite(
            measures,
            diversion,
            flopShare: 1,
            overhead: 1,
            _ => 0.02,
            new Traces
            {
                Unaccounted = 0.5,
                UnexplainedEnergy = 1,
                OnMeteredChips = true,
                AlteredChunks = 50,
                ChunkTell = new Probability(0.6),
                WrongChips = 0,
                HideHours = 1,
            }),
    ];
}
