namespace Standstill.Measurement.Fleet;

/// <summary>At which precision accelerators are compared with an H100.</summary>
public enum EquivalentMeasure
{
    /// <summary>Dense bf16: the ratio of peaks to 989.4e12 FLOP/s. This is what Standstill means where it does not say otherwise.</summary>
    DenseBf16,

    /// <summary>Dense 8-bit operations: the ratio to 1979e12 per second. Epoch AI's published H100-equivalents follow this one.</summary>
    Dense8Bit,
}

/// <summary>H100-equivalents: how many H100 SXM give the same peak.</summary>
/// <remarks>The two measures agree for kinds whose 8-bit peak is twice their 16-bit peak, and part elsewhere: a TPU v4, which has no faster
/// 8-bit mode, is 0.28 at bf16 and 0.14 at 8 bits. A sum of one measure less a sum of the other means nothing.</remarks>
public static class H100Equivalents
{
    /// <summary>The dense bf16 peak of the H100 SXM5.</summary>
    public static FlopPerSecond ReferencePeak { get; } = new(989.4e12);

    /// <summary>Its dense 8-bit peak.</summary>
    public static FlopPerSecond Reference8Bit { get; } = new(1979e12);

    /// <summary>How many H100 one accelerator is.</summary>
    /// <remarks>At 8 bits a kind whose 8-bit peak is unknown counts by its 16-bit peak, that is, at half or less of what others would give
    /// it.</remarks>
    public static double Of(Accelerator kind, EquivalentMeasure measure) => measure switch
    {
        EquivalentMeasure.DenseBf16 => kind.Peak.Value / ReferencePeak.Value,
        EquivalentMeasure.Dense8Bit => (kind.Peak8Bit ?? kind.Peak).Value / Reference8Bit.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "an unknown measure"),
    };
}
