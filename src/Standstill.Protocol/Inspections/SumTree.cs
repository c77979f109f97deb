using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Standstill.Protocol.Inspections;

/// <summary>
/// A Merkle tree whose root commits to the chunks of a period, their order, their number, and what they add up to.
/// </summary>
/// <remarks>
/// <para>All numbers are big-endian two's complement; <c>sums</c> is the 25 figures of <see cref="ChunkSums.Names"/>, 8 bytes each.</para>
/// <code>
/// leaf   SHA-256( 00 │ position 4 │ file 32 │ bytes 8 │ from 8 │ to 8 │ scrape 4 │ first 8 │ last 8 │ sums 200 )
/// node   SHA-256( 01 │ left 32 │ right 32 │ sums(left) 200 │ sums(right) 200 )
/// root   SHA-256( 02 │ count 4 │ top 32 │ sums(top) 200 )
/// </code>
/// <para>The shape is that of RFC 6962, section 2.1: n &gt; 1 leaves are split at the largest power of two below n, and one leaf is its own
/// top. The top of no leaves is SHA-256 of the empty string, with all sums 0.</para>
/// <para>That a node hashes both children's sums, and not their total, is what makes it binding: with the total alone, a prover
/// can show one leaf beside a sibling whose sum is anything that suits (Chalkias, Chatzigiannis and Ji 2022, "Broken Proofs of Solvency
/// in Blockchain Custodial Wallets and Exchanges"). The tree is Maxwell's and Todd's (2013) proof of liabilities; a negative
/// sum is refused because it would let hidden chunks cancel others.</para>
/// </remarks>
public static class SumTree
{
    /// <summary>Most chunks in one period.</summary>
    public const int MaximumCount = 1 << 24;

    private const int SumBytes = ChunkSums.FieldCount * sizeof(long);
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const byte RootPrefix = 0x02;

    /// <summary>The root over the chunks of a period, and their totals.</summary>
    /// <exception cref="ArgumentException">A chunk is not at the position it names, has a negative figure, or there are too many.</exception>
    /// <exception cref="OverflowException">A total leaves 64 bits.</exception>
    public static (Digest Root, ChunkSums Totals) Root(IReadOnlyList<ChunkSummary> chunks)
    {
        var top = Top(Leaves(chunks), 0, chunks.Count);
        return (RootOf(chunks.Count, top), top.Sums);
    }

    /// <summary>The proof that one chunk is in the tree.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Root"/>, or there is no such position.</exception>
    public static SumProof Prove(IReadOnlyList<ChunkSummary> chunks, int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, chunks.Count);
        var leaves = Leaves(chunks);
        var path = ImmutableArray.CreateBuilder<SumNode>();
        var (from, to) = (0, chunks.Count);
        while (to - from > 1)
        {
            var middle = from + SplitOf(to - from);
            var left = position < middle;
            path.Add(left ? Top(leaves, middle, to) : Top(leaves, from, middle));
            (from, to) = left ? (from, middle) : (middle, to);
        }

