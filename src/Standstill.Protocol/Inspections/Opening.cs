using System.Collections.Immutable;
using System.Text.Json;
using Standstill.Protocol.Json;
using Standstill.Protocol.Statements;

namespace Standstill.Protocol.Inspections;

/// <summary>A chunk laid open: its summary, and the proof that the digest contains it.</summary>
/// <param name="Summary">The summary, which names the SHA-256 of its file.</param>
/// <param name="Proof">The way up to the root.</param>
public sealed record OpenedChunk(ChunkSummary Summary, SumProof Proof)
{
    /// <summary>Name of a chunk's file within an opening. It follows from the position: an opening names no paths.</summary>
    public static string FileName(int position) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"chunk-{position}.parquet");
}

/// <summary>The answer to a challenge: the drawn chunks with their proofs. Their files lie beside it.</summary>
/// <param name="ChallengeId">The challenge.</param>
/// <param name="Period">SHA-256 of the canonical JSON of the digest.</param>
/// <param name="Totals">The totals to which the root commits.</param>
/// <param name="Chunks">The opened chunks, in the order of their positions.</param>
public sealed record Opening(string ChallengeId, Digest Period, ChunkSums Totals, ImmutableArray<OpenedChunk> Chunks)
{
    /// <summary>Name of the file within a folder or archive.</summary>
    public const string FileName = "opening.json";

    /// <summary>Longest file that is read, bytes: 1,024 chunks with the longest paths take less.</summary>
    public const int MaximumBytes = 64 << 20;

    /// <summary>The JSON, UTF-8.</summary>
    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("challenge", ChallengeId);
            writer.WriteString("period", Period.Hex);
            writer.WritePropertyName("totals");
            ChunkJson.Write(writer, Totals);
            writer.WriteStartArray("chunks");
            foreach (var chunk in Chunks)
            {
                writer.WriteStartObject();
                writer.WritePropertyName("summary");
                ChunkJson.Write(writer, chunk.Summary);
                writer.WriteStartArray("path");
                foreach (var node in chunk.Proof.Path)
                {
                    writer.WriteStartObject();
                    writer.WriteString("hash", node.Hash.Hex);
                    writer.WritePropertyName("sums");
                    ChunkJson.Write(writer, node.Sums);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Reads the JSON. Never throws on bad input.</summary>
    public static Parsed<Opening> Read(ReadOnlyMemory<byte> utf8) =>
        utf8.Length > MaximumBytes ? Parsed<Opening>.Bad("", $"{utf8.Length} bytes are more than the {MaximumBytes} of an opening", "open fewer chunks")
        : StrictJson.TryParse(utf8, out var json, out var fault) ? Fields.Read(json, "", Read)
        : Parsed<Opening>.Bad([fault!]);

    private static Opening Read(Fields fields) => new(
        fields.Text("challenge", Challenge.MaximumId, "The challenge's name."),
        fields.Digest("period", "SHA-256 of the canonical JSON of the digest."),
        fields.Object("totals", "The totals to which the root commits.", ChunkJson.ReadSums),
        fields.List("chunks", 0, Challenge.MaximumCount, "The opened chunks, in the order of their positions.", f => new OpenedChunk(
            f.Object("summary", "The chunk's summary.", ChunkJson.Read),
            new SumProof(f.List("path", 0, SumProof.MaximumLength, "Siblings from the leaf's up to the child of the top.", n => new SumNode(
                n.Digest("hash", "The sibling's hash."),
                n.Object("sums", "The sums below it.", ChunkJson.ReadSums)))))));
}
