using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>True counters with false energy: chips beside the metered ones.</summary>
/// <remarks>
/// <para>Done: accelerators without a meter stand in a declared area and draw on its power; the counters of the metered ones are
/// true, and the energy is reported lower by what the others draw.</para>
/// <para>Costs: chips and space in the area; false power readings at its feed. Seen by: visits (a chip too many cannot be put
/// away in hours); challenges to the energy readings. The energy test sees what the spoofing misses.</para>
/// <para>Source: Baker et al. (2025) and A. Wasil et al., "Verification methods for international AI agreements",
/// arXiv:2408.16074 (2024), on energy monitoring and its evasion. Assumptions: up to 20 % more chips fit; the spoofing misses a
/// tenth; energy readings are a tenth of the chunks, and an opened one is recognised with probability 0.5.</para>
/// </remarks>
public sealed record SpoofedEnergy : Strategy
{
    /// <inheritdoc/>
    public override string Name => "spoofed-energy";

    /// <inheritdoc/>
    public override string What => "chips beside the metered ones, and energy reported without them";

    /// <inheritdoc/>
    public override string Cost => "chips and space; false readings at the feed";

    /// <inheritdoc/>
    public override ImmutableArray<DiversionPlan> Plans(MeasuresInPlace measures, Diversion diversion) =>
    [
        .. Placement.OnSite(
            measures,
            diversion,
            flopShare: 1,
            overhead: 1,
            _ => 0.2,
            new Traces
            {
                UnexplainedEnergy = 0.1,
                AlteredChunks = 0.1,
                ChunkTell = new Probability(0.5),
                WrongChips = 1,
                HideHours = 72,
            }),
    ];
}
