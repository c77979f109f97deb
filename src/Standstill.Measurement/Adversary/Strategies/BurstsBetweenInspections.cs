using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>Work in bursts, between inspections.</summary>
/// <remarks>
/// <para>Done: undeclared work runs for some days and stops before a visitor can come. Where visits are foreseen it never meets
/// one; where they are not, it runs only a part of the days.</para>
/// <para>Costs: more accelerators at a time. Seen by: the balances, since a burst is large; a visit on an unforeseen day.</para>
/// <para>Source: interim inspections at random, for which IAEA safeguards randomise (IAEA Safeguards Glossary, 2022 edition,
/// unannounced and short-notice random inspections).</para>
/// </remarks>
public sealed record BurstsBetweenInspections : Strategy
{
    /// <inheritdoc/>
    public override string Name => "bursts";

    /// <inheritdoc/>
    public override string What => "undeclared work runs for some days and stops before a visitor can come";

    /// <inheritdoc/>
    public override string Cost => "more idle accelerators at a time";

    /// <inheritdoc/>
    public override ImmutableArray<DiversionPlan> Plans(MeasuresInPlace measures, Diversion diversion) =>
    [
        .. new[] { (Every: 30, On: 3), (Every: 14, On: 2), (Every: 90, On: 14) }.SelectMany(cycle => Placement.Spread(
            measures,
            Placement.LargestFirst(measures),
            diversion,
            1,
            1,
            use => use.Idle,
            new HiddenDays(cycle.Every, cycle.On, diversion.WithinDays),
            new Traces { Unaccounted = 1, WrongChips = 1, HideHours = 1 },
            "",
            null)),
    ];
}
