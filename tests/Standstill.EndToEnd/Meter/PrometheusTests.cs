using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Standstill.EndToEnd.Meter;

/// <summary>Debian's Prometheus scrapes a replayed exporter and writes to a meter that is killed again and again.</summary>
public sealed class PrometheusTests
{
    private const int Kills = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Nothing_that_Prometheus_scraped_is_lost_or_doubled_while_the_meter_is_killed_again_and_again()
    {
        using var folder = new TemporaryDirectory();
        using var exporter = new Exporter();
        var (meterAddress, prometheusAddress) = (Built.FreeAddress(), Built.FreeAddress());
        var settings = folder.Write("meter.json", $$"""
            {"party":"sample-elm-cloud","facility":"sample-elm-1","listen":"{{meterAddress}}","data":"{{folder.At("meter")}}","scrapeSeconds":1,"chunkMinutes":1,
             "areas":[{"area":"hall-a","match":{"job":"dcgm"},"periodMinutes":60}]}
            """);
        var config = folder.Write("prometheus.yml", $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs:
              - job_name: dcgm
                static_configs: [ { targets: [ '{{exporter.Address.Authority}}' ] } ]
            remote_write:
              - url: '{{meterAddress}}api/v1/write'
                remote_timeout: 5s
                queue_config: { max_samples_per_send: 100, batch_send_deadline: 200ms, min_backoff: 50ms, max_backoff: 500ms }
            """);
        using var prometheus = Start(
            "/usr/bin/prometheus", $"--config.file={config}", $"--storage.tsdb.path={folder.At("prometheus")}", $"--web.listen-address={prometheusAddress.Authority}",
            "--log.level=error");
        var meter = Meter("run", settings);
        using var http = new HttpClient { BaseAddress = prometheusAddress, Timeout = TimeSpan.FromSeconds(30) };
        try
        {
            await UntilAsync(async () => (await http.GetAsync("-/ready")).IsSuccessStatusCode);

            // Every kill falls on a meter that has taken something since it started, at no chosen point of a write.
            var random = new Random(4);
            for (var kill = 0; kill < Kills; kill++)
            {
                var before = await SentAsync(http);
                await UntilAsync(async () => await SentAsync(http) > before + 3500);
                await Task.Delay(random.Next(300));
                meter.Kill();
                await meter.WaitForExitAsync();
                await Task.Delay(kill % 2 * 3000);
                meter.Dispose();
                meter = Meter("run", settings);
            }

            // What Prometheus has up to a time, once it has sent everything up to that time.
            var scraped = await ScrapedAsync(http, out var until);
            await UntilAsync(async () => await SentUntilAsync(http) > until / 1000.0 + 2);
            prometheus.Kill();
            meter.Kill();
            await meter.WaitForExitAsync();
            using var seal = Meter("seal", settings);
            await seal.WaitForExitAsync();
            Assert.Equal(0, seal.ExitCode);

            var metered = Metered(folder.At("meter")).Where(s => s.TimeMs <= until).ToList();
            Assert.Equal(metered.Distinct().Count(), metered.Count);
            Assert.Empty(scraped.Except(metered));
            Assert.Empty(metered.Where(s => s.Bits != StaleBits).Except(scraped));
            Assert.Contains(metered, s => s.Bits == StaleBits);
            Assert.True(scraped.Count > Kills * 3000, $"only {scraped.Count} samples");
        }
        finally
        {
            prometheus.Kill();
            meter.Kill();
            meter.Dispose();
        }
    }

    private const long StaleBits = 0x7ff0000000000002;

    private readonly record struct Sample(string Series, long TimeMs, long Bits);

    // The raw samples that Prometheus' own storage holds.
    private static Task<HashSet<Sample>> ScrapedAsync(HttpClient http, out long until)
    {
        // A scrape has the time at which it began, and is stored when it is over.
        until = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 3000;
        return QueryAsync(http, until);
    }

    private static async Task<HashSet<Sample>> QueryAsync(HttpClient http, long until)
    {
        var time = (until / 1000.0).ToString("F3", CultureInfo.InvariantCulture);
        var json = JsonElement.Parse(await http.GetStringAsync($"api/v1/query?query={Uri.EscapeDataString("{__name__=~\".+\"}[1h]")}&time={time}"));
        var found = new HashSet<Sample>();
        foreach (var series in json.GetProperty("data").GetProperty("result").EnumerateArray())
        {
            var name = Name(series.GetProperty("metric"));
            foreach (var sample in series.GetProperty("values").EnumerateArray())
            {
                var value = sample[1].GetString() switch
                {
                    "NaN" => double.NaN,
                    "+Inf" => double.PositiveInfinity,
                    "-Inf" => double.NegativeInfinity,
                    var text => double.Parse(text!, CultureInfo.InvariantCulture),
                };
                found.Add(new Sample(name, (long)Math.Round(sample[0].GetDouble() * 1000), BitConverter.DoubleToInt64Bits(value)));
            }
        }

        return found;
    }

    // What the meter's files say, read by DuckDB alone.
    private static List<Sample> Metered(string data)
    {
        var names = File.ReadLines(Path.Combine(data, "series.jsonl")).Select(l => JsonElement.Parse(l))
            .ToDictionary(l => l.GetProperty("id").GetInt32(), l => Name(l.GetProperty("labels")));
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT series, time_ms, value FROM read_parquet('{data}/chunks/**/*.parquet') WHERE NOT carried";
        using var reader = command.ExecuteReader();
        var found = new List<Sample>();
        while (reader.Read())
        {
            found.Add(new Sample(names[reader.GetInt32(0)], reader.GetInt64(1), BitConverter.DoubleToInt64Bits(reader.GetDouble(2))));
        }

        return found;
    }

    private static string Name(JsonElement labels) =>
        string.Join(',', labels.EnumerateObject().Select(l => $"{l.Name}={l.Value.GetString()}").Order(StringComparer.Ordinal));

    private static async Task<double> SentAsync(HttpClient http) => await MetricAsync(http, "prometheus_remote_storage_samples_total");

    private static async Task<double> SentUntilAsync(HttpClient http) => await MetricAsync(http, "prometheus_remote_storage_queue_highest_sent_timestamp_seconds");

    private static async Task<double> MetricAsync(HttpClient http, string name)
    {
        var line = (await http.GetStringAsync("metrics")).Split('\n').FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!await HoldsAsync())
        {
            Assert.True(watch.Elapsed < Patience, "it took too long");
            await Task.Delay(100);
        }

        async Task<bool> HoldsAsync()
        {
            try
            {
                return await holds();
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    private static Process Meter(string command, string settings) =>
        Start("dotnet", Path.Combine(Path.GetDirectoryName(Built.Program)!.Replace("Standstill.Cli", "Standstill.Ingest", StringComparison.Ordinal), "Standstill.Ingest.dll"), command, settings);

    private static Process Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
