using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Standstill.Live.Grains;
using Standstill.Live.Http;
using Standstill.Live.Storage;
using Standstill.Protocol;
using Standstill.Protocol.Balances;

namespace Standstill.Live;

/// <summary>
/// Live processing of many balance areas: posted periods go through the same tests as in the fold of the ledger, and alarms stand there as
/// soon as a digest arrives. One process with its books in memory, or one of several silos over one PostgreSQL: the same code either way.
/// </summary>
/// <remarks>Nothing here is truth. What the ledger says can be posted again at any time, into an empty host, and gives the same books.</remarks>
public sealed class LiveHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly IGrainFactory grains;
    private readonly LiveCounters counters;

    private LiveHost(WebApplication app)
    {
        this.app = app;
        grains = app.Services.GetRequiredService<IGrainFactory>();
        counters = app.Services.GetRequiredService<LiveCounters>();
    }

    /// <summary>Where HTTP is answered, with the port that was taken; null where it is not.</summary>
    public Uri? Address =>
        app.Services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.Select(a => new Uri(a)).FirstOrDefault();

    /// <summary>Starts, applies the database's schema, and joins the cluster.</summary>
    /// <param name="settings">How to run.</param>
    /// <param name="clock">Tells since when it runs.</param>
    /// <param name="ct">Gives up starting.</param>
    /// <exception cref="Npgsql.NpgsqlException">The database does not answer.</exception>
    public static async Task<LiveHost> StartAsync(LiveSettings settings, TimeProvider clock, CancellationToken ct = default)
    {
        if (settings.PostgresConnection is { } connection)
        {
            await PostgresSchema.ApplyAsync(connection, ct);
        }

        var app = Build(settings, clock);
        var host = new LiveHost(app);
        LiveRoutes.Map(app, host, settings, host.counters);
        try
        {
            await app.StartAsync(ct);
            return host;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the process is told to stop.</summary>
    public Task WaitAsync(CancellationToken ct) => app.WaitForShutdownAsync(ct);

    /// <summary>Opens a party and areas of it. What is open already stays as it is.</summary>
    /// <returns>What is wrong; empty when all of it is open.</returns>
    public async Task<ImmutableArray<Fault>> OpenAsync(PartyOpening opening)
    {
        await grains.GetGrain<IDirectoryGrain>(DirectoryGrain.OnlyKey).AddAsync(opening.Party.Value);
        return (await Party(opening.Party).OpenAsync(Json.Of(opening))).As<ImmutableArray<Fault>>();
    }

    /// <summary>Posts periods, of any areas, in any order: those of one area are put in the order of time. Each has its own answer, in its place.</summary>
    public async Task<ImmutableArray<PostOutcome>> PostAsync(IReadOnlyList<AreaPeriod> periods, CancellationToken ct = default)
    {
        var answers = new PostOutcome[periods.Count];
        var byArea = Enumerable.Range(0, periods.Count).GroupBy(i => periods[i].Area, (area, places) => (Area: area, Places: places.OrderBy(i => periods[i].Period.From).ToArray()));
        await Parallel.ForEachAsync(byArea, new ParallelOptions { MaxDegreeOfParallelism = AreasAtOnce, CancellationToken = ct }, async (group, _) =>
        {
            var outcomes = await AnswersAsync(group.Area, [.. group.Places.Select(i => periods[i].Period)]);
            foreach (var (place, outcome) in group.Places.Zip(outcomes))
            {
                answers[place] = outcome;
                counters.Count(outcome);
            }
        });
        return [.. answers];
    }

    /// <summary>One area; null where it is not open.</summary>
    public async Task<AreaReport?> AreaAsync(AreaKey area) => (await Area(area).ReportAsync())?.As<AreaReport>();

    /// <summary>One party with its areas; null where it is not open.</summary>
    public async Task<PartyReport?> PartyAsync(PartyId party) => (await Party(party).ReportAsync())?.As<PartyReport>();

    /// <summary>All parties with their areas, in the order of names.</summary>
    public async Task<ImmutableArray<PartyReport>> PartiesAsync()
    {
        var names = await grains.GetGrain<IDirectoryGrain>(DirectoryGrain.OnlyKey).AllAsync();
        var reports = await Task.WhenAll(names.Select(name => PartyAsync(new PartyId(name))));
        return [.. reports.OfType<PartyReport>()];
    }

    /// <summary>The latest alarms of every book, by party, the global book first, then by area and time.</summary>
    public async Task<ImmutableArray<PlacedAlarm>> AlarmsAsync()
    {
        var found = ImmutableArray.CreateBuilder<PlacedAlarm>();
        foreach (var party in await PartiesAsync())
        {
            found.AddRange(party.Alarms.Select(a => new PlacedAlarm(party.Party, null, a)));
            foreach (var area in await Task.WhenAll(party.Areas.Where(a => a.Standing.AlarmCount > 0).Select(a => AreaAsync(a.Area))))
            {
                found.AddRange(area!.Alarms.Select(a => new PlacedAlarm(party.Party, area.Opening.Area, a)));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Leaves the cluster and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    // Enough to keep a database busy, few enough that no call waits out its time in a queue.
    private const int AreasAtOnce = 64;

    private IAreaGrain Area(AreaKey area) => grains.GetGrain<IAreaGrain>(area.ToString());

    private IPartyGrain Party(PartyId party) => grains.GetGrain<IPartyGrain>(party.Value + "/");

    private async Task<IEnumerable<PostOutcome>> AnswersAsync(AreaKey area, ImmutableArray<Measurement.Accounting.BalancePeriod> periods)
    {
        try
        {
            return (await Area(area).PostAsync(Json.Of(periods))).As<ImmutableArray<PostOutcome>>();
        }
#pragma warning disable CA1031 // Whatever failed, a silo, the database, the network between: the answer is the same, and whoever posted can act on it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            app.Logger.LogWarning(e, "periods of {Area} are unanswered", area);
            return periods.Select(_ => new PostOutcome.Unanswered("the books did not answer: post it again"));
        }
    }

    private static WebApplication Build(LiveSettings settings, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(LiveHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.ClearProviders().AddFilter("Orleans", LogLevel.Error).AddFilter("Polly", LogLevel.None).AddFilter("Microsoft", LogLevel.Warning)
            .AddConsole(c => c.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton<TunedTests>().AddSingleton(new LiveCounters(clock)).AddSingleton(settings);
        builder.Host.UseOrleans(silo => Join(silo, settings));
        if (settings.Listen is { } listen)
        {
            builder.WebHost.UseUrls(listen.ToString());
            builder.WebHost.ConfigureKestrel(k =>
            {
                k.AddServerHeader = false;
                k.Limits.MaxRequestBodySize = LiveRoutes.MaxBodyBytes;
            });
        }
        else
        {
            builder.Services.AddSingleton<IServer, NoServer>();
        }

        return builder.Build();
    }

    private static void Join(ISiloBuilder silo, LiveSettings settings)
    {
        var port = settings.SiloPort == 0 ? FreePort(settings.Address) : settings.SiloPort;
        silo.Configure<ClusterOptions>(c => (c.ClusterId, c.ServiceId) = (settings.Cluster, settings.Cluster));
        if (settings.PostgresConnection is { } given)
        {
            var connection = PostgresSchema.Connection(given);
            silo.ConfigureEndpoints(settings.Address, port, gatewayPort: 0);
            silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Npgsql, connection));
            silo.AddAdoNetGrainStorage(PageStore.Name, o => (o.Invariant, o.ConnectionString, o.GrainStorageSerializer) = (Npgsql, connection, new DocumentBytes()));
        }
        else
        {
            silo.UseLocalhostClustering(port, gatewayPort: 0, serviceId: settings.Cluster, clusterId: settings.Cluster);
            silo.AddMemoryGrainStorage(PageStore.Name, o => o.Configure(m => m.GrainStorageSerializer = new DocumentBytes()));
        }

        // When a silo is taken for dead is left to Orleans (three probes of five seconds): sooner, and a busy machine's silos would bury one another.
        silo.Configure<SiloMessagingOptions>(m => m.ResponseTimeout = TimeSpan.FromSeconds(10));
    }

    private const string Npgsql = "Npgsql";

    private static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
