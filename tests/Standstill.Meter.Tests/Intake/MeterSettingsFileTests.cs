using System.Text;
using CsCheck;
using Standstill.Meter.Intake;
using Standstill.Protocol;

namespace Standstill.Meter.Tests.Intake;

public sealed class MeterSettingsFileTests
{
    private const string Good = """
        {"party":"sample-elm-cloud","facility":"sample-elm-1","listen":"http://127.0.0.1:9465","data":"meter",
         "areas":[{"area":"hall-a","match":{"Hostname":"gpu-node-1","job":"dcgm"},"periodMinutes":60}]}
        """;

    private static Parsed<MeterSettings> Read(string json) => MeterSettingsFile.Read(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void A_file_with_the_required_settings_is_read_and_the_rest_has_its_default()
    {
        var settings = Read(Good).OrThrow();

        Assert.Equal([new Label("Hostname", "gpu-node-1"), new Label("job", "dcgm")], settings.Areas[0].Match);
        Assert.Equal((15, 5, 90, 100_000_000_000), (settings.ScrapeSeconds, settings.ChunkMinutes, settings.RetentionDays, settings.DiskLimitBytes));
    }

    [Theory]
    [InlineData("\"data\":\"meter\"", "\"data\":\"meter\",\"retensionDays\":3", "retensionDays")]
    [InlineData("\"periodMinutes\":60", "\"periodMinutes\":61", "areas[0].periodMinutes")]
    [InlineData("\"periodMinutes\":60", "\"period\":60", "areas[0].period")]
    [InlineData("\"area\":\"hall-a\"", "\"area\":\"unassigned\"", "areas[0].area")]
    [InlineData("\"job\":\"dcgm\"", "\"job\":7", "areas[0].match.job")]
    [InlineData("http://127.0.0.1:9465", "here", "listen")]
    [InlineData("\"data\":\"meter\",", "", "data")]
    public void A_fault_names_its_place_and_its_remedy(string good, string bad, string place)
    {
        var fault = Assert.Single(Read(Good.Replace(good, bad)).Faults.Where(f => f.Place == place));

        Assert.NotEmpty(fault.Remedy);
    }

    [Fact]
    public void No_mutation_makes_reading_throw()
    {
        var good = Good.Replace("\"data\":\"meter\"", "\"data\":\"meter\",\"targets\":[{\"name\":\"rack-1\",\"url\":\"http://127.0.0.1:9400/metrics\",\"kind\":\"exporter\"}]", StringComparison.Ordinal);
        Assert.Single(Read(good).OrThrow().Targets);
        string[] odd = ["null", "7", "-1", "1e308", "\"\"", "\"http://\"", "[]", "{}", "[null]", ",", "\"match\":"];
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Int[0, 12], Gen.Int[0, odd.Length - 1].Select(i => odd[i])).Array[1, 3].Sample(
            changes => { _ = Read(changes.Aggregate(good, (text, c) => text[..Math.Min(c.Item1, text.Length)] + c.Item3 + text[Math.Min(c.Item1 + c.Item2, text.Length)..])).IsGood; },
            iter: 20_000,
            seed: "0N0XIzNsQ0O2");
    }
}
