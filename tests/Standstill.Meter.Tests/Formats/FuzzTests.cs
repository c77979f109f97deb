using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Standstill.Meter.Dcgm;
using Standstill.Meter.Formats;

namespace Standstill.Meter.Tests.Formats;

/// <summary>Whatever arrives, a reader ends, throws nothing, and accounts for each line.</summary>
public class FuzzTests
{
    private static readonly byte[][] TextLines = [.. Lines(Documents.Scrape)];

    private static readonly byte[][] OpenMetricsDocuments =
    [
        .. Directory.GetDirectories(Documents.PathOf("openmetrics/tests/testdata/parsers")).Order().Select(d => File.ReadAllBytes(Path.Combine(d, "metrics"))),
    ];

    private static readonly byte[][] RedfishDocuments =
    [
        .. Directory.EnumerateFiles(Documents.PathOf("redfish"), "index.json", SearchOption.AllDirectories).Order().Select(File.ReadAllBytes),
    ];

    private static readonly string[] Tokens =
    [
        "{", "}", "\"", "\\", ",", "=", " ", "\t", "\n", "\r\n", "#", "# TYPE ", "# EOF\n", "NaN", "+Inf", "1e999", "-1", "0x1p3", "\0", "\u00e9", "|", "gres/gpu=",
        "null", "[", "]", ":", "1e400", "\\ud800", "Unknown", "99999999999999999999", "9999-12-31T23:59:59", "_total", "le=\"", "\uFEFF", "١",
    ];

    /// <summary>One to six edits of a document: bytes changed, put in, taken out, doubled, cut off, or tokens of the formats put in.</summary>
    private static Gen<byte[]> Mutations(byte[][] seeds) =>
        Gen.Int[0, seeds.Length - 1].SelectMany(s =>
            Gen.Select(Gen.Int[0, 6], Gen.Int[0, 1_000_000], Gen.Byte, Gen.Int[0, Tokens.Length - 1]).Array[1, 6]
                .Select(edits => edits.Aggregate(seeds[s], Edit)));

    [Fact]
    public void Mutated_Prometheus_text_is_read_line_by_line_and_each_line_is_accounted_for()
    {
        // One reader for all, as for a target: what it remembers of one text must not change how it reads the next.
        var reader = new PrometheusText();
        Mutations(TextLines).Sample(
            text =>
            {
                var read = reader.Read(text);
                if (!read.Readings.SequenceEqual(new PrometheusText().Read(text).Readings))
                {
                    return false;
                }
                var lines = Lines(text).Count(l => !Stripped(l).IsEmpty);
                var comments = Lines(text).Count(l => Stripped(l).StartsWith("#"u8));
                Check(read.Readings);
                var taken = read.Readings.Length + read.Rejected.Total;
                return taken <= lines && taken >= lines - comments;
            },
            seed: "0N0XIzNsQ0O2", iter: 150_000, threads: 1);
    }

    [Fact]
    public void Mutated_OpenMetrics_is_read_and_judged()
    {
        Mutations(OpenMetricsDocuments).Sample(
            text =>
            {
                var read = new OpenMetrics().Read(text);
                Check(read.Readings);
                var verdict = OpenMetrics.Verdict(text);
                return verdict.Total <= read.Rejected.Total && read.Readings.Length <= Lines(text).Count();
            },
            seed: "0N0XIzNsQ0O2", iter: 100_000, threads: 2);
    }

    [Fact]
    public void Random_bytes_are_read_by_every_reader()
    {
        Gen.Byte.Array[0, 400].Sample(
            bytes =>
            {
                Check(new PrometheusText().Read(bytes).Readings);
                Check(new OpenMetrics().Read(bytes).Readings);
                Check(Redfish.Read(bytes).Readings);
                var text = Encoding.Latin1.GetString(bytes);
                SlurmAccounting.Read(text);
                CounterProfile.Read(text);
            },
            seed: "0N0XIzNsQ0O2", iter: 20_000, threads: 2);
    }

    [Fact]
    public void Mutated_Redfish_documents_are_read()
    {
        Mutations(RedfishDocuments).Sample(bytes => Check(Redfish.Read(bytes).Readings), seed: "0N0XIzNsQ0O2", iter: 50_000, threads: 2);
    }

