using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Protocol;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Node.Tests.Pages;

/// <summary>A clock that stands where it is put; timers run on the real one.</summary>
internal sealed class StandingClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A started node on a free port with its own directory, and a client before it.</summary>
internal sealed class StartedNode : IAsyncDisposable
{
    private readonly DirectoryInfo directory;

    private StartedNode(StandstillNode node, DirectoryInfo directory, StandingClock clock)
    {
        (Node, this.directory, Clock) = (node, directory, clock);
        Http = new HttpClient { BaseAddress = node.Address };
        Http.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
    }

    public StandstillNode Node { get; }

    public StandingClock Clock { get; }

    public HttpClient Http { get; }

    public static async Task<StartedNode> StartAsync(bool sample)
    {
        var directory = Directory.CreateTempSubdirectory("standstill-pages-");
        var clock = new StandingClock(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var settings = new NodeSettings(directory.FullName, new Uri("http://127.0.0.1:0"), "standstill.example/pages", Charter(sample), clock);
        return new StartedNode(await StandstillNode.StartAsync(settings, CancellationToken.None), directory, clock);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Node.DisposeAsync();
        directory.Delete(recursive: true);
    }

    private static JsonObject Charter(bool sample) => JsonSerializer.SerializeToNode(new
    {
        name = "Registry of <b>tests</b>",
        purpose = "tests",
        sample,
        operatorName = "Sample operator",
        witnesses = Array.Empty<string>(),
        admission = new[] { "lab", "cloud", "evaluator", "inspector", "panel-member" }.Select(kind => new { kind, rule = "open" }),
        constituencies = new[] { new { name = "research", seats = 1, quorum = 1 } },
        limits = new { entryBytes = 65535, tickSeconds = 86400, clockSkewSeconds = 60, heartbeatSeconds = 604800 },
    })!.AsObject();
}

/// <summary>A party at its own terminal: signs with keys that follow from its name, and submits over HTTP.</summary>
internal sealed class Registrant(StartedNode node, string party)
{
    private readonly Dictionary<string, ChainPosition> chains = new(StringComparer.Ordinal);

    public static async Task<Registrant> EnrolAsync(StartedNode node, string party, string kind, string name, string? constituency = null)
    {
        var registrant = new Registrant(node, party);
        await registrant.SayAsync("root", PredicateType.FindName("party-enrolled")!, new { name, kind, constituency, jurisdiction = "nowhere" });
        using var role = Signer(party, "role");
        await registrant.SayAsync("root", PredicateType.FindName("role-key")!, new
        {
            key = role.PublicKey.Text,
            roles = new[] { "operations", "compute", "evidence", "governance" },
            proof = KeyProof.Make(node.Node.Current.World.Registry!.Value, new PartyId(party), role),
        });
        return registrant;
    }

    public Task SayAsync(string type, object body) => SayAsync("role", PredicateType.FindName(type)!, body);

    public Task SayUnknownAsync() => SayAsync("role", PredicateType.FindName("heartbeat")! with { Stem = "of-a-later-version" }, new { });

    private async Task SayAsync(string key, PredicateType type, object body)
    {
        using var signer = Signer(party, key);
        var position = chains.GetValueOrDefault(key, ChainPosition.First);
        var written = StatementWriter.Write(
            type, node.Node.Current.World.Registry, new PartyId(party), signer, position, node.Clock.Now, JsonSerializer.SerializeToElement(body)).OrThrow();
        using var content = new ByteArrayContent(written.Envelope.ToArray());
        using var response = await node.Http.PostAsync("/api/statements", content);
        Assert.True(response.IsSuccessStatusCode, $"{party} says {type.Name}: {await response.Content.ReadAsStringAsync()}");
        chains[key] = position.After(written.Id);
        node.Clock.Now += TimeSpan.FromMinutes(1);
    }

    private static PartySigner Signer(string party, string key) =>
        PartySigner.FromSeed(Digest.Of(Encoding.UTF8.GetBytes($"standstill sample {party} {key}")).ToBytes());
}
