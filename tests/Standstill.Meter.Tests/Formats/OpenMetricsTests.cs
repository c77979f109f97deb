using System.Text.Json;
using Standstill.Meter.Formats;

namespace Standstill.Meter.Tests.Formats;

public class OpenMetricsTests
{
    private const string Folder = "openmetrics/tests/testdata/parsers";

    public static TheoryData<string> Malformed => new(Cases(good: false));

    public static TheoryData<string> WellFormed => new(Cases(good: true));

    [Fact]
    public void There_are_211_published_cases_and_167_are_malformed() =>
        Assert.Equal((211, 167), (Directory.GetDirectories(Documents.PathOf(Folder)).Length, Cases(good: false).Count()));

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_published_case_is_refused_with_its_line_and_a_remedy(string name)
    {
        var verdict = OpenMetrics.Verdict(Document(name));

        Assert.NotEqual(0, verdict.Total);
        Assert.All(verdict.Samples, letter =>
        {
            Assert.Matches("^line [0-9]+$", letter.Place);
            Assert.NotEmpty(letter.Kind.Remedy);
        });
    }

    [Theory]
    [MemberData(nameof(WellFormed))]
    public void A_well_formed_published_case_is_accepted(string name) =>
        Assert.Empty(OpenMetrics.Verdict(Document(name)).Samples);

    [Theory]
    [MemberData(nameof(WellFormed))]
    public void Every_sample_of_a_well_formed_case_is_read(string name)
    {
        var lines = File.ReadLines(Documents.PathOf($"{Folder}/{name}/metrics")).Count(l => !l.StartsWith('#'));
        var read = new OpenMetrics().Read(Document(name));

        // One case has a time in the year 391 billion, which is good OpenMetrics and no time.
        Assert.Equal(lines, read.Readings.Length + read.Rejected[TextFault.TimeRange]);
        Assert.Equal(name == "timestamps" ? 1 : 0, read.Rejected.Total);
    }

    [Theory]
    [InlineData("bad_counter_values_0", "line 2: `a_total NaN` has a value that its type does not have")]
    [InlineData("bad_blank_line", "line 2: is a blank line")]
    [InlineData("bad_no_eof", "line 0: does not end with `# EOF`")]
    [InlineData("bad_clashing_names_2", "has a name that another metric family has")]
    [InlineData("bad_grouping_or_ordering_4", "line 3: `a 0 -2` goes back in time")]
    [InlineData("bad_histograms_11", "ends a histogram that is not whole")]
    [InlineData("bad_exemplars_6", "has a bad exemplar")]
    [InlineData("bad_invalid_labels_2", "has a label twice")]
    [InlineData("bad_unit_4", "is a unit that is not the end of the family's name")]
    [InlineData("bad_timestamp_4", "`a 1 NaN` has a bad timestamp")]
    [InlineData("bad_text_after_eof_0", "line 3: `blah` comes after `# EOF`")]
    public void A_refusal_names_what_is_wrong(string name, string said) =>
        Assert.Contains(OpenMetrics.Verdict(Document(name)).Samples, letter => letter.ToString().Contains(said, StringComparison.Ordinal));

    [Fact]
    public void One_bad_line_costs_one_reading()
    {
        var read = new OpenMetrics().Read("# TYPE a gauge\na{x=\"1\"} 1\na{x=2} 2\na{x=\"3\"} 3\n# EOF\n"u8);

        Assert.Equal([1.0, 3.0], read.Readings.Select(r => r.Value));
        Assert.Equal("line 3: `a{x=2} 2` has a label without a value in double quotes; write `name=\"value\"`, with `\"`, `\\` and line breaks escaped",
            Assert.Single(read.Rejected.Samples).ToString());
    }

    [Fact]
    public void Without_EOF_the_readings_are_kept_and_the_cut_is_counted()
    {
        var read = new OpenMetrics().Read("a 1\nb 2\n"u8);

        Assert.Equal(2, read.Readings.Length);
        Assert.Equal((1, 1), (read.Rejected.Total, read.Rejected[TextFault.NoEof]));
    }

    [Fact]
    public void A_number_that_may_be_cut_short_is_not_read()
    {
        var read = new OpenMetrics().Read("a 1\nb 11"u8);

        Assert.Equal("a", Assert.Single(read.Readings).Name);
        Assert.Equal(1, read.Rejected[TextFault.CutShort]);
    }

    [Fact]
    public void Seconds_become_milliseconds()
    {
        var read = new OpenMetrics().Read("# TYPE a gauge\na 1 1520430000.123\n# EOF\n"u8);

        Assert.Equal(1_520_430_000_123, Assert.Single(read.Readings).TimeMs);
    }

    [Fact]
    public void Labels_are_unescaped_and_sorted()
    {
        var reading = Assert.Single(new OpenMetrics().Read(Documents.Utf8("a{b=\"x\\\\y\\n\\\"z\\q\",a=\"1\",c=\"\"} 2\n# EOF\n")).Readings);

        Assert.Equal([new Label("a", "1"), new Label("b", "x\\y\n\"z\\q")], reading.Labels);
    }

    private static byte[] Document(string name) => Documents.Bytes($"{Folder}/{name}/metrics");

    private static IEnumerable<string> Cases(bool good) =>
        from folder in Directory.GetDirectories(Documents.PathOf(Folder))
        where JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "test.json"))).RootElement.GetProperty("shouldParse").GetBoolean() == good
        orderby folder
        select Path.GetFileName(folder);
}
