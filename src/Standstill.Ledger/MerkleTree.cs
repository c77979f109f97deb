using System.Collections.Immutable;
using System.Numerics;

namespace Standstill.Ledger;

/// <summary>The Merkle tree over leaf hashes held in memory: its root and its proofs (RFC 6962, section 2.1).</summary>
public static class MerkleTree
{
    /// <summary>The root over the leaf hashes; <see cref="MerkleHash.OfEmptyTree"/> over none.</summary>
    public static MerkleHash Root(ReadOnlySpan<MerkleHash> leaves)
    {
        switch (leaves.Length)
        {
            case 0:
                return MerkleHash.OfEmptyTree;
            case 1:
                return leaves[0];
            default:
                var split = (int)SplitPoint(leaves.Length);
                return MerkleHash.OfChildren(Root(leaves[..split]), Root(leaves[split..]));
        }
    }

    /// <summary>The path from a leaf to the root of the subtree that holds it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The subtree is misaligned or beyond the leaves, or the index is outside it.</exception>
    public static ImmutableArray<MerkleHash> InclusionPath(ReadOnlySpan<MerkleHash> leaves, long index, Subtree subtree)
    {
        ThrowUnlessWithin(subtree, leaves.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(index, subtree.Start);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, subtree.End);
        var place = index - subtree.Start;
        return Path(leaves[(int)subtree.Start..(int)subtree.End], new Subtree(place, place + 1));
    }

    /// <summary>The path that shows a subtree to be part of the tree over all the leaves; empty for the empty subtree.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The subtree is misaligned or beyond the leaves.</exception>
    public static ImmutableArray<MerkleHash> ConsistencyPath(ReadOnlySpan<MerkleHash> leaves, Subtree subtree)
    {
        ThrowUnlessWithin(subtree, leaves.Length);
        return subtree.Size == 0 ? [] : Path(leaves, subtree);
    }

    /// <summary>The proof that the entry at <paramref name="index"/> is in the tree over all the leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the tree.</exception>
    public static InclusionProof ProveInclusion(ReadOnlySpan<MerkleHash> leaves, long index) =>
        new(index, leaves.Length, InclusionPath(leaves, index, new Subtree(0, leaves.Length)));

    /// <summary>The proof that the tree over all the leaves extends the one over the first <paramref name="oldSize"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The old size is below 1 or above the number of leaves.</exception>
    public static ConsistencyProof ProveConsistency(ReadOnlySpan<MerkleHash> leaves, long oldSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oldSize, 1);
        return new(oldSize, leaves.Length, ConsistencyPath(leaves, new Subtree(0, oldSize)));
    }

    /// <summary>The largest power of two below <paramref name="size"/>, which is at least 2: RFC 6962's k.</summary>
    internal static long SplitPoint(long size) => 1L << BitOperations.Log2((ulong)size - 1);

    private static ImmutableArray<MerkleHash> Path(ReadOnlySpan<MerkleHash> leaves, Subtree subtree)
    {
        var steps = ProofStep.Between(subtree, leaves.Length);
        var path = ImmutableArray.CreateBuilder<MerkleHash>(steps.Length);
        foreach (var step in steps)
        {
            path.Add(Root(leaves[(int)step.Start..(int)step.End]));
        }

        return path.MoveToImmutable();
    }

    private static void ThrowUnlessWithin(Subtree subtree, int size)
    {
        if (!subtree.IsAligned || subtree.End > size)
        {
            throw new ArgumentOutOfRangeException(nameof(subtree), subtree, "not a subtree of the tree over the leaves");
        }
    }
}
