using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Standstill.Meter.Formats;
using Standstill.Meter.Scraping;
using Standstill.Meter.Tests.Formats;

namespace Standstill.Meter.Tests.Scraping;

public class ScraperTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualClock _clock = new(Noon);

    [Fact]
    public async Task A_scrape_of_the_real_exporter_yields_its_readings_at_the_time_of_the_scrape()
    {
        await using var exporters = await Exporters.Start(new() { ["/metrics"] = Exporters.Bytes(Documents.Scrape, "text/plain") });
        using var scraper = Scraper(Target(exporters, "/metrics"));

        var scraped = Assert.Single(await scraper.ScrapeOnce(default));
        Assert.True(scraped.Up);
        Assert.Equal(33, scraped.Readings.Length);
        Assert.All(scraped.Readings, r => Assert.Equal((Noon.ToUnixTimeMilliseconds(), exporters.Address.Authority), (r.TimeMs, r["instance"])));
        Assert.Equal([("up", 1.0), ("scrape_duration_seconds", 0.0), ("scrape_samples_scraped", 30.0)], scraped.Readings[30..].Select(r => (r.Name, r.Value)));
        Assert.Equal(113.611, scraped.Readings[8].Value);
    }

    [Fact]
    public async Task The_content_type_chooses_the_format()
    {
        await using var exporters = await Exporters.Start(new()
        {
            ["/om"] = Exporters.Text("# TYPE a gauge\na 1 2.5\n# EOF\n", "application/openmetrics-text; version=1.0.0; charset=utf-8"),
            ["/text"] = Exporters.Text("a 1 2500\n"),
        });
        using var scraper = Scraper(Target(exporters, "/om"), Target(exporters, "/text"));

        Assert.All(await scraper.ScrapeOnce(default), s => Assert.Equal((0, 2500L), (s.Rejected.Total, s.Readings[0].TimeMs)));
    }

    [Fact]
    public async Task A_compressed_body_is_read()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Documents.Scrape);
        }
        await using var exporters = await Exporters.Start(new() { ["/metrics"] = Exporters.Bytes(packed.ToArray(), "text/plain", "gzip") });
        using var scraper = Scraper(Target(exporters, "/metrics"));

        Assert.Equal(33, (await scraper.ScrapeOnce(default))[0].Readings.Length);
    }

    [Fact]
    public async Task Every_way_to_fail_has_a_name_and_stops_no_other_target()
    {
        var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[64 * 1024 * 1024]);
        }
        await using var exporters = await Exporters.Start(new()
        {
            ["/good"] = Exporters.Text("a 1\n"),
            ["/html"] = Exporters.Text("<html>", "text/html"),
            ["/large"] = Exporters.Bytes(new byte[2_000_000], "text/plain"),
            ["/bomb"] = Exporters.Bytes(bomb.ToArray(), "text/plain", "gzip"),
            ["/torn"] = Exporters.Bytes(bomb.ToArray()[..200], "text/plain", "gzip"),
            ["/no-gzip"] = Exporters.Bytes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "text/plain", "gzip"),
            ["/empty"] = Exporters.Text(""),
            ["/brotli"] = Exporters.Bytes([1, 2, 3, 4], "text/plain", "br"),
            ["/moved"] = c => { c.Response.Redirect("/good"); return Task.CompletedTask; },
            ["/cut"] = async c =>
            {
                c.Response.ContentLength = 1000;
                c.Response.ContentType = "text/plain";
                await c.Response.WriteAsync("a 1\n");
                await c.Response.Body.FlushAsync();
                c.Abort();
            },
        });
        var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var nobody = new Uri($"http://127.0.0.1:{((IPEndPoint)closed.LocalEndpoint).Port}/metrics");
        closed.Stop();
        using var scraper = Scraper(
            new ScrapeTarget("nobody", nobody, TargetKind.Exporter),
            Target(exporters, "/html"), Target(exporters, "/large"), Target(exporters, "/bomb"), Target(exporters, "/torn"),
            Target(exporters, "/no-gzip"), Target(exporters, "/empty"), Target(exporters, "/brotli"),
            Target(exporters, "/moved"), Target(exporters, "/gone"), Target(exporters, "/cut"), Target(exporters, "/good"));

        var scraped = await scraper.ScrapeOnce(default);
        Assert.Equal(
            ["scrape/unreachable", "scrape/content-type", "scrape/too-large", "scrape/too-large", "scrape/broken",
                "scrape/broken", "scrape/broken", "scrape/broken", "scrape/status", "scrape/status", "scrape/broken"],
            scraped[..11].Select(s => Assert.Single(s.Rejected.Samples).Kind.Name));
        Assert.All(scraped[..11], s => Assert.Equal([("up", 0.0)], s.Readings.Where(r => !r.Name.StartsWith("scrape_", StringComparison.Ordinal)).Select(r => (r.Name, r.Value))));
        Assert.True(scraped[11].Up);
        Assert.Equal([.. Enumerable.Repeat(false, 11), true], scraper.Health.Select(h => h.Up));
    }

    [Fact]
    public async Task A_target_that_hangs_is_given_up_after_the_timeout()
    {
        var hangs = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        await using var exporters = await Exporters.Start(new()
        {
            ["/hangs"] = async c =>
            {
                asked.SetResult();
                await hangs.Task.WaitAsync(c.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            },
        });
        using var scraper = Scraper(Target(exporters, "/hangs"));

        var scrape = scraper.ScrapeOnce(default);
        await asked.Task;
        _clock.Advance(ScrapeLimits.Default.Timeout);
        Assert.Equal("scrape/timeout", Assert.Single((await scrape)[0].Rejected.Samples).Kind.Name);
        hangs.SetResult();
    }

    [Fact]
    public async Task A_bad_line_in_a_scrape_does_not_bring_the_target_down()
    {
        await using var exporters = await Exporters.Start(new() { ["/metrics"] = Exporters.Text("a 1\nb{ 2\nc 3\n") });
        using var scraper = Scraper(Target(exporters, "/metrics"));

        var scraped = (await scraper.ScrapeOnce(default))[0];
        Assert.Equal((true, 1L, 5), (scraped.Up, scraped.Rejected.Total, scraped.Readings.Length));
    }

    [Fact]
    public async Task A_target_is_stale_after_four_intervals_of_silence()
    {
        var type = "text/plain";
        await using var exporters = await Exporters.Start(new() { ["/metrics"] = c => Exporters.Text("a 1\n", type)(c) });
        using var scraper = Scraper(Target(exporters, "/metrics"));

        Assert.True(Assert.Single(scraper.Health).Stale);
        await scraper.ScrapeOnce(default);
        Assert.False(Assert.Single(scraper.Health).Stale);
        type = "text/html";
        _clock.Advance(TimeSpan.FromMinutes(1));
        await scraper.ScrapeOnce(default);
        Assert.Equal((false, false, 2L, 1L), Assert.Single(scraper.Health) is var h ? (h.Up, h.Stale, h.Scrapes, h.Failures) : default);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Assert.Single(scraper.Health).Stale);
        Assert.Contains("`text/html` is no content type of an exporter", Assert.Single(scraper.Health).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_loop_asks_at_every_interval_until_it_is_cancelled()
    {
        await using var exporters = await Exporters.Start(new() { ["/metrics"] = Exporters.Text("a 1\n") });
        using var scraper = Scraper(Target(exporters, "/metrics"));
        using var end = new CancellationTokenSource();
        var times = new BlockingCollection<DateTimeOffset>();

        var run = Task.Run(() => scraper.Run((scraped, cancel) => { times.Add(scraped.Time, cancel); return ValueTask.CompletedTask; }, end.Token));
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(Noon.AddSeconds(15 * i), times.Take());
            _clock.Advance(TimeSpan.FromSeconds(15));
        }
        await end.CancelAsync();
        await run;
    }

    [Fact]
    public async Task What_the_receiver_throws_stops_the_scraper()
    {
        await using var exporters = await Exporters.Start(new() { ["/a"] = Exporters.Text("a 1\n"), ["/b"] = Exporters.Text("a 1\n") });
        using var scraper = Scraper(Target(exporters, "/a"), Target(exporters, "/b"));

        await Assert.ThrowsAsync<IOException>(() => scraper.Run(
            (scraped, _) => scraped.Target.Name == "/a" ? throw new IOException("the disk is full") : ValueTask.CompletedTask, default));
    }

    [Fact]
    public async Task A_Redfish_service_is_walked_once_and_then_only_its_meters_are_read()
    {
        var asked = new ConcurrentBag<string>();
        var answers = new Dictionary<string, RequestDelegate>();
        void Serve(string path, byte[] body) => answers[path] = c => { asked.Add(path); return Exporters.Bytes(body, "application/json")(c); };
        Serve("/redfish/v1/Chassis", Documents.Utf8("""{"@odata.type":"#ChassisCollection.ChassisCollection","Members":[{"@odata.id":"/redfish/v1/Chassis/1U"}]}"""));
        Serve("/redfish/v1/Chassis/1U", Documents.Utf8("""
            {"@odata.type":"#Chassis.v1_20_0.Chassis","@odata.id":"/redfish/v1/Chassis/1U","Sensors":{"@odata.id":"/redfish/v1/Chassis/1U/Sensors"},
             "PowerSubsystem":{"@odata.id":"/redfish/v1/Chassis/1U/PowerSubsystem"},"EnvironmentMetrics":{"@odata.id":"/redfish/v1/Chassis/1U/EnvironmentMetrics"}}
            """));
        var root = Documents.PathOf("redfish/public-rackmount1");
        foreach (var file in Directory.EnumerateFiles(root, "index.json", SearchOption.AllDirectories))
        {
            Serve("/redfish/v1/" + Path.GetRelativePath(root, Path.GetDirectoryName(file)!), File.ReadAllBytes(file));
        }
        await using var exporters = await Exporters.Start(answers);
        using var scraper = Scraper(Target(exporters, "/redfish/v1/Chassis", TargetKind.Redfish));

        var first = (await scraper.ScrapeOnce(default))[0];
        Assert.True(first.Up);
        Assert.Equal(374, Assert.Single(first.Readings, r => r.Name == Redfish.Power && r["scope"] == "chassis").Value);
        // EnvironmentMetrics is linked and not there.
        Assert.Equal("scrape/status", Assert.Single(first.Rejected.Samples).Kind.Name);
        Assert.InRange(asked.Count, 45, 60);

        asked.Clear();
        var second = (await scraper.ScrapeOnce(default))[0];
        Assert.Equal(first.Readings, second.Readings);
        // Power and energy of the whole and of the first supply, and that supply's metrics; the processor's sensor is in no collection.
        Assert.Equal(5, asked.Count);
        Assert.All(second.Readings, r => Assert.Equal(r.Labels.Select(l => l.Name).Order(StringComparer.Ordinal), r.Labels.Select(l => l.Name)));
    }

    [Fact]
    public async Task What_lets_the_meter_in_is_sent()
    {
        var seen = "";
        await using var exporters = await Exporters.Start(new() { ["/metrics"] = c => { seen = c.Request.Headers.Authorization!; return Exporters.Text("a 1\n")(c); } });
        using var scraper = Scraper(Target(exporters, "/metrics") with { Authorization = new AuthenticationHeaderValue("Basic", "bWV0ZXI6eA==") });

        await scraper.ScrapeOnce(default);
        Assert.Equal("Basic bWV0ZXI6eA==", seen);
    }

    [Fact]
    public void Two_targets_of_one_name_are_refused() =>
        Assert.Throws<ArgumentException>(() => new Scraper(
            [new("a", new Uri("http://127.0.0.1/"), TargetKind.Exporter), new("a", new Uri("http://127.0.0.2/"), TargetKind.Exporter)], ScrapeLimits.Default, _clock));

    private Scraper Scraper(params ScrapeTarget[] targets) => new(targets, ScrapeLimits.Default with { BodyBytes = 1_000_000 }, _clock);

    private static ScrapeTarget Target(Exporters exporters, string path, TargetKind kind = TargetKind.Exporter) => new(path, exporters.At(path), kind);
}
