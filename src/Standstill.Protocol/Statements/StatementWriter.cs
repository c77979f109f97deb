using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Protocol.Json;

namespace Standstill.Protocol.Statements;

/// <summary>Where a key's next statement stands on its chain.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Previous">The id of the one before; null at 0.</param>
public sealed record ChainPosition(long Sequence, Digest? Previous)
{
    /// <summary>The first statement of a key.</summary>
    public static ChainPosition First { get; } = new(0, null);

    /// <summary>The position after a statement.</summary>
    public ChainPosition After(Digest id) => new(Sequence + 1, id);
}

/// <summary>Writes and signs statements.</summary>
public static class StatementWriter
{
    /// <summary>Writes a statement's payload, in canonical JSON, and seals it.</summary>
    /// <param name="type">What kind of statement.</param>
    /// <param name="registry">The charter's id; null for the charter.</param>
    /// <param name="party">Who says it.</param>
    /// <param name="signer">The key.</param>
    /// <param name="position">Where it stands on the key's chain.</param>
    /// <param name="issued">When; milliseconds are kept.</param>
    /// <param name="body">The fields of the body.</param>
    /// <param name="subjects">Files it is about, beside the registry.</param>
    /// <returns>The envelope, or the faults of the body.</returns>
    public static Parsed<SealedStatement> Write(
        PredicateType type,
        Digest? registry,
        PartyId party,
        PartySigner signer,
        ChainPosition position,
        DateTimeOffset issued,
        JsonElement body,
        ImmutableArray<Subject> subjects = default)
    {
        var about = new JsonArray();
        var all = subjects.IsDefault ? [] : subjects;
        foreach (var subject in all.Insert(0, new Subject(registry is null ? "charter" : "registry", registry ?? Digest.Of(CanonicalJson.Write(body)))))
        {
            about.Add(new JsonObject { ["name"] = subject.Name, ["digest"] = new JsonObject { ["sha256"] = subject.Sha256.Hex } });
        }

        var predicate = new JsonObject
        {
            ["party"] = party.Value,
            ["key"] = signer.PublicKey.Text,
            ["sequence"] = position.Sequence,
            ["issued"] = UtcTime.Format(issued),
            ["body"] = JsonNode.Parse(body.GetRawText()),
        };
        if (registry is { } digest)
        {
            predicate["registry"] = digest.Hex;
        }

        if (position.Previous is { } previous)
        {
            predicate["previous"] = previous.Hex;
        }

        var statement = new JsonObject
        {
            ["_type"] = Statement.InTotoType,
            ["subject"] = about,
            ["predicateType"] = type.Uri,
            ["predicate"] = predicate,
        };
        var payload = CanonicalJson.Write(JsonSerializer.SerializeToElement(statement));
        var parsed = Statement.Parse(payload);
        return parsed.IsGood
            ? Parsed<SealedStatement>.Good(new SealedStatement(parsed.Value.Id, Envelope.Seal(payload, signer)))
            : Parsed<SealedStatement>.Bad(parsed.Faults);
    }
}

/// <summary>A signed statement, ready to submit.</summary>
/// <param name="Id">The statement's id.</param>
/// <param name="Envelope">The envelope's bytes.</param>
public sealed record SealedStatement(Digest Id, ReadOnlyMemory<byte> Envelope);
