using System.Collections.Immutable;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Store;

/// <summary>The time of an area that one sealing turns into chunks: [from, to).</summary>
internal readonly record struct SealedTime(int Area, long FromMs, long ToMs);

/// <summary>Turns accepted samples into chunk files. Works beside the writer, on rows that no longer change.</summary>
internal sealed class Sealing(string root, SeriesTable table, ChunkLog log, int scrapeMs) : IDisposable
{
    private readonly ChunkFile _file = new();
    private readonly Dictionary<string, ChunkColumns> _carried = [];
    private long[] _times = [];
    private double[] _values = [];

    /// <summary>Makes the chunks of the samples before the ends of the given times; those after are not its concern.</summary>
    public List<Chunk> Make(SampleBatch rows, IReadOnlyList<SealedTime> times)
    {
        var windows = times.SelectMany(Windows).ToList();
        var of = new List<int>[table.Areas.Length];
        for (var w = 0; w < windows.Count; w++)
        {
            (of[windows[w].Area] ??= []).Add(w);
        }

        var order = Divided(rows, windows, of, out var starts);
        var chunks = new List<Chunk>();
        for (var w = 0; w < windows.Count; w++)
        {
            if (Make(rows, order.AsSpan(starts[w]..starts[w + 1]), windows[w], chunks) is { } chunk)
            {
                chunks.Add(chunk);
            }
        }

        return chunks;
    }

    /// <summary>The last time of each series in chunk files.</summary>
    public IEnumerable<(int Series, long TimeMs)> Heads(IEnumerable<string> paths) => _file.Heads(paths);

    public void Dispose() => _file.Dispose();

    // No chunk crosses the end of a balance period.
    private IEnumerable<SealedTime> Windows(SealedTime time)
    {
        var rule = table.Areas[time.Area];
        for (var from = time.FromMs; from < time.ToMs;)
        {
            var to = Math.Min(time.ToMs, rule.PeriodOf(from) + rule.PeriodMs);
            yield return new SealedTime(time.Area, from, to);
            from = to;
        }
    }

    // Rows by window, in the order of their arrival: a counting sort. What is late goes to the first window, as a row from before it.
    private int[] Divided(SampleBatch rows, List<SealedTime> windows, List<int>[] of, out int[] starts)
    {
        var at = new int[rows.Count];
        starts = new int[windows.Count + 1];
        for (var i = 0; i < at.Length; i++)
        {
            at[i] = -1;
            if (of[table[rows.Series[i]].Area] is { } candidates && rows.TimeMs[i] < windows[candidates[^1]].ToMs)
            {
                var c = 0;
                while (rows.TimeMs[i] >= windows[candidates[c]].ToMs)
                {
                    c++;
                }

                at[i] = candidates[c];
                starts[at[i] + 1]++;
            }
        }

        for (var w = 0; w < windows.Count; w++)
        {
            starts[w + 1] += starts[w];
        }

        var next = starts[..^1];
        var order = new int[starts[^1]];
        for (var i = 0; i < at.Length; i++)
        {
            if (at[i] >= 0)
            {
                order[next[at[i]]++] = i;
            }
        }

        return order;
    }

    private Chunk? Make(SampleBatch rows, ReadOnlySpan<int> order, SealedTime time, List<Chunk> before)
    {
        var rule = table.Areas[time.Area];
        var window = new ChunkWindow(time.FromMs, time.ToMs, scrapeMs);
        var carried = Carried(rule.Area);
        if (order.IsEmpty && carried.Count == 0)
        {
            return null;
        }

        var period = rule.PeriodOf(time.FromMs);
        var chunk = BySeries(rows, order, carried, new ChunkRows(rule.Area, period, window, [], default, default));
        var columns = chunk.ToColumns();
        var position = log.Of(rule.Area, period).Length + before.Count(c => c.Area == rule.Area && c.PeriodFromMs == period);
        var (digest, bytes) = Write(Path.Combine(root, Chunk.PathOf(rule.Area, period, position)), chunk);
        var (first, last) = ChunkAccount.Span(columns, window);
        _carried[rule.Area] = chunk.HandOn(columns);
        return new Chunk(rule.Area, period, new ChunkSummary(position, digest, bytes, window, first, last, ChunkAccount.Of(columns, window)), chunk.Samples);
    }

    // What the last chunk hands on; after a start, read from its file. A file that is damaged hands nothing on: the meter goes on, and the
    // accelerators are on the roster again with their next sample.
    private ChunkColumns Carried(string area)
    {
        if (!_carried.TryGetValue(area, out var carried))
        {
            carried = log.Last(area) is { } last && _file.Read(Path.Combine(root, last.File)).Value is { } rows
                ? rows.HandOn(rows.ToColumns())
                : new ChunkColumns([], default, default, default);
            _carried[area] = carried;
        }

        return carried;
    }

    // Another counting sort, by series: rows of one series keep the order of their arrival.
    private ChunkRows BySeries(SampleBatch rows, ReadOnlySpan<int> order, ChunkColumns carried, ChunkRows into)
    {
        var count = carried.Count + order.Length;
        if (_times.Length < count)
        {
            _times = new long[count];
            _values = new double[count];
        }

        var runs = ImmutableArray.CreateBuilder<ChunkSeries>();
        for (var i = 0; i < carried.Count; i++)
        {
            var series = carried.Series[carried.SeriesAt.Span[i]];
            var metric = series.Quantity == Quantity.Known ? Measure.Known : table[series.Id].Name;
            _times[i] = carried.TimeMs.Span[i];
            _values[i] = carried.Value.Span[i];
            runs.Add(new ChunkSeries(series.Id, metric, series.Subject, true, i, i + 1));
        }

        var next = new int[table.Count + 1];
        foreach (var i in order)
        {
            next[rows.Series[i]]++;
        }

        var at = carried.Count;
        for (var id = 0; id < next.Length; id++)
        {
            if (next[id] > 0)
            {
                var series = table[id];
                runs.Add(new ChunkSeries(id, series.Name, series.Subject, false, at, at + next[id]));
                (at, next[id]) = (at + next[id], at);
            }
        }

        foreach (var i in order)
        {
            var place = next[rows.Series[i]]++;
            _times[place] = rows.TimeMs[i];
            _values[place] = rows.Value[i];
        }

        return into with { Series = runs.ToImmutable(), TimeMs = _times.AsMemory(0, count), Value = _values.AsMemory(0, count) };
    }

    private (Digest Digest, long Bytes) Write(string path, ChunkRows chunk)
    {
        Durable.MakeDirectory(Path.GetDirectoryName(path)!);
        var scratch = path + ".new";
        File.Delete(scratch);
        _file.Write(scratch, chunk);
        var digest = FileDigest.Of(scratch);
        Durable.Place(scratch, path);
        return (digest, new FileInfo(path).Length);
    }
}
