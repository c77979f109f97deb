using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Standstill.Protocol.Inspections;

namespace Standstill.Protocol.Tests.Inspections;

public sealed class OpeningTests
{
    private const int Minutes = 20;

    [Fact]
    public void An_honest_opening_has_no_fault()
    {
        var period = Period.Sample;
        Assert.Empty(period.Faults());
        Assert.All(period.Opening.Chunks, c => Assert.Null(OpeningProofs.ChunkFault(c.Summary, c.Summary.File, c.Summary.Bytes, period.Columns[c.Summary.Position])));
    }

    [Fact]
    public void A_digest_an_opening_and_their_json_say_the_same()
    {
        var period = Period.Sample;
        var digest = PeriodDigest.Read(period.Digest.ToJson()).OrThrow();
        Assert.Equal(period.Digest, digest);
        Assert.Equal(period.Digest.ToJson(), digest.ToJson());
        var json = period.Opening.ToJson();
        Assert.Equal(json, Opening.Read(json).OrThrow().ToJson());
    }

    [Fact]
    public void A_period_without_chunks_opens_to_nothing()
    {
        var period = Period.Of([]);
        Assert.Empty(period.Faults());
        Assert.Equal(["root", "totals"], (period with { Opening = period.Opening with { Totals = ChunkSums.Zero with { IdleMs = 1 } } }).Faults().Select(f => f.Place));
    }

    [Fact]
    public void Each_thing_that_is_wrong_is_named_with_its_place()
    {
        var period = Period.Sample;
        var (opening, challenge, digest) = (period.Opening, period.Challenge, period.Digest);
        var first = opening.Chunks[0];
        var place = OpeningProofs.Place(first.Summary.Position);

        Assert.Equal([place], Places(opening with { Chunks = opening.Chunks.RemoveAt(0) }));
        Assert.Equal([place], Places(opening with { Chunks = opening.Chunks.SetItem(0, first with { Summary = first.Summary with { Bytes = 1 } }) }));
        Assert.Equal([OpeningProofs.Place(opening.Chunks[1].Summary.Position), place], Places(opening with { Chunks = opening.Chunks.SetItem(1, first) }));
        Assert.Equal(["challenge"], Places(opening with { ChallengeId = "challenge-2" }));
        Assert.Equal(["totals", .. opening.Chunks.Select(c => OpeningProofs.Place(c.Summary.Position))], Places(opening with { Totals = opening.Totals with { Samples = opening.Totals.Samples + 1 } }));
        Assert.Equal(["period"], OpeningProofs.Faults(digest with { DeadLetters = 5 }, challenge, opening).Select(f => f.Place));

        string[] Places(Opening changed) => [.. OpeningProofs.Faults(digest, challenge, changed).Select(f => f.Place)];
    }

    [Fact]
    public void A_chunk_that_nobody_drew_is_refused()
    {
        var period = Period.Sample;
        var undrawn = Enumerable.Range(0, Minutes).First(i => period.Opening.Chunks.All(c => c.Summary.Position != i));
        var more = period.Opening.Chunks.Add(new OpenedChunk(period.Chunks[undrawn], SumTree.Prove(period.Chunks, undrawn))).Sort((a, b) => a.Summary.Position - b.Summary.Position);
        var fault = Assert.Single((period with { Opening = period.Opening with { Chunks = more } }).Faults());
        Assert.Equal((OpeningProofs.Place(undrawn), "nobody asked for this chunk"), (fault.Place, fault.Message));
    }

    [Fact]
    public void A_digest_whose_figures_are_not_those_of_its_tree_is_false_however_it_is_opened()
    {
        var period = Period.Sample;
        var lower = period.Digest with { Figures = period.Digest.Figures with { BusyHours = period.Digest.Figures.BusyHours - 1 } };
        Assert.Contains((period with { Digest = lower }).Recommitted().Faults(), f => f.Place == "totals");
    }

    [Fact]
    public void A_digest_with_fewer_accelerators_than_its_chip_time_takes_is_false()
    {
        var period = Period.Sample;
        var few = (period with { Digest = period.Digest with { Chips = 1 } }).Recommitted();
        Assert.Contains(few.Faults(), f => f.Message.Contains("more than 1 accelerators", StringComparison.Ordinal));
    }

