namespace Standstill.Measurement.Accounting;

/// <summary>An amount of chip-time, in chip-hours: one accelerator installed for one hour, whatever it does. A difference may be negative.</summary>
/// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
/// <param name="Value">The amount in chip-hours.</param>
public readonly record struct ChipHours(double Value)
{
    /// <summary>The amount in chip-hours, finite.</summary>
    public double Value { get; init => field = Finite(value); } = Finite(Value);

    /// <summary>None.</summary>
    public static ChipHours Zero => default;

    /// <summary>Together.</summary>
    public static ChipHours operator +(ChipHours left, ChipHours right) => new(left.Value + right.Value);

    /// <summary>The difference.</summary>
    public static ChipHours operator -(ChipHours left, ChipHours right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);

    private static double Finite(double value) => double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "an amount of chip-time is finite");
}
