using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>Accelerators that are reported idle and train.</summary>
/// <remarks>
/// <para>Done: the readings of chips at work are replaced at the meter by those of idle chips, so that the books close. Done with
/// chips that have no meter, nothing needs to be replaced.</para>
/// <para>Costs: idle capacity; tampering with meters at every touched rack. Seen by: energy (the chips draw active power),
/// challenges (idle readings that were never measured), visits on a day nobody foresaw.</para>
/// <para>Source: the completeness half of verification as Amodo Design puts it (notes of 23 June 2026: is all work that runs
/// reported?); energy as an independent witness in M. Baker et al., "Verifying international agreements on AI", arXiv:2507.15916
/// (2025).</para>
/// <para>Assumptions: an opened chunk of invented idle readings is recognised with probability 0.5; jobs are stopped within the
/// hour.</para>
/// </remarks>
public sealed record DeclaredIdle : Strategy
{
    /// <inheritdoc/>
    public override string Name => "declared-idle";

    /// <inheritdoc/>
    public override string What => "working chips are reported idle";

    /// <inheritdoc/>
    public override string Cost => "idle capacity; tampering with the meters of the touched racks";

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
                AlteredChunks = 1,
                ChunkTell = new Probability(0.5),
                WrongChips = 1,
                HideHours = 1,
            }),
    ];
}
