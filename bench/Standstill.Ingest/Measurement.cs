using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Standstill.Ingest;

/// <summary>The meter's intake beside Prometheus as a receiver: the same bodies from the same sender, one after the other, on this machine.</summary>
internal static class Measurement
{
    public static async Task<int> RunAsync(double millions)
    {
        var samples = (long)(millions * 1e6);
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        Console.WriteLine($"load at the start {File.ReadAllText("/proc/loadavg")[..14]}; {Environment.ProcessorCount} cores; making bodies …");
        var bodies = Bodies.Make(samples, now - 1_800_000 - samples / Bodies.Series * 15_000);
        samples = bodies.Count * (long)Bodies.SamplesEach;
        Console.WriteLine($"{samples:N0} samples of {Bodies.Series:N0} series in {bodies.Count:N0} bodies of {bodies.Average(b => b.Length):N0} bytes");

        var folder = Directory.CreateTempSubdirectory("standstill-ingest-").FullName;
        try
        {
            var meter = await MeterAsync(folder, bodies, samples);
            var prometheus = await PrometheusAsync(folder, bodies, samples);
            Console.WriteLine($"ratio, meter to Prometheus: {meter / prometheus:N2}; load at the end {File.ReadAllText("/proc/loadavg")[..14]}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task<double> MeterAsync(string folder, List<byte[]> bodies, long samples)
    {
        var address = FreeAddress();
        var file = Path.Combine(folder, "meter.json");
        await File.WriteAllTextAsync(file, $$"""
            {"party":"sample-elm-cloud","facility":"sample-elm-1","listen":"{{address}}","data":"{{folder}}/meter",
             "areas":[{"area":"hall-a","match":{"job":"dcgm"},"periodMinutes":60}]}
            """);
        using var process = Start(Environment.ProcessPath!, "run", file);
        try
        {
            await WaitAsync(process, "the meter listens");
            var (seconds, watch) = await SendAsync(address, bodies);
            await process.StandardInput.WriteLineAsync("seal");
            await WaitAsync(process, "sealed");
            var all = watch.Elapsed.TotalSeconds;
            var chunks = Directory.GetFiles(Path.Combine(folder, "meter", "chunks"), "*.parquet", SearchOption.AllDirectories);
            Report("the meter, durable in its log", samples / seconds, process);
            Report("the meter, in committed Parquet", samples / all, process);
            Console.WriteLine($"    {chunks.Length} chunks, {chunks.Sum(f => new FileInfo(f).Length) / (double)samples:N2} bytes a sample");
            return samples / all;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<double> PrometheusAsync(string folder, List<byte[]> bodies, long samples)
    {
        var address = FreeAddress();
        var file = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(file, "global: {}\n");
        using var process = Start(
            "prometheus", $"--config.file={file}", $"--storage.tsdb.path={folder}/prometheus", $"--web.listen-address={address.Authority}",
            "--web.enable-remote-write-receiver", "--storage.tsdb.retention.time=30d", "--log.level=warn");
        try
        {
            process.BeginErrorReadLine();
            using var http = new HttpClient { BaseAddress = address };
            while (!await IsReadyAsync(http))
            {
                await Task.Delay(100);
            }

            var (seconds, _) = await SendAsync(address, bodies);
            Report("Prometheus as receiver, in its log (not flushed)", samples / seconds, process);
            return samples / seconds;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    // A shard sends its bodies one after the other, so that its series keep their order.
    private static async Task<(double Seconds, Stopwatch Watch)> SendAsync(Uri address, List<byte[]> bodies)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Bodies.Shards }) { BaseAddress = address };
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Bodies.Shards).Select(shard => Task.Run(async () =>
        {
            for (var i = shard; i < bodies.Count; i += Bodies.Shards)
            {
                using var content = new ByteArrayContent(bodies[i]);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
                content.Headers.ContentEncoding.Add("snappy");
                content.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
                using var answer = await http.PostAsync("/api/v1/write", content);
                if (answer.StatusCode != HttpStatusCode.NoContent)
                {
                    throw new InvalidOperationException($"body {i}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                }
            }
        })));
        return (watch.Elapsed.TotalSeconds, watch);
    }

    private static void Report(string what, double rate, Process process)
    {
        var status = File.ReadAllLines($"/proc/{process.Id}/status");
        var peak = long.Parse(status.First(l => l.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        process.Refresh();
        Console.WriteLine($"{what,-50} {rate,12:N0} samples/s   {peak / 1024} MB at most, {process.TotalProcessorTime.TotalSeconds:N1} s of processor");
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/-/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task WaitAsync(Process process, string start)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"the meter ended: {await process.StandardError.ReadToEndAsync()}");
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static Uri FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
    }
}
