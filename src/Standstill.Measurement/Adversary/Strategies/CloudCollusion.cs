using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>A lab and its cloud agree on what both leave out.</summary>
/// <remarks>
/// <para>Done: the cloud declares the lab's hours as those of a customer of its own, and both ends of the rental agree:
/// reconciliation finds nothing. The areas here are the cloud's.</para>
/// <para>Costs: a partner who can tell; the customer's name must be somebody's. Seen by: features, where the hours are declared
/// as inference; recomputation of that customer's declared work. Not by rentals, nor by the balance.</para>
/// <para>Source: Scher and Thiergart (2024) on several parties of one state acting together; Wasil et al. (2024). Assumptions:
/// 0.5 of the separation is left, since the false customer may train small models in the open; half of the declared hours are
/// open to recomputation.</para>
/// </remarks>
public sealed record CloudCollusion : Strategy
{
    /// <inheritdoc/>
    public override string Name => "cloud-collusion";

    /// <inheritdoc/>
    public override string What => "the cloud declares the lab's hours as another customer's";

    /// <inheritdoc/>
    public override string Cost => "a partner who can tell";

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
                Shape = 0.5,
                Misdeclared = 0.5,
                WrongChips = 0.05,
                HideHours = 1,
            }),
    ];
}
