using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>Training spread over many sites that exchange little.</summary>
/// <remarks>
/// <para>Done: islands of chips train for hundreds of steps by themselves and exchange compressed updates seldom (DiLoCo and its
/// kin). Each island is small, and nothing large is in one place: in the party's areas it is a drip declared as inference,
/// outside it small rentals.</para>
/// <para>Costs: 1.5 times the chip-hours here. Seen by: features, weakly (the traffic between sites is gone); recomputation;
/// reconciliation of rentals.</para>
/// <para>Source: "Does distributed training undermine compute governance?", arXiv:2605.29359 (2026); Kryś et al. (2025).
/// Assumptions: 0.2 of the separation is left; 1.5 times the chip-hours.</para>
/// </remarks>
public sealed record LowCommunicationTraining : Strategy
{
    /// <inheritdoc/>
    public override string Name => "low-communication";

    /// <inheritdoc/>
    public override string What => "islands of chips train apart and seldom exchange updates";

    /// <inheritdoc/>
    public override string Cost => "about 50 % more chip-hours";

    /// <inheritdoc/>
    public override ImmutableArray<DiversionPlan> Plans(MeasuresInPlace measures, Diversion diversion) =>
    [
        .. Placement.OnSite(
            measures,
            diversion,
            1,
            1.5,
            use => use.Inference,
            new Traces { Shape = 0.2, Misdeclared = 1, WrongChips = 0.1, HideHours = 1 },
            "in own areas"),
        .. Placement.OnSite(
            measures,
            diversion,
            0.5,
            1.5,
            use => use.Inference,
            new Traces { Shape = 0.2, Misdeclared = 1, WrongChips = 0.1, HideHours = 1 },
            "half in own areas, half rented",
            rentals: _ => Contracts(measures, diversion)),
    ];

    /// <summary>Rentals of 256 accelerators for half of the work.</summary>
    private static int Contracts(MeasuresInPlace measures, Diversion diversion) =>
        (int)Math.Min(Math.Ceiling(diversion.Flop * 0.5 * 1.5 / measures.Rate.FlopPerChipHour / (24.0 * diversion.WithinDays * 256)), 100_000);
}
