using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Adversary;

/// <summary>The layers of chance in a simulated year. Each has a stream of its own, so that a change in one layer leaves the others' numbers
/// as they were.</summary>
internal enum Layer
{
    ChipTime = 1,
    Energy,
    Work,
    Features,
    Challenges,
    Visits,
    Movements,
    Rentals,
    Recomputation,
}

/// <summary>The random numbers of one (facility-year, layer), each to be had by its number.</summary>
/// <remarks>
/// <para>SplitMix64 from a key: number n is the mixed value of key + n·γ (G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom
/// number generators", OOPSLA 2014). The key of a draw is the first output of <see cref="SeededRandom.Stream"/>; those of its facilities and
/// layers are mixed from it.</para>
/// <para>INVARIANT (common numbers): a number depends on seed, draw, facility, layer and its place in the layer, never on the strategy, on the
/// measures, or on what was drawn before. Strategies and budgets are so compared on the same worlds.</para>
/// </remarks>
internal readonly struct LayerStream
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private readonly ulong key;

    private LayerStream(ulong key) => this.key = key;

    /// <summary>The key of a draw.</summary>
    public static ulong KeyOf(Seed seed, ulong draw) => SeededRandom.Stream(seed, draw).NextBits();

    /// <summary>The stream of a facility's layer.</summary>
    public static LayerStream Of(ulong drawKey, int facility, Layer layer)
    {
        unchecked
        {
            return new LayerStream(Mix(Mix(drawKey + ((ulong)facility * Gamma)) ^ ((ulong)layer * 0xD1342543DE82EF95)));
        }
    }

    /// <summary>Number <paramref name="n"/> of the stream, in the open interval (0, 1).</summary>
    public double Uniform(long n)
    {
        unchecked
        {
            return ((Mix(key + ((ulong)n * Gamma)) >> 12) + 0.5) * (1.0 / 4503599627370496);
        }
    }

    /// <summary>The standard normal number of the same place, by inversion.</summary>
    public double Normal(long n) => PortableMath.NormalQuantile(Uniform(n));

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
