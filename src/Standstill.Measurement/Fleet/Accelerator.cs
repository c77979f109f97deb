using System.Collections.Immutable;

namespace Standstill.Measurement.Fleet;

/// <summary>A kind of accelerator.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Maker">Who makes it.</param>
/// <param name="Released">When it was released, where known.</param>
/// <param name="Peak">Peak rate at bf16 (where the kind has none, fp16) with dense matrices: structured sparsity, which data sheets like to
/// count twice, is left out.</param>
/// <param name="Peak8Bit">Peak rate at 8 bits, fp8 or int8, dense, where known.</param>
/// <param name="MemoryBytes">Memory in bytes, where known.</param>
/// <param name="BandwidthBytesPerSecond">Memory bandwidth in bytes per second, where known.</param>
/// <param name="Watts">Thermal design power, where known.</param>
/// <param name="Aliases">Other names, as exporters and documents write them.</param>
/// <param name="Note">What is special about its figures; empty where nothing is.</param>
/// <param name="Source">Where the figures come from; empty where the data set does not say.</param>
public sealed record Accelerator(
    string Name,
    string Maker,
    DateOnly? Released,
    FlopPerSecond Peak,
    FlopPerSecond? Peak8Bit,
    double? MemoryBytes,
    double? BandwidthBytesPerSecond,
    double? Watts,
    ImmutableArray<string> Aliases,
    string Note,
    string Source);

/// <summary>Whether a table knows an accelerator by a name.</summary>
public abstract record AcceleratorLookup
{
    private AcceleratorLookup()
    {
    }

    /// <summary>It does.</summary>
    /// <param name="Accelerator">The kind.</param>
    public sealed record Found(Accelerator Accelerator) : AcceleratorLookup;

    /// <summary>It does not.</summary>
    /// <param name="Fault">What to do.</param>
    public sealed record Unknown(FigureFault Fault) : AcceleratorLookup;
}
