using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>Telemetry multiplied by a factor.</summary>
/// <remarks>
/// <para>Done: activity and power of whole areas are multiplied by a factor below 1, and the difference is work beside the
/// declared work on the same chips.</para>
/// <para>Costs: tampering with every meter of an area; slower declared work. Seen by: energy measured apart from the chips;
/// challenges, since the last digits of a scaled reading are not those of a counter.</para>
/// <para>Source: scaled readings are the standard falsification of an accountancy by its operator. Assumptions: a third of an
/// area's training and inference could be hidden so; every chunk of a touched rack is altered, three racks for each rack's worth
/// of hidden work; an opened one is recognised with probability 0.7.</para>
/// </remarks>
public sealed record ScaledTelemetry : Strategy
{
    /// <inheritdoc/>
    public override string Name => "scaled-telemetry";

    /// <inheritdoc/>
    public override string What => "activity and power are multiplied by a factor below one";

    /// <inheritdoc/>
    public override string Cost => "slower declared work; tampering with every meter of an area";

    /// <inheritdoc/>
    public override ImmutableArray<DiversionPlan> Plans(MeasuresInPlace measures, Diversion diversion) =>
    [
        .. Placement.OnSite(
            measures,
            diversion,
            flopShare: 1,
            overhead: 1,
            use => (use.Training + use.Inference) / 3,
            new Traces
            {
                UnexplainedEnergy = 1,
                OnMeteredChips = true,
                AlteredChunks = 3,
                ChunkTell = new Probability(0.7),
                WrongChips = 0.1,
                HideHours = 1,
            }),
    ];
}
