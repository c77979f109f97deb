using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Standstill.Meter.Formats;
using Standstill.Meter.Scraping;
using Standstill.Meter.Tests.Closing;
using Standstill.Meter.Tests.Scraping;
using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Tests.Formats;

public class RedfishNodesTests
{
    private const string Root = "redfish/public-rackmount1";

    [Fact]
    public void The_published_chassis_has_the_power_of_its_sensor_and_not_that_of_its_supply_too()
    {
        var readings = Directory.EnumerateFiles(Documents.PathOf(Root), "index.json", SearchOption.AllDirectories).SelectMany(f => Redfish.Read(File.ReadAllBytes(f)).Readings).ToList();
        var node = Assert.Single(Nodes(readings));

        Assert.Equal((RedfishNodes.Power, 374.0, "1U"), (node.Name, node.Value, node["chassis"]));
        // Without the sensor of the whole: what the one supply takes in by its metrics, once, though a sensor tells it again.
        var supply = readings.Single(r => r.Name == Redfish.Power && r["scope"] == "supply-input" && r["id"]!.Contains("/Metrics#", StringComparison.Ordinal));
        Assert.Equal(supply.Value, Assert.Single(Nodes(readings.Where(r => r["scope"] != "chassis"))).Value);
    }

    [Fact]
    public void Of_one_power_told_three_times_the_largest_holds_and_nothing_is_added() =>
        Assert.Equal(5010, Assert.Single(Nodes(
            [Of("2U", "chassis", 5000, "EnvironmentMetrics#/PowerWatts"), Of("2U", "chassis", 5010, "Sensors/Total"), Of("2U", "chassis", 4990, "Power#/PowerControl/0"), Of("2U", "supply-input", 9000, "x")])).Value);

    [Fact]
    public void Without_a_figure_of_the_whole_the_supplies_are_added_and_the_parts_are_not() =>
        Assert.Equal(5200, Assert.Single(Nodes(
            [Of("2U", "supply-input", 2600, "Power#/PowerSupplies/0"), Of("2U", "supply-input", 2600, "Power#/PowerSupplies/1"), Of("2U", "supply-input", 2599, "Sensors/PS0"),
             Of("2U", "supply-output", 2400, "Power#/PowerSupplies/0"), Of("2U", "part", 700, "Sensors/GPU0")])).Value);

    [Fact]
    public void A_chassis_that_has_only_parts_has_no_figure() => Assert.Empty(Nodes([Of("GPU", "part", 700, "Sensors/GPU0")]));

    [Fact]
    public void A_chassis_within_a_metered_one_is_not_added_to_it()
    {
        Reading[] readings = [Of("DGX", "chassis", 10_000, "a"), Of("HGX", "chassis", 6000, "a"), Of("GPU_1", "chassis", 700, "a")];
        var within = new Dictionary<string, string> { ["GPU_1"] = "Board", ["Board"] = "HGX", ["HGX"] = "DGX" };

        Assert.Equal(["DGX"], RedfishNodes.Of(readings, within).Select(r => r["chassis"]));
        Assert.Equal(["HGX"], RedfishNodes.Of(readings[1..], within).Select(r => r["chassis"]));
        Assert.Equal(["GPU_1"], RedfishNodes.Of(readings[2..], new Dictionary<string, string> { ["GPU_1"] = "A", ["A"] = "GPU_2", ["GPU_2"] = "A" }).Select(r => r["chassis"]));
    }

    [Fact]
    public void A_document_says_what_its_chassis_is_within() =>
        Assert.Equal(("HGX", "DGX"), Redfish.Read(Documents.Utf8(
            """{"@odata.type":"#Chassis.v1_20_0.Chassis","@odata.id":"/redfish/v1/Chassis/HGX","Links":{"ContainedBy":{"@odata.id":"/redfish/v1/Chassis/DGX"}}}""")).Within);

    [Fact]
    public async Task The_published_service_gives_an_hours_digest_its_energy()
    {
        var answers = new Dictionary<string, RequestDelegate>
        {
            ["/redfish/v1/Chassis"] = Json("""{"@odata.type":"#ChassisCollection.ChassisCollection","Members":[{"@odata.id":"/redfish/v1/Chassis/1U"}]}"""),
            ["/redfish/v1/Chassis/1U"] = Json("""{"@odata.type":"#Chassis.v1_20_0.Chassis","@odata.id":"/redfish/v1/Chassis/1U","Sensors":{"@odata.id":"/redfish/v1/Chassis/1U/Sensors"},"PowerSubsystem":{"@odata.id":"/redfish/v1/Chassis/1U/PowerSubsystem"}}"""),
        };
        foreach (var file in Directory.EnumerateFiles(Documents.PathOf(Root), "index.json", SearchOption.AllDirectories))
        {
            answers["/redfish/v1/" + Path.GetRelativePath(Documents.PathOf(Root), Path.GetDirectoryName(file)!)] = Exporters.Bytes(File.ReadAllBytes(file), "application/json");
        }

        await using var exporters = await Exporters.Start(answers);
        await using var hall = new MeteredHall();
        using var scraper = new Scraper([new ScrapeTarget("bmc", exporters.At("/redfish/v1/Chassis"), TargetKind.Redfish)], ScrapeLimits.Default, hall.Time);
        for (var minute = 0; minute < 66; minute++)
        {
            hall.Time.Pass(TimeSpan.FromMinutes(1));
            var scraped = Assert.Single(await scraper.ScrapeOnce(default));
            await hall.Store.AppendAsync(scraped.Readings, scraped.Time.ToUnixTimeMilliseconds());
            await hall.Store.AppendAsync([new Reading("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", [new Label("UUID", "GPU-0")], 0.5, null)], scraped.Time.ToUnixTimeMilliseconds());
            await hall.Closing.TickAsync();
        }

        var digest = hall.Closed.Find(MeteredHall.Area, MeteredHall.Ms(0))!.Digest;
        // 58 minutes lie between the first sample, at 12:01, and the last of the hour, at 12:59. The node is no accelerator.
        Assert.Equal((EnergySource.Redfish, 1L), (digest.Figures.EnergySource, digest.Chips));
        Assert.Equal(0.374 * 58 / 60, digest.Figures.EnergyKilowattHours, 1e-12);
        Assert.Equal(digest, PeriodDigest.Read(digest.ToJson()).OrThrow());
    }

    private static RequestDelegate Json(string text) => Exporters.Bytes(Documents.Utf8(text), "application/json");

    private static ImmutableArray<Reading> Nodes(IEnumerable<Reading> readings) => RedfishNodes.Of(readings, new Dictionary<string, string>());

    private static Reading Of(string chassis, string scope, double watts, string id) =>
        new(Redfish.Power, [new Label("chassis", chassis), new Label("id", $"/redfish/v1/Chassis/{chassis}/{id}"), new Label("instance", "bmc-1"), new Label("scope", scope)], watts, null);
}
