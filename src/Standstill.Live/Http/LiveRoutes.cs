using System.Buffers;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Standstill.Live.Storage;
using Standstill.Protocol;
using Standstill.Protocol.Balances;

namespace Standstill.Live.Http;

/// <summary>What is answered over HTTP. Faults are problem details (RFC 9457) that list every fault with its place and remedy.</summary>
internal static class LiveRoutes
{
    /// <summary>The largest body that is read: 10,000 periods with all fields take less than 4 MB.</summary>
    public const int MaxBodyBytes = 8 * 1024 * 1024;

    /// <summary>Adds the routes.</summary>
    public static void Map(WebApplication app, LiveHost host, LiveSettings settings, LiveCounters counters)
    {
        app.MapPost("/periods", async (HttpContext http) => await ReadAsync(http) is { } body ? await PostAsync(host, body, http.RequestAborted) : TooLarge());
        app.MapPost("/areas", async (HttpContext http) => await ReadAsync(http) is { } body ? await OpenAsync(host, body) : TooLarge());
        app.MapGet("/areas", async () => Answer(new PartyList(await host.PartiesAsync())));
        app.MapGet("/areas/{party}", async (string party) => Slug.IsGood(party) && await host.PartyAsync(new PartyId(party)) is { } report ? Answer(report) : NotOpen(party));
        app.MapGet("/areas/{party}/{facility}/{area}", async (string party, string facility, string area) =>
            AreaKey.TryParse($"{party}/{facility}/{area}", out var key) && await host.AreaAsync(key) is { } report ? Answer(report) : NotOpen($"{party}/{facility}/{area}"));
        app.MapGet("/alarms", async () => Answer(new AlarmList(await host.AlarmsAsync())));
        app.MapGet("/metrics", () => Results.Text(counters.Text(), "text/plain; version=0.0.4; charset=utf-8"));
        app.MapGet("/health", () => Answer(new Health(settings.Cluster, settings.PostgresConnection is null ? "memory" : "postgresql", counters.Since)));
    }

    private static async Task<IResult> PostAsync(LiveHost host, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var parsed = PeriodsReader.Periods(body);
        if (!parsed.IsGood)
        {
            return Problem(StatusCodes.Status400BadRequest, "the periods cannot be read, and none was posted", parsed.Faults);
        }

        var outcomes = await host.PostAsync(parsed.Value.Periods, ct);
        return Answer(new OutcomeList(outcomes), outcomes.Any(o => o is PostOutcome.Unanswered) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static async Task<IResult> OpenAsync(LiveHost host, ReadOnlyMemory<byte> body)
    {
        var parsed = PeriodsReader.Opening(body);
        if (!parsed.IsGood)
        {
            return Problem(StatusCodes.Status400BadRequest, "the opening cannot be read", parsed.Faults);
        }

        var faults = await host.OpenAsync(parsed.Value);
        return faults.IsEmpty
            ? Answer(await host.PartyAsync(parsed.Value.Party))
            : Problem(StatusCodes.Status409Conflict, "it is not open as you ask", faults);
    }

    /// <summary>The body; null where it is larger than <see cref="MaxBodyBytes"/>.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MaxBodyBytes)
        {
            return null;
        }

        try
        {
            var reader = http.Request.BodyReader;
            while (true)
            {
                var read = await reader.ReadAsync(http.RequestAborted);
                if (read.IsCompleted)
                {
                    var body = read.Buffer.ToArray();
                    reader.AdvanceTo(read.Buffer.End);
                    return body;
                }

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    private static IResult Answer<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, LiveJson.Options, statusCode: status);

    private static IResult TooLarge() => Problem(
        StatusCodes.Status413PayloadTooLarge, "the body is too large", [new Fault("", $"more than {MaxBodyBytes} bytes", $"send at most {PeriodsReader.MaxPeriods} periods at once")]);

    private static IResult NotOpen(string name) => Problem(
        StatusCodes.Status404NotFound, "not open", [new Fault("", $"`{(name.Length <= 60 ? name : name[..60] + "…")}` is not open", "open it with its error model first, or see `/areas`")]);

    private static IResult Problem(int status, string title, ImmutableArray<Fault> faults) =>
        Results.Json(new ProblemDocument(title, status, faults), LiveJson.Options, "application/problem+json", status);

    private sealed record ProblemDocument(string Title, int Status, ImmutableArray<Fault> Faults);

    private sealed record OutcomeList(ImmutableArray<PostOutcome> Outcomes);

    private sealed record PartyList(ImmutableArray<PartyReport> Parties);

    private sealed record AlarmList(ImmutableArray<PlacedAlarm> Alarms);

    private sealed record Health(string Cluster, string Books, DateTimeOffset Since);
}
