using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Sampling;

/// <summary>Draws that anybody can repeat from the seed and nobody could choose.</summary>
/// <remarks>Each stratum has a stream of its own, keyed by its name, so that no draw depends on the order of the strata or on how
/// many others there are.</remarks>
public static class SampleDraw
{
    /// <summary>Draws positions without replacement, every subset being equally likely.</summary>
    /// <remarks>The first <paramref name="count"/> places of a Fisher–Yates shuffle of 0 … population − 1 by
    /// <see cref="SeededRandom.NextBelow"/>; the places are kept only where they differ from the identity, so that a few out of 10⁸ cost
    /// as much as a few.</remarks>
    /// <param name="seed">The seed.</param>
    /// <param name="stratum">The stratum's name.</param>
    /// <param name="population">N, at most 10⁸.</param>
    /// <param name="count">n, at most N.</param>
    /// <returns>The positions, rising.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static ImmutableArray<int> Positions(Seed seed, string stratum, int population, int count)
    {
        Hypergeometric.Check(population, 0, count);
        return Positions(new SeededRandom(Keyed(seed, "positions", stratum)), population, count);
    }

    /// <summary>Draws positions without replacement from a stream: the same shuffle.</summary>
    /// <param name="random">The stream, at its beginning.</param>
    /// <param name="population">N, at most 10⁸.</param>
    /// <param name="count">n, at most N.</param>
    /// <returns>The positions, rising.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static ImmutableArray<int> Positions(SeededRandom random, int population, int count)
    {
        Hypergeometric.Check(population, 0, count);
        var moved = new Dictionary<int, int>();
        var drawn = new int[count];
        for (var i = 0; i < count; i++)
        {
            var at = i + random.NextBelow(population - i);
            drawn[i] = moved.GetValueOrDefault(at, at);
            moved[at] = moved.GetValueOrDefault(i, i);
            moved.Remove(i);
        }

        Array.Sort(drawn);
        return [.. drawn];
    }

    /// <summary>Draws named items: those with the smallest SHA-256(key ‖ name), where the key is that of the stratum.</summary>
    /// <remarks>The order of the list makes no difference, and an item that is added or removed moves at most one place: two
    /// inspectors with almost the same list look at almost the same items.</remarks>
    /// <param name="seed">The seed.</param>
    /// <param name="stratum">The stratum's name.</param>
    /// <param name="items">The names, each once.</param>
    /// <param name="count">How many to draw, at most all.</param>
    /// <returns>The drawn names in ordinal order.</returns>
    /// <exception cref="ArgumentException">A name occurs twice, or there are fewer than the count.</exception>
    public static ImmutableArray<string> Items(Seed seed, string stratum, IEnumerable<string> items, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var key = Keyed(seed, "items", stratum);
        var ranked = items.Select(name => (Rank: Convert.ToHexString(Hash(key.Bytes, name)), Name: name)).ToList();
        if (ranked.Select(r => r.Name).Distinct().Count() != ranked.Count || ranked.Count < count)
        {
            throw new ArgumentException("each item is named once, and there are at least as many as are drawn", nameof(items));
        }

        ranked.Sort((a, b) => string.CompareOrdinal(a.Rank, b.Rank));
        return [.. ranked.Take(count).Select(r => r.Name).Order(StringComparer.Ordinal)];
    }

    /// <summary>Draws the dates of inspections in a stretch of time, in whole seconds.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="schedule">The scheme. Independent dates fall in the stretch given here, whatever their own span.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The instant after the last.</param>
    /// <returns>The dates, rising.</returns>
    /// <exception cref="ArgumentException">The stretch is empty.</exception>
    public static ImmutableArray<DateTimeOffset> Dates(Seed seed, InspectionSchedule schedule, DateTimeOffset from, DateTimeOffset to)
    {
        if (from >= to)
        {
            throw new ArgumentException("the stretch is empty", nameof(to));
        }

        var random = new SeededRandom(Keyed(seed, "dates", ""));
        var dates = new List<DateTimeOffset>();
        void Add(DateTimeOffset exact)
        {
            var whole = exact.AddTicks(-(exact.Ticks % TimeSpan.TicksPerSecond));
            if (exact < to)
            {
                dates.Add(whole);
            }
        }

        switch (schedule)
        {
            case InspectionSchedule.Periodic p:
                for (var at = from + (p.Spacing * random.NextUniform()); at < to; at += p.Spacing)
                {
                    Add(at);
                }

                break;
            case InspectionSchedule.Independent i:
                for (var k = 0; k < i.Count; k++)
                {
                    Add(from + ((to - from) * random.NextUniform()));
                }

                break;
            case InspectionSchedule.OnePerInterval o:
                for (var at = from; at < to; at += o.Interval)
                {
                    Add(at + (o.Interval * random.NextUniform()));
                }

                break;
            case InspectionSchedule.Poisson p when p.PerYear > 0:
                for (var at = from; at < to;)
                {
                    at += TimeSpan.FromDays(-PortableMath.Log(random.NextUniform()) * 365.25 / p.PerYear);
                    Add(at);
                }

                break;
        }

        dates.Sort();
        return [.. dates];
    }

    /// <summary>SHA-256 of the seed, the purpose and the name, each length before its text: no two purposes share a stream.</summary>
    private static Seed Keyed(Seed seed, string purpose, string name)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(seed.Bytes);
        Span<byte> length = stackalloc byte[4];
        foreach (var text in new[] { "standstill/inspection", purpose, name })
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return new Seed(hash.GetHashAndReset());
    }

    private static byte[] Hash(ReadOnlySpan<byte> key, string name) => SHA256.HashData([.. key, .. Encoding.UTF8.GetBytes(name)]);
}
