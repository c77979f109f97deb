using System.CommandLine;
using Standstill.Live;
using Standstill.Protocol;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute live`: the balances of many areas, kept up as they come.</summary>
internal static class LiveCommand
{
    public static Command Make()
    {
        var listen = new Option<string>("--listen") { Description = "Where it answers; there is no authentication, so keep it on this machine or behind a proxy that has some", DefaultValueFactory = _ => "http://127.0.0.1:8791" };
        var postgres = new Option<string?>("--postgres") { Description = "Keep the books in PostgreSQL, by a connection in Npgsql's form: several processes of one --cluster then work together. Without it in memory, for this process alone" };
        var cluster = new Option<string>("--cluster") { Description = "The cluster's name", DefaultValueFactory = _ => "standstill" };
        var ledger = new Option<string?>("--ledger") { Description = "Follow this ledger, an http address or a directory: every period that it balances is posted here" };
        var seconds = new Option<int>("--every-seconds") { Description = "With --ledger: how often it is read", DefaultValueFactory = _ => 60 };
        var command = new Command("live", """
            Keep up the balances of many areas, one grain each: tested as their periods come, answered over HTTP

            Periods come from a ledger that is followed, or by POST /periods. Nothing here is the truth: what is lost is
            made again from the ledger.

            Examples:
              standstill compute live --ledger http://127.0.0.1:7800
              standstill compute live --postgres 'Host=/run/postgresql;Database=standstill' --ledger http://127.0.0.1:7800
            """) { listen, postgres, cluster, ledger, seconds };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(seconds) is < 1 or > 86_400)
            {
                throw new UsageException($"--every-seconds: {parsed.GetValue(seconds)} is not from 1 to 86400");
            }

            var settings = new LiveSettings { Listen = Inputs.ParseUrl(parsed.GetValue(listen)!), PostgresConnection = parsed.GetValue(postgres), Cluster = parsed.GetValue(cluster)! };
            await using var host = await LiveHost.StartAsync(settings, TimeProvider.System, cancellation);
            Output.Line($"live at {host.Address}");
            if (parsed.GetValue(ledger) is not { } source)
            {
                await host.WaitAsync(cancellation);
                return Exit.Good;
            }

            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            try
            {
                do
                {
                    await FollowAsync(host, source, cancellation);
                }
                while (await timer.WaitForNextTickAsync(cancellation));
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // It was told to end.
            }

            return Exit.Good;
        });
        return command;
    }

    /// <summary>Opens what is new, and posts what is balanced and not there yet. A ledger that does not answer is asked again.</summary>
    private static async Task FollowAsync(LiveHost host, string source, CancellationToken cancellation)
    {
        World world;
        try
        {
            world = await Inputs.WorldAsync(source, null, null, null, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or InvalidDataException)
        {
            Output.Error($"note: the ledger was not read: {e.Message}");
            return;
        }

        foreach (var (party, sum) in world.PartyBalances)
        {
            var areas = world.AreasOf(party).Where(a => a.Line is { Design: not null, Entries: [{ Reading: not null }, ..] }).ToArray();
            if (sum.Line.Design is not { } design || areas.Length == 0)
            {
                continue;
            }

            var opening = new PartyOpening(party, design.Tests.Design, [.. areas.Select(a => new AreaOpening(a.Key, a.Line.Entries[0].Period.From, a.Line.Design!.Tests.Design))]);
            var known = await Task.WhenAll(areas.Select(a => host.AreaAsync(a.Key)));
            if (known.Any(k => k is null))
            {
                foreach (var fault in await host.OpenAsync(opening))
                {
                    Output.Error($"note: {party}: {fault}");
                }
            }

            var next = (await Task.WhenAll(areas.Select(a => host.AreaAsync(a.Key)))).Select((report, i) => (areas[i], report)).Where(p => p.report is not null);
            AreaPeriod[] posts = [.. next.SelectMany(p => p.Item1.Line.Entries.Where(e => e.Period.From >= p.report!.Standing.Next).Select(e => new AreaPeriod(p.Item1.Key, e.Period)))];
            if (posts.Length > 0)
            {
                Tell(party, await host.PostAsync(posts, cancellation));
            }
        }
    }

    private static void Tell(PartyId party, IEnumerable<PostOutcome> outcomes)
    {
        var (posted, alarms) = (0, 0);
        foreach (var outcome in outcomes)
        {
            if (outcome is PostOutcome.Refused refused)
            {
                Output.Error($"note: {party}: {refused.Fault}");
            }
            else if (outcome is PostOutcome.Posted { Reading.Alarms: var found })
            {
                (posted, alarms) = (posted + 1, alarms + found.Length);
            }
        }

        Output.Line($"{party}: {posted} periods posted, {alarms} alarms");
    }
}
