using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Standstill.Audit;
using Standstill.Protocol;

namespace Standstill.EndToEnd;

/// <summary>
/// A pact among four parties from the first word to the release, each with keys and processes of its own. The node is killed at every
/// step, sometimes before its answer could be read; an outsider folds the same files after each and comes to the same state.
/// </summary>
public sealed class FourPartiesTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>Debian's library that shows processes another time of day.</summary>
    private static readonly string FakeTime = Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu")
        .Select(d => Path.Combine(d, "faketime", "libfaketimeMT.so.1"))
        .FirstOrDefault(File.Exists) ?? "libfaketimeMT.so.1";

    private static readonly DateTimeOffset Start = new(2027, 1, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[] Parties = ["ash", "birch", "cedar", "dogwood"];

    private const string Terms = """
        pact "Four stand still"
          stop     training runs above 1e26 FLOP
          allow    inference
          trigger  long-work
          prepare  within 7 days
          notice   7 days
          cure     14 days
          rulings  within 30 days
          silence  20 days
          owe      balance every 30 days
          withdraw with 30 days of notice
          blackout 10 days
          probation 20 days
          release  by all members
          lift     to 50% after 10 days
        """;

    private const string Trigger = """
        trigger "Long work" version 1
          pause   when frontier horizon(50%) > 8 h with confidence 80%
          release when panel votes release
          evidence from at least 1 independent evaluator, none older than 3000 days
          undetermined holds the last verdict
        """;

    private readonly TemporaryDirectory directory = new();
    private readonly Dictionary<string, Lab> voices = [];
    private readonly Uri address = Built.FreeAddress();
    private readonly Dictionary<long, string> claimed = [];
    private JsonElement latest;
    private int kills;
    private int audits;

    private string Data => directory.At("data");

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Four_parties_go_through_the_whole_life_of_a_pact_and_an_outsider_agrees_at_each_entry()
    {
        Assert.True(File.Exists(FakeTime), $"`{FakeTime}` is missing: `./test` installs it");
        await FoundAsync();

        // Prepared: each asks for the others, dogwood for any two of them.
        await SayAsync(0, "ash", "pact-opened-v2", new { pact = "four", text = Terms });
        await SayAsync(1, "ash", "commitment-v2", new { pact = "four", text = "stop when at least 3 (staying at 2) parties" });
        await SayAsync(1, "birch", "commitment-v2", new { pact = "four", text = "stop when all of ash" });
        await SayAsync(2, "cedar", "commitment-v2", new { pact = "four", text = "stop when all of birch" });
        var armed = await SayAsync(3, "dogwood", "commitment-v2", new { pact = "four", text = "stop when at least 2 (staying at 1) of ash, birch, cedar" });
        Assert.Equal("armed", Stage(armed));
        Assert.Empty(Bound(armed));

        // Called: nobody is bound until the last has confirmed, and then all are at one entry.
        var called = await SayAsync(5, "fern", "capability-result", new
        {
            source = "fern-lab",
            citation = "sample",
            model = "model-x",
            released = "2027-01-01",
            p50Minutes = 720,
            p50Low = 600,
            p50High = 900,
            censoring = "none",
        });
        Assert.Equal("preparing", Stage(called));
        foreach (var party in Parties[..3])
        {
            Assert.Empty(Bound(await ReadyAsync(6, party)));
        }

        var bound = await ReadyAsync(7, "dogwood");
        Assert.Equal(Parties, Bound(bound));
        Assert.Equal("in-notice", Stage(bound));
        Assert.Single(bound.GetProperty("members").EnumerateArray().Select(m => m.GetProperty("since").GetProperty("entry").GetInt64()).Distinct());

        // In force, and nobody can slip away in the blackout.
        Assert.Contains("2027-01-16", await RefusedAsync(10, "birch", "withdrawal", new { pact = "four", reason = "a lead" }), StringComparison.Ordinal);
        Assert.Equal("in-force", Stage(await SayAsync(15, "ash", "heartbeat", new { note = "in force" })));

        // Silence, then what was owed: dogwood is suspected and clears itself.
        foreach (var party in Parties[..3])
        {
            await SayAsync(40, party, "duty-discharged", Balance(party));
        }

        Assert.Equal("suspected", Standing(await SayAsync(66, "ash", "duty-discharged", Balance("ash")), "dogwood"));
        Assert.Equal("bound", Standing(await SayAsync(67, "dogwood", "duty-discharged", Balance("dogwood")), "dogwood"));
        foreach (var party in new[] { "birch", "cedar" })
        {
            await SayAsync(68, party, "duty-discharged", Balance(party));
        }

        // Cure: alleged, upheld, put right.
        await SayAsync(69, "dogwood", "allegation", new { allegation = "late-log", pact = "four", accused = "cedar", text = "a log that came late" });
        Assert.Equal("in-cure", Standing(await SayAsync(69, "gorse", "ruling", new { allegation = "late-log", decision = "upheld", text = "seen" }), "cedar"));
        Assert.Equal("bound", Standing(await SayAsync(69, "gorse", "ruling", new { allegation = "late-log", decision = "cured", text = "put right" }), "cedar"));

        // Breach: alleged, upheld, not cured. Birch asked for ash, cedar for birch, dogwood for one of the three: all are free at that instant.
        await SayAsync(70, "birch", "allegation", new { allegation = "night-run", pact = "four", accused = "ash", text = "a run that was not declared" });
        Assert.Equal("in-cure", Standing(await SayAsync(71, "gorse", "ruling", new { allegation = "night-run", decision = "upheld", text = "seen" }), "ash"));
        await SayAsync(84, "birch", "heartbeat", new { note = "a day before" });
        var cascade = await SayAsync(86, "cedar", "heartbeat", new { note = "a day after" });
        Assert.Equal("in-breach", Standing(cascade, "ash"));
        Assert.Equal(("waiting", "waiting"), (Standing(cascade, "birch"), Standing(cascade, "cedar")));
        Assert.Contains(cascade.GetProperty("history").EnumerateArray(), h => h.GetProperty("what").GetString()!.StartsWith("birch is free", StringComparison.Ordinal));

        // Re-entry: bound together again by new preparation once its probation is over and it counts.
        await SayAsync(90, "ash", "commitment-v2", new { pact = "four", text = "stop when at least 2 parties" });
        var again = await SayAsync(112, "birch", "heartbeat", new { note = "probation is over" });
        if (Stage(again) == "preparing")
        {
            foreach (var party in Parties)
            {
                again = await ReadyAsync(113, party);
            }
        }

        Assert.Equal(Parties, Bound(again));
        var force = await SayAsync(122, "ash", "heartbeat", new { note = "in force again" });
        Assert.Equal("in-force", Stage(force));

        // Release by all, in steps.
        foreach (var party in Parties)
        {
            force = await SayAsync(125, party, "release", new { pact = "four", reason = "the evidence has changed" });
        }

        Assert.Equal("lifting-unanimous", Stage(force));
        Assert.StartsWith("released", Stage(await SayAsync(150, "ash", "heartbeat", new { note = "over" })), StringComparison.Ordinal);
        await AuditEachEntryAsync();
        output.WriteLine($"{kills} kills of the node, {audits} audits from outside");
    }

    public void Dispose()
    {
        foreach (var voice in voices.Values)
        {
            voice.Dispose();
        }

        directory.Dispose();
    }

    private static object Balance(string party) => new
    {
        pact = "four",
        member = party,
        duty = "balance",
        evidence = new[] { new { sha256 = Digest.Of("balance"u8).Hex } },
    };

    private static string Stage(JsonElement pact) => pact.GetProperty("stage").GetProperty("stage").GetString()!;

    private static string[] Bound(JsonElement pact) => [.. pact.GetProperty("bound").EnumerateArray().Select(b => b.GetString()!)];

    private static string Standing(JsonElement pact, string party) =>
        pact.GetProperty("members").EnumerateArray().First(m => m.GetProperty("party").GetString() == party).GetProperty("standing").GetString()!;

    private async Task FoundAsync()
    {
        await File.WriteAllTextAsync(directory.At("charter.json"), """
            {
              "name": "Four parties (sample)", "purpose": "tests", "sample": true, "operatorName": "Sample operator",
              "admission": [
                { "kind": "lab", "rule": "open" }, { "kind": "evaluator", "rule": "open" },
                { "kind": "inspector", "rule": "open" }, { "kind": "panel-member", "rule": "open" }
              ],
              "constituencies": [{ "name": "all", "seats": 1, "quorum": 1 }],
              "limits": { "entryBytes": 65535, "tickSeconds": 86400, "clockSkewSeconds": 60, "heartbeatSeconds": 86400 }
            }
            """);
        await using var node = await UpAsync(0);
        var digest = await node.Http.GetFromJsonAsync<JsonElement>("api/world/digest");
        Assert.True(Digest.TryParse(digest.GetProperty("registry").GetString(), out var registry));
        foreach (var (name, kind) in Parties.Select(p => (p, "lab")).Append(("fern", "evaluator")).Append(("gorse", "inspector")).Append(("hazel", "panel-member")))
        {
            var voice = voices[name] = new Lab(name, registry);
            await SendAsync(node, voice.Sign("root", "party-enrolled", new { name = "Sample " + name, kind, jurisdiction = "nowhere", constituency = kind == "panel-member" ? "all" : null }));
            await SendAsync(node, voice.AddRoleKey());
        }

        await SendAsync(node, voices["hazel"].Sign("role", "trigger-proposed", new { trigger = "long-work", text = Trigger, rationale = "sample" }));
        await SendAsync(node, voices["hazel"].Sign("role", "trigger-voted", new { trigger = "long-work", version = 1, choice = "adopt" }));
        await SendAsync(node, voices["hazel"].Sign("role", "trigger-adopted", new { trigger = "long-work", version = 1 }));
        await node.KillAsync();
    }

    private Task<JsonElement> ReadyAsync(double day, string party) =>
        SayAsync(day, party, "readiness", new { pact = "four", coalition = latest.GetProperty("coalition").GetString() });

    /// <summary>One step: the node comes up on that day, the party's own process sends its statement, the node is killed before or after
    /// it could answer, comes up again, has it once, and is killed; then the outsider folds the files.</summary>
    private async Task<JsonElement> SayAsync(double day, string party, string type, object body)
    {
        var envelope = voices[party].Sign("role", type, body);
        var file = directory.At($"{party}.envelope");
        await File.WriteAllBytesAsync(file, envelope);
        await using (var node = await UpAsync(day))
        {
            var sending = Command.RunAsync(["submit", file, "--node", address.ToString(), "--json"]);
            if (kills % 3 == 0)
            {
                await Task.Delay(kills * 37 % 400);
            }
            else
            {
                var sent = await sending;
                Assert.True(sent.Status == 0, $"day {day}, {party}, {type}: {sent.Errors}");
            }

            await node.KillAsync();
            kills++;
            await sending;
        }

        await using (var node = await UpAsync(day))
        {
            var sent = await Command.RunAsync(["submit", file, "--node", address.ToString(), "--json"]);
            Assert.True(sent.Status == 0, $"day {day}, {party}, {type}: {sent.Errors}");
            latest = await PactAsync(node);
            var digest = await node.Http.GetFromJsonAsync<JsonElement>("api/world/digest");
            await node.KillAsync();
            kills++;
            claimed[digest.GetProperty("size").GetInt64()] = digest.GetProperty("digest").GetString()!;
            await AuditAsync(digest.GetProperty("size").GetInt64(), digest.GetProperty("digest").GetString()!);
            return latest;
        }
    }

    private async Task<string> RefusedAsync(double day, string party, string type, object body)
    {
        await using var node = await UpAsync(day);
        using var content = new ByteArrayContent(voices[party].Attempt("role", type, body));
        content.Headers.ContentType = new("application/json");
        using var answer = await node.Http.PostAsync("api/statements", content);
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>An outsider with the files alone.</summary>
    private async Task AuditAsync(long size, string digest)
    {
        var told = await Command.RunAsync(["world", Data, "--size", size.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(told.Status == 0, told.Errors);
        Assert.Contains($"digest {digest}", told.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        audits++;
    }

    /// <summary>Every size once more, from the files alone, with what the node claimed of it while it ran.</summary>
    private async Task AuditEachEntryAsync()
    {
        var audit = await Command.RunAsync(["audit", Data, "--json"]);
        Assert.True(audit.Status == 0, audit.Output + audit.Errors);
        Assert.Equal(0, audit.Json.GetProperty("voidEntries").GetInt64());
        for (var size = 1L; size <= audit.Json.GetProperty("size").GetInt64(); size++)
        {
            var report = await Auditor.RunAsync(new AuditSource.Files(Path.Combine(Data, "ledger")), null, size);
            Assert.Null(report.Fault);
            Assert.Equal(claimed.GetValueOrDefault(size, WorldDocument.DigestOf(report.World!).Hex), WorldDocument.DigestOf(report.World!).Hex);
        }
    }

    private async Task SendAsync(RunningNode node, byte[] envelope)
    {
        using var content = new ByteArrayContent(envelope);
        content.Headers.ContentType = new("application/json");
        using var answer = await node.Http.PostAsync("api/statements", content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<RunningNode> UpAsync(double day)
    {
        var time = (Start + TimeSpan.FromDays(day)).AddSeconds(kills).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var node = RunningNode.Begin(Data, address, new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = FakeTime,
            ["FAKETIME"] = "@" + time,
            ["DONT_FAKE_MONOTONIC"] = "1",
        }, "--charter", directory.At("charter.json"));
        await node.ReadyAsync(TimeSpan.FromMinutes(1));
        return node;
    }

    private static async Task<JsonElement> PactAsync(RunningNode node)
    {
        var pacts = await node.Http.GetFromJsonAsync<JsonElement>("api/world/pacts");
        return pacts.EnumerateArray().FirstOrDefault();
    }
}
