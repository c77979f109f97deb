using System.Collections.Immutable;
using System.Numerics;
using CsCheck;
using Standstill.Model;
using Standstill.Protocol.Inspections;

namespace Standstill.Protocol.Tests.Inspections;

public sealed class SumTreeTests
{
    private static readonly Gen<ChunkSums> Sums = Gen.Long[0, 1L << 50].Array[ChunkSums.FieldCount].Select(f => ChunkSums.FromFields(f));

    private static readonly Gen<ChunkSummary> Chunk = Gen.Select(Gen.Byte.Array[4], Gen.Long[0, 1L << 40], Gen.Int[0, 1000], Gen.Int[1, 60_000], Sums, (file, bytes, at, scrape, sums) =>
        new ChunkSummary(0, Digest.Of(file), bytes, new ChunkWindow(at * 60_000L, (at + 1) * 60_000L, scrape), at * 60_000L, (at * 60_000L) + 7, sums));

    private static readonly Gen<ImmutableArray<ChunkSummary>> Chunks = Chunk.Array[0, 40].Select(Placed);

    /// <summary>Every change that can be made to one chunk: its file, its times, each of its figures.</summary>
    private static readonly Gen<Func<ChunkSummary, ChunkSummary>> Change = Gen.OneOf(
        Gen.Int[0, ChunkSums.FieldCount - 1].Select<int, Func<ChunkSummary, ChunkSummary>>(i => c =>
        {
            var fields = c.Sums.ToFields().ToArray();
            fields[i]++;
            return c with { Sums = ChunkSums.FromFields(fields) };
        }),
        Gen.OneOf(new Func<ChunkSummary, ChunkSummary>[]
        {
            c => c with { File = Digest.Of(c.File.ToBytes()) },
            c => c with { Bytes = c.Bytes + 1 },
            c => c with { FirstMs = c.FirstMs + 1 },
            c => c with { LastMs = c.LastMs + 1 },
            c => c with { Window = c.Window with { ToMs = c.Window.ToMs + 1 } },
            c => c with { Window = c.Window with { ScrapeMs = c.Window.ScrapeMs + 1 } },
            c => c with { Window = c.Window with { FromMs = c.Window.FromMs + 1 }, FirstMs = c.FirstMs + 1 },
        }.Select(Gen.Const).ToArray()));

    // From 20 lines of Python (hashlib, struct) written from the layout in the document.
    [Theory]
    [InlineData(0, "7e0d3675548409f5b9a576fb48f3b3853749344902f56749ab214163b5ed95c4")]
    [InlineData(1, "58c65d08869a082b996e4d0b10fb7ffba55e49217bb8fb0668a479db9b134b14")]
    [InlineData(2, "10f60a74c5157e6a2df5637098f5df53732866cdb4aae3f96d51270e84a01f05")]
    [InlineData(3, "7dcfd7a98599823a8401e2b3ade1c91f16f90c64a04274735402cc9cf4524789")]
    [InlineData(7, "050ee33fbaf406e8d00e929ec2b4aea82a3534d2ae3c333e55481b82bcea0150")]
    public void The_layout_is_fixed(int count, string root) => Assert.Equal(root, SumTree.Root(Counting(count)).Root.Hex);

    [Fact]
    public void The_root_is_that_of_the_model_written_from_the_document() => Chunks.Sample(
        chunks =>
        {
            var (root, totals) = SumTree.Root(chunks);
            var (expected, sums) = SumTreeModel.Root([.. chunks.Select(Modelled)]);
            Assert.Equal(expected, root.Hex);
            Assert.Equal(sums, totals.ToFields().Select(f => new BigInteger(f)));
        }, seed: "0000KOIPe036", iter: 500);

    [Fact]
    public void Every_chunk_has_a_proof_for_its_place_and_for_no_other() => Chunks.Sample(
        chunks =>
        {
            var (root, totals) = SumTree.Root(chunks);
            foreach (var chunk in chunks)
            {
                var proof = SumTree.Prove(chunks, chunk.Position);
                Assert.True(SumTree.Verify(root, totals, chunk, proof, chunks.Length));
                Assert.False(SumTree.Verify(root, totals, chunk with { Position = (chunk.Position + 1) % (chunks.Length + 1) }, proof, chunks.Length));
            }
        }, seed: "0000KOIPe036", iter: 200);

    [Fact]
    public void A_changed_chunk_changes_the_root_and_has_no_proof() => Gen.Select(Chunks.Where(c => c.Length > 0), Gen.Int[0, 39], Change).Sample(
        (chunks, at, change) =>
        {
            at %= chunks.Length;
            var (root, totals) = SumTree.Root(chunks);
            var changed = change(chunks[at]);
            Assert.NotEqual(root, SumTree.Root(chunks.SetItem(at, changed)).Root);
            Assert.False(SumTree.Verify(root, totals, changed, SumTree.Prove(chunks, at), chunks.Length));
        }, seed: "0000KOIPe036", iter: 2_000);

    [Fact]
    public void Dropping_doubling_and_moving_chunks_changes_the_root() => Gen.Select(Chunks.Where(c => c.Length > 1), Gen.Int[0, 39], Gen.Int[0, 39]).Sample(
        (chunks, i, j) =>
        {
            (i, j) = (i % chunks.Length, j % chunks.Length);
            var root = SumTree.Root(chunks).Root;
            Assert.NotEqual(root, SumTree.Root(Placed([.. chunks.RemoveAt(i)])).Root);
            Assert.NotEqual(root, SumTree.Root(Placed([.. chunks.Insert(j, chunks[i])])).Root);
            if (chunks[i] with { Position = 0 } != chunks[j] with { Position = 0 })
            {
                Assert.NotEqual(root, SumTree.Root(Placed([.. chunks.SetItem(i, chunks[j]).SetItem(j, chunks[i])])).Root);
            }
        }, seed: "0000KOIPe036", iter: 1_000);

