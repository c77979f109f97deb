using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Standstill.Ledger;

/// <summary>
/// The entries from <paramref name="Start"/> up to, not including, <paramref name="End"/> of a ledger,
/// as a Merkle tree of their own. A range has a place in the ledger's tree only if its start is a multiple of its
/// length rounded up to a power of two (draft-ietf-plants-merkle-tree-certs, "Subtrees").
/// </summary>
/// <param name="Start">Index of the first entry.</param>
/// <param name="End">Index after the last entry; equal to the start for the empty subtree.</param>
/// <remarks>
/// Proofs of a whole tree are the special case of a subtree that starts at 0. The values are not checked here:
/// the verifications refuse a range that is no subtree.
/// </remarks>
public readonly record struct Subtree(long Start, long End)
{
    /// <summary>Number of entries.</summary>
    public long Size => checked(End - Start);

    /// <summary>Whether the range has a place in a ledger's tree.</summary>
    public bool IsAligned =>
        Start >= 0 && End >= Start && ((ulong)Start & (BitOperations.RoundUpToPowerOf2((ulong)Math.Max(1, End - Start)) - 1)) == 0;

    /// <summary>
    /// Checks that <paramref name="leaf"/> is the hash of the entry at <paramref name="index"/> in the subtree with
    /// the given root. The path leads from the leaf's sibling up (RFC 9162, section 2.1.3.2, on the index within the subtree).
    /// </summary>
    public bool VerifyInclusion(
        long index, MerkleHash leaf, ReadOnlySpan<MerkleHash> path, MerkleHash root, [NotNullWhen(false)] out string? error)
    {
        if (!IsAligned)
        {
            error = $"`{Start}..{End}` is no subtree: its start must be a multiple of its length rounded up to a power of two";
            return false;
        }

        if (index < Start || index >= End)
        {
            error = $"entry `{index}` is not within `{Start}..{End}`";
            return false;
        }

        var place = index - Start;
        return ProofStep.Fold(ProofStep.Between(new Subtree(place, place + 1), Size), leaf, path, root, out error);
    }

    /// <summary>
    /// Checks that the subtree with root <paramref name="subtreeRoot"/> is part of the tree of
    /// <paramref name="treeSize"/> entries with root <paramref name="treeRoot"/>
    /// (draft-ietf-plants-merkle-tree-certs, "Verifying Subtree Consistency Proofs").
    /// </summary>
    /// <remarks>The empty subtree is part of every tree, with an empty path; its root is <see cref="MerkleHash.OfEmptyTree"/>.</remarks>
    public bool VerifyConsistency(
        long treeSize, MerkleHash subtreeRoot, ReadOnlySpan<MerkleHash> path, MerkleHash treeRoot, [NotNullWhen(false)] out string? error)
    {
        if (!IsAligned || End > treeSize)
        {
            error = $"`{Start}..{End}` is no subtree of a tree of `{treeSize}` entries: it must lie within the tree " +
                "and start at a multiple of its length rounded up to a power of two";
            return false;
        }

        if (Start == End)
        {
            error = path.Length != 0 ? $"the path holds `{path.Length}` hashes where an empty subtree needs none"
                : subtreeRoot != MerkleHash.OfEmptyTree ? $"`{subtreeRoot}` is not the root of an empty subtree, `{MerkleHash.OfEmptyTree}`"
                : null;
            return error is null;
        }

        return ProofStep.Fold(ProofStep.Between(this, treeSize), subtreeRoot, path, treeRoot, out error);
    }
}

/// <summary>One hash of a proof: which entries it covers and how it joins what was computed before.</summary>
internal readonly record struct ProofStep(long Start, long End, ProofSide Side)
{
    /// <summary>
    /// The hashes that lead from a subtree, neither empty nor misaligned, to the root of the tree that holds it,
    /// nearest first. The descent is that of RFC 6962, section 2.1: at each node the entries split at k, the largest
    /// power of two below their number. For a single entry this is the inclusion proof (2.1.1), for a subtree that
    /// starts at 0 the consistency proof (2.1.2).
    /// </summary>
    public static ImmutableArray<ProofStep> Between(Subtree subtree, long treeSize)
    {
        var (start, end) = subtree;
        var (low, high) = (0L, treeSize);
        var steps = new List<ProofStep>();
        while (low != start || high != end)
        {
            var middle = low + MerkleTree.SplitPoint(high - low);
            if (end <= middle)
            {
                steps.Add(new(middle, high, ProofSide.Right));
                high = middle;
            }
            else if (start >= middle)
            {
                steps.Add(new(low, middle, ProofSide.Left));
                low = middle;
            }
            else
            {
                // The subtree ends within the right half: its left part is this whole left half.
                steps.Add(new(low, middle, ProofSide.LeftOfBoth));
                low = middle;
                start = middle;
            }
        }

        if (start != subtree.Start)
        {
            steps.Add(new(low, high, ProofSide.Seed));
        }

        steps.Reverse();
        return [.. steps];
    }

    /// <summary>Computes both roots from the path and compares them.</summary>
    public static bool Fold(
        ImmutableArray<ProofStep> steps, MerkleHash part, ReadOnlySpan<MerkleHash> path, MerkleHash whole, [NotNullWhen(false)] out string? error)
    {
        if (path.Length != steps.Length)
        {
            error = $"the path holds `{path.Length}` hashes where `{steps.Length}` are needed";
            return false;
        }

        var (partSoFar, wholeSoFar) = (part, part);
        for (var i = 0; i < path.Length; i++)
        {
            switch (steps[i].Side)
            {
                case ProofSide.Seed:
                    (partSoFar, wholeSoFar) = (path[i], path[i]);
                    break;
                case ProofSide.Right:
                    wholeSoFar = MerkleHash.OfChildren(wholeSoFar, path[i]);
                    break;
                case ProofSide.Left:
                    wholeSoFar = MerkleHash.OfChildren(path[i], wholeSoFar);
                    break;
                default:
                    partSoFar = MerkleHash.OfChildren(path[i], partSoFar);
                    wholeSoFar = MerkleHash.OfChildren(path[i], wholeSoFar);
                    break;
            }
        }

        error = partSoFar != part ? $"the path leads from `{partSoFar}`, not from `{part}`"
            : wholeSoFar != whole ? $"the path leads to the root `{wholeSoFar}`, not to `{whole}`"
            : null;
        return error is null;
    }
}

/// <summary>How a hash of a proof joins what was computed before.</summary>
internal enum ProofSide
{
    /// <summary>Where both computations begin: the largest piece that the subtree's right edge shares with the tree.</summary>
    Seed,

    /// <summary>Right sibling, in the tree only.</summary>
    Right,

    /// <summary>Left sibling, in the tree only.</summary>
    Left,

    /// <summary>Left sibling in the tree and in the subtree.</summary>
    LeftOfBoth,
}
