using System.Text;
using CsCheck;
using Standstill.Measurement.Capability.Reading;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Tests.Capability.Reading;

/// <summary>One sample in every form (testdata/runs/SOURCE.md).</summary>
public sealed class RunFileFormsTests
{
    [Theory]
    [InlineData("runs.csv", RunFileFormat.Csv)]
    [InlineData("inspect.json", RunFileFormat.InspectJson)]
    [InlineData("inspect.eval", RunFileFormat.InspectEval)]
    [InlineData("inspect-zstd.eval", RunFileFormat.InspectEval)]
    [InlineData("inspect-zip64.eval", RunFileFormat.InspectEval)]
    [InlineData("inspect-pieces.eval", RunFileFormat.InspectEval)]
    public void Every_form_says_the_same(string file, RunFileFormat format)
    {
        var (lines, other) = (Sample("runs.jsonl"), Sample(file));
        Assert.Equal(lines.Set.Agents, other.Set.Agents);
        Assert.Equal(lines.Set.Families, other.Set.Families);
        Assert.Equal(lines.Set.Tasks, other.Set.Tasks);
        Assert.Equal(lines.Set.Runs, other.Set.Runs);
        Assert.Equal(lines.Notes, other.Notes);
        Assert.Equal((format, 24L), (other.Files[0].Format, other.Files[0].Rows));
    }

    [Fact]
    public void The_sample_is_what_its_maker_wrote()
    {
        var (set, files, notes) = (Sample("runs.jsonl").Set, Sample("runs.jsonl").Files, Sample("runs.jsonl").Notes);
        Assert.Equal(new Agent("sample-lab/sample-a", "sample-lab/sample-a", null), Assert.Single(set.Agents));
        Assert.Equal(["mend", "prove", "sort"], set.Families);
        Assert.Equal(new SuiteTask("sample_suite/mend-2", 0, "Sample Suite", new Minutes(61.5), HumanTimeBasis.Estimated), set.Tasks[1]);
        Assert.Equal(24, set.RunCount);
        Assert.Equal(new RunGroup(0, 4, 1, 1, Fatal: false, Alleged: false, 1), set.Runs.Single(run => run is { Task: 4, Score: 1 }));
        Assert.Equal(["1 runs ended in a fatal error", "1 runs are alleged to have cheated"], notes);
        Assert.Equal(RunFileFormat.JsonLines, files[0].Format);
    }

    [Fact]
    public void Counts_say_as_many_runs_and_successes_at_each_task()
    {
        static IEnumerable<(int, double, int)> Successes(RunSet set) => set.Runs
            .GroupBy(run => (run.Task, run.Score)).Select(cell => (cell.Key.Task, cell.Key.Score, cell.Sum(run => run.Count)));

        var counts = Sample("counts.csv");
        Assert.Equal(RunFileFormat.Counts, counts.Files[0].Format);
        Assert.Equal(Successes(Sample("runs.jsonl").Set), Successes(counts.Set));
        Assert.Equal(6, counts.Files[0].Rows);
    }

    [Theory]
    [InlineData("runs.jsonl")]
    [InlineData("runs.csv")]
    [InlineData("counts.csv")]
    public void The_order_of_the_rows_makes_no_difference(string file)
    {
        var text = File.ReadAllLines(Path.Combine("testdata/runs", file));
        var header = file.EndsWith(".csv", StringComparison.Ordinal) ? 1 : 0;
        var expected = Sample(file);
        Gen.Shuffle(text[header..]).Hold(
            rows =>
            {
                var read = Read(Encoding.UTF8.GetBytes(string.Join('\n', [.. text[..header], .. rows])), file);
                Assert.Equal(expected.Set.Runs, read.Set.Runs);
                Assert.Equal(expected.Set.Tasks, read.Set.Tasks);
                Assert.Equal(expected.Set.Agents, read.Set.Agents);
                Assert.Equal(expected.Notes, read.Notes);
            },
            count: 30);
    }

    [Theory]
    [InlineData("runs.jsonl")]
    [InlineData("runs.csv")]
    [InlineData("inspect.json")]
    public void A_stream_that_gives_a_byte_at_a_time_reads_the_same(string file)
    {
        var reader = new RunFileReader(null);
        using var stream = new Drops(File.ReadAllBytes(Path.Combine("testdata/runs", file)));
        reader.Read(stream, file);
        var read = Assert.IsType<RunFileReading.Read>(reader.Finish());
        Assert.Equal(Sample(file).Set.Runs, read.Set.Runs);
        Assert.Equal(Sample(file).Files, read.Files);
    }

    [Fact]
    public void A_byte_order_mark_before_a_log_makes_no_difference() =>
        Assert.Equal(Sample("inspect.json").Set.Runs, Read([0xEF, 0xBB, 0xBF, .. File.ReadAllBytes("testdata/runs/inspect.json")], "f").Set.Runs);

    internal static RunFileReading.Read Sample(string file) => Read(File.ReadAllBytes(Path.Combine("testdata/runs", file)), file);

    private static RunFileReading.Read Read(byte[] bytes, string file)
    {
        var reader = new RunFileReader(null);
        reader.Read(new MemoryStream(bytes), file);
        var reading = reader.Finish();
        return reading as RunFileReading.Read ?? throw new InvalidOperationException(string.Join('\n', ((RunFileReading.Refused)reading).Faults));
    }

    /// <summary>A stream that gives one byte for each call and cannot seek.</summary>
    private sealed class Drops(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
    }
}
