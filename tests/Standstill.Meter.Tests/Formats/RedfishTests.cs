using Standstill.Meter.Formats;

namespace Standstill.Meter.Tests.Formats;

public class RedfishTests
{
    private const string Chassis = "redfish/public-rackmount1/Chassis/1U";

    [Fact]
    public void The_published_chassis_has_one_power_and_one_energy_of_the_whole()
    {
        var readings = All().SelectMany(d => d.Readings).ToList();
        var whole = readings.Where(r => r["scope"] == "chassis").ToList();

        Assert.Equal([(Redfish.Energy, 325675.0), (Redfish.Power, 374.0)], whole.Select(r => (r.Name, r.Value)).Order());
        Assert.All(readings, r => Assert.Equal("1U", r["chassis"]));
        // PS1 as a sensor and by its metrics, in, out and energy; the processor. The other supply is absent.
        Assert.Equal(
            [("part", 1), ("supply-input", 4), ("supply-output", 1)],
            readings.Where(r => r["scope"] != "chassis").GroupBy(r => r["scope"]).Select(g => (g.Key!, g.Count())).Order());
        Assert.Equal(0, All().Sum(d => d.Rejected.Total));
    }

    [Fact]
    public void A_sensor_says_its_place_and_its_time()
    {
        var reading = Assert.Single(Redfish.Read(Documents.Bytes($"{Chassis}/Sensors/TotalPower/index.json")).Readings);

        Assert.Equal("/redfish/v1/Chassis/1U/Sensors/TotalPower", reading["id"]);
        Assert.Equal(DateTimeOffset.Parse("2019-08-12T22:14:33Z").ToUnixTimeMilliseconds(), reading.TimeMs);
    }

    [Fact]
    public void The_collection_of_sensors_leads_to_its_41_members() =>
        Assert.Equal(41, Redfish.Read(Documents.Bytes($"{Chassis}/Sensors/index.json")).Links.Length);

    [Fact]
    public void Environment_metrics_of_a_chassis_are_the_whole_and_those_of_a_processor_a_part()
    {
        const string document = """
            {"@odata.type":"#EnvironmentMetrics.v1_3_0.EnvironmentMetrics","@odata.id":"/redfish/v1/PLACE/EnvironmentMetrics",
             "PowerWatts":{"Reading":5120.5,"DataSourceUri":"/x"},"EnergykWh":{"Reading":12.25}}
            """;
        var chassis = Read(document.Replace("PLACE", "Chassis/HGX_1"));

        Assert.Equal([(Redfish.Power, 5120.5), (Redfish.Energy, 12.25)], chassis.Readings.Select(r => (r.Name, r.Value)));
        Assert.All(chassis.Readings, r => Assert.Equal(("HGX_1", "chassis"), (r["chassis"], r["scope"])));
        Assert.All(Read(document.Replace("PLACE", "Systems/HGX/Processors/GPU_0")).Readings, r => Assert.Equal("part", r["scope"]));
    }

    [Fact]
    public void The_older_schema_of_power_is_read()
    {
        var read = Read("""
            {"@odata.type":"#Power.v1_5_0.Power","@odata.id":"/redfish/v1/Chassis/2U/Power",
             "PowerControl":[{"PowerConsumedWatts":800,"Status":{"State":"Enabled"}},{"PowerConsumedWatts":90,"PhysicalContext":"CPU"}],
             "PowerSupplies":[{"PowerInputWatts":450,"PowerOutputWatts":400},{"PowerInputWatts":null},{"PowerInputWatts":1,"Status":{"State":"Disabled"}}]}
            """);

        Assert.Equal([("chassis", 800.0), ("part", 90.0), ("supply-input", 450.0), ("supply-output", 400.0)], read.Readings.Select(r => (r["scope"]!, r.Value)));
        Assert.Equal("/redfish/v1/Chassis/2U/Power#/PowerControl/0", read.Readings[0]["id"]);
        Assert.Equal(["redfish/null-reading", "redfish/not-enabled"], read.Rejected.Samples.Select(s => s.Kind.Name));
    }

