using System.Numerics;
using System.Security.Cryptography;

namespace Standstill.Model;

/// <summary>
/// The Merkle sum tree of a period, written from docs/compute/challenges.md alone: lists of bytes, unbounded integers, and the tree as
/// the document draws it.
/// </summary>
public static class SumTreeModel
{
    private const int Figures = 25;
    private const int Maxima = 2;

    /// <summary>A chunk: its numbers with their widths in bytes, its file's hash, its figures.</summary>
    public sealed record Leaf(BigInteger Position, byte[] File, BigInteger Bytes, BigInteger From, BigInteger To, BigInteger Scrape, BigInteger First, BigInteger Last, BigInteger[] Sums);

    public static (string Root, BigInteger[] Totals) Root(IReadOnlyList<Leaf> leaves)
    {
        var (hash, sums) = leaves.Count == 0 ? (SHA256.HashData([]), new BigInteger[Figures]) : Node(leaves);
        return (Convert.ToHexStringLower(SHA256.HashData([2, .. Number(leaves.Count, 4), .. hash, .. Sums(sums)])), sums);
    }

    private static (byte[] Hash, BigInteger[] Sums) Node(IReadOnlyList<Leaf> leaves)
    {
        if (leaves.Count == 1)
        {
            var l = leaves[0];
            byte[] bytes =
            [
                0, .. Number(l.Position, 4), .. l.File, .. Number(l.Bytes, 8), .. Number(l.From, 8), .. Number(l.To, 8),
                .. Number(l.Scrape, 4), .. Number(l.First, 8), .. Number(l.Last, 8), .. Sums(l.Sums),
            ];
            return (SHA256.HashData(bytes), l.Sums);
        }

        var split = 1;
        while (split * 2 < leaves.Count)
        {
            split *= 2;
        }

        var left = Node([.. leaves.Take(split)]);
        var right = Node([.. leaves.Skip(split)]);
        var sums = left.Sums.Zip(right.Sums, (a, b) => (a, b))
            .Select((p, i) => i < Figures - Maxima ? p.a + p.b : BigInteger.Max(p.a, p.b)).ToArray();
        return (SHA256.HashData([1, .. left.Hash, .. right.Hash, .. Sums(left.Sums), .. Sums(right.Sums)]), sums);
    }

    private static byte[] Sums(BigInteger[] sums) => [.. sums.SelectMany(s => Number(s, 8))];

    private static byte[] Number(BigInteger value, int width)
    {
        var bytes = new byte[width];
        for (var i = width - 1; i >= 0; i--)
        {
            bytes[i] = (byte)(value % 256);
            value /= 256;
        }

        return bytes;
    }
}
