using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Node.Api;
using Standstill.Node.Notices;
using Standstill.Protocol;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Node.Tests;

/// <summary>A real node on a free port of this machine, with parties that sign for themselves.</summary>
public sealed class RunningNode : IAsyncDisposable
{
    private readonly Dictionary<string, (PartySigner Signer, ChainPosition Next)> voices = new(StringComparer.Ordinal);
    private readonly string data;
    private readonly bool keep;

    private RunningNode(string data, bool keep, StandstillNode node)
    {
        this.data = data;
        this.keep = keep;
        Node = node;
        Http = new HttpClient { BaseAddress = node.Address };
    }

    public StandstillNode Node { get; }

    public HttpClient Http { get; }

    public World World => Node.Current.World;

    public static async Task<RunningNode> StartAsync(string? data = null, JsonObject? charter = null, NoticeSettings? notices = null)
    {
        var directory = data ?? Path.Combine(Path.GetTempPath(), $"standstill-node-{Guid.NewGuid():N}");
        var settings = new NodeSettings(directory, new Uri("http://127.0.0.1:0"), "log.example/test", charter ?? Charter(), TimeProvider.System) { Notices = notices };
        return new RunningNode(directory, data is not null, await StandstillNode.StartAsync(settings, CancellationToken.None));
    }

    public static JsonObject Charter()
    {
        var charter = JsonSerializer.SerializeToNode(Testing.Scenario.SampleCharter(""))!.AsObject();
        charter.Remove("log");
        return charter;
    }

    /// <summary>Signs with the voice `party` (root) or `party.key` (role) and posts.</summary>
    public async Task<HttpResponseMessage> SayAsync(string voice, string type, object body)
    {
        var envelope = Write(voice, type, body);
        var response = await PostAsync(envelope.Envelope);
        if (response.IsSuccessStatusCode)
        {
            var (signer, next) = voices[voice];
            voices[voice] = (signer, next.After(envelope.Id));
        }

        return response;
    }

    public SealedStatement Write(string voice, string type, object body)
    {
        if (!voices.TryGetValue(voice, out var known))
        {
            voices[voice] = known = (PartySigner.FromSeed(Digest.Of(System.Text.Encoding.UTF8.GetBytes("node test " + voice)).ToBytes()), ChainPosition.First);
        }

        return StatementWriter.Write(
            PredicateType.FindName(type)!, World.Registry, new PartyId(voice.Split('.')[0]), known.Signer, known.Next, DateTimeOffset.UtcNow, JsonSerializer.SerializeToElement(body)).OrThrow();
    }

    public async Task<SubmissionAnswer> TellAsync(string voice, string type, object body)
    {
        using var response = await SayAsync(voice, type, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<SubmissionAnswer>())!;
    }

    public async Task EnrolAsync(string party, string kind = "lab", string? name = null, string? constituency = null)
    {
        await TellAsync(party, "party-enrolled", new { name = name ?? "Sample " + party, kind, constituency });
        if (World.Parties[new PartyId(party)].Accredited is null)
        {
            await Node.Operator.AccreditAsync(new PartyId(party), "sample", CancellationToken.None);
        }

        Write(party + ".key", "heartbeat", new { });
        var role = voices[party + ".key"].Signer;
        await TellAsync(party, "role-key", new
        {
            key = role.PublicKey.Text,
            roles = new[] { "operations", "compute", "evidence", "governance" },
            proof = KeyProof.Make(World.Registry!.Value, new PartyId(party), role),
        });
    }

    public Task<HttpResponseMessage> PostAsync(ReadOnlyMemory<byte> body)
    {
        var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentType = new("application/json");
        return Http.PostAsync("/api/statements", content);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Node.DisposeAsync();
        foreach (var (signer, _) in voices.Values)
        {
            signer.Dispose();
        }

        if (!keep)
        {
            Directory.Delete(data, true);
        }
    }
}
