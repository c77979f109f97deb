using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Standstill.Ledger;

/// <summary>The proof that an entry is in a tree (RFC 6962, section 2.1.1).</summary>
/// <param name="Index">Index of the entry, from 0.</param>
/// <param name="TreeSize">Number of entries in the tree.</param>
/// <param name="Path">Hashes from the leaf's sibling up to the child of the root.</param>
public sealed record InclusionProof(long Index, long TreeSize, ImmutableArray<MerkleHash> Path)
{
    /// <summary>Checks that the tree with the given root holds the entry with the given leaf hash at the index.</summary>
    public bool Verify(MerkleHash leaf, MerkleHash root, [NotNullWhen(false)] out string? error) =>
        new Subtree(0, TreeSize).VerifyInclusion(Index, leaf, Path.AsSpan(), root, out error);
}

/// <summary>The proof that one tree is a prefix of another (RFC 6962, section 2.1.2).</summary>
/// <param name="OldSize">Number of entries in the smaller tree, at least 1.</param>
/// <param name="NewSize">Number of entries in the larger tree.</param>
/// <param name="Path">The hashes, in the order of the RFC.</param>
public sealed record ConsistencyProof(long OldSize, long NewSize, ImmutableArray<MerkleHash> Path)
{
    /// <summary>Checks that the tree with the new root extends the tree with the old root.</summary>
    /// <remarks>An old size of 0 is refused: every tree extends the empty one, so there is nothing to prove.</remarks>
    public bool Verify(MerkleHash oldRoot, MerkleHash newRoot, [NotNullWhen(false)] out string? error)
    {
        if (OldSize == 0)
        {
            error = "a proof from the empty tree proves nothing: every tree extends it";
            return false;
        }

        return new Subtree(0, OldSize).VerifyConsistency(NewSize, oldRoot, Path.AsSpan(), newRoot, out error);
    }
}
