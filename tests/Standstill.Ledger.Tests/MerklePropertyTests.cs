using System.Collections.Immutable;
using System.Numerics;
using CsCheck;

namespace Standstill.Ledger.Tests;

public sealed class MerklePropertyTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    private static readonly Gen<byte[][]> Entries = Gen.Byte.Array[0, 5].Array[1, 70];

    [Fact]
    public void Roots_and_paths_are_those_that_the_RFC_defines()
    {
        (from entries in Entries from index in Gen.Int[0, entries.Length - 1] select (entries, index)).Sample(
            (entries, index) =>
            {
                var leaves = Leaves(entries);
                Assert.Equal(new MerkleHash(Rfc6962.Mth(entries)), MerkleTree.Root(leaves));
                Assert.Equal(Rfc6962.Path(index, entries).Select(hash => new MerkleHash(hash)), MerkleTree.ProveInclusion(leaves, index).Path);
                Assert.Equal(Rfc6962.Proof(index + 1, entries).Select(hash => new MerkleHash(hash)), MerkleTree.ProveConsistency(leaves, index + 1).Path);
            },
            seed: Seed, iter: 200);
    }

    [Fact]
    public void Proofs_that_are_made_verify_and_altered_ones_do_not()
    {
        (from entries in Entries
         from index in Gen.Int[0, entries.Length - 1]
         from place in Gen.Int[0, 1000]
         from bit in Gen.Int[0, 255]
         select (entries, index, place, bit)).Sample(
            (entries, index, place, bit) =>
            {
                var leaves = Leaves(entries);
                var root = MerkleTree.Root(leaves);
                var oldRoot = MerkleTree.Root(leaves.AsSpan(0, index + 1));
                var inclusion = MerkleTree.ProveInclusion(leaves, index);
                var consistency = MerkleTree.ProveConsistency(leaves, index + 1);
                Assert.True(inclusion.Verify(leaves[index], root, out var error), error);
                Assert.True(consistency.Verify(oldRoot, root, out error), error);

                Assert.False(inclusion.Verify(Flip(leaves[index], bit), root, out _));
                Assert.False(inclusion.Verify(leaves[index], Flip(root, bit), out _));
                Assert.False(consistency.Verify(Flip(oldRoot, bit), root, out _));
                Assert.False(consistency.Verify(oldRoot, Flip(root, bit), out _));
                foreach (var path in Altered(inclusion.Path, place, bit))
                {
                    Assert.False((inclusion with { Path = path }).Verify(leaves[index], root, out _));
                }

                foreach (var path in Altered(consistency.Path, place, bit))
                {
                    Assert.False((consistency with { Path = path }).Verify(oldRoot, root, out _));
                }
            },
            seed: Seed, iter: 500);
    }

    [Fact]
    public void A_proof_holds_for_no_other_index_of_different_leaves()
    {
        var leaves = Leaves([.. Enumerable.Range(0, 40).Select(i => new[] { (byte)i })]);
        var root = MerkleTree.Root(leaves);
        for (var index = 0; index < leaves.Length; index++)
        {
            var proof = MerkleTree.ProveInclusion(leaves, index);
            for (var other = -1; other <= leaves.Length; other++)
            {
                Assert.Equal(other == index, (proof with { Index = other }).Verify(leaves[index], root, out _));
            }
        }
    }

    [Fact]
    public void Every_subtree_of_small_trees_is_proved_and_no_other_range_is()
    {
        for (var size = 1; size <= 33; size++)
        {
            var leaves = Leaves([.. Enumerable.Range(0, size).Select(i => new[] { (byte)i })]);
            var root = MerkleTree.Root(leaves);
            for (var start = 0; start < size; start++)
            {
                for (var end = start + 1; end <= size; end++)
                {
                    var subtree = new Subtree(start, end);
                    if (start % (int)BitOperations.RoundUpToPowerOf2((uint)(end - start)) != 0)
                    {
                        Assert.False(subtree.IsAligned);
                        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ConsistencyPath(leaves, subtree));
                        Assert.False(subtree.VerifyConsistency(size, root, [], root, out _));
                        continue;
                    }

                    var subtreeRoot = MerkleTree.Root(leaves.AsSpan(start..end));
                    var path = MerkleTree.ConsistencyPath(leaves, subtree);
                    Assert.True(subtree.VerifyConsistency(size, subtreeRoot, path.AsSpan(), root, out var error), error);
                    Assert.False(subtree.VerifyConsistency(size, Flip(subtreeRoot, 5), path.AsSpan(), root, out _));
                    Assert.False(subtree.VerifyConsistency(size, subtreeRoot, path.AsSpan(), Flip(root, 5), out _));

                    var inclusion = MerkleTree.InclusionPath(leaves, end - 1, subtree);
                    Assert.True(subtree.VerifyInclusion(end - 1, leaves[end - 1], inclusion.AsSpan(), subtreeRoot, out error), error);
                }
            }
        }
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 5)]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(0, long.MaxValue)]
    [InlineData(long.MinValue, long.MaxValue)]
    public void Numbers_that_are_no_place_in_a_tree_are_refused(long index, long size)
    {
        Assert.False(new InclusionProof(index, size, []).Verify(default, default, out var error));
        Assert.NotEmpty(error);
        Assert.False(new ConsistencyProof(index, size, []).Verify(default, MerkleHash.OfEmptyTree, out error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void A_refusal_says_why()
    {
        Assert.False(new InclusionProof(6, 7, [MerkleHash.OfEmptyTree]).Verify(default, default, out var error));
        Assert.Equal("the path holds `1` hashes where `2` are needed", error);
        Assert.False(new ConsistencyProof(3, 2, []).Verify(default, default, out error));
        Assert.StartsWith("`0..3` is no subtree of a tree of `2` entries", error);
    }

    [Fact]
    public void A_hash_has_one_spelling()
    {
        var text = MerkleHash.OfEmptyTree.ToString();
        Assert.True(MerkleHash.TryParse(text, out var hash, out _));
        Assert.Equal(MerkleHash.OfEmptyTree, hash);
        foreach (var other in new[] { text[..^2] + "V=", text + "\n", " " + text, text[..^1], text.Replace('+', '-'), "", "AA==" })
        {
            Assert.False(MerkleHash.TryParse(other, out _, out var error), other);
            Assert.Contains("canonical base64", error);
        }
    }

    private static MerkleHash[] Leaves(byte[][] entries) => [.. entries.Select(entry => MerkleHash.OfLeaf(entry))];

    private static IEnumerable<ImmutableArray<MerkleHash>> Altered(ImmutableArray<MerkleHash> path, int place, int bit)
    {
        yield return path.Add(MerkleHash.OfEmptyTree);
        yield return path.Insert(0, MerkleHash.OfEmptyTree);
        if (path.Length > 0)
        {
            yield return path.RemoveAt(place % path.Length);
            yield return path.SetItem(place % path.Length, Flip(path[place % path.Length], bit));
        }
    }

    private static MerkleHash Flip(MerkleHash hash, int bit)
    {
        var bytes = new byte[MerkleHash.Size];
        hash.CopyTo(bytes);
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return new MerkleHash(bytes);
    }
}
