namespace Standstill.Measurement;

/// <summary>A probability in [0, 1].</summary>
public readonly record struct Probability
{
    /// <summary>Makes a probability.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1] or not a number.</exception>
    public Probability(double value)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "a probability lies in [0, 1]");
        }

        Value = value;
    }

    /// <summary>The value, in [0, 1].</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What is known of a probability: it lies in [<paramref name="Low"/>, <paramref name="High"/>].</summary>
/// <remarks>The two are equal where the measurements settle it. They part where a measurement is only a bound:
/// "at least 960 minutes" leaves the chance of being above 2000 minutes anywhere from 0 to 1.</remarks>
/// <param name="Low">The least value compatible with the measurements.</param>
/// <param name="High">The greatest value compatible with the measurements.</param>
public readonly record struct ProbabilityBounds(Probability Low, Probability High)
{
    /// <summary>Nothing is known: [0, 1].</summary>
    public static ProbabilityBounds Unknown => new(new Probability(0), new Probability(1));

    /// <summary>What is known of the opposite event: [1 − High, 1 − Low].</summary>
    public ProbabilityBounds Complement() => new(new Probability(1 - High.Value), new Probability(1 - Low.Value));
}

/// <summary>The 32 bytes from which all draws of one estimate follow.</summary>
/// <remarks>Taken from a hash of a ledger position, so that nobody chooses it and everybody can repeat it.</remarks>
public readonly record struct Seed
{
    private readonly System.Collections.Immutable.ImmutableArray<byte> bytes;

    /// <summary>Makes a seed of exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public Seed(ReadOnlySpan<byte> value)
    {
        if (value.Length != 32)
        {
            throw new ArgumentException("a seed has 32 bytes", nameof(value));
        }

        bytes = [.. value];
    }

    /// <summary>The 32 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.AsSpan();
}

/// <summary>Whether a published figure is the quantity itself or a bound on it.</summary>
public enum Censoring
{
    /// <summary>The figure estimates the quantity.</summary>
    None,

    /// <summary>The quantity is at least the figure (right-censored).</summary>
    AtLeast,

    /// <summary>The quantity is at most the figure (left-censored).</summary>
    AtMost,
}

/// <summary>A positive length of human working time, in minutes.</summary>
public readonly record struct Minutes
{
    /// <summary>Makes a length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and above zero.</exception>
    public Minutes(double value)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "a length of time is finite and above zero");
        }

        Value = value;
    }

    /// <summary>The length in minutes, above zero.</summary>
    public double Value { get; }

    /// <summary>The length in hours.</summary>
    public double Hours => Value / 60;
}
