using Standstill.Meter.Formats;

namespace Standstill.Meter.Tests.Formats;

public class PrometheusTextTests
{
    [Fact]
    public void The_real_scrape_of_eight_idle_H100_is_read_whole()
    {
        var read = new PrometheusText().Read(Documents.Scrape);

        Assert.Equal(0, read.Rejected.Total);
        Assert.Equal(30, read.Readings.Length);
        Assert.Equal(
            [("DCGM_FI_DEV_GPU_TEMP", 8), ("DCGM_FI_DEV_POWER_USAGE", 8), ("DCGM_FI_DEV_GPU_UTIL", 8), ("DCGM_FI_DEV_MEM_COPY_UTIL", 6)],
            read.Readings.GroupBy(r => r.Name).Select(g => (g.Key, g.Count())));
        // The figures were added up by hand from the file.
        Assert.Equal(583.767, read.Readings.Where(r => r.Name == "DCGM_FI_DEV_POWER_USAGE").Sum(r => r.Value), 1e-9);
        Assert.Equal(222, read.Readings.Where(r => r.Name == "DCGM_FI_DEV_GPU_TEMP").Sum(r => r.Value));
        Assert.Equal(0, read.Readings.Where(r => r.Name == "DCGM_FI_DEV_GPU_UTIL").Sum(r => r.Value));
        Assert.All(read.Readings, r => Assert.Null(r.TimeMs));
    }

    [Fact]
    public void A_reading_has_the_labels_that_the_exporter_wrote()
    {
        var power = new PrometheusText().Read(Documents.Scrape).Readings[8];

        Assert.Equal(113.611, power.Value);
        Assert.Equal("GPU-c4529c8d-69c4-b61d-e0bc-7b2460096005", power["UUID"]);
        Assert.Equal("NVIDIA H100 80GB HBM3", power["modelName"]);
        Assert.Equal("vllm-agg-0-vllmdecodeworker-s65j5", power["pod"]);
        Assert.Null(power["pod_uid"]);
        Assert.Equal(power.Labels.Select(l => l.Name).Order(StringComparer.Ordinal), power.Labels.Select(l => l.Name));
    }

    [Fact]
    public void A_bad_line_is_counted_and_the_others_are_kept()
    {
        var read = new PrometheusText().Read(Documents.Utf8("a 1\nb{x=\"1} 2\nc 3 x\nd 4 5 6\n0e 5\nf 0x10\ng{a=\"1\",a=\"2\"} 6\nh 7\n"));

        Assert.Equal(["a", "h"], read.Readings.Select(r => r.Name));
        Assert.Equal(
            ["line 2 text/label-value", "line 3 text/time", "line 4 text/trailing", "line 5 text/metric-name", "line 6 text/value", "line 7 text/label-twice"],
            read.Rejected.Samples.Select(l => $"{l.Place} {l.Kind.Name}"));
    }

    [Theory]
    [InlineData("a 1", "a", 1.0, null)]
    [InlineData("  a  \t 1  ", "a", 1.0, null)]
    [InlineData("a{} 1 -5", "a", 1.0, -5L)]
    [InlineData("a { b = \"c\" , } 1.5e3 1520430000123", "a", 1500.0, 1520430000123L)]
    [InlineData("a:b_c +Inf", "a:b_c", double.PositiveInfinity, null)]
    [InlineData("a -inf", "a", double.NegativeInfinity, null)]
    [InlineData("a NaN", "a", double.NaN, null)]
    [InlineData("a .5", "a", 0.5, null)]
    [InlineData("a 9223372036854775794", "a", 9223372036854775808.0, null)]
    [InlineData("a 0000000000000000000000000000000000000000001.2e-1", "a", 0.12, null)]
    [InlineData("a 1\r", "a", 1.0, null)]
    public void A_line_is_read_as_the_format_says(string line, string name, double value, long? time)
    {
        var reading = Assert.Single(new PrometheusText().Read(Documents.Utf8(line + "\n")).Readings);

        Assert.Equal((name, value, time), (reading.Name, reading.Value, reading.TimeMs));
    }

    [Theory]
    [InlineData("a", "text/value")]
    [InlineData("a 1_2", "text/value")]
    [InlineData("a 1e999", "text/value-range")]
    [InlineData("a ١", "text/value")]
    [InlineData("a 1 99999999999999999999", "text/time-range")]
    [InlineData("a 1 253402300800000", "text/time-range")]
    [InlineData("a 1 1.5", "text/time")]
    [InlineData("a{b=\"c\",,} 1", "text/label-separator")]
    [InlineData("a{b=\"c\" d=\"e\"} 1", "text/label-separator")]
    [InlineData("a{__name__=\"c\"} 1", "text/label-name")]
    [InlineData("a{b:c=\"c\"} 1", "text/label-name")]
    [InlineData("# TYPE a gauges", "text/metadata")]
    [InlineData("# HELP 1a what", "text/metadata")]
    public void A_bad_line_has_a_name(string line, string kind)
    {
        var read = new PrometheusText().Read(Documents.Utf8(line + "\n"));

        Assert.Empty(read.Readings);
        Assert.Equal(kind, Assert.Single(read.Rejected.Samples).Kind.Name);
    }

    [Fact]
    public void A_label_that_is_no_UTF8_is_not_read()
    {
        var read = new PrometheusText().Read([.. "a{b=\""u8, 0xff, 0xc0, .. "\"} 1\nb 2\n"u8]);

        Assert.Equal("b", Assert.Single(read.Readings).Name);
        Assert.Equal("line 1: `a{b=\"\\xff\\xc0\"} 1` is not UTF-8; write labels in UTF-8", Assert.Single(read.Rejected.Samples).ToString());
    }

    [Fact]
    public void The_last_line_without_its_line_break_is_not_read()
    {
        var read = new PrometheusText().Read("a 113.611\na 11"u8);

        Assert.Equal(113.611, Assert.Single(read.Readings).Value);
        Assert.Equal(1, read.Rejected[TextFault.CutShort]);
    }

    [Fact]
    public void A_line_that_is_too_long_is_skipped_and_shown_in_part()
    {
        var read = new PrometheusText().Read(Documents.Utf8($"a{{b=\"{new string('x', 100_000)}\"}} 1\nb 2\n"));

        Assert.Equal("b", Assert.Single(read.Readings).Name);
        var letter = Assert.Single(read.Rejected.Samples);
        Assert.Equal(("text/line-too-long", 201), (letter.Kind.Name, letter.Sample.Length));
    }

    [Fact]
    public void More_than_128_labels_are_not_read()
    {
        var labels = string.Join(',', Enumerable.Range(0, 129).Select(i => $"l{i}=\"1\""));

        Assert.Equal("text/label-too-many", Assert.Single(new PrometheusText().Read(Documents.Utf8($"a{{{labels}}} 1\n")).Rejected.Samples).Kind.Name);
    }

    [Fact]
    public void A_second_scrape_of_the_same_series_reads_the_same()
    {
        var reader = new PrometheusText();

        Assert.Equal(reader.Read(Documents.Scrape).Readings, reader.Read(Documents.Scrape).Readings);
    }

    [Fact]
    public void Ten_thousand_bad_lines_are_a_number_and_eight_samples()
    {
        var read = new PrometheusText().Read(Documents.Utf8(string.Concat(Enumerable.Repeat("!\n", 10_000))));

        Assert.Equal((10_000, 8), (read.Rejected.Total, read.Rejected.Samples.Length));
    }
}
