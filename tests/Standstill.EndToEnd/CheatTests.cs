using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Audit;
using Standstill.Ledger;
using Standstill.Protocol;
using Standstill.Protocol.Statements;
using Standstill.Testing;

namespace Standstill.EndToEnd;

/// <summary>An operator who holds the log's key, hashes and signs all of it properly, and cheats all the same.</summary>
public sealed class CheatTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly NoteSigner log = NoteSigner.Generate("log.example/sample");
    private readonly Scenario story;

    public CheatTests()
    {
        story = new Scenario(log: log.VerifierKey.ToString());
        story.Enrol("ash", "lab").Enrol("birch", "lab");
        story.Tell("ash.key", "heartbeat", new { note = "one" }).Tell("ash.key", "heartbeat", new { note = "two" });
    }

    [Fact]
    public async Task An_honest_ledger_passes()
    {
        var report = await AuditAsync();
        Assert.True(report.IsGood, report.Fault?.ToString());
        Assert.Equal(WorldDocument.DigestOf(story.World), report.Digest);
    }

    [Fact]
    public Task A_statement_signed_by_another_key_is_named() => NamesAsync(
        "bad-signature: envelope.signatures[0].sig: not a signature by",
        Altered(story.Write("ash.key", "heartbeat", new { note = "three" }), envelope => envelope["signatures"]![0]!["sig"] = Convert.ToBase64String(new byte[64])));

    [Fact]
    public Task A_statement_whose_words_were_changed_is_named() => NamesAsync(
        "bad-signature: envelope.signatures[0].sig: not a signature by",
        Altered(story.Write("ash.key", "heartbeat", new { note = "three" }), envelope =>
        {
            var payload = Encoding.UTF8.GetString(Convert.FromBase64String((string)envelope["payload"]!));
            envelope["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(payload.Replace("three", "seven", StringComparison.Ordinal)));
        }));

    [Fact]
    public Task A_statement_left_out_is_named_by_the_one_after_it()
    {
        _ = story.Write("ash.key", "heartbeat", new { note = "kept back" });
        return NamesAsync("broken-chain: predicate.sequence: 3 after", Sign("ash", "ash.key", "heartbeat", new ChainPosition(3, Digest.Of("kept back"u8)), new { }));
    }

    [Fact]
    public Task A_statement_logged_twice_is_named() => NamesAsync("broken-chain: predicate.sequence: 1 after", Later(story.Entries[^1]));

    [Fact]
    public Task A_statement_in_anothers_name_is_named() => NamesAsync(
        "wrong-party: ", Sign("birch", "ash.key", "heartbeat", new ChainPosition(2, EntryReading.Of(story.Entries[^1]).Statement!.Id), new { }));

    [Fact]
    public Task A_statement_of_another_registry_is_named()
    {
        var other = new Scenario(Charter("Other"));
        other.Enrol("ash", "lab");
        return NamesAsync("wrong-registry: predicate.registry: ", Later(other.Write("ash.key", "heartbeat", new { })));
    }

    [Fact]
    public Task A_statement_that_the_rules_refuse_is_named() => NamesAsync(
        "refused-by-rule: ",
        story.Write("ash.key", "run-declared", new { run = "r", facility = "nowhere", purpose = "pretraining", plannedFlop = 1e26, starts = "2025-01-01" }));

    [Fact]
    public Task A_statement_that_its_key_may_not_make_is_named() => NamesAsync("not-permitted: predicate.party: ", story.Write("ash.key", "tick", new { }));

    [Fact]
    public Task A_clock_set_back_is_named()
    {
        story.Clock -= TimeSpan.FromHours(1);
        return NamesAsync("time-goes-back: entry: ", story.Write("ash.key", "heartbeat", new { }));
    }

    [Fact]
    public Task A_second_charter_is_named() => NamesAsync("wrong-registry: ", Later(new Scenario(Charter("Second")).Entries[0]));

    [Fact]
    public Task Bytes_that_are_no_statement_are_named() => NamesAsync("malformed: ", Entry.Write(story.Clock, "{}"u8));

    [Fact]
    public Task An_entry_without_its_time_is_named() => NamesAsync("malformed: entry: does not begin with a time of receipt", [.. new byte[100]]);

    [Fact]
    public async Task A_copy_under_another_key_is_named()
    {
        using var other = NoteSigner.Generate("log.example/sample");
        var ledger = Publish(story.Entries, other);
        var report = await Auditor.RunAsync(new AuditSource.Files(ledger), other.VerifierKey);
        Assert.Equal("entry 0", report.Fault?.Place);
        Assert.Contains("the charter names another log", report.Fault!.Message, StringComparison.Ordinal);
        Assert.Equal("checkpoint", (await Auditor.RunAsync(new AuditSource.Files(ledger))).Fault?.Place);
    }

    [Fact]
    public async Task A_node_that_shows_another_world_than_its_entries_is_named()
    {
        var ledger = Publish(story.Entries, log);
        var honest = WorldDocument.DigestOf(story.World).Hex;
        var lie = Digest.Of("another world"u8).Hex;
        foreach (var (claim, status) in new[] { (honest, 0), (lie, 1) })
        {
            using var server = new Server(ledger, story.Entries.Count, claim);
            var audit = await Command.RunAsync(["audit", server.Address.ToString(), "--key", log.VerifierKey.ToString(), "--json"]);
            Assert.Equal(status, audit.Status);
            Assert.Equal(honest, audit.Json.GetProperty("digest").GetString());
            Assert.Equal(claim, audit.Json.GetProperty("claimedDigest").GetString());
            if (status == 1)
            {
                Assert.Equal("/api/world/digest", audit.Json.GetProperty("fault").GetProperty("place").GetString());
                Assert.Equal($"the node says `{lie}`, its entries establish `{honest}`", audit.Json.GetProperty("fault").GetProperty("message").GetString());
            }
        }
    }

    public void Dispose()
    {
        log.Dispose();
        directory.Dispose();
    }

    /// <summary>The entry is put on the ledger, with an honest one after it; the audit names it and says why.</summary>
    private async Task NamesAsync(string reason, byte[] entry)
    {
        var index = story.Entries.Count;
        story.Fold(entry);
        story.Clock = story.World.Now.AddMinutes(1);
        story.Tick();
        var report = await AuditAsync();
        Assert.Equal($"entry {index}", report.Fault?.Place);
        Assert.StartsWith("should not have been admitted, " + reason, report.Fault!.Message, StringComparison.Ordinal);
    }

    private Task<AuditReport> AuditAsync() => Auditor.RunAsync(new AuditSource.Files(Publish(story.Entries, log)), log.VerifierKey);

    private string Publish(IEnumerable<byte[]> entries, NoteSigner signer)
    {
        using var ledger = FileLedger.Open(directory.At("ledger"), signer);
        ledger.Append([.. entries.Select(e => (ReadOnlyMemory<byte>)e)]);
        return directory.At("ledger");
    }

    private byte[] Sign(string party, string voice, string type, ChainPosition position, object body) => Entry.Write(story.Clock, StatementWriter.Write(
        PredicateType.FindName(type)!, story.World.Registry, new PartyId(party), story.Signer(voice), position, story.Clock, JsonSerializer.SerializeToElement(body)).OrThrow().Envelope.Span);

    /// <summary>The same envelope, received at the present time.</summary>
    private byte[] Later(byte[] entry)
    {
        Assert.True(Entry.TrySplit(entry, out _, out var envelope));
        return Entry.Write(story.Clock, envelope.Span);
    }

    private static byte[] Altered(byte[] entry, Action<JsonNode> change)
    {
        Assert.True(Entry.TrySplit(entry, out var received, out var envelope));
        var json = JsonNode.Parse(envelope.Span)!;
        change(json);
        return Entry.Write(received, Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private static JsonNode Charter(string name)
    {
        var charter = JsonSerializer.SerializeToNode(Scenario.SampleCharter("log.example/sample+5ad7a1e3+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"))!;
        charter["name"] = name;
        return charter;
    }

    /// <summary>A web server with a ledger's files and one claim.</summary>
    private sealed class Server : IDisposable
    {
        private readonly HttpListener listener = new();
        private readonly string directory;
        private readonly string claim;

        public Server(string directory, long size, string digest)
        {
            (this.directory, claim) = (directory, JsonSerializer.Serialize(new { size, digest }));
            listener.Prefixes.Add(Address.ToString());
            listener.Start();
            _ = AnswerAsync();
        }

        public Uri Address { get; } = Built.FreeAddress();

        public void Dispose() => listener.Close();

        private async Task AnswerAsync()
        {
            while (listener.IsListening)
            {
                try
                {
                    var context = await listener.GetContextAsync();
                    var path = context.Request.Url!.AbsolutePath.TrimStart('/');
                    var file = Path.Combine(directory, path);
                    var answer = path == "api/world/digest" ? Encoding.UTF8.GetBytes(claim) : File.Exists(file) ? await File.ReadAllBytesAsync(file) : null;
                    context.Response.StatusCode = answer is null ? 404 : 200;
                    context.Response.Close(answer ?? [], willBlock: true);
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
