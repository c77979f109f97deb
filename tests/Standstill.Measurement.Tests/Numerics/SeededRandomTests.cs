using System.Buffers.Binary;
using System.Security.Cryptography;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Numerics;

public sealed class SeededRandomTests
{
    /// <summary>Outputs of the authors' C program (prng.di.unimi.it/xoshiro256starstar.c, public domain) from the state 1, 2, 3, 4, as
    /// other implementations print them too (for one, the tests of the Rust crate rand_xoshiro).</summary>
    private static readonly ulong[] Published =
    [
        11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625, 8476171486693032832,
        10595114339597558777, 2904607092377533576,
    ];

    [Fact]
    public void The_stream_is_that_of_the_published_generator()
    {
        var random = new SeededRandom(SeedOf(1, 2, 3, 4));
        Assert.Equal(Published, Published.Select(_ => random.NextBits()).ToArray());
    }

    [Fact]
    public void An_all_zero_seed_does_not_get_stuck()
    {
        var random = new SeededRandom(SeedOf(0, 0, 0, 0));
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => random.NextBits()).Distinct().Count());
    }

    [Fact]
    public void The_replacement_of_the_all_zero_seed_is_SplitMix64_from_zero()
    {
        // The first outputs of SplitMix64 from 0, as in java.util.SplittableRandom and the authors' splitmix64.c.
        var zero = new SeededRandom(SeedOf(0, 0, 0, 0));
        var same = new SeededRandom(SeedOf(0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC));
        Assert.Equal(same.NextBits(), zero.NextBits());
    }

    [Fact]
    public void Stream_n_starts_from_the_hash_of_seed_and_n()
    {
        var seed = SeedOf(5, 6, 7, 8);
        byte[] input = [.. seed.Bytes, 3, 1, 0, 0, 0, 0, 0, 0];
        var expected = new SeededRandom(new Seed(SHA256.HashData(input)));
        Assert.Equal(expected.NextBits(), SeededRandom.Stream(seed, 259).NextBits());
    }

    [Fact]
    public void Streams_of_one_seed_and_of_two_seeds_differ()
    {
        var firsts = Enumerable.Range(0, 1000).Select(i => SeededRandom.Stream(SeedOf(1, 1, 1, 1), (ulong)i).NextBits());
        var others = Enumerable.Range(0, 1000).Select(i => SeededRandom.Stream(SeedOf(1, 1, 1, 2), (ulong)i).NextBits());
        Assert.Equal(2000, firsts.Concat(others).Distinct().Count());
    }

    [Fact]
    public void Uniform_numbers_lie_strictly_between_zero_and_one_and_fill_the_interval_evenly()
    {
        var random = SeededRandom.Stream(SeedOf(1, 2, 3, 4), 0);
        var counts = new int[20];
        for (var i = 0; i < 100_000; i++)
        {
            var u = random.NextUniform();
            Assert.InRange(u, double.Epsilon, Math.BitDecrement(1));
            counts[(int)(u * 20)]++;
        }

        // Pearson's statistic with 19 degrees of freedom: 0.1 % point 43.8.
        Assert.InRange(counts.Sum(count => Math.Pow(count - 5000, 2) / 5000), 0, 43.8);
    }

    [Fact]
    public void Normal_numbers_have_the_quantiles_of_the_table()
    {
        var random = SeededRandom.Stream(SeedOf(1, 2, 3, 4), 1);
        var drawn = Enumerable.Range(0, 100_000).Select(_ => random.NextNormal()).ToArray();
        foreach (var (x, p) in ((double, double)[])[(-1.959963985, 0.025), (-1, 0.158655254), (0, 0.5), (1.644853627, 0.95)])
        {
            Assert.Equal(p, drawn.Count(z => z <= x) / 100_000.0, 4 * Math.Sqrt(p * (1 - p) / 100_000));
        }
    }

    [Fact]
    public void Counting_small_numbers_takes_the_same_steps_as_drawing_them()
    {
        foreach (var bound in (int[])[1, 2, 3, 7, 1000, 1 << 30, int.MaxValue])
        {
            foreach (var limit in (int[])[0, 1, bound / 2, bound])
            {
                var (one, other) = (SeededRandom.Stream(SeedOf(9, 9, 9, 9), (ulong)bound), SeededRandom.Stream(SeedOf(9, 9, 9, 9), (ulong)bound));
                Assert.Equal(Enumerable.Range(0, 200).Count(_ => one.NextBelow(bound) < limit), other.CountBelow(bound, limit, 200));
                Assert.Equal(one.NextBits(), other.NextBits());
            }
        }
    }

    internal static Seed SeedOf(params ulong[] words)
    {
        var bytes = new byte[32];
        for (var i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8 * i), words[i]);
        }

        return new Seed(bytes);
    }
}
