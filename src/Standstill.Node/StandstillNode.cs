using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using OpenTelemetry.Metrics;
using Standstill.Ledger;
using Standstill.Node.Api;
using Standstill.Node.Notices;

namespace Standstill.Node;

/// <summary>How a node runs.</summary>
/// <param name="Data">Where it keeps ledger and keys.</param>
/// <param name="Listen">Where it listens, `http://127.0.0.1:7800`.</param>
/// <param name="Origin">The log's name in checkpoints, used when the log key is made.</param>
/// <param name="Charter">The body of the charter that founds the registry, without `log`.</param>
/// <param name="Clock">The time of receipt.</param>
public sealed record NodeSettings(string Data, Uri Listen, string Origin, JsonObject Charter, TimeProvider Clock)
{
    /// <summary>Where a node listens unless told otherwise: this machine alone.</summary>
    public static Uri DefaultListen { get; } = new("http://127.0.0.1:7800");

    /// <summary>Who is told of what happens; null for nobody.</summary>
    public NoticeSettings? Notices { get; init; }
}

/// <summary>A running node: the ledger with its sequencer, and the server before it.</summary>
public sealed class StandstillNode : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly Sequencer sequencer;
    private readonly FileLedger ledger;
    private readonly NoteSigner log;

    private StandstillNode(WebApplication server, Sequencer sequencer, FileLedger ledger, NoteSigner log, OperatorVoice voice, bool founded)
    {
        Founded = founded;
        this.server = server;
        this.sequencer = sequencer;
        this.ledger = ledger;
        this.log = log;
        Operator = voice;
    }

    /// <summary>Whether this start founded the registry.</summary>
    public bool Founded { get; }

    /// <summary>The log's name in checkpoints, set when the registry was founded.</summary>
    public string Origin => log.Name;

    /// <summary>What is published.</summary>
    public Snapshot Current => sequencer.Current;

    /// <summary>The operator's own statements.</summary>
    public OperatorVoice Operator { get; }

    /// <summary>Where it listens, the port that was given included.</summary>
    public Uri Address => new(server.Urls.First());

    /// <summary>Opens or founds the registry and starts to serve it.</summary>
    /// <exception cref="IOException">The data directory is in use, or the port is.</exception>
    /// <exception cref="InvalidDataException">A key or the charter is not good.</exception>
    /// <exception cref="LedgerFaultException">The ledger's files are damaged.</exception>
    public static async Task<StandstillNode> StartAsync(NodeSettings settings, CancellationToken cancellation)
    {
        // INVARIANT (founding): nothing is written before everything that the caller chose has been looked at.
        Preconditions.Check(settings);
        var data = DataDirectory.At(settings.Data);
        var log = data.LogKey(settings.Origin);
        var ledger = FileLedger.Open(data.Ledger, log);
        WebApplication? server = null;
        var sequencer = await Sequencer.StartAsync(data.Ledger, ledger, settings.Clock, failure => Stop(server, failure));
        var voice = new OperatorVoice(data, sequencer, settings.Clock);
        try
        {
            var founded = sequencer.Current.World.Size == 0;
            await voice.FoundAsync(settings.Charter, log.VerifierKey.ToString(), cancellation);
            await voice.TickAsync(cancellation);
            server = Build(settings, data, log, sequencer, voice);
            await server.StartAsync(cancellation);
            return new StandstillNode(server, sequencer, ledger, log, voice, founded);
        }
        catch
        {
            await sequencer.DisposeAsync();
            ledger.Dispose();
            log.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the process is told to stop.</summary>
    public Task WaitAsync(CancellationToken cancellation) => server.WaitForShutdownAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await sequencer.DisposeAsync();
        ledger.Dispose();
        log.Dispose();
    }

    private static void Stop(WebApplication? server, Exception failure)
    {
        if (server is null)
        {
            return;
        }

        server.Logger.LogCritical(failure, "the ledger's disk failed: the node stops, and recovers when it is started again");
        Environment.ExitCode = 1;
        server.Lifetime.StopApplication();
    }

    private static WebApplication Build(NodeSettings settings, DataDirectory data, NoteSigner log, Sequencer sequencer, OperatorVoice voice)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(StandstillNode).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrelHttpsConfiguration().UseUrls(settings.Listen.ToString());
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = EntryBundle.MaxEntryBytes;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddFilter("Polly", LogLevel.None).AddConsole(c => c.LogToStandardErrorThreshold = LogLevel.Trace);
        Pages.PageRoutes.AddServices(builder.Services);
        builder.Services
            .AddSingleton(settings.Clock).AddSingleton(data).AddSingleton(log).AddSingleton(sequencer).AddSingleton(voice)
            .AddSingleton<EntryBook>().AddSingleton<NodeMetrics>().AddHostedService<Ticker>()
            .AddProblemDetails().AddOpenApi().AddHealthChecks();
        builder.Services.AddOpenTelemetry().WithMetrics(m => m
            .AddMeter(NodeMetrics.MeterName).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter());

        if (settings.Notices is { } notices)
        {
            WebhookSender.AddServices(builder.Services);
            builder.Services
                .AddSingleton(notices).AddSingleton(DeliveryBook.Open(data.Notices, sequencer.Current.World, notices.Subscriptions.Select(s => s.Name)))
                .AddSingleton<WebhookSender>().AddSingleton<MailSender>().AddHostedService<Deliveries>();
        }

        // Pages change nothing, so nothing needs protecting; without this a key would be written to the home directory.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();

        var app = builder.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = e => e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        }).UseStatusCodePages();
        app.Use(Protect);
        app.UseAntiforgery();
        StatementsApi.Map(app);
        WorldApi.Map(app);
        WhatIfApi.Map(app);
        LedgerApi.Map(app);
        FeedRoutes.Map(app);
        app.MapOpenApi("/openapi/v1.json");
        app.MapHealthChecks("/health");
        app.MapPrometheusScrapingEndpoint("/metrics");
        Pages.PageRoutes.Map(app);
        return app;
    }

    /// <summary>Nothing comes from another host, and no page can be put into another's frame.</summary>
    private static Task Protect(HttpContext context, RequestDelegate next)
    {
        // An exception clears the headers that are set before it, and a page that reports it needs them no less.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            return Task.CompletedTask;
        });
        return next(context);
    }
}
