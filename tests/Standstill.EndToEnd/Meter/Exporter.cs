using System.Globalization;
using System.Net;
using System.Text;

namespace Standstill.EndToEnd.Meter;

/// <summary>Replays a real scrape of eight accelerators by dcgm-exporter as that of so many nodes, each value moving from scrape to scrape.</summary>
internal sealed class Exporter : IDisposable
{
    private readonly HttpListener listener = new();
    private const int Nodes = 8;

    private readonly string[] lines =
    [
        .. Enumerable.Range(1, Nodes).SelectMany(node => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "testdata/meter/h100x8_idle_real.prom"))
            .Select(line => line.Replace("gpu-node-1", $"gpu-node-{node}", StringComparison.Ordinal).Replace("GPU-", $"GPU-{node}", StringComparison.Ordinal))),
    ];

    private int scrapes;

    public Exporter()
    {
        Address = Built.FreeAddress();
        listener.Prefixes.Add(Address.ToString());
        listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                var body = Encoding.UTF8.GetBytes(Next());
                context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
                await context.Response.OutputStream.WriteAsync(body);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The scraper hung up, or the test is over.
            }
        }
    }

    private string Next()
    {
        var scrape = ++scrapes;
        var text = new StringBuilder();
        for (var i = 0; i < lines.Length; i++)
        {
            var end = lines[i].LastIndexOf(' ');
            if (lines[i].StartsWith('#') || end < 0 || !double.TryParse(lines[i][(end + 1)..], CultureInfo.InvariantCulture, out var value))
            {
                text.Append(lines[i]).Append('\n');
                continue;
            }

            // A third counts on, a third wavers, a third stays; now and then a series is not reported, so that it goes stale and comes back.
            if ((scrape + i) % 23 != 0)
            {
                value += (i % 3) switch { 0 => scrape, 1 => Math.Sin(scrape + i) * 17.31, _ => 0 };
                text.Append(lines[i], 0, end + 1).Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
            }
        }

        return text.ToString();
    }

    public void Dispose() => listener.Close();
}
