using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>A little undeclared work everywhere, always, without touching a meter.</summary>
/// <remarks>
/// <para>Done: each area works a little more than it declares, and the difference is left to the error of the balance.</para>
/// <para>Costs: nothing but patience, and idle capacity. Seen by: the balances, the longer the better, and the global one before
/// the local ones; a visitor, if he looks at a chip that should be idle.</para>
/// <para>Source: protracted diversion of nuclear material, for which near-real-time accountancy was made: R. R. Picard,
/// "Sequential analysis of materials balances", Nuclear Materials Management 15 (1987).</para>
/// </remarks>
public sealed record SlowDrip : Strategy
{
    /// <inheritdoc/>
    public override string Name => "slow-drip";

    /// <inheritdoc/>
    public override string What => "each area works a little more than it declares";

    /// <inheritdoc/>
    public override string Cost => "idle capacity and patience";

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
                Unaccounted = 1,
                WrongChips = 1,
                HideHours = 1,
            }),
    ];
}
