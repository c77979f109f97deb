namespace Standstill.Meter;

/// <summary>The NaN by which Prometheus says that a series has ended: its source is gone, or no longer reports it.</summary>
/// <remarks>Prometheus, model/value: the quiet NaN 0x7ff0000000000002. Any other NaN is a value.</remarks>
public static class StaleMarker
{
    /// <summary>Its bits.</summary>
    public const long Bits = 0x7ff0000000000002;

    /// <summary>It.</summary>
    public static double Value => BitConverter.Int64BitsToDouble(Bits);

    /// <summary>Whether a value is the marker, bit for bit.</summary>
    public static bool Is(double value) => BitConverter.DoubleToInt64Bits(value) == Bits;
}
