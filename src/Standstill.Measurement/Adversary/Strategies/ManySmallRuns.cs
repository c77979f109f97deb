using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>Many small rentals from many clouds, under many names.</summary>
/// <remarks>
/// <para>Done: the work is cut into runs below anybody's threshold and rented by parties that do not say for whom. The party's
/// own areas are not touched; the clouds' books close, with false names in them.</para>
/// <para>Costs: rent, names, and the loss of training across clouds. Seen by: reconciliation of rentals, as far as both ends of a
/// contract are on the ledger; not by balances, since the hours are declared.</para>
/// <para>Source: Shavit (2023) on runs split below a threshold; J. Kryś et al., arXiv:2507.07765 (2025), "compute
/// structuring".</para>
/// <para>Assumptions: 1.25 times the chip-hours; contracts of 64 or 512 accelerators, of a month or of the whole time.</para>
/// </remarks>
public sealed record ManySmallRuns : Strategy
{
    private const double Overhead = 1.25;
    private const int MostContracts = 2000;

    private static readonly int[] Sizes = [512, 64];

    /// <inheritdoc/>
    public override string Name => "many-small-runs";

    /// <inheritdoc/>
    public override string What => "the work is cut into rentals from many clouds under many names";

    /// <inheritdoc/>
    public override string Cost => "rent, names, and 25 % more chip-hours";

    /// <inheritdoc/>
    public override ImmutableArray<DiversionPlan> Plans(MeasuresInPlace measures, Diversion diversion) =>
    [
        .. Sizes.SelectMany(chips => new[] { diversion.WithinDays, Math.Min(30, diversion.WithinDays) }.Distinct()
            .Select(days => One(measures, diversion, chips, days))),
    ];

    private static DiversionPlan One(MeasuresInPlace measures, Diversion diversion, int chips, int days)
    {
        var hours = diversion.Flop * Overhead / measures.Rate.FlopPerChipHour;
        var contracts = Math.Ceiling(hours / (24.0 * days * chips));
        return new DiversionPlan(
            $"contracts of {chips} accelerators for {Placement.Words(days, "day")}",
            0,
            HiddenDays.First(diversion.WithinDays),
            0,
            Overhead,
            new Traces(),
            (int)Math.Min(contracts, MostContracts),
            0,
            contracts <= MostContracts ? null : $"needs more than {MostContracts} contracts");
    }
}