        path.Reverse();
        return new SumProof(path.ToImmutable());
    }

    /// <summary>Whether a tree with this root, these totals and this number of chunks holds the chunk at the position it names.</summary>
    /// <remarks>False for any bad input: a negative figure, a total out of 64 bits, a path of the wrong length.</remarks>
    public static bool Verify(Digest root, ChunkSums totals, ChunkSummary chunk, SumProof proof, int count)
    {
        if (count is < 1 or > MaximumCount || !chunk.IsGood || chunk.Position >= count || root.Hex is null)
        {
            return false;
        }

        SumNode? node = LeafOf(chunk);
        var step = 0;
        node = Climb(0, count);
        return node is not null && step == proof.Path.Length && node.Sums == totals && RootOf(count, node) == root;

        // The node above the leaves [from, to) that hold the chunk, or null where the path does not lead there.
        SumNode? Climb(int from, int to)
        {
            if (to - from == 1)
            {
                return node;
            }

            var middle = from + SplitOf(to - from);
            var left = chunk.Position < middle;
            if ((left ? Climb(from, middle) : Climb(middle, to)) is not { } below || step == proof.Path.Length)
            {
                return null;
            }

            var sibling = proof.Path[step++];
            return sibling.IsGood && ChunkSums.TryAdd(below.Sums, sibling.Sums, out _)
                ? left ? NodeOf(below, sibling) : NodeOf(sibling, below)
                : null;
        }
    }

    /// <summary>The root that commits to a top node and the number of leaves below it.</summary>
    internal static Digest RootOf(int count, SumNode top)
    {
        Span<byte> bytes = stackalloc byte[1 + 4 + 32 + SumBytes];
        bytes[0] = RootPrefix;
        BinaryPrimitives.WriteInt32BigEndian(bytes[1..], count);
        top.Hash.ToBytes().CopyTo(bytes[5..]);
        Write(top.Sums, bytes[37..]);
        return Digest.Of(bytes);
    }

    private static SumNode[] Leaves(IReadOnlyList<ChunkSummary> chunks)
    {
        if (chunks.Count > MaximumCount)
        {
            throw new ArgumentException($"{chunks.Count} chunks are more than the {MaximumCount} of one period", nameof(chunks));
        }

        var leaves = new SumNode[chunks.Count];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = chunks[i].Position == i && chunks[i].IsGood
                ? LeafOf(chunks[i])
                : throw new ArgumentException($"the chunk at position {i} names position {chunks[i].Position}, or a figure out of its bounds", nameof(chunks));
        }

        return leaves;
    }

    private static SumNode LeafOf(ChunkSummary chunk)
    {
        Span<byte> bytes = stackalloc byte[1 + 4 + 32 + 8 + 8 + 8 + 4 + 8 + 8 + SumBytes];
        bytes[0] = LeafPrefix;
        BinaryPrimitives.WriteInt32BigEndian(bytes[1..], chunk.Position);
        chunk.File.ToBytes().CopyTo(bytes[5..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[37..], chunk.Bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[45..], chunk.Window.FromMs);
        BinaryPrimitives.WriteInt64BigEndian(bytes[53..], chunk.Window.ToMs);
        BinaryPrimitives.WriteInt32BigEndian(bytes[61..], chunk.Window.ScrapeMs);
        BinaryPrimitives.WriteInt64BigEndian(bytes[65..], chunk.FirstMs);
        BinaryPrimitives.WriteInt64BigEndian(bytes[73..], chunk.LastMs);
        Write(chunk.Sums, bytes[81..]);
        return new SumNode(Digest.Of(bytes), chunk.Sums);
    }

    private static SumNode NodeOf(SumNode left, SumNode right)
    {
        Span<byte> bytes = stackalloc byte[1 + 32 + 32 + SumBytes + SumBytes];
        bytes[0] = NodePrefix;
        left.Hash.ToBytes().CopyTo(bytes[1..]);
        right.Hash.ToBytes().CopyTo(bytes[33..]);
        Write(left.Sums, bytes[65..]);
        Write(right.Sums, bytes[(65 + SumBytes)..]);
        return new SumNode(Digest.Of(bytes), left.Sums + right.Sums);
    }

    private static SumNode Top(SumNode[] leaves, int from, int to)
    {
        if (to - from == 0)
        {
            return new SumNode(Digest.Of([]), ChunkSums.Zero);
        }

        if (to - from == 1)
        {
            return leaves[from];
        }

        var middle = from + SplitOf(to - from);
        return NodeOf(Top(leaves, from, middle), Top(leaves, middle, to));
    }

    /// <summary>The largest power of two below n, n &gt; 1.</summary>
    private static int SplitOf(int n) => 1 << (31 - int.LeadingZeroCount(n - 1));

    private static void Write(ChunkSums sums, Span<byte> destination)
    {
        var fields = sums.ToFields();
        for (var i = 0; i < fields.Length; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(destination[(i * sizeof(long))..], fields[i]);
        }
    }
}