    [Fact]
    public void Mutated_accounting_is_read_and_no_hours_are_made_up()
    {
        var from = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        Mutations([Documents.Bytes("slurm/sacct-parsable2.txt")]).Sample(
            bytes =>
            {
                foreach (var job in SlurmAccounting.Read(Encoding.UTF8.GetString(bytes)).Jobs)
                {
                    var hours = job.GpuHours(from, from.AddDays(1), from.AddDays(1));
                    if (!(hours >= 0 && hours <= 24.0 * job.Gpus) || job.End < job.Start)
                    {
                        return false;
                    }
                }
                return true;
            },
            seed: "0N0XIzNsQ0O2", iter: 50_000, threads: 2);
    }

    [Fact]
    public void Mutated_lists_of_counters_are_read()
    {
        Mutations([Documents.Bytes("dcgm/default-counters.csv")]).Sample(
            bytes => _ = CounterProfile.Read(Encoding.UTF8.GetString(bytes)).Missing, seed: "0N0XIzNsQ0O2", iter: 10_000, threads: 2);
    }

    [Fact]
    public void Any_number_in_any_field_is_data_in_its_range_or_none()
    {
        var numbers = Gen.OneOf(Gen.Double, Gen.Double[-2, 2], Gen.Long.Select(l => (double)l), Gen.Int[0, 3].Select(i => new[] { 2147483632.0, 140737488355328.0, 9.3e18, double.NaN }[i]));
        Gen.Select(Gen.Int[0, DcgmFields.All.Length - 1], numbers).Sample(
            (field, raw) =>
            {
                var read = DcgmFields.All[field].Read(raw);
                return read.State == FieldState.Taken
                    ? read.Value >= DcgmFields.All[field].Least && read.Value <= DcgmFields.All[field].Greatest
                    : read.Value == 0;
            },
            seed: "0N0XIzNsQ0O2", iter: 100_000, threads: 2);
    }

    [Fact]
    public void What_is_written_by_the_rules_is_read_back()
    {
        var name = Gen.Char["abcXYZ_0189"].Array[1, 8].Select(c => "n" + new string(c));
        var value = Gen.Char["az09 \\\"\n{}=,#é"].Array[1, 12].Select(c => new string(c));
        var series = Gen.Select(name, Gen.Select(name, value).Array[0, 5], Gen.OneOf(Gen.Double.Where(double.IsFinite), Gen.Bool.Select(b => b ? double.NaN : double.PositiveInfinity)));
        Gen.Select(series, Gen.Long[-1_000_000_000, 4_000_000_000_000]).Sample(
            (s, ms) =>
            {
                var labels = s.Item2.DistinctBy(l => l.Item1).Select(l => new Label(l.Item1, l.Item2)).OrderBy(l => l.Name, StringComparer.Ordinal).ToImmutableArray();
                var written = string.Join(',', labels.Select(l => $"{l.Name}=\"{l.Value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\""));
                var number = double.IsNaN(s.Item3) ? "NaN" : double.IsInfinity(s.Item3) ? "+Inf" : s.Item3.ToString("R");
                var expected = new Reading(s.Item1, labels, s.Item3, ms);

                var text = new PrometheusText().Read(Documents.Utf8($"{s.Item1}{{{written}}} {number} {ms}\n"));
                var seconds = ((decimal)ms / 1000).ToString();
                var openMetrics = new OpenMetrics().Read(Documents.Utf8($"{s.Item1}{{{written}}} {number} {seconds}\n# EOF\n"));
                return text.Readings.SequenceEqual([expected]) && openMetrics.Readings.SequenceEqual([expected]) && openMetrics.Rejected.Total == 0;
            },
            seed: "0N0XIzNsQ0O2", iter: 50_000, threads: 2);
    }

