using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>Training declared as inference whose power is made smooth.</summary>
/// <remarks>
/// <para>Done: dummy work in the pauses of each step, or batteries, take the swings out of the power draw by which training is
/// told; communication is left as it is.</para>
/// <para>Costs: the energy of the dummy work. Seen by: features, by what is left (traffic); energy, a little;
/// recomputation.</para>
/// <para>Source: E. Choukse et al., "Power stabilization for AI training datacenters", arXiv:2508.14318 (2025), on how operators
/// do this for the grid's sake. Assumptions: 0.5 of the separation is left; 1.05 times the chip-hours; a tenth of the active less
/// idle power is drawn beyond what activity explains.</para>
/// </remarks>
public sealed record PowerSmoothing : Strategy
{
    /// <inheritdoc/>
    public override string Name => "power-smoothing";

    /// <inheritdoc/>
    public override string What => "training declared as inference, with dummy work that smooths its power";

    /// <inheritdoc/>
    public override string Cost => "energy of the dummy work; 5 % more chip-hours";

    /// <inheritdoc/>
    public override ImmutableArray<DiversionPlan> Plans(MeasuresInPlace measures, Diversion diversion) =>
    [
        .. Placement.OnSite(
            measures,
            diversion,
            flopShare: 1,
            overhead: 1.05,
            use => use.Inference,
            new Traces
            {
                Shape = 0.5,
                UnexplainedEnergy = 0.1,
                Misdeclared = 1,
                WrongChips = 0.1,
                HideHours = 1,
            }),
    ];
}
