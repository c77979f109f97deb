namespace Standstill.Measurement.Adversary;

/// <summary>What a cheater wants: so many floating-point operations of hidden training within so many days.</summary>
public sealed record Diversion
{
    /// <summary>Makes a diversion.</summary>
    /// <param name="flop">Operations, finite and above 0.</param>
    /// <param name="withinDays">Days, 1 to 1826 (five years).</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Diversion(double flop, int withinDays)
    {
        if (!(flop > 0 && double.IsFinite(flop)))
        {
            throw new ArgumentOutOfRangeException(nameof(flop), flop, "a diversion has operations, finite and above zero");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(withinDays, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(withinDays, 1826);
        Flop = flop;
        WithinDays = withinDays;
    }

    /// <summary>Floating-point operations that the hidden training needs, above 0, before any overhead of hiding.</summary>
    public double Flop { get; }

    /// <summary>The days in which they are done, from 1 up. Detection counts in these days alone.</summary>
    public int WithinDays { get; }
}
