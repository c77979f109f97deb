using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Standstill.Protocol.Inspections;
using Standstill.Protocol.Statements;

namespace Standstill.Meter.Store;

/// <summary>
/// `chunks.jsonl`: the chunks that the meter has committed to. The lines of one sealing are followed by one that names the segment of the
/// write-ahead log whose samples they hold; chunks without it were not committed, and are made again.
/// </summary>
/// <remarks>
/// <code>
/// {"area":…,"periodFromMs":…,"samples":…,"chunk":{…}}
/// {"sealed":SEGMENT,"closed":{AREA:MS,…}}
/// {"removed":PATH}        retention took the file; its line stays, since the period's tree is built from it
/// </code>
/// </remarks>
internal sealed class ChunkLog : IDisposable
{
    private readonly FileStream _file;
    private readonly Dictionary<(string Area, long Period), List<Chunk>> _chunks = [];
    private readonly HashSet<string> _removed = [];

    private ChunkLog(FileStream file) => _file = file;

    /// <summary>The last segment whose samples are all in chunks; -1 before the first.</summary>
    public long Sealed { get; private set; } = -1;

    /// <summary>For each area the end of its last closed period.</summary>
    public Dictionary<string, long> Closed { get; } = [];

    /// <summary>All chunks.</summary>
    public ImmutableArray<Chunk> Snapshot()
    {
        lock (_chunks)
        {
            return [.. _chunks.Values.SelectMany(c => c)];
        }
    }

    /// <summary>Reads the file; lines of a sealing that was not committed are cut off.</summary>
    /// <exception cref="InvalidDataException">A committed line cannot be read: the disk is damaged, or the file was edited.</exception>
    public static ChunkLog Open(string path)
    {
        var log = new ChunkLog(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        var waiting = new List<(int Number, ReadOnlyMemory<byte> Line)>();
        var (at, committed) = (0L, 0L);
        LineFile.Read(log._file, (number, line) =>
        {
            at += line.Length + 1;
            waiting.Add((number, line));
            if (line.Span.StartsWith("{\"sealed\":"u8) || line.Span.StartsWith("{\"removed\":"u8))
            {
                foreach (var (n, l) in waiting)
                {
                    if (!log.TryTake(l))
                    {
                        throw new InvalidDataException($"{path}: line {n + 1} is not a chunk; put back the file from a copy, digests commit to it");
                    }
                }

                waiting.Clear();
                committed = at;
            }
        });
        LineFile.Cut(log._file, committed);
        return log;
    }

    /// <summary>The chunks of a period in the order of their positions.</summary>
    public ImmutableArray<Chunk> Of(string area, long periodFromMs)
    {
        lock (_chunks)
        {
            return _chunks.TryGetValue((area, periodFromMs), out var chunks) ? [.. chunks] : [];
        }
    }

    /// <summary>Whether retention has taken a chunk's file.</summary>
    public bool IsRemoved(Chunk chunk)
    {
        lock (_chunks)
        {
            return _removed.Contains(chunk.File);
        }
    }

    /// <summary>The last chunk of an area, or null.</summary>
    public Chunk? Last(string area)
    {
        lock (_chunks)
        {
            return _chunks.Where(c => c.Key.Area == area).OrderBy(c => c.Key.Period).Select(c => c.Value[^1]).LastOrDefault();
        }
    }

    /// <summary>Commits to the chunks of a sealing.</summary>
    public void Commit(IReadOnlyList<Chunk> chunks, long segment, IReadOnlyDictionary<string, long> closed)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var chunk in chunks)
        {
            Line(lines, json =>
            {
                json.WriteString("area", chunk.Area);
                json.WriteNumber("periodFromMs", chunk.PeriodFromMs);
                json.WriteNumber("samples", chunk.Samples);
                json.WritePropertyName("chunk");
                ChunkJson.Write(json, chunk.Summary);
            });
        }

        Line(lines, json =>
        {
            json.WriteNumber("sealed", segment);
            json.WriteStartObject("closed");
            foreach (var (area, to) in closed.OrderBy(c => c.Key, StringComparer.Ordinal))
            {
                json.WriteNumber(area, to);
            }

            json.WriteEndObject();
        });
        Append(lines.WrittenSpan);
        lock (_chunks)
        {
            foreach (var chunk in chunks)
            {
                Take(chunk);
            }
        }

        Sealed = segment;
        foreach (var (area, to) in closed)
        {
            Closed[area] = to;
        }
    }

    /// <summary>Puts on record that a chunk's file goes; it goes after that.</summary>
    public void Remove(Chunk chunk)
    {
        var lines = new ArrayBufferWriter<byte>();
        Line(lines, json => json.WriteString("removed", chunk.File));
        Append(lines.WrittenSpan);
        lock (_chunks)
        {
            _removed.Add(chunk.File);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Append(ReadOnlySpan<byte> lines)
    {
        lock (_file)
        {
            _file.Write(lines);
            _file.Flush(flushToDisk: true);
        }
    }

    private static void Line(ArrayBufferWriter<byte> lines, Action<Utf8JsonWriter> members)
    {
        using (var json = new Utf8JsonWriter(lines))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        lines.Write("\n"u8);
    }

    private void Take(Chunk chunk)
    {
        if (!_chunks.TryGetValue((chunk.Area, chunk.PeriodFromMs), out var list))
        {
            _chunks[(chunk.Area, chunk.PeriodFromMs)] = list = [];
        }

        list.Add(chunk);
    }

    private bool TryTake(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            if (json.TryGetProperty("sealed", out var segment))
            {
                Sealed = segment.GetInt64();
                foreach (var area in json.GetProperty("closed").EnumerateObject())
                {
                    Closed[area.Name] = area.Value.GetInt64();
                }
            }
            else if (json.TryGetProperty("removed", out var path))
            {
                _removed.Add(path.GetString()!);
            }
            else if (Fields.Read(json.GetProperty("chunk"), "chunk", ChunkJson.Read) is { IsGood: true } summary)
            {
                Take(new Chunk(json.GetProperty("area").GetString()!, json.GetProperty("periodFromMs").GetInt64(), summary.Value, json.GetProperty("samples").GetInt64()));
            }
            else
            {
                return false;
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return false;
        }
    }
}
