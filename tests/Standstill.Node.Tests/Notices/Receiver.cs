using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Standstill.Node.Notices;

namespace Standstill.Node.Tests.Notices;

/// <summary>A message as a receiver got it.</summary>
internal sealed record Received(string Path, string Id, long Timestamp, string Signature, byte[] Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public string About => Json.GetProperty("type").GetString()!;
}

/// <summary>A real HTTP server on this machine that takes webhooks, and refuses what is not signed with its secret.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private readonly WebApplication server;
    private readonly Channel<Received> taken = Channel.CreateUnbounded<Received>();

    private Receiver(WebApplication server) => this.server = server;

    /// <summary>The shared secret as text.</summary>
    public static string SecretText => "whsec_" + Convert.ToBase64String(Key);

    /// <summary>What it answers to a message; null for taking it.</summary>
    public Func<Received, IResult?> Answers { get; set; } = _ => null;

    /// <summary>Every message that came, in the order in which they came, the refused ones too.</summary>
    public ConcurrentQueue<Received> Seen { get; } = [];

    public Uri Address => new(server.Urls.First());

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver.server.MapPost("/{**path}", receiver.TakeAsync);
        await receiver.server.StartAsync();
        return receiver;
    }

    /// <summary>A subscription to it.</summary>
    public Subscription Subscription(string name, NoticeWeight weight = NoticeWeight.Routine, params string[] pacts) => new(
        name, new Route.Webhook(new Uri(Address, "/hook"), WebhookSecret.Parse(SecretText, "").OrThrow()), [.. pacts.Select(p => new Protocol.PactId(p))], weight);

    /// <summary>The next message that it takes.</summary>
    public async Task<Received> NextAsync() => await taken.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>The next messages that it takes.</summary>
    public async Task<List<Received>> NextAsync(int count)
    {
        var list = new List<Received>();
        while (list.Count < count)
        {
            list.Add(await NextAsync());
        }

        return list;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var (id, timestamp, signature) = (request.Headers["webhook-id"].Single()!, request.Headers["webhook-timestamp"].Single()!, request.Headers["webhook-signature"].Single()!);
        using var hmac = new HMACSHA256(Key);
        byte[] signed = [.. Encoding.UTF8.GetBytes(id), (byte)'.', .. Encoding.UTF8.GetBytes(timestamp), (byte)'.', .. body.ToArray()];
        if (signature != $"v1,{Convert.ToBase64String(hmac.ComputeHash(signed))}")
        {
            return Results.StatusCode((int)HttpStatusCode.Unauthorized);
        }

        var received = new Received(request.Path, id, long.Parse(timestamp), signature, body.ToArray());
        Seen.Enqueue(received);
        if (Answers(received) is { } answer)
        {
            return answer;
        }

        await taken.Writer.WriteAsync(received);
        return Results.NoContent();
    }
}
