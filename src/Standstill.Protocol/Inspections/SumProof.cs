using System.Collections.Immutable;

namespace Standstill.Protocol.Inspections;

/// <summary>A node of a <see cref="SumTree"/>: its hash, and the sums of the chunks below it.</summary>
/// <param name="Hash">The hash of the leaf or node.</param>
/// <param name="Sums">The sums below it.</param>
public sealed record SumNode(Digest Hash, ChunkSums Sums)
{
    /// <summary>Whether there is a hash and no figure is negative.</summary>
    public bool IsGood => Hash.Hex is not null && Sums.IsGood;
}

/// <summary>The proof that a chunk is in a <see cref="SumTree"/>.</summary>
/// <param name="Path">The siblings from the leaf's up to the child of the top: at most 24.</param>
public sealed record SumProof(ImmutableArray<SumNode> Path)
{
    /// <summary>Longest path: that of <see cref="SumTree.MaximumCount"/> chunks.</summary>
    public const int MaximumLength = 24;
}
