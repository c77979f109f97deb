using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Protocol;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.EndToEnd.Meter;

/// <summary>`standstill meter run` beside a node and an exporter, all of them real processes: from a scrape to a digest on the ledger, to a
/// challenge that is answered and checked.</summary>
public sealed class MeterCommandTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_meter_that_is_killed_goes_on_where_the_ledger_stands_and_answers_a_challenge_that_verifies()
    {
        using var directory = new TemporaryDirectory();
        var charter = Path.Combine(directory.Root, "charter.json");
        await File.WriteAllTextAsync(charter, Charter().ToJsonString());
        await using var node = RunningNode.Begin(Path.Combine(directory.Root, "node"), Built.FreeAddress(), "--charter", charter);
        await node.ReadyAsync(Patience);
        var registry = Protocol.Digest.TryParse((string?)(await node.Http.GetFromJsonAsync<JsonObject>("/api/world/digest"))!["registry"], out var digest) ? digest : throw new InvalidDataException();
        using var exporter = new Exporter();
        using var ash = new Lab("ash", registry);
        using var gorse = new Lab("gorse", registry);
        var key = Path.Combine(directory.Root, "meter.key");
        Assert.Equal(0, (await Command.RunAsync(["keygen", key])).Status);
        await PrepareAsync(node, ash, gorse, key, registry);

        var data = Path.Combine(directory.Root, "meter");
        var settings = Path.Combine(directory.Root, "meter.json");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new
        {
            party = "ash",
            facility = "hall",
            listen = Built.FreeAddress().ToString().TrimEnd('/'),
            data,
            scrapeSeconds = 2,
            chunkMinutes = 1,
            areas = new[] { new { area = "row", match = new { }, periodMinutes = 1 } },
            targets = new[] { new { name = "exporter", url = exporter.Address + "metrics", kind = "exporter" } },
        }));
        var meter = Run(settings, key, node);
        try
        {
            await UntilAsync(node, world => Area(world)["digestedTo"] is not null);
            meter.Kill();
            await meter.WaitForExitAsync();
            var reached = (string)Area(await WorldAsync(node))["digestedTo"]!;
            meter = Run(settings, key, node);
            await UntilAsync(node, world => string.CompareOrdinal((string?)Area(world)["digestedTo"], reached) > 0);

            var asked = await node.Http.GetStringAsync("/checkpoint");
            var entry = (long)Area(await WorldAsync(node))["digestsWaiting"]![0]!;
            await SendAsync(node, gorse.Sign("role", "challenge", new
            {
                challenge = "first",
                party = "ash",
                kind = "chunks",
                entry,
                draw = 1,
                checkpointSize = long.Parse(asked.Split('\n')[1]),
                checkpointRoot = Convert.ToHexStringLower(Convert.FromBase64String(asked.Split('\n')[2])),
                dueHours = 1,
            }));
            await UntilAsync(node, world => world["challenges"]![0]!["answered"] is not null);
        }
        finally
        {
            if (!meter.HasExited)
            {
                meter.Kill();
            }

            meter.Dispose();
        }

        var opening = Path.Combine(data, "openings", "first.zip");
        var good = await Command.RunAsync(["compute", "verify", node.Address.ToString().TrimEnd('/'), opening, "--challenge", "first"]);
        Assert.True(good.Status == 0, good.Output + good.Errors);
        Assert.Contains("good: what was opened is what the digest commits to, and its sums are true", good.Output, StringComparison.Ordinal);

        Spoil(opening);
        var bad = await Command.RunAsync(["compute", "verify", node.Address.ToString().TrimEnd('/'), opening, "--challenge", "first"]);
        Assert.Equal(1, bad.Status);
        Assert.Contains("is not the file whose digest was answered", bad.Output, StringComparison.Ordinal);
        Assert.Contains("wrong: ", bad.Output, StringComparison.Ordinal);
    }

    private static async Task PrepareAsync(RunningNode node, Lab ash, Lab gorse, string key, Protocol.Digest registry)
    {
        using var meter = PartySigner.Parse(await File.ReadAllTextAsync(key)).Value!;
        await SendAsync(node, ash.Enrol());
        await SendAsync(node, ash.AddRoleKey());
        await SendAsync(node, ash.Sign("root", "role-key", new { key = meter.PublicKey.Text, roles = new[] { "compute" }, proof = KeyProof.Make(registry, new PartyId("ash"), meter) }));
        await SendAsync(node, gorse.Sign("root", "party-enrolled", new { name = "Gorse", kind = "inspector", jurisdiction = "nowhere" }));
        await SendAsync(node, gorse.AddRoleKey());
        await SendAsync(node, ash.Sign("role", "facility", new { facility = "hall", title = "Hall", jurisdiction = "nowhere", powerMegawatts = 1 }));
        await SendAsync(node, ash.Sign("role", "balance-area", new { facility = "hall", area = "row", title = "Row", accelerator = "H100 SXM", peakFlopPerSecond = 9.894e14, periodMinutes = 1, meterKey = meter.PublicKey.Text }));
        await SendAsync(node, ash.Sign("role", "area-counted", new { facility = "hall", area = "row", counted = UtcTime.Format(DateTimeOffset.UtcNow.AddSeconds(-1)), count = 64 }));
    }

    private static JsonObject Charter() => JsonSerializer.SerializeToNode(new
    {
        name = "End to end",
        purpose = "tests",
        sample = true,
        operatorName = "Operator",
        witnesses = Array.Empty<string>(),
        admission = new[] { "lab", "inspector" }.Select(kind => new { kind, rule = "open" }),
        constituencies = new[] { new { name = "research", seats = 1, quorum = 1 } },
        limits = new { entryBytes = 65535, tickSeconds = 300, clockSkewSeconds = 60, heartbeatSeconds = 86400 },
    })!.AsObject();

    private static Process Run(string settings, string key, RunningNode node)
    {
        var process = Process.Start(Built.Start(["meter", "run", "--settings", settings, "--key", key, "--node", node.Address.ToString().TrimEnd('/'), "--grace-seconds", "2"]))!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<JsonObject> WorldAsync(RunningNode node) => (await node.Http.GetFromJsonAsync<JsonObject>("/api/world"))!;

    private static JsonNode Area(JsonObject world) => world["balanceAreas"]![0]!;

    private static async Task UntilAsync(RunningNode node, Func<JsonObject, bool> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!holds(await WorldAsync(node)))
        {
            Assert.True(watch.Elapsed < Patience, (await WorldAsync(node))["balanceAreas"]!.ToJsonString());
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
    }

    private static async Task SendAsync(RunningNode node, byte[] envelope)
    {
        using var content = new ByteArrayContent(envelope);
        using var response = await node.Http.PostAsync("/api/statements", content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Changes one byte in the middle of the first chunk of an archive.</summary>
    private static void Spoil(string archive)
    {
        using var zip = ZipFile.Open(archive, ZipArchiveMode.Update);
        var entry = zip.Entries.First(e => e.Name.EndsWith(".parquet", StringComparison.Ordinal));
        using var stream = entry.Open();
        stream.Position = stream.Length / 2;
        var was = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(was ^ 1));
    }
}
