using Standstill.Meter.Dcgm;
using Standstill.Meter.Formats;
using Standstill.Meter.Tests.Formats;

namespace Standstill.Meter.Tests.Dcgm;

public class CounterProfileTests
{
    [Theory]
    [InlineData("dcgm/default-counters.csv")]
    [InlineData("dcgm/dcp-metrics-included.csv")]
    public void Both_published_profiles_turn_on_25_fields_and_lack_multiprocessor_activity_and_bytes_over_NVLink(string file)
    {
        var profile = CounterProfile.Read(File.ReadAllText(Documents.PathOf(file)));

        Assert.Equal(0, profile.Rejected.Total);
        Assert.Equal(25, profile.Enabled.Length);
        Assert.Equal(["DCGM_FI_DRIVER_VERSION"], profile.Labels);
        Assert.Contains("DCGM_FI_DEV_DEC_UTIL", profile.Enabled);
        Assert.DoesNotContain("DCGM_FI_PROF_SM_ACTIVE", profile.Enabled);
        Assert.Equal(["multiprocessor-activity", "nvlink-traffic"], profile.Missing.Select(m => m.Name));
        Assert.All(profile.Missing, m => Assert.NotEmpty(m.Cost));
    }

    [Fact]
    public void The_real_scrape_has_no_tensor_counter_and_no_energy_and_that_is_said()
    {
        var metrics = new PrometheusText().Read(Documents.Scrape).Readings.Select(r => r.Name).Distinct();

        Assert.Equal(
            ["tensor-activity", "energy", "engine-activity", "multiprocessor-activity", "memory-activity", "nvlink-traffic", "pcie-traffic",
                "multiprocessor-clock", "memory-used", "last-error"],
            MissingQuantity.From(metrics).Select(m => m.Name));
    }

    [Fact]
    public void The_profile_of_the_docs_lacks_nothing()
    {
        var text = File.ReadAllText(Docs("compute/telemetry.md"));
        var start = text.IndexOf("```csv\n", StringComparison.Ordinal) + 7;
        var profile = CounterProfile.Read(text[start..text.IndexOf("```", start, StringComparison.Ordinal)]);

        Assert.Equal(0, profile.Rejected.Total);
        Assert.Empty(profile.Missing);
    }

    [Fact]
    public void The_docs_say_of_every_quantity_what_it_costs_to_lack_it()
    {
        var text = File.ReadAllText(Docs("compute/telemetry.md"));

        Assert.All(MissingQuantity.From([]), m => Assert.Contains($"| {m.Name} | {m.Cost} |", text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_newer_names_turn_on_the_same()
    {
        var newer = CounterProfile.Read("DCGM_FI_PROF_TENSOR_UTIL_RATIO, gauge, x\nDCGM_FI_DEV_BOARD_POWER_WATTS, gauge, x\n");

        Assert.DoesNotContain("tensor-activity", newer.Missing.Select(m => m.Name));
        Assert.DoesNotContain("power", newer.Missing.Select(m => m.Name));
    }

    [Fact]
    public void A_bad_line_is_counted()
    {
        var profile = CounterProfile.Read("DCGM_FI_DEV_GPU_UTIL gauge\n\n# DCGM_FI_DEV_FB_USED, gauge, x\nDCGM_FI_DEV_XID_ERRORS, gouge, x\n, gauge, x\n");

        Assert.Empty(profile.Enabled);
        Assert.Equal(["line 1", "line 4", "line 5"], profile.Rejected.Samples.Select(s => s.Place));
    }

    private static string Docs(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Standstill.slnx")))
        {
            folder = folder.Parent!;
        }
        return Path.Combine(folder.FullName, "docs", name);
    }
}
