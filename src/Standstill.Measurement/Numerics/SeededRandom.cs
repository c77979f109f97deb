using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Standstill.Measurement.Numerics;

/// <summary>A repeatable stream of random numbers: xoshiro256** 1.0.</summary>
/// <remarks>
/// <para>D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM Transactions on Mathematical Software 47
/// (2021), article 36. Not for secrets: who has seen some outputs can compute the rest.</para>
/// <para>The state is the seed read as four little-endian words. The all-zero state, from which the generator cannot leave, is
/// replaced by the first four outputs of SplitMix64 from zero.</para>
/// <para>An object of this type is used by one thread. Parallel work takes one stream for each draw (<see cref="Stream"/>), so that no
/// result depends on the number of cores.</para>
/// </remarks>
public sealed class SeededRandom
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    /// <summary>Starts the stream that belongs to a seed.</summary>
    public SeededRandom(Seed seed)
        : this(seed.Bytes)
    {
    }

    private SeededRandom(ReadOnlySpan<byte> state)
    {
        s0 = BinaryPrimitives.ReadUInt64LittleEndian(state);
        s1 = BinaryPrimitives.ReadUInt64LittleEndian(state[8..]);
        s2 = BinaryPrimitives.ReadUInt64LittleEndian(state[16..]);
        s3 = BinaryPrimitives.ReadUInt64LittleEndian(state[24..]);
        if ((s0 | s1 | s2 | s3) == 0)
        {
            (s0, s1, s2, s3) = (0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC);
        }
    }

    /// <summary>Starts stream number <paramref name="index"/> of a seed.</summary>
    /// <remarks>Its state is SHA-256(seed ‖ index as 8 little-endian bytes): streams start at unrelated places of a period of
    /// 2²⁵⁶ − 1, and that two of them overlap has negligible probability.</remarks>
    public static SeededRandom Stream(Seed seed, ulong index)
    {
        Span<byte> input = stackalloc byte[40];
        seed.Bytes.CopyTo(input);
        BinaryPrimitives.WriteUInt64LittleEndian(input[32..], index);
        Span<byte> state = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, state);
        return new SeededRandom(state);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        unchecked
        {
            var result = ulong.RotateLeft(s1 * 5, 7) * 9;
            var shifted = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= shifted;
            s3 = ulong.RotateLeft(s3, 45);
            return result;
        }
    }

    /// <summary>A number in the open interval (0, 1): one of the 2⁵² values (n + ½)·2⁻⁵², all equally likely.</summary>
    /// <remarks>The values lie symmetrically about ½, and neither 0 nor 1 occurs.</remarks>
    public double NextUniform() => ((NextBits() >> 12) + 0.5) * (1.0 / 4503599627370496);

    /// <summary>A whole number from 0 up to and without <paramref name="bound"/>, all equally likely.</summary>
    /// <remarks>D. Lemire, "Fast random integer generation in an interval", ACM Transactions on Modeling and Computer Simulation 29
    /// (2019), article 3, on the upper 32 bits of a step. Uses one step of the stream, rarely more.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The bound is below 1.</exception>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        unchecked
        {
            var range = (uint)bound;
            var product = (NextBits() >> 32) * range;
            if ((uint)product < range)
            {
                var threshold = (uint)-range % range;
                while ((uint)product < threshold)
                {
                    product = (NextBits() >> 32) * range;
                }
            }

            return (int)(product >> 32);
        }
    }

    /// <summary>How many of the next <paramref name="times"/> numbers of <see cref="NextBelow"/> are below <paramref name="limit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int CountBelow(int bound, int limit, int times)
    {
        // The state is kept in registers: the bootstrap asks for most of its numbers here.
        var (a, b, c, d) = (s0, s1, s2, s3);
        var count = 0;
        unchecked
        {
            var range = (uint)bound;
            var threshold = (uint)-range % range;
            for (var i = 0; i < times; i++)
            {
                ulong product;
                do
                {
                    var bits = ulong.RotateLeft(b * 5, 7) * 9;
                    var shifted = b << 17;
                    c ^= a;
                    d ^= b;
                    b ^= c;
                    a ^= d;
                    c ^= shifted;
                    d = ulong.RotateLeft(d, 45);
                    product = (bits >> 32) * range;
                }
                while ((uint)product < threshold);
                count += (uint)(product >> 32) < (uint)limit ? 1 : 0;
            }
        }

        (s0, s1, s2, s3) = (a, b, c, d);
        return count;
    }

    /// <summary>A standard normal number, by inversion: Φ⁻¹ of <see cref="NextUniform"/>. Uses exactly one step of the stream.</summary>
    public double NextNormal() => PortableMath.NormalQuantile(NextUniform());
}
