using System.Text.Json;
using Standstill.Protocol;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.EndToEnd;

/// <summary>A lab with keys of its own that signs its statements one after the other.</summary>
internal sealed class Lab : IDisposable
{
    private readonly PartySigner root;
    private readonly PartySigner role;
    private readonly Digest registry;
    private ChainPosition rootChain = ChainPosition.First;
    private ChainPosition roleChain = ChainPosition.First;

    public Lab(string name, Digest registry)
    {
        Name = name;
        this.registry = registry;
        root = Key("root");
        role = Key("role");
    }

    public string Name { get; }

    /// <summary>The enrolment under the root key.</summary>
    public byte[] Enrol() => Sign("root", "party-enrolled", new { name = "Sample " + Name, kind = "lab", jurisdiction = "nowhere" });

    /// <summary>The role key, for everything.</summary>
    public byte[] AddRoleKey() => Sign("root", "role-key", new
    {
        key = role.PublicKey.Text,
        roles = new[] { "operations", "compute", "evidence", "governance" },
        proof = KeyProof.Make(registry, new PartyId(Name), role),
    });

    /// <summary>A heartbeat with a note.</summary>
    public byte[] Heartbeat(string note) => Sign("role", "heartbeat", new { note });

    /// <summary>Signs the next statement of one of its keys.</summary>
    public byte[] Sign(string key, string type, object body)
    {
        ref var chain = ref (key == "root" ? ref rootChain : ref roleChain);
        var written = Write(key, type, body, chain);
        chain = chain.After(written.Id);
        return written.Envelope.ToArray();
    }

    /// <summary>The same for a statement that will be refused: its place on the chain stays free.</summary>
    public byte[] Attempt(string key, string type, object body) => Write(key, type, body, key == "root" ? rootChain : roleChain).Envelope.ToArray();

    public void Dispose()
    {
        root.Dispose();
        role.Dispose();
    }

    private SealedStatement Write(string key, string type, object body, ChainPosition chain) => StatementWriter.Write(
        PredicateType.FindName(type)!, registry, new PartyId(Name), key == "root" ? root : role, chain, DateTimeOffset.UtcNow, JsonSerializer.SerializeToElement(body)).OrThrow();

    private PartySigner Key(string name) =>
        PartySigner.FromSeed(Digest.Of(System.Text.Encoding.UTF8.GetBytes($"end to end {registry} {Name} {name}")).ToBytes());
}
