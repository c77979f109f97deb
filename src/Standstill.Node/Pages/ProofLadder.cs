using System.Collections.Immutable;
using Standstill.Ledger;

namespace Standstill.Node.Pages;

/// <summary>One step from an entry to the root.</summary>
/// <param name="Sibling">The hash that the proof gives.</param>
/// <param name="SiblingIsLeft">Whether it stands on the left.</param>
/// <param name="Result">The hash of both.</param>
public sealed record ProofRung(MerkleHash Sibling, bool SiblingIsLeft, MerkleHash Result);

/// <summary>An inclusion proof hash by hash, as RFC 9162, section 2.1.3.2 checks it.</summary>
/// <param name="Leaf">The hash of the entry.</param>
/// <param name="Rungs">From the leaf's sibling up.</param>
/// <param name="Holds">Whether the proof verifies against the root of the checkpoint.</param>
public sealed record ProofLadder(MerkleHash Leaf, ImmutableArray<ProofRung> Rungs, bool Holds)
{
    /// <summary>Climbs from an entry to the root.</summary>
    public static ProofLadder Of(ReadOnlySpan<byte> entry, InclusionProof proof, MerkleHash root)
    {
        var leaf = MerkleHash.OfLeaf(entry);
        var rungs = ImmutableArray.CreateBuilder<ProofRung>();
        var (node, index, last) = (leaf, proof.Index, proof.TreeSize - 1);
        foreach (var sibling in proof.Path)
        {
            var isLeft = (index & 1) == 1 || index == last;
            node = isLeft ? MerkleHash.OfChildren(sibling, node) : MerkleHash.OfChildren(node, sibling);
            rungs.Add(new ProofRung(sibling, isLeft, node));
            while (isLeft && (index & 1) == 0 && index != 0)
            {
                (index, last) = (index >> 1, last >> 1);
            }

            (index, last) = (index >> 1, last >> 1);
        }

        return new ProofLadder(leaf, rungs.ToImmutable(), proof.Verify(leaf, root, out _) && node == root);
    }
}
