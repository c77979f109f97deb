using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Standstill.Meter.DeadLetters;
using Standstill.Meter.Store;

namespace Standstill.Meter.Intake;

/// <summary>A meter that runs: remote write into the store, until it is told to end or the disk fails.</summary>
public static class MeterHost
{
    /// <summary>Runs a meter.</summary>
    /// <param name="settings">How it runs.</param>
    /// <param name="clock">The meter's clock.</param>
    /// <param name="say">Told, a line each: that it listens, what is damaged, when it refuses everything, and when it takes samples again.</param>
    /// <param name="beside">What else runs on the store (scraping, closing) until the token ends; null for nothing.</param>
    /// <param name="stop">Ends it: what was accepted is in the log.</param>
    /// <exception cref="IOException">The disk failed: the next start recovers.</exception>
    /// <exception cref="InvalidDataException">The data directory is damaged; the message names the file.</exception>
    public static async Task RunAsync(
        MeterSettings settings, TimeProvider clock, Action<string> say, Func<MeterStore, DeadLetterFile, CancellationToken, Task>? beside, CancellationToken stop)
    {
        await using var store = new MeterStore(settings, clock);
        var deadLetters = new DeadLetterFile(Path.Combine(settings.Data, "dead-letters"), clock);
        foreach (var chunk in store.Missing)
        {
            say($"`{chunk.File}` is gone, though its line is in chunks.jsonl: put it back from a copy, a challenge may ask for it");
        }

        using var endpoint = new RemoteWriteEndpoint(store, deadLetters);
        await using var app = Build(settings, store, deadLetters, endpoint);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await app.StartAsync(stop);
        say($"the meter listens on {app.Urls.First()}");
        var running = Task.WhenAll(WatchAsync(store, say, clock, ended.Token), beside?.Invoke(store, deadLetters, ended.Token) ?? Task.CompletedTask);
        await Task.WhenAny(store.Failure, running, Task.Delay(Timeout.Infinite, ended.Token));
        await ended.CancelAsync();
        await app.StopAsync(CancellationToken.None);
        deadLetters.Save();
        if (store.Failure.IsCompleted)
        {
            throw new IOException($"the meter's disk failed: {store.Failure.Result.Message}", store.Failure.Result);
        }

        try
        {
            await running;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was told to end.
        }
    }

    private static WebApplication Build(MeterSettings settings, MeterStore store, DeadLetterFile deadLetters, RemoteWriteEndpoint endpoint)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(MeterHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(settings.Listen.ToString());
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = RemoteWrite.MaximumBody;
        });
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/api/v1/write", endpoint.HandleAsync);
        app.MapGet("/health", context => HealthAsync(context, store, deadLetters));
        return app;
    }

    private static async Task HealthAsync(HttpContext context, MeterStore store, DeadLetterFile deadLetters)
    {
        var refusal = store.Refusal;
        context.Response.StatusCode = refusal is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        await context.Response.WriteAsJsonAsync(
            new
            {
                takes = refusal is null,
                refusal,
                series = store.Series.Count,
                bytes = store.Bytes,
                deadLetters = deadLetters.Total,
                missing = store.Missing.Select(c => c.File).ToImmutableArray(),
                areas = store.Counts.ToDictionary(c => c.Area, c => c.Counts),
            },
            JsonSerializerOptions.Web,
            context.RequestAborted);
    }

    private static async Task WatchAsync(MeterStore store, Action<string> say, TimeProvider clock, CancellationToken stop)
    {
        var refused = (string?)null;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), clock);
        while (await timer.WaitForNextTickAsync(stop))
        {
            var refusal = store.Refusal;
            if ((refusal is null) != (refused is null))
            {
                say(refusal is null ? "the meter takes samples again" : $"the meter takes nothing: {refusal}");
            }

            refused = refusal;
        }
    }
}
