using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;
using Standstill.Protocol;
using Standstill.Protocol.Statements;

namespace Standstill.Node.Notices;

/// <summary>Sends notices as webhooks, as Standard Webhooks 1.0.0 has it.</summary>
/// <remarks>Only addresses of the operator's own configuration are called, and a redirect is not followed: it could lead into the
/// operator's own network. The answer's body is not read.</remarks>
internal sealed class WebhookSender(IHttpClientFactory clients)
{
    private const string ClientName = "webhooks";
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The client with its retries: three more attempts within some ten seconds. Longer outages are the business of
    /// <see cref="Deliveries"/>, whose waits are longer than what a receiver would ask for.</summary>
    public static void AddServices(IServiceCollection services)
    {
        services.AddTransient<WebhookSigner>();
        services.AddHttpClient(ClientName, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.DefaultRequestHeaders.UserAgent.ParseAdd("Standstill");
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .RemoveAllLoggers()
            .AddResilienceHandler(ClientName, pipeline => pipeline
                .AddRetry(new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = 3,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromSeconds(1),
                    MaxDelay = TimeSpan.FromSeconds(30),
                    UseJitter = true,

                    // A receiver that says "in a year" would otherwise never be given up.
                    ShouldRetryAfterHeader = false,
                })
                .AddTimeout(TimeSpan.FromSeconds(20)));

        // Within the retries, so that each attempt bears its own time.
        services.AddHttpClient(ClientName).AddHttpMessageHandler<WebhookSigner>();
    }

    /// <summary>Delivers a notice, or says why not.</summary>
    public async Task<Delivery> SendAsync(Route.Webhook to, Notice notice, World world, Uri site, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to.Url) { Content = new ByteArrayContent(Body(notice, world, site)) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.Add("webhook-id", notice.Id);
        request.Options.Set(WebhookSigner.Secret, to.Secret);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response switch
            {
                { IsSuccessStatusCode: true } => new Delivery.Taken(),
                { StatusCode: HttpStatusCode.Gone } => new Delivery.Unwanted("it answers 410: it wants no more"),
                { StatusCode: >= (HttpStatusCode)300 and < (HttpStatusCode)400 } => new Delivery.Failed($"it answers {(int)response.StatusCode}, and redirects are not followed; write the new address into the file"),
                _ => new Delivery.Failed($"it answers {(int)response.StatusCode}"),
            };
        }
        catch (TimeoutRejectedException)
        {
            return new Delivery.Failed("it does not answer within 20 seconds");
        }
        catch (HttpRequestException e)
        {
            return new Delivery.Failed($"it cannot be reached: {e.Message.TrimEnd('.')}");
        }
    }

    /// <summary>The message: type and time of what happened, and the notice itself.</summary>
    internal static byte[] Body(Notice notice, World world, Uri site) => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject
        {
            ["type"] = notice.About,
            ["timestamp"] = UtcTime.Format(notice.Time),
            ["data"] = new JsonObject
            {
                ["id"] = notice.Id,
                ["registry"] = world.Registry!.Value.Hex,
                ["pact"] = notice.Pact.Value,
                ["entry"] = notice.Entry.Value,
                ["weight"] = Words.Of(notice.Weight),
                ["subject"] = notice.Subject,
                ["text"] = notice.Text,
                ["link"] = new Uri(site, notice.Link).ToString(),
            },
        },
        Written);
}

/// <summary>Puts time and signature on each attempt: a receiver may refuse an old time, so that nobody can replay a message.</summary>
internal sealed class WebhookSigner(TimeProvider clock) : DelegatingHandler
{
    /// <summary>What to sign with.</summary>
    public static HttpRequestOptionsKey<WebhookSecret> Secret { get; } = new("webhook-secret");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        request.Options.TryGetValue(Secret, out var secret);
        var id = request.Headers.GetValues("webhook-id").Single();
        request.Headers.Remove("webhook-timestamp");
        request.Headers.Remove("webhook-signature");
        request.Headers.Add("webhook-timestamp", timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", secret!.Sign(id, timestamp, body));
        return await base.SendAsync(request, cancellationToken);
    }
}
