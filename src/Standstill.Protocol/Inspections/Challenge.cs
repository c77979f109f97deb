using System.Text.Json;
using Standstill.Protocol.Json;
using Standstill.Protocol.Statements;

namespace Standstill.Protocol.Inspections;

/// <summary>A demand to open chunks of one period, drawn by nobody: see <see cref="ChallengeDraw"/>.</summary>
/// <param name="Id">The challenge's name.</param>
/// <param name="Period">SHA-256 of the canonical JSON of the challenged <see cref="PeriodDigest"/>.</param>
/// <param name="CheckpointRoot">Root hash of a checkpoint later than the entry of the digest.</param>
/// <param name="Count">How many chunks to open, 1 to <see cref="MaximumCount"/>.</param>
public sealed record Challenge(string Id, Digest Period, Digest CheckpointRoot, int Count)
{
    /// <summary>Most chunks in one challenge.</summary>
    public const int MaximumCount = 1024;

    /// <summary>Longest name, characters.</summary>
    public const int MaximumId = 128;

    /// <summary>The challenge as JSON, as the meter and the inspector keep it beside the ledger.</summary>
    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("challenge", Id);
            writer.WriteString("period", Period.Hex);
            writer.WriteString("checkpointRoot", CheckpointRoot.Hex);
            writer.WriteNumber("count", Count);
            writer.WriteEndObject();
        }

        return CanonicalJson.Write(JsonElement.Parse(buffer.ToArray()));
    }

    /// <summary>Reads the JSON. Never throws on bad input.</summary>
    public static Parsed<Challenge> Read(ReadOnlyMemory<byte> utf8) =>
        StrictJson.TryParse(utf8, out var json, out var fault)
            ? Fields.Read(json, "", f => new Challenge(
                f.Text("challenge", MaximumId, "The challenge's name."),
                f.Digest("period", "SHA-256 of the canonical JSON of the digest."),
                f.Digest("checkpointRoot", "Root hash of a checkpoint later than the digest."),
                (int)f.Whole("count", 1, MaximumCount, "", "How many chunks to open.")))
            : Parsed<Challenge>.Bad([fault!]);
}
