using System.Globalization;
using System.Text.Json;

namespace Standstill.Meter.Store;

public sealed partial class MeterStore
{
    private string SegmentPath(long segment) => Path.Combine(_root, "wal", segment.ToString("D12", CultureInfo.InvariantCulture) + ".wal");

    // A segment is complete at its beginning as soon as it has its name: state, heads, and the samples carried over.
    private WalSegment NextSegment(SampleBatch carried)
    {
        // The heads name series that may not have an accepted sample yet.
        _seriesLog.CatchUp(Series);
        _segment++;
        var path = SegmentPath(_segment);
        long length;
        using (var scratch = WalSegment.Create(path + ".new"))
        {
            scratch.Add(WalKind.State, JsonSerializer.SerializeToUtf8Bytes(_areas.ToDictionary(a => a.Rule.Area, a => AreaMemory.Of(a))));
            _heads.Write(scratch);
            scratch.Add(WalKind.Carried, carried.Series.AsSpan(0, carried.Count), carried.TimeMs.AsSpan(0, carried.Count), carried.Value.AsSpan(0, carried.Count));
            scratch.Flush();
            length = scratch.Length;
        }

        Durable.Place(path + ".new", path);
        return WalSegment.Continue(path, length);
    }

    private void DeleteSegments(long upTo)
    {
        foreach (var (number, path) in Segments())
        {
            if (number <= upTo)
            {
                File.Delete(path);
            }
        }
    }

    private List<(long Number, string Path)> Segments() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(_root, "wal"), "*.wal")
            .Select(path => (long.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture), path)).Order(),
    ];

    // Chunks that are committed hold all segments up to the last sealed one. Of those after it the first begins with what went before; where a
    // second is there, the process was killed between beginning it and committing to the chunks of the first, which are made again.
    private WalSegment Recover()
    {
        Clean();
        _heads.CatchUp(Series);
        foreach (var area in _areas)
        {
            var last = _log.Last(area.Rule.Area);
            area.ClosedTo = _log.Closed.GetValueOrDefault(area.Rule.Area, long.MinValue);
            area.OwnedTo = last is null ? null : Math.Max(last.Summary.Window.ToMs, area.ClosedTo);
            area.Watermark = last?.Summary.LastMs ?? long.MinValue;
        }

        _segment = _log.Sealed;
        var segments = Segments();
        if (segments.Count == 0 || segments[0].Number != _log.Sealed + 1)
        {
            // The log is gone, or the directory is new: what the chunks hold is all there is.
            foreach (var (series, time) in _sealing.Heads(_log.Snapshot().Where(c => !_log.IsRemoved(c)).Select(PathOf).Where(File.Exists)))
            {
                _heads.TryAdvance(series, time);
            }

            if (segments.Count > 0)
            {
                throw new InvalidDataException(
                    $"{segments[0].Path}: the log goes on at segment {segments[0].Number}, and the chunks end with {_log.Sealed}; put back the missing segments from a copy");
            }

            return NextSegment(_rows);
        }

        var length = 0L;
        foreach (var (number, path) in segments)
        {
            length = Replay(path, number == segments[0].Number);
            if (number != segments[^1].Number && length != new FileInfo(path).Length)
            {
                throw new InvalidDataException($"{path}: damaged after byte {length}, and the log goes on after it; put it back from a copy");
            }

            _segment = number;
        }

        return WalSegment.Continue(segments[^1].Path, length);
    }

    private long Replay(string path, bool first) => WalSegment.Read(path, (kind, payload) =>
    {
        switch (kind)
        {
            case WalKind.State when first:
                foreach (var (name, memory) in JsonSerializer.Deserialize<Dictionary<string, AreaMemory>>(payload.Span)!)
                {
                    if (Array.Find(_areas, a => a.Rule.Area == name) is { } area)
                    {
                        memory.Restore(area);
                    }
                }

                break;
            case WalKind.Heads when first:
                WalSegment.ReadColumns(payload.Span, (series, time, _) => _heads.TryAdvance(series, time));
                break;
            case WalKind.Carried when first:
                WalSegment.ReadColumns(payload.Span, Take);
                break;
            case WalKind.Samples:
                WalSegment.ReadColumns(payload.Span, (series, time, value) =>
                {
                    _heads.TryAdvance(series, time);
                    Take(series, time, value);
                });
                break;
            default:
                break;
        }
    });

    private void Take(int series, long time, double value)
    {
        var late = 0L;
        _rows.Add(series, time, value);
        _areas[_heads.AreaOf(series)].Accept(time, _settings.ChunkMinutes * 60_000L, ref late);
    }

    // Files that no line names were being made when the process was killed.
    private void Clean()
    {
        var named = _log.Snapshot().Where(c => !_log.IsRemoved(c)).Select(PathOf).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_root, "chunks"), "*", SearchOption.AllDirectories).Where(f => !named.Contains(f)))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(_root, "wal"), "*.new"))
        {
            File.Delete(file);
        }

        DeleteSegments(_log.Sealed);
        Missing = [.. _log.Snapshot().Where(c => !_log.IsRemoved(c) && !File.Exists(PathOf(c)))];
    }

    private sealed record AreaMemory(long? OwnedTo, long Watermark, long ClosedTo, IntakeCounts Counts)
    {
        public static AreaMemory Of(AreaState area) => new(area.OwnedTo, area.Watermark, area.ClosedTo, area.Counts);

        public void Restore(AreaState area)
        {
            area.OwnedTo = OwnedTo is { } owned ? Math.Max(owned, area.OwnedTo ?? owned) : area.OwnedTo;
            area.Watermark = Math.Max(Watermark, area.Watermark);
            area.ClosedTo = Math.Max(ClosedTo, area.ClosedTo);
            area.Counts = Counts;
        }
    }
}
