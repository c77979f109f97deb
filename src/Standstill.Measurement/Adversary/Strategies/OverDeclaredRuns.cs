using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>Declared training runs that are declared larger than they are.</summary>
/// <remarks>
/// <para>Done: a declared run is given hours that it does not use; the hidden run trains in them under its name. Meter, energy
/// and shape are those of training.</para>
/// <para>Costs: declared training that is slower than it looks. Seen by: recomputation, since the transcript does not fill the
/// hours.</para>
/// <para>Source: the correctness half as Amodo Design puts it (does what ran match what was declared?); Shavit (2023), whose
/// training transcripts are recomputed for this reason. Assumption: at most half of declared training can be padding; a visitor
/// recognises one chip in twenty.</para>
/// </remarks>
public sealed record OverDeclaredRuns : Strategy
{
    /// <inheritdoc/>
    public override string Name => "over-declared-runs";

    /// <inheritdoc/>
    public override string What => "hidden training runs in the hours of a declared run";

    /// <inheritdoc/>
    public override string Cost => "slower declared training";

    /// <inheritdoc/>
    public override ImmutableArray<DiversionPlan> Plans(MeasuresInPlace measures, Diversion diversion) =>
    [
        .. Placement.OnSite(
            measures,
            diversion,
            flopShare: 1,
            overhead: 1,
            use => use.Training / 2,
            new Traces
            {
                Misdeclared = 1,
                WrongChips = 0.05,
                HideHours = 1,
            }),
    ];
}
