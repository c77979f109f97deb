using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>Training that is declared as inference, and made to look like it.</summary>
/// <remarks>
/// <para>Done: the work is metered truly and declared wrongly. Shaped: smaller groups, less synchronous communication, pauses and
/// prefill-like phases take away most of its pattern.</para>
/// <para>Costs: the inference that is not served; shaping lowers efficiency. Seen by: features; recomputation of declared
/// inference, since the outputs cannot be reproduced. A visitor sees a chip at work that is declared at work.</para>
/// <para>Source: Scher and Thiergart (2024), goal two, on classifying workloads and how hard it is to make that robust; "Can
/// governments quickly and cheaply slow AI training?" (Alignment Forum, 2025), on inference that is not.</para>
/// <para>Assumptions: three degrees of shaping, leaving 1, 0.3 and 0.1 of the separation at 1, 1.3 and 1.7 times the chip-hours;
/// a visitor recognises one chip in ten.</para>
/// </remarks>
public sealed record TrainingAsInference : Strategy
{
    /// <inheritdoc/>
    public override string Name => "training-as-inference";

    /// <inheritdoc/>
    public override string What => "training is declared as inference and shaped like it";

    /// <inheritdoc/>
    public override string Cost => "inference not served; shaping costs up to 70 % more chip-hours";

    /// <inheritdoc/>
    public override ImmutableArray<DiversionPlan> Plans(MeasuresInPlace measures, Diversion diversion) =>
    [
        .. Placement.OnSite(measures, diversion, 1, 1.0, use => use.Inference, Left(1), "unshaped"),
        .. Placement.OnSite(measures, diversion, 1, 1.3, use => use.Inference, Left(0.3), "shaped"),
        .. Placement.OnSite(measures, diversion, 1, 1.7, use => use.Inference, Left(0.1), "well shaped"),
    ];

    private static Traces Left(double shape) => new() { Shape = shape, Misdeclared = 1, WrongChips = 0.1, HideHours = 1 };
}
