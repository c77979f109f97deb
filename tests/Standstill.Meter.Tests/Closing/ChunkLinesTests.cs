using System.Text;
using CsCheck;
using Standstill.Meter.Closing;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Tests.Closing;

public sealed class ChunkLinesTests
{
    private static readonly ChunkSummary[] Chunks =
    [
        .. Enumerable.Range(0, 3).Select(i => new ChunkSummary(
            i, Digest.Of([(byte)i]), 1000, new ChunkWindow(i * 60_000L, (i + 1) * 60_000L, 15_000), i * 60_000L, (i * 60_000L) + 1,
            ChunkSums.FromFields(Enumerable.Range(1, ChunkSums.FieldCount).Select(f => long.MaxValue / f).ToArray()))),
    ];

    private static readonly byte[] Lines = ChunkLines.Write(Chunks);

    [Fact]
    public void What_is_written_is_read_to_the_last_of_64_bits() => Assert.Equal(Chunks, ChunkLines.Read(Lines).OrThrow());

    [Fact]
    public void No_lines_are_no_chunks() => Assert.Empty(ChunkLines.Read(ReadOnlyMemory<byte>.Empty).OrThrow());

    [Theory]
    [InlineData(1, "line 3")]
    [InlineData(700, "line 3")]
    public void A_line_that_is_cut_off_is_named(int missing, string place) =>
        Assert.Equal(place, ChunkLines.Read(Lines.AsMemory(0, Lines.Length - missing)).Faults[0].Place);

    [Fact]
    public void A_line_that_is_missing_or_moved_is_named()
    {
        var lines = Encoding.UTF8.GetString(Lines).Split('\n');
        Assert.Equal("line 2", ChunkLines.Read(Encoding.UTF8.GetBytes($"{lines[0]}\n{lines[2]}\n")).Faults[0].Place);
        Assert.Equal("line 1", ChunkLines.Read(Encoding.UTF8.GetBytes($"{lines[1]}\n{lines[0]}\n")).Faults[0].Place);
    }

    [Fact]
    public void A_field_that_is_wrong_is_named_within_its_line()
    {
        var text = Encoding.UTF8.GetString(Lines).Replace("\"position\":1", "\"position\":-1", StringComparison.Ordinal);
        Assert.Equal("line 2, position", ChunkLines.Read(Encoding.UTF8.GetBytes(text)).Faults[0].Place);
    }

    [Fact]
    public void No_mutation_makes_reading_throw_and_what_is_read_is_a_list_for_a_tree() =>
        Gen.Select(Gen.Int[0, Lines.Length - 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 4].Sample(
            changes =>
            {
                var bytes = new List<byte>(Lines);
                foreach (var (where, value, how) in changes)
                {
                    var at = where % bytes.Count;
                    switch (how)
                    {
                        case 0: bytes[at] = value; break;
                        case 1: bytes[at] = (byte)('0' + (value % 10)); break;
                        case 2: bytes.Insert(at, value); break;
                        default: bytes.RemoveRange(at, Math.Min(1 + (value % 40), bytes.Count - at)); break;
                    }

                    if (bytes.Count == 0)
                    {
                        break;
                    }
                }

                return ChunkLines.Read(bytes.ToArray()).Value is not { } chunks || chunks.Select((c, i) => c.IsGood && c.Position == i).All(good => good);
            }, seed: "0000KOIPe036", iter: 3_000);
}
