using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Standstill.Live.Http;

namespace Standstill.Live.Tests;

/// <summary>The HTTP of one host, with good and bad requests.</summary>
public sealed class LiveHttpTests : IAsyncLifetime
{
    private LiveHost host = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        host = await LiveHost.StartAsync(new LiveSettings { Listen = new Uri("http://127.0.0.1:0") }, TimeProvider.System);
        http = new HttpClient { BaseAddress = host.Address };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task What_is_opened_and_posted_is_answered_and_can_be_read()
    {
        var opened = await SendAsync("/areas", HttpBodies.Opening(SampleAreas.Opening("sample-ash", 10)).ToJsonString());
        Assert.Equal(HttpStatusCode.OK, opened.Status);
        var periods = Enumerable.Range(0, 10).SelectMany(i => SampleAreas.Periods(i, 100).Select(p => new AreaPeriod(SampleAreas.Key("sample-ash", i), p))).ToArray();

        var posted = await SendAsync("/periods", HttpBodies.Periods(periods).ToJsonString());

        Assert.Equal(HttpStatusCode.OK, posted.Status);
        Assert.All(posted.Body["outcomes"]!.AsArray(), o => Assert.Equal("posted", (string)o!["result"]!));
        var area = JsonNode.Parse(await http.GetStringAsync("/areas/sample-ash/site-0/hall-9"))!;
        Assert.Equal(100, (int)area["standing"]!["periods"]!);
        Assert.Equal("2031-01-10T04:00:00+00:00", (string)area["standing"]!["next"]!);
        var all = JsonNode.Parse(await http.GetStringAsync("/areas"))!;
        Assert.Equal(100, (int)all["parties"]![0]!["global"]!["periods"]!);
        var alarms = JsonNode.Parse(await http.GetStringAsync("/alarms"))!["alarms"]!.AsArray();
        Assert.Contains(alarms, a => (string?)a!["area"] == "sample-ash/site-0/hall-9" && (string)a["alarm"]!["alarm"]!["test"]! == "loss");
        Assert.Contains("standstill_live_periods_total{result=\"posted\"} 1000\n", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
        Assert.Equal("memory", (string)JsonNode.Parse(await http.GetStringAsync("/health"))!["books"]!);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{\"periods\":[],\"periods\":[]}", "one way only")]
    [InlineData("{\"periods\":[]}", "not a list of 1 to 10000")]
    [InlineData("{\"periods\":[7]}", "periods[0]")]
    [InlineData("{\"period\":[]}", "unknown field")]
    [InlineData("{\"periods\":[{\"presnt\":1}]}", "periods[0].presnt")]
    [InlineData("{\"periods\":[{\"party\":\"Sample Ash\"}]}", "periods[0].party")]
    [InlineData("{\"periods\":[{\"present\":-1}]}", "periods[0].present")]
    [InlineData("{\"periods\":[{\"present\":1e999}]}", "not finite")]
    [InlineData("{\"periods\":[{\"energy\":{\"kilowattHours\":\"7\"}}]}", "periods[0].energy.kilowattHours")]
    [InlineData("{\"periods\":[{\"from\":\"2031-01-06T00:00:00+01:00\"}]}", "not a time in UTC")]
    public async Task Bad_input_is_named_with_its_place_and_nothing_is_posted(string body, string named)
    {
        var (status, answer) = await SendAsync("/periods", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(answer["faults"]!.AsArray(), f => $"{f!["place"]} {f["message"]}".Contains(named, StringComparison.Ordinal) && ((string)f["remedy"]!).Length > 0);
    }

    [Fact]
    public async Task A_period_that_the_area_refuses_is_answered_with_what_it_waits_for()
    {
        await SendAsync("/areas", HttpBodies.Opening(SampleAreas.Opening("sample-ash", 1)).ToJsonString());
        var period = SampleAreas.Periods(0, 2)[1];

        var (status, answer) = await SendAsync("/periods", HttpBodies.Periods([new(SampleAreas.Key("sample-ash", 0), period), new(SampleAreas.Key("sample-birch", 0), period)]).ToJsonString());

        Assert.Equal(HttpStatusCode.OK, status);
        var outcomes = answer["outcomes"]!.AsArray();
        Assert.Equal("refused", (string)outcomes[0]!["result"]!);
        Assert.Equal("ahead", (string)outcomes[0]!["reason"]!);
        Assert.Equal("2031-01-06T00:00:00+00:00", (string)outcomes[0]!["expected"]!);
        Assert.Equal("unknown-area", (string)outcomes[1]!["reason"]!);
    }

    [Fact]
    public async Task The_largest_batch_is_taken_and_a_larger_one_is_not()
    {
        await SendAsync("/areas", HttpBodies.Opening(SampleAreas.Opening("sample-ash", 100)).ToJsonString());
        var periods = Enumerable.Range(0, 100).SelectMany(i => SampleAreas.Periods(i, 101).Select(p => new AreaPeriod(SampleAreas.Key("sample-ash", i), p))).ToArray();

        var more = await SendAsync("/periods", HttpBodies.Periods(periods[..(PeriodsReader.MaxPeriods + 1)]).ToJsonString());
        Assert.Equal(HttpStatusCode.BadRequest, more.Status);

        // Asks before it sends, since the host closes the connection on a body that it will not read.
        http.DefaultRequestHeaders.ExpectContinue = true;
        var tooLong = await SendAsync("/periods", new string(' ', LiveRoutes.MaxBodyBytes + 1));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLong.Status);

        var most = await SendAsync("/periods", HttpBodies.Periods(periods.Where(p => p.Period.From < SampleAreas.Start.AddHours(100))).ToJsonString());

        Assert.Equal(HttpStatusCode.OK, most.Status);
        Assert.All(most.Body["outcomes"]!.AsArray(), o => Assert.Equal("posted", (string)o!["result"]!));
    }

    [Fact]
    public async Task An_opening_that_conflicts_is_refused_with_its_place()
    {
        var opening = SampleAreas.Opening("sample-ash", 2);
        await SendAsync("/areas", HttpBodies.Opening(opening).ToJsonString());

        var (status, answer) = await SendAsync("/areas", HttpBodies.Opening(opening with { Design = SampleAreas.Design with { FalseAlarmsPerYear = 1 } }).ToJsonString());

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("design", (string)answer["faults"]![0]!["place"]!);
    }

    [Fact]
    public async Task An_opening_out_of_its_bounds_is_refused_with_its_place()
    {
        var body = HttpBodies.Opening(SampleAreas.Opening("sample-ash", 1));
        body["areas"]![0]!["design"]!["power"]!["activeKilowatts"] = 0.1;
        body["design"]!["errors"]!["random"] = 0;

        var (status, answer) = await SendAsync("/areas", body.ToJsonString());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["areas[0].design.power.activeKilowatts", "design.errors.random"], answer["faults"]!.AsArray().Select(f => (string)f!["place"]!).Order());
    }

    [Fact]
    public async Task What_is_not_open_is_not_found()
    {
        foreach (var path in new[] { "/areas/sample-ash", "/areas/sample-ash/site-0/hall-0", "/areas/Sample/site/hall", "/areas/a%2Fb/c/d" })
        {
            using var response = await http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(path, content);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