    // Each would take hours in a reader whose time grows with the square of its input: there is no assertion on time, and none is needed.
    [Theory]
    [InlineData("a line of quotes", "a{b=\"", "\\\"", 8_000_000)]
    [InlineData("a line of labels", "a{", "b=\"\",", 2_000_000)]
    [InlineData("a line of blanks", "a", " ", 16_000_000)]
    [InlineData("a number of digits", "a ", "1", 16_000_000)]
    [InlineData("lines of nothing", "", "\n", 8_000_000)]
    [InlineData("lines of garbage", "", "!\n", 2_000_000)]
    [InlineData("one series again and again", "", "a{b=\"c\"} 1\n", 500_000)]
    [InlineData("families that interleave", "", "a 1\nb 1\n", 250_000)]
    [InlineData("metadata", "", "# TYPE a histogram\n", 400_000)]
    [InlineData("arrays of JSON", "{\"a\":", "[", 500_000)]
    [InlineData("columns", "JobID|State|Start|End|AllocTRES", "|x", 2_000_000)]
    public void Large_inputs_are_read_in_time_that_grows_with_their_size(string what, string start, string repeated, int times)
    {
        Assert.NotEmpty(what);
        var text = start + new StringBuilder().Insert(0, repeated, times);
        var bytes = Documents.Utf8(text + "\n");

        Check(new PrometheusText().Read(bytes).Readings);
        Check(new OpenMetrics().Read(bytes).Readings);
        Check(Redfish.Read(bytes.AsMemory(0, Math.Min(bytes.Length, Redfish.DocumentBytes))).Readings);
        Assert.InRange(SlurmAccounting.Read(text).Rejected.Samples.Length, 1, 8);
        Assert.InRange(CounterProfile.Read(text).Rejected.Samples.Length, 0, 8);
    }

    [Fact]
    public void A_hundred_thousand_series_that_differ_are_read_and_forgotten()
    {
        var reader = new PrometheusText();
        var text = Documents.Utf8(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{{b=\"{i}\"}} {i}\n")));

        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(100_000, reader.Read(text).Readings.Length);
        }
        var openMetrics = new OpenMetrics().Read([.. "# TYPE a gauge\n"u8, .. text, .. "# EOF\n"u8]);
        Assert.Equal((100_000, 0L), (openMetrics.Readings.Length, openMetrics.Rejected.Total));
    }

    [Fact]
    public void A_document_of_many_controls_with_a_long_path_stays_small()
    {
        var document = $$"""
            {"@odata.type":"#Power.v1_5_0.Power","@odata.id":"/redfish/v1/Chassis/{{new string('x', 500_000)}}",
             "PowerControl":[{{string.Join(',', Enumerable.Repeat("{\"PowerConsumedWatts\":1}", 10_000))}}]}
            """;

        var read = Redfish.Read(Documents.Utf8(document));
        Assert.Equal(Redfish.Elements, read.Readings.Length);
        Assert.All(read.Readings, r => Assert.InRange(r["id"]!.Length, 1, 40));
    }

    private static void Check(ImmutableArray<Reading> readings)
    {
        foreach (var reading in readings)
        {
            var previous = "";
            foreach (var (name, value) in reading.Labels)
            {
                if (string.CompareOrdinal(previous, name) >= 0 || name == "__name__")
                {
                    throw new InvalidOperationException($"labels of {reading} are out of order");
                }
                if (value.Length == 0)
                {
                    throw new InvalidOperationException($"a label of {reading} is empty");
                }
                previous = name;
            }
            if (reading.Name.Length == 0 || reading.TimeMs is < -62_135_596_800_000 or > 253_402_300_799_999)
            {
                throw new InvalidOperationException($"{reading} has no name, or a time that is none");
            }
        }
    }

    /// <summary>Without its line break, one carriage return before it, and blanks in front.</summary>
    private static ReadOnlySpan<byte> Stripped(ReadOnlySpan<byte> line)
    {
        line = line.EndsWith("\n"u8) ? line[..^1] : line;
        line = line.EndsWith("\r"u8) ? line[..^1] : line;
        return line.TrimStart(" \t"u8);
    }

    private static IEnumerable<byte[]> Lines(byte[] text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = Array.IndexOf(text, (byte)'\n', at);
            var next = end < 0 ? text.Length : end + 1;
            yield return text[at..next];
            at = next;
        }
    }

    private static byte[] Edit(byte[] text, (int Kind, int At, byte Byte, int Token) edit)
    {
        var at = text.Length == 0 ? 0 : edit.At % text.Length;
        var token = Encoding.UTF8.GetBytes(Tokens[edit.Token]);
        return edit.Kind switch
        {
            0 when text.Length > 0 => [.. text[..at], edit.Byte, .. text[(at + 1)..]],
            1 => [.. text[..at], edit.Byte, .. text[at..]],
            2 when text.Length > 0 => [.. text[..at], .. text[(at + 1)..]],
            3 => [.. text[..at], .. text[at..Math.Min(text.Length, at + edit.Byte)], .. text[at..]],
            4 => text[..at],
            5 => [.. text[..at], .. text[Math.Min(text.Length, at + edit.Byte)..]],
            _ => [.. text[..at], .. token, .. text[at..]],
        };
    }
}
