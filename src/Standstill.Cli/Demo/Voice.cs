using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Standstill.Node.Api;
using Standstill.Protocol;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Demo;

/// <summary>A sample party at its own terminal: it keeps its keys, signs, and sends over HTTP like everybody else.</summary>
internal sealed class Voice(PartyId party, HttpClient http, TimeProvider clock) : IDisposable
{
    private readonly Dictionary<string, PartySigner> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ChainPosition> chains = new(StringComparer.Ordinal);

    public PartyId Party { get; } = party;

    /// <summary>Enrols the party and one role key for everything it says.</summary>
    public async Task<long> EnrolAsync(Digest registry, object description, Func<PartyId, Task> accredit)
    {
        var index = (await SayAsync(registry, "root", "party-enrolled", description)).Index;
        await accredit(Party);
        var role = Key("role");
        await SayAsync(registry, "root", "role-key", new
        {
            key = role.PublicKey.Text,
            roles = new[] { "operations", "compute", "evidence", "governance" },
            proof = KeyProof.Make(registry, Party, role),
        });
        return index;
    }

    /// <summary>Says something with the role key.</summary>
    public Task<SubmissionAnswer> SayAsync(Digest registry, string type, object body) => SayAsync(registry, "role", type, body);

    /// <summary>Says something with a key that may be refused; the answer is why, or null.</summary>
    public async Task<string?> TrySayAsync(Digest registry, string key, string type, object body)
    {
        using var response = await SendAsync(registry, key, type, body);
        return response.IsSuccessStatusCode ? null : JsonElement.Parse(await response.Content.ReadAsByteArrayAsync()).GetProperty("detail").GetString();
    }

    /// <summary>One of its keys. A sample's keys follow from the names: they protect nothing.</summary>
    public PartySigner Key(string name) => keys.TryGetValue(name, out var key)
        ? key
        : keys[name] = PartySigner.FromSeed(Digest.Of(Encoding.UTF8.GetBytes($"standstill sample {Party} {name}")).ToBytes());

    public void Dispose()
    {
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }
    }

    /// <summary>Says something with one of its keys.</summary>
    public async Task<SubmissionAnswer> SayAsync(Digest registry, string key, string type, object body)
    {
        using var response = await SendAsync(registry, key, type, body);
        return response.IsSuccessStatusCode
            ? (await response.Content.ReadFromJsonAsync<SubmissionAnswer>())!
            : throw new InvalidDataException($"{Party} says {type}: {await response.Content.ReadAsStringAsync()}");
    }

    private async Task<HttpResponseMessage> SendAsync(Digest registry, string key, string type, object body)
    {
        var signer = Key(key);
        var position = chains.GetValueOrDefault(key, ChainPosition.First);
        var written = StatementWriter.Write(
            PredicateType.FindName(type)!, registry, Party, signer, position, clock.GetUtcNow(), JsonSerializer.SerializeToElement(body)).OrThrow();
        using var content = new ByteArrayContent(written.Envelope.ToArray());
        content.Headers.ContentType = new("application/json");
        var response = await http.PostAsync("/api/statements", content);
        if (response.IsSuccessStatusCode)
        {
            chains[key] = position.After(written.Id);
        }

        return response;
    }
}
