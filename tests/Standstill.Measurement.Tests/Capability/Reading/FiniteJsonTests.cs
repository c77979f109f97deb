using System.Text;
using CsCheck;
using Standstill.Measurement.Capability.Reading;

namespace Standstill.Measurement.Tests.Capability.Reading;

/// <summary>Numbers that Python writes and JSON does not have, through the reader: no field of ours reads them otherwise than as absent.</summary>
public sealed class FiniteJsonTests
{
    [Theory]
    [InlineData("\"score_cont\":NaN")]
    [InlineData("\"score_cont\":Infinity")]
    [InlineData("\"score_cont\":-Infinity")]
    [InlineData("\"score_cont\":null,\"further\":[NaN,-Infinity,{\"x\":Infinity}]")]
    [InlineData("\"further\":\"a \\\" NaN\",\"score_cont\":NaN")]
    public void A_number_that_is_not_finite_is_absent(string fields)
    {
        var read = Assert.IsType<RunFileReading.Read>(RunFileReaderTests.Read(Row(fields)));
        Assert.Null(Assert.Single(read.Set.Runs).Continuous);
    }

    [Theory]
    [InlineData("\"score_cont\":N")]
    [InlineData("\"score_cont\":Nan")]
    [InlineData("\"score_cont\":-Inf")]
    [InlineData("\"score_cont\":-")]
    [InlineData("\"score_cont\":NaNN")]
    [InlineData("\"score_cont\":1NaN")]
    public void What_only_looks_like_one_is_no_JSON(string fields) =>
        Assert.Equal(
            "f.jsonl: line 1, line: it is not JSON; write each run as one JSON object in UTF-8",
            Assert.Single(Assert.IsType<RunFileReading.Refused>(RunFileReaderTests.Read(Row(fields))).Faults).ToString());

    [Fact]
    public void Strings_keep_the_words()
    {
        var read = Assert.IsType<RunFileReading.Read>(RunFileReaderTests.Read(Row("\"further\":NaN,\"model\":\"NaN \\\\\\\" -Infinity\"")));
        Assert.Equal("NaN \\\" -Infinity", read.Set.Agents[0].Model);
    }

    [Fact]
    public void A_log_says_the_same_however_its_stream_is_cut()
    {
        var bytes = File.ReadAllBytes("testdata/runs/inspect.json");
        var whole = RunFileFormsTests.Sample("inspect.json").Set.Runs;
        Gen.Int[1, 5000].Hold(
            most =>
            {
                var reader = new RunFileReader(null);
                using var stream = new Pieces(bytes, most);
                reader.Read(stream, "f");
                Assert.Equal(whole, Assert.IsType<RunFileReading.Read>(reader.Finish()).Set.Runs);
            },
            count: 40);
    }

    private static byte[] Row(string fields) =>
        Encoding.UTF8.GetBytes($$"""{"task_id":"t","task_family":"f","alias":"a","score_binarized":1,"human_minutes":5,{{fields}}}""");

    private sealed class Pieces(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);
    }
}