    [Fact]
    public void Different_lists_have_different_roots_whatever_their_sums() => Gen.Select(Gen.Int[0, 12], Gen.Int[0, 12], Chunk).Sample(
        (n, m, chunk) => n == m || SumTree.Root(Placed([.. Enumerable.Repeat(chunk with { Sums = ChunkSums.Zero }, n)])).Root
            != SumTree.Root(Placed([.. Enumerable.Repeat(chunk with { Sums = ChunkSums.Zero }, m)])).Root, seed: "0000KOIPe036", iter: 500);

    [Fact]
    public void A_proof_holds_for_these_totals_this_number_of_chunks_and_this_path_alone() => Gen.Select(Chunks.Where(c => c.Length > 1), Gen.Int[0, 39], Gen.Int[0, 5], Gen.Int[0, ChunkSums.FieldCount - 1]).Sample(
        (chunks, at, step, figure) =>
        {
            at %= chunks.Length;
            var (root, totals) = SumTree.Root(chunks);
            var proof = SumTree.Prove(chunks, at);
            step %= proof.Path.Length;
            var changed = proof.Path[step].Sums.ToFields().ToArray();
            changed[figure] ^= 1;
            var others = totals.ToFields().ToArray();
            others[figure] ^= 1;

            bool Holds(ChunkSums t, SumProof p, int count) => SumTree.Verify(root, t, chunks[at], p, count);
            Assert.False(Holds(ChunkSums.FromFields(others), proof, chunks.Length));
            Assert.False(Holds(totals, proof, chunks.Length + 1));
            Assert.False(Holds(totals, new SumProof(proof.Path.SetItem(step, proof.Path[step] with { Sums = ChunkSums.FromFields(changed) })), chunks.Length));
            Assert.False(Holds(totals, new SumProof(proof.Path.SetItem(step, proof.Path[step] with { Hash = root })), chunks.Length));
            Assert.False(Holds(totals, new SumProof(proof.Path.RemoveAt(step)), chunks.Length));
            Assert.False(Holds(totals, new SumProof(proof.Path.Add(proof.Path[0])), chunks.Length));
        }, seed: "0000KOIPe036", iter: 1_000);

    [Fact]
    public void A_negative_figure_is_refused_everywhere()
    {
        var chunks = Counting(3);
        var (root, totals) = SumTree.Root(chunks);
        var less = ChunkSums.Zero with { DarkMs = -1 };
        Assert.Throws<ArgumentException>(() => SumTree.Root(chunks.SetItem(1, chunks[1] with { Sums = less })));
        var proof = SumTree.Prove(chunks, 0);
        Assert.False(SumTree.Verify(root, totals, chunks[0] with { Sums = less }, proof, 3));
        Assert.False(SumTree.Verify(root, totals, chunks[0], new SumProof(proof.Path.SetItem(0, proof.Path[0] with { Sums = less })), 3));
    }

    [Fact]
    public void Totals_beyond_64_bits_are_refused()
    {
        var huge = ChunkSums.Zero with { ActiveMicroMs = long.MaxValue };
        var chunks = Counting(2).Select(c => c with { Sums = huge }).ToImmutableArray();
        Assert.Throws<OverflowException>(() => SumTree.Root(chunks));
        var proof = new SumProof([new SumNode(Digest.Of([]), huge)]);
        Assert.False(SumTree.Verify(Digest.Of([]), huge, chunks[0], proof, 2));
        Assert.False(ChunkSums.TryAdd(huge, huge, out _));
    }

    [Fact]
    public void A_chunk_at_another_place_than_it_names_is_misuse() =>
        Assert.Throws<ArgumentException>(() => SumTree.Root([.. Counting(2).Reverse()]));

    [Fact]
    public void The_tree_of_nothing_has_a_root_and_no_sums()
    {
        var (root, totals) = SumTree.Root([]);
        Assert.Equal(ChunkSums.Zero, totals);
        Assert.Equal(SumTreeModel.Root([]).Root, root.Hex);
    }

    /// <summary>Chunks whose figures count up.</summary>
    internal static ImmutableArray<ChunkSummary> Counting(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new ChunkSummary(
            i, Digest.Of([(byte)i]), 1000 + i, new ChunkWindow(i * 60_000L, (i + 1) * 60_000L, 15_000), i * 60_000L, (i * 60_000L) + 45_000,
            ChunkSums.FromFields(Enumerable.Range(1, ChunkSums.FieldCount).Select(f => (long)(f * (i + 1))).ToArray()))),
    ];

    private static ImmutableArray<ChunkSummary> Placed(ChunkSummary[] chunks) => [.. chunks.Select((c, i) => c with { Position = i })];

    private static SumTreeModel.Leaf Modelled(ChunkSummary c) => new(
        c.Position, c.File.ToBytes(), c.Bytes, c.Window.FromMs, c.Window.ToMs, c.Window.ScrapeMs, c.FirstMs, c.LastMs, [.. c.Sums.ToFields().Select(f => new BigInteger(f))]);
}