    [Theory]
    [InlineData("Chassis", "", "chassis")]
    [InlineData("PowerSupply", "Input", "supply-input")]
    [InlineData("PowerSupply", "", "supply-input")]
    [InlineData("PowerSupply", "Output", "supply-output")]
    [InlineData("GPU", "", "part")]
    [InlineData("", "", "part")]
    public void A_sensor_is_of_the_whole_a_supply_or_a_part(string context, string within, string scope) =>
        Assert.Equal(scope, Assert.Single(Read(
            $$"""{"@odata.type":"#Sensor.v1_6_0.Sensor","ReadingType":"Power","Reading":1,"PhysicalContext":"{{context}}","PhysicalSubContext":"{{within}}"}""").Readings)["scope"]);

    [Theory]
    [InlineData("EnergykWh", "kW.h", 2.5, 2.5)]
    [InlineData("EnergyWh", "W.h", 2500, 2.5)]
    [InlineData("EnergyJoules", "J", 9e6, 2.5)]
    public void Energy_comes_in_three_units(string type, string unit, double raw, double kilowattHours) =>
        Assert.Equal(kilowattHours, Assert.Single(Read(FormattableString.Invariant(
            $$"""{"@odata.type":"#Sensor.v1_6_0.Sensor","ReadingType":"{{type}}","ReadingUnits":"{{unit}}","Reading":{{raw}}}""")).Readings).Value, 1e-12);

    [Theory]
    [InlineData("""{"@odata.type":"#Sensor.v1_6_0.Sensor","ReadingType":"Power","Reading":null}""", "redfish/null-reading")]
    [InlineData("""{"@odata.type":"#Sensor.v1_6_0.Sensor","ReadingType":"Power","Reading":1,"Status":{"State":"UnavailableOffline"}}""", "redfish/not-enabled")]
    [InlineData("""{"@odata.type":"#Sensor.v1_6_0.Sensor","ReadingType":"Power","Reading":"374"}""", "redfish/reading")]
    [InlineData("""{"@odata.type":"#Sensor.v1_6_0.Sensor","ReadingType":"Power","Reading":1e999}""", "redfish/reading")]
    [InlineData("""{"@odata.type":"#Sensor.v1_6_0.Sensor","ReadingType":"Power","Reading":-1}""", "redfish/reading")]
    [InlineData("""{"@odata.type":"#Sensor.v1_6_0.Sensor","ReadingType":"Power","Reading":1,"ReadingUnits":"kW"}""", "redfish/unit")]
    [InlineData("""{"@odata.type":"#Sensor.v1_6_0.Sensor","@odata.id":"\ud800","ReadingType":"Power","Reading":1}""", "redfish/json")]
    [InlineData("""{"Reading":1,"Reading":2}""", "redfish/json")]
    [InlineData("[1]", "redfish/json")]
    [InlineData("<html>", "redfish/json")]
    [InlineData("", "redfish/json")]
    public void What_is_no_reading_is_counted_and_not_taken(string document, string kind)
    {
        var read = Read(document);

        Assert.Empty(read.Readings);
        Assert.Equal(kind, Assert.Single(read.Rejected.Samples).Kind.Name);
    }

    [Fact]
    public void Depth_and_size_are_limited()
    {
        Assert.Equal("redfish/json", Assert.Single(Read(new string('[', 100_000)).Rejected.Samples).Kind.Name);
        Assert.Equal("redfish/too-large", Assert.Single(Read(new string(' ', Redfish.DocumentBytes + 1)).Rejected.Samples).Kind.Name);
    }

    [Theory]
    [InlineData("http://192.0.2.1/redfish/v1/Chassis/1")]
    [InlineData("//192.0.2.1/redfish/v1")]
    [InlineData("/redfish/v1/../../etc")]
    [InlineData("/admin")]
    public void A_document_cannot_send_the_meter_elsewhere(string link) =>
        Assert.Empty(Read($$"""{"@odata.type":"#ChassisCollection.ChassisCollection","Members":[{"@odata.id":"{{link}}"}]}""").Links);

    private static RedfishDocument Read(string json) => Redfish.Read(Documents.Utf8(json));

    private static IEnumerable<RedfishDocument> All() =>
        Directory.EnumerateFiles(Documents.PathOf(Chassis), "index.json", SearchOption.AllDirectories).Order().Select(f => Redfish.Read(File.ReadAllBytes(f)));
}
