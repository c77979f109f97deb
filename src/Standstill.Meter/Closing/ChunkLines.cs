using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;
using Standstill.Protocol.Json;
using Standstill.Protocol.Statements;

namespace Standstill.Meter.Closing;

/// <summary>The chunks of a closed period: one summary a line, in the order of their positions.</summary>
public static class ChunkLines
{
    // A line takes about 800 bytes.
    private const int LongestLine = 8192;

    /// <summary>Writes the lines.</summary>
    public static byte[] Write(IEnumerable<ChunkSummary> chunks)
    {
        using var buffer = new MemoryStream();
        using var writer = new Utf8JsonWriter(buffer);
        foreach (var chunk in chunks)
        {
            writer.Reset();
            ChunkJson.Write(writer, chunk);
            writer.Flush();
            buffer.WriteByte((byte)'\n');
        }

        return buffer.ToArray();
    }

    /// <summary>Reads the lines; a fault names its line. Never throws on bad input.</summary>
    public static Parsed<IReadOnlyList<ChunkSummary>> Read(ReadOnlyMemory<byte> utf8)
    {
        var chunks = new List<ChunkSummary>();
        for (var (rest, number) = (utf8, 1); !rest.IsEmpty; number++)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            if (end < 0 || end > LongestLine)
            {
                return Bad(number, end < 0 ? "the line is cut off" : $"the line is longer than {LongestLine} bytes");
            }

            var read = StrictJson.TryParse(rest[..end], out var json, out var fault) ? Fields.Read(json, "", ChunkJson.Read) : Parsed<ChunkSummary>.Bad([fault!]);
            if (!read.IsGood)
            {
                return Parsed<IReadOnlyList<ChunkSummary>>.Bad([.. read.Faults.Select(f => f with { Place = f.Place.Length == 0 ? Line(number) : $"{Line(number)}, {f.Place}" })]);
            }

            if (read.Value.Position != chunks.Count)
            {
                return Bad(number, $"the line of position {read.Value.Position} stands where {chunks.Count} belongs");
            }

            chunks.Add(read.Value);
            rest = rest[(end + 1)..];
        }

        return Parsed<IReadOnlyList<ChunkSummary>>.Good(chunks.ToImmutableArray());
    }

    private static Parsed<IReadOnlyList<ChunkSummary>> Bad(int number, string message) =>
        Parsed<IReadOnlyList<ChunkSummary>>.Bad(Line(number), message, "restore the file as the meter wrote it");

    private static string Line(int number) => string.Create(CultureInfo.InvariantCulture, $"line {number}");
}