    /// <summary>
    /// After the digest, the facility changes raw samples and answers as best it can: with the old summaries and proofs, or with new ones. In every case
    /// the root, the totals or an opened chunk shows it.
    /// </summary>
    [Fact]
    public void Dropping_doubling_moving_or_editing_raw_samples_after_commitment_is_seen_in_every_opened_chunk() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[0, 3]).Sample(
            (at, row, how) =>
            {
                var period = Period.Sample;
                var opened = period.Opening.Chunks[at % period.Opening.Chunks.Length];
                var position = opened.Summary.Position;
                var columns = Edited(period.Columns[position], row, how);
                var bytes = Period.Bytes(columns);

                // With the old summary, the file is another.
                Assert.NotNull(OpeningProofs.ChunkFault(opened.Summary, Digest.Of(bytes), bytes.Length, columns));

                // With a new summary and the old proof, the proof fails.
                var summary = Period.Summary(columns, position);
                Assert.False(SumTree.Verify(period.Digest.Root, period.Opening.Totals, summary, opened.Proof, period.Chunks.Length));

                // With a new tree over it, the root is another.
                Assert.NotEqual(period.Digest.Root, SumTree.Root(period.Chunks.SetItem(position, summary)).Root);
            }, seed: "0000KOIPe036", iter: 300);

    /// <summary>Before the digest, the facility commits to a summary that its samples do not have: any opening of that chunk shows it.</summary>
    [Fact]
    public void A_false_summary_is_seen_when_its_chunk_is_opened() => Gen.Select(Gen.Int[0, Minutes - 1], Gen.Int[0, ChunkSums.FieldCount - 1]).Sample(
        (position, figure) =>
        {
            var period = Period.Sample;
            var fields = period.Chunks[position].Sums.ToFields().ToArray();
            fields[figure] += 1000;
            var summary = period.Chunks[position] with { Sums = ChunkSums.FromFields(fields) };
            var fault = OpeningProofs.ChunkFault(summary, summary.File, summary.Bytes, period.Columns[position]);
            Assert.StartsWith("the samples of the file do not add up to the summary: " + ChunkSums.Names[figure], fault!.Message, StringComparison.Ordinal);
        }, seed: "0000KOIPe036", iter: 300);

    [Fact]
    public void No_mutation_of_an_opening_makes_reading_or_checking_throw_and_none_that_says_something_else_holds()
    {
        var period = Period.Sample;
        var json = period.Opening.ToJson();
        Gen.Select(Gen.Int[0, json.Length - 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 3].Sample(
            changes =>
            {
                var bytes = new List<byte>(json);
                foreach (var (where, value, how) in changes)
                {
                    var at = where % bytes.Count;
                    switch (how)
                    {
                        case 0: bytes[at] = value; break;
                        case 1: bytes[at] = (byte)('0' + (value % 10)); break;
                        case 2: bytes.Insert(at, value); break;
                        default: bytes.RemoveAt(at); break;
                    }
                }

                var read = Opening.Read(bytes.ToArray());
                return !read.IsGood || read.Value.ToJson().AsSpan().SequenceEqual(json) || !OpeningProofs.Faults(period.Digest, period.Challenge, read.Value).IsEmpty;
            }, seed: "0000KOIPe036", iter: 3_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"challenge":"c","period":"00","totals":{},"chunks":[{"summary":{"position":-1},"path":[{}]}]}""")]
    [InlineData("""{"chunks":{"length":1e308}}""")]
    public void What_is_no_opening_is_refused_with_its_place_and_a_remedy(string json)
    {
        var read = Opening.Read(Encoding.UTF8.GetBytes(json));
        Assert.NotEmpty(read.Faults);
        Assert.All(read.Faults, f => Assert.NotEmpty(f.Remedy));
    }

    private static ChunkColumns Edited(ChunkColumns columns, int row, int how)
    {
        var rows = Enumerable.Range(0, columns.Count).Select(i => (At: columns.SeriesAt.Span[i], Time: columns.TimeMs.Span[i], Value: columns.Value.Span[i])).ToList();
        row %= rows.Count;
        switch (how)
        {
            case 0: rows.RemoveAt(row); break;
            case 1: rows.Insert(row, rows[row]); break;
            case 2: (rows[row], rows[(row + 1) % rows.Count]) = (rows[(row + 1) % rows.Count], rows[row]); break;
            default: rows[row] = rows[row] with { Value = rows[row].Value == 0 ? 1 : rows[row].Value / 2 }; break;
        }

        return columns with { SeriesAt = rows.Select(r => r.At).ToArray(), TimeMs = rows.Select(r => r.Time).ToArray(), Value = rows.Select(r => r.Value).ToArray() };
    }

    private sealed record Period(ImmutableArray<ChunkColumns> Columns, ImmutableArray<ChunkSummary> Chunks, PeriodDigest Digest, Challenge Challenge, Opening Opening)
    {
        public static Period Sample { get; } = Of([.. Enumerable.Range(0, Minutes).Select(ColumnsOf)]);

        public static Period Of(ImmutableArray<ChunkColumns> columns)
        {
            ImmutableArray<ChunkSummary> chunks = [.. columns.Select(Summary)];
            var (root, totals) = SumTree.Root(chunks);
            var from = DateTimeOffset.FromUnixTimeMilliseconds(ChunkSamples.Start);
            var digest = new PeriodDigest(new FacilityId("sample-hall"), "row-a", from, from.AddMinutes(Minutes), 2, 0, PeriodFigures.Of(totals), chunks.Length, root);
            return new Period(columns, chunks, digest, new Challenge("challenge-1", Protocol.Digest.Of(digest.ToJson()), Protocol.Digest.Of("checkpoint"u8), 5), null!) is var bare
                ? bare with { Opening = bare.Answer(totals) } : throw new InvalidOperationException();
        }

        public ImmutableArray<Fault> Faults() => OpeningProofs.Faults(Digest, Challenge, Opening);

        /// <summary>The same with the challenge to the digest as it is here.</summary>
        public Period Recommitted()
        {
            var challenge = Challenge with { Period = Protocol.Digest.Of(Digest.ToJson()) };
            return (this with { Challenge = challenge }) is var bare ? bare with { Opening = bare.Answer(Opening.Totals) } : throw new InvalidOperationException();
        }

        public static ChunkSummary Summary(ChunkColumns columns, int position)
        {
            var window = ChunkSamples.Window(position * 60, (position + 1) * 60);
            var (first, last) = ChunkAccount.Span(columns, window);
            var bytes = Bytes(columns);
            return new ChunkSummary(position, Protocol.Digest.Of(bytes), bytes.Length, window, first, last, ChunkAccount.Of(columns, window));
        }

        /// <summary>Stands for the file: any bytes that hold the rows in their order.</summary>
        public static byte[] Bytes(ChunkColumns columns) => Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, columns.Count)
            .Select(i => $"{columns.Series[columns.SeriesAt.Span[i]]} {columns.TimeMs.Span[i]} {columns.Value.Span[i]:R}")));

        private Opening Answer(ChunkSums totals) => new(
            Challenge.Id, Challenge.Period, totals,
            [.. ChallengeDraw.Positions(Challenge.CheckpointRoot, Challenge.Id, Chunks.Length, Challenge.Count).Select(p => new OpenedChunk(Chunks[p], SumTree.Prove(Chunks, p)))]);

        // Two accelerators at four samples a minute, of which one works in every other minute.
        private static ChunkColumns ColumnsOf(int minute) => ChunkSamples.Columns(Enumerable.Range(0, 4).SelectMany(i => new (int, long, double)[]
        {
            (2, (minute * 60) + (i * 15), minute % 2 == 0 ? 0.4 + (i / 100.0) : 0),
            (4, (minute * 60) + (i * 15), 1_000_000.0 * ((minute * 4) + i)),
            (9, (minute * 60) + (i * 15), 4 + i),
            (10, (minute * 60) + (i * 15), 300 + i),
        }));
    }
}
