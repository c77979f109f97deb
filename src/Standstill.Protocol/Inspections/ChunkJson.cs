using System.Text.Json;
using Standstill.Protocol.Statements;

namespace Standstill.Protocol.Inspections;

/// <summary>A chunk's summary as JSON: a line of the meter's list, and part of an opening.</summary>
/// <remarks>Whole numbers stand as JSON numbers up to 2⁶³ − 1: read them as 64-bit integers, not as doubles.</remarks>
public static class ChunkJson
{
    /// <summary>Writes a summary as an object.</summary>
    public static void Write(Utf8JsonWriter writer, ChunkSummary chunk)
    {
        writer.WriteStartObject();
        writer.WriteNumber("position", chunk.Position);
        writer.WriteString("file", chunk.File.Hex);
        writer.WriteNumber("bytes", chunk.Bytes);
        writer.WriteNumber("fromMs", chunk.Window.FromMs);
        writer.WriteNumber("toMs", chunk.Window.ToMs);
        writer.WriteNumber("scrapeMs", chunk.Window.ScrapeMs);
        writer.WriteNumber("firstMs", chunk.FirstMs);
        writer.WriteNumber("lastMs", chunk.LastMs);
        writer.WritePropertyName("sums");
        Write(writer, chunk.Sums);
        writer.WriteEndObject();
    }

    /// <summary>Writes sums as an object with a member for each figure.</summary>
    public static void Write(Utf8JsonWriter writer, ChunkSums sums)
    {
        writer.WriteStartObject();
        var fields = sums.ToFields();
        for (var i = 0; i < fields.Length; i++)
        {
            writer.WriteNumber(ChunkSums.Names[i], fields[i]);
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads a summary; over no object, lists its fields.</summary>
    public static ChunkSummary Read(Fields fields)
    {
        var chunk = new ChunkSummary(
            (int)fields.Whole("position", 0, SumTree.MaximumCount - 1, "", "Place in the period's list, from 0."),
            fields.Digest("file", "SHA-256 of the chunk's file."),
            fields.Whole("bytes", 0, long.MaxValue, "bytes", "Length of the file."),
            new ChunkWindow(
                fields.Whole("fromMs", 0, ChunkWindow.MaximumMs, "ms since 1970", "Start of the time that the chunk owns."),
                fields.Whole("toMs", 0, ChunkWindow.MaximumMs, "ms since 1970", "End of that time, which it does not own."),
                (int)fields.Whole("scrapeMs", 1, ChunkWindow.MaximumScrapeMs, "ms", "Interval between samples of a series.")),
            fields.Whole("firstMs", 0, ChunkWindow.MaximumMs, "ms since 1970", "Time of the earliest sample within the window, or its start."),
            fields.Whole("lastMs", 0, ChunkWindow.MaximumMs, "ms since 1970", "Time of the latest sample within the window, or its start."),
            fields.Object("sums", "What its samples add up to.", ReadSums));
        fields.Require(!fields.IsGood || chunk.IsGood, "toMs", "the times of the chunk do not follow on each other", "order them: from, first, last, to");
        return chunk;
    }

    /// <summary>Reads sums; over no object, lists their fields.</summary>
    public static ChunkSums ReadSums(Fields fields)
    {
        Span<long> figures = stackalloc long[ChunkSums.FieldCount];
        for (var i = 0; i < figures.Length; i++)
        {
            figures[i] = fields.Whole(ChunkSums.Names[i], 0, long.MaxValue, "", "See the summary of a chunk.");
        }

        return ChunkSums.FromFields(figures);
    }
}
