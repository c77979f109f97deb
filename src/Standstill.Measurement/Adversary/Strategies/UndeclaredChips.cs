using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>Accelerators that are on nobody's books, at a site that nobody declared.</summary>
/// <remarks>
/// <para>Done: chips are bought past the ledger and run where no meter is. What they do is in no balance and under no visit; only
/// their way there can be seen, where movements are signed at both ends.</para>
/// <para>Costs: a site, power and staff kept secret; chips at a price above the market. Seen by: movements (a maker's or
/// carrier's end of a shipment without the other). Not seen at all: chips made before the ledger, or bought from the world's
/// remainder. Those are no plan here: they are the number printed as not detectable.</para>
/// <para>Source: Y. Shavit, "What does it take to catch a Chinchilla?", arXiv:2303.11341 (2023), which rests on supply-chain
/// monitoring for this reason; A. Scher and L. Thiergart, "Mechanisms to verify international agreements about AI development"
/// (MIRI, 2024), goal one, tracking chips.</para>
/// <para>Assumption: a shipment is 512 accelerators.</para>
/// </remarks>
public sealed record UndeclaredChips : Strategy
{
    private const int ChipsPerShipment = 512;

    /// <summary>About ten million accelerators.</summary>
    private const int MostShipments = 20_000;

    /// <inheritdoc/>
    public override string Name => "undeclared-chips";

    /// <inheritdoc/>
    public override string What => "chips bought past the ledger run at a site that nobody declared";

    /// <inheritdoc/>
    public override string Cost => "a secret site with power and staff; chips above the market price";

    /// <inheritdoc/>
    public override ImmutableArray<DiversionPlan> Plans(MeasuresInPlace measures, Diversion diversion) =>
    [
        .. new[] { diversion.WithinDays, Math.Max(1, diversion.WithinDays / 2) }.Distinct().Select(days => One(measures, diversion, days)),
    ];

    private static DiversionPlan One(MeasuresInPlace measures, Diversion diversion, int days)
    {
        var chips = diversion.Flop / measures.Rate.FlopPerChipHour / (24.0 * days);
        var shipments = (int)Math.Min(Math.Ceiling(chips / ChipsPerShipment), MostShipments);
        return new DiversionPlan(
            $"{Placement.Words(shipments, "shipment")}, {Placement.Words(days, "day")}",
            0,
            HiddenDays.First(days),
            0,
            1,
            new Traces(),
            0,
            shipments,
            shipments < MostShipments ? null : "needs more accelerators than are made in a year");
    }
}
