using System.Text.Json;
using System.Text.Json.Nodes;

namespace Standstill.Meter.Store;

/// <summary>`series.jsonl`: a line for each series, in the order of their ids, durable before any sample that names them.</summary>
internal sealed class SeriesLog : IDisposable
{
    private readonly FileStream _file;
    private int _written;

    private SeriesLog(FileStream file, int written)
    {
        _file = file;
        _written = written;
    }

    /// <summary>Reads the series into a table and goes on after the last whole line.</summary>
    /// <exception cref="InvalidDataException">A whole line is not a series: the disk is damaged, or the file was edited.</exception>
    public static SeriesLog Open(string path, SeriesTable table)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        LineFile.Read(file, (number, line) =>
        {
            if (!TryRead(line, out var labels) || !table.TryIntern(labels, out var id, out _) || id != number)
            {
                throw new InvalidDataException($"{path}: line {number + 1} is not the series {number}; put back the file from a copy, ids are in the chunks");
            }
        });
        return new SeriesLog(file, table.Count);
    }

    /// <summary>Makes every series of the table durable.</summary>
    public void CatchUp(SeriesTable table)
    {
        var count = table.Count;
        if (_written == count)
        {
            return;
        }

        for (; _written < count; _written++)
        {
            using var json = new Utf8JsonWriter(_file);
            json.WriteStartObject();
            json.WriteNumber("id", _written);
            json.WriteStartObject("labels");
            foreach (var (name, value) in table[_written].Labels)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.Flush();
            _file.WriteByte((byte)'\n');
        }

        _file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file.Dispose();

    private static bool TryRead(ReadOnlyMemory<byte> line, out List<Label> labels)
    {
        labels = [];
        try
        {
            if (JsonNode.Parse(line.Span) is JsonObject series && series["labels"] is JsonObject named)
            {
                labels.AddRange(named.Select(l => new Label(l.Key, (string?)l.Value ?? "")));
                return true;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // The caller names the line.
        }

        return false;
    }
}
