using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Standstill.Bench;

/// <summary>Everything that is measured, in one run, on one machine.</summary>
internal static class Measurements
{
    private const int Entries = 100_000;
    private const int Senders = 128;
    private const int Rounds = 5;
    private const int PerRound = 40;
    private const int Alone = 1000;

    public static int Usage()
    {
        Console.Error.WriteLine("usage: bench/run [--write]\n       bench/run make DIRECTORY ENTRIES   make a node's data directory with as many entries\n       bench/run draws FILE COUNT         bootstrap draws of the horizons in a run file, on one core");
        return 2;
    }

    /// <summary>Makes a data directory, to try things on.</summary>
    public static int Make(string directory, int entries)
    {
        var time = Stopwatch.StartNew();
        using var made = RegistryMaker.Make(directory, entries);
        Console.WriteLine($"{entries} entries of {made.EntryBytes:0} bytes on average in {time.Elapsed.TotalSeconds:0.0} s");
        return 0;
    }

    /// <summary>Measures all, prints it, and puts it into a README when one is given.</summary>
    public static async Task<int> RunAsync(string? readme)
    {
        var directory = Directory.CreateTempSubdirectory("standstill-bench-").FullName;
        try
        {
            var machine = Machine.Describe(directory);
            var table = new FigureTable(machine);
            await MeasureAsync(directory, table);
            Console.WriteLine(table.ToString());
            if (readme is not null)
            {
                table.WriteInto(readme);
            }

            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task MeasureAsync(string directory, FigureTable table)
    {
        var data = Path.Combine(directory, "full");
        Say($"making a ledger of {Entries} entries");
        using var made = RegistryMaker.Make(data, Entries);
        var cores = Environment.ProcessorCount >= 2 ? new[] { 1, 2 } : [1];
        foreach (var n in cores)
        {
            Audit(n, data, (int)made.EntryBytes, table);
        }

        Say("the limits of the admission");
        var queues = new byte[Senders][][];
        Parallel.For(0, Senders, s => queues[s] = made.Queue(s, (Rounds + 1) * PerRound));
        var alone = made.Queue(Senders, Alone);
        var flushes = Limits.Flushes(directory);
        var echoes = await EchoesAsync(queues);
        var verifications = Limits.Verifications(Environment.ProcessorCount, (int)made.EntryBytes);

        using var http = new HttpClient();
        Say("an empty node");
        var (emptyHealth, emptyWorld, empty) = await StartAsync(http, Path.Combine(directory, "empty"));
        var emptyMemory = await SettledAsync(empty);
        empty.Dispose();

        Say($"a node with {Entries} entries");
        var address = FreeAddress();
        var (health, world, node) = await StartAsync(http, data, address);
        var memory = await SettledAsync(node);
        Say("admission");
        var latencies = await AloneAsync(address, alone);
        var admitted = await TogetherAsync(address, queues);
        node.Dispose();

        table.Add("statements admitted a second", admitted, "1/s", $"{Senders} connections on this machine; median of {Rounds} rounds of {Senders * PerRound}");
        table.AddLimit("of a bare Kestrel that gives the body back", admitted, echoes, "1/s");
        table.AddLimit("of bare Ed25519 verification on all cores", admitted, verifications, "1/s");
        table.AddLimit("of flushes of 4 KiB to this disk", admitted, flushes, "1/s");
        table.Add("latency of one statement at a time, median", latencies[latencies.Length / 2].TotalMilliseconds, "ms", $"one connection, {Alone} statements; a flush alone takes {1000 / flushes:0.00} ms");
        table.Add("latency, 99th percentile", latencies[latencies.Length * 99 / 100].TotalMilliseconds, "ms", "");
        table.Add("start until /health answers, empty", emptyHealth.TotalSeconds, "s", "founds the registry");
        table.Add("start until the world is served, empty", emptyWorld.TotalSeconds, "s", "/api/world/digest");
        table.Add($"start until /health answers, {Entries} entries", health.TotalSeconds, "s", "folds them all, every signature checked");
        table.Add($"start until the world is served, {Entries} entries", world.TotalSeconds, "s", "/api/world/digest");
        table.Add("resident memory, empty", emptyMemory.Resident, "MB", "after 3 s without work");
        table.Add($"resident memory for {Entries} entries", memory.Resident - emptyMemory.Resident, "MB", $"{memory.Resident:0} MB less the empty node's");
        table.Add($"private memory for {Entries} entries", memory.Private - emptyMemory.Private, "MB", $"{memory.Private:0} MB less the empty node's");
    }

    private static void Audit(int cores, string data, int messageBytes, FigureTable table)
    {
        Say($"audit on {cores} of the cores");
        var time = Stopwatch.StartNew();
        using (var audit = ChildProcess.Start(cores, ChildProcess.Standstill, "audit", data))
        {
            audit.WaitForSuccess();
        }

        var audited = Entries / time.Elapsed.TotalSeconds;
        var name = cores == 1 ? "1 core" : $"{cores} cores";
        table.Add($"entries audited a second, {name}", audited, "1/s", $"the whole process, {time.Elapsed.TotalSeconds:0.0} s for {Entries} entries of {messageBytes} bytes");
        table.AddLimit("of bare Ed25519 verification on as many", audited, Limits.Verifications(cores, messageBytes), "1/s");
    }

    private static async Task<double> EchoesAsync(byte[][][] queues)
    {
        var address = FreeAddress();
        using var http = new HttpClient();
        using var server = ChildProcess.Start(Environment.ProcessorCount, typeof(Measurements).Assembly.Location, "echo", address.ToString());
        await server.UntilServedAsync(http, new Uri(address, "health"));
        return await TogetherAsync(address, queues);
    }

    private static async Task<(TimeSpan Health, TimeSpan World, ChildProcess Node)> StartAsync(HttpClient http, string data, Uri? given = null)
    {
        var address = given ?? FreeAddress();
        var start = Stopwatch.GetTimestamp();
        var node = ChildProcess.Start(Environment.ProcessorCount, ChildProcess.Standstill, "up", "--data", data, "--listen", address.ToString());
        await node.UntilServedAsync(http, new Uri(address, "health"));
        var health = Stopwatch.GetElapsedTime(start);
        await node.UntilServedAsync(http, new Uri(address, "api/world/digest"));
        return (health, Stopwatch.GetElapsedTime(start), node);
    }

    private static async Task<(double Resident, double Private)> SettledAsync(ChildProcess node)
    {
        await Task.Delay(TimeSpan.FromSeconds(3));
        return node.Memory();
    }

    private static async Task<TimeSpan[]> AloneAsync(Uri address, byte[][] envelopes)
    {
        using var sender = new Sender();
        await sender.ConnectAsync(address);
        var latencies = new List<TimeSpan>();
        foreach (var envelope in envelopes)
        {
            latencies.Add(await sender.PostAsync(Sender.Request(address, envelope)));
        }

        return [.. latencies.Skip(envelopes.Length / 5).Order()];
    }

    /// <summary>Requests answered a second: the median of the rounds, after one that warms up.</summary>
    private static async Task<double> TogetherAsync(Uri address, byte[][][] queues)
    {
        var requests = queues.Select(q => q.Select(e => Sender.Request(address, e)).ToArray()).ToArray();
        var senders = requests.Select(_ => new Sender()).ToArray();
        await Task.WhenAll(senders.Select(s => s.ConnectAsync(address)));
        var rates = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var from = round * PerRound;
            var time = Stopwatch.StartNew();
            await Task.WhenAll(senders.Select((sender, s) => Task.Run(async () =>
            {
                foreach (var request in requests[s].AsMemory(from, PerRound).ToArray())
                {
                    await sender.PostAsync(request);
                }
            })));
            rates.Add(senders.Length * PerRound / time.Elapsed.TotalSeconds);
        }

        Array.ForEach(senders, s => s.Dispose());
        return rates.Skip(1).Order().ElementAt(Rounds / 2);
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    private static void Say(string what) => Console.Error.WriteLine($"bench: {what}");
}
