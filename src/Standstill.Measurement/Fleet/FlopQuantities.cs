namespace Standstill.Measurement.Fleet;

/// <summary>A number of floating-point operations, finite and not below zero.</summary>
/// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
/// <param name="Value">The operations.</param>
public readonly record struct Flop(double Value)
{
    /// <summary>The operations.</summary>
    public double Value { get; } = Amount.Checked(Value);
}

/// <summary>A rate of floating-point operations per second, finite and not below zero.</summary>
/// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
/// <param name="Value">Operations per second.</param>
public readonly record struct FlopPerSecond(double Value)
{
    /// <summary>Operations per second.</summary>
    public double Value { get; } = Amount.Checked(Value);
}

internal static class Amount
{
    public static double Checked(double value) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "an amount is finite and not below zero");
}
