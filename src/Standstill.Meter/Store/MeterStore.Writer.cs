using System.Runtime.InteropServices;
using Standstill.Meter.Dcgm;

namespace Standstill.Meter.Store;

public sealed partial class MeterStore
{
    // Requests whose samples one flush makes durable, at most.
    private const int MostInGroup = 64;

    private readonly SampleBatch _accepted = new(4096);

    private void Write()
    {
        var group = new List<Work>();
        try
        {
            while (_work.TryTake(out var work, Timeout.Infinite))
            {
                group.Add(work);
                while (work is Work.Append && group.Count < MostInGroup && _work.TryTake(out work))
                {
                    group.Add(work);
                }

                Append(group.OfType<Work.Append>());
                if (group[^1] is Work.Close close)
                {
                    Close(close);
                }
                else if (group[^1] is Work.Seal seal)
                {
                    Rotate(_areas.Select(a => Math.Max(a.Watermark + 1, a.OwnedTo + 1 ?? 0)).ToArray());
                    Answer(seal, _sealingNow);
                }

                SealIfDue();
                group.Clear();
            }
        }
        catch (Exception e)
        {
            // The state of the disk is unknown: nothing more is taken, and the next start decides by what it finds.
            _failure.TrySetResult(e);
            _work.CompleteAdding();
            foreach (var work in group.Concat(_work))
            {
                work.Done.TrySetException(new IOException("the store has stopped", e));
            }
        }
    }

    private void Append(IEnumerable<Work.Append> group)
    {
        var oldest = _clock.GetUtcNow().ToUnixTimeMilliseconds() - MostBehindMs;
        var latest = oldest + MostBehindMs + MostAheadMs;
        var any = false;
        _heads.CatchUp(Series);
        foreach (var append in group)
        {
            append.Counts = Decide(append.Batch, append.Letters, oldest, latest);
            any = true;
        }

        if (!any)
        {
            return;
        }

        if (_accepted.Count > 0)
        {
            _seriesLog.CatchUp(Series);
            _wal.Add(WalKind.Samples, _accepted.Series.AsSpan(0, _accepted.Count), _accepted.TimeMs.AsSpan(0, _accepted.Count), _accepted.Value.AsSpan(0, _accepted.Count));
            _wal.Flush();
            _rows.Add(_accepted);
            _accepted.Clear();
        }

        foreach (var append in group)
        {
            append.Done.TrySetResult(append.Counts);
        }
    }

    // The hot path: a step a sample.
    private IntakeCounts Decide(SampleBatch batch, IntakeLetters? letters, long oldest, long latest)
    {
        var (accepted, late, afterClosing, ahead, noValue) = (0L, 0L, 0L, 0L, 0L);
        List<int>? suspects = null;
        for (var i = 0; i < batch.Count; i++)
        {
            var (series, time) = (batch.Series[i], batch.TimeMs[i]);
            var area = _areas[_heads.AreaOf(series)];
            if (time <= _heads.TimeOf(series))
            {
                (suspects ??= []).Add(i);
            }
            else if (time < oldest || time > latest)
            {
                ahead++;
                area.Counts += new IntakeCounts(0, 0, 0, 0, 0, 1);
                IntakeLetters.Add(letters?.Refused, IntakeLetters.OutOfTime, Series[series], time, batch.Value[i]);
            }
            else if (time < area.ClosedTo)
            {
                afterClosing++;
                area.Counts += new IntakeCounts(0, 0, 0, 0, 1, 0);
                IntakeLetters.Add(letters?.Refused, IntakeLetters.AfterClosing, Series[series], time, batch.Value[i]);
            }
            else
            {
                _heads.TryAdvance(series, time);
                _accepted.Add(series, time, batch.Value[i]);
                accepted++;
                area.Accept(time, _settings.ChunkMinutes * 60_000L, ref late);
                if (_heads.FieldOf(series) is { } field && field.Read(batch.Value[i]).State is var state and not FieldState.Taken && !StaleMarker.Is(batch.Value[i]))
                {
                    // Kept as it was sent, for who judges the chunk reads it the same way: Measure.
                    noValue++;
                    area.Counts += new IntakeCounts(0, 0, 0, 0, 0, 0, 1);
                    IntakeLetters.Add(letters?.NoValue, DcgmFault.Of(state), Series[series], time, batch.Value[i]);
                }
            }
        }

        var (duplicates, outOfOrder) = suspects is null ? (0L, 0L) : Judge(batch, letters, suspects);
        return new IntakeCounts(accepted, late, duplicates, outOfOrder, afterClosing, ahead, noValue);
    }

    // A sample no later than its series' last is one that was sent again, if it is among those in memory, bit for bit. What is older
    // than those of the last two sealings cannot be told from a sample out of order, and is counted as one.
    private (long Duplicates, long OutOfOrder) Judge(SampleBatch batch, IntakeLetters? letters, List<int> suspects)
    {
        var known = new Dictionary<(int, long), (long Bits, bool Found)>();
        var suspected = new bool[_heads.Count];
        foreach (var i in suspects)
        {
            suspected[batch.Series[i]] = true;
            known[(batch.Series[i], batch.TimeMs[i])] = default;
        }

        foreach (var rows in (ReadOnlySpan<SampleBatch>)[_before, _rows, _accepted])
        {
            for (var i = 0; i < rows.Count; i++)
            {
                if (!suspected[rows.Series[i]])
                {
                    continue;
                }

                ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(known, (rows.Series[i], rows.TimeMs[i]));
                if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref entry))
                {
                    entry = (BitConverter.DoubleToInt64Bits(rows.Value[i]), true);
                }
            }
        }

        var (duplicates, outOfOrder) = (0L, 0L);
        foreach (var i in suspects)
        {
            var (bits, found) = known[(batch.Series[i], batch.TimeMs[i])];
            var same = found && bits == BitConverter.DoubleToInt64Bits(batch.Value[i]);
            duplicates += same ? 1 : 0;
            outOfOrder += same ? 0 : 1;
            if (!same)
            {
                IntakeLetters.Add(letters?.Refused, IntakeLetters.OutOfOrder, Series[batch.Series[i]], batch.TimeMs[i], batch.Value[i]);
            }

            _areas[_heads.AreaOf(batch.Series[i])].Counts += new IntakeCounts(0, 0, same ? 1 : 0, same ? 0 : 1, 0, 0);
        }

        return (duplicates, outOfOrder);
    }

    private void Close(Work.Close close)
    {
        var counts = close.Area.Counts;
        if (close.ToMs <= close.Area.ClosedTo)
        {
            Answer(close, _sealingNow);
            return;
        }

        close.Area.ClosedTo = close.ToMs;
        close.Area.Counts = default;
        Rotate(_areas.Select(a => a == close.Area && a.OwnedTo < close.ToMs ? close.ToMs : a.OwnedTo ?? 0).ToArray());
        _ = _sealingNow.ContinueWith(
            task => Complete(close, counts, task), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static void Answer(Work work, Task after) =>
        _ = after.ContinueWith(
            task => Complete(work, default, task), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static void Complete(Work work, IntakeCounts counts, Task task)
    {
        if (task.Exception is { } failed)
        {
            work.Done.TrySetException(new IOException("the store has stopped", failed.InnerException));
        }
        else
        {
            work.Done.TrySetResult(counts);
        }
    }

    private void SealIfDue()
    {
        var full = _rows.Count >= MostInMemory;
        if (_sealingNow.IsFaulted)
        {
            _sealingNow.GetAwaiter().GetResult();
        }

        if (!full && !_sealingNow.IsCompleted)
        {
            return;
        }

        var chunkMs = _settings.ChunkMinutes * 60_000L;
        var ends = Array.ConvertAll(_areas, a => a.OwnedTo is { } owned ? Math.Max(owned, Floor(a.Watermark - GraceMs, chunkMs)) : 0);
        if (full)
        {
            // Chunks must free memory: where the windows that are over hold too little, windows end early.
            var sealable = 0;
            for (var i = 0; i < _rows.Count; i++)
            {
                sealable += _rows.TimeMs[i] < ends[_heads.AreaOf(_rows.Series[i])] ? 1 : 0;
            }

            Rotate(sealable >= _rows.Count / 2 ? ends : Array.ConvertAll(_areas, a => Math.Max(a.Watermark + 1, a.OwnedTo + 1 ?? 0)));
        }
        else if (Array.Exists(_areas, a => a.OwnedTo is { } owned && Floor(a.Watermark - GraceMs, chunkMs) > owned))
        {
            Rotate(ends);
        }
    }

    private static long Floor(long time, long length) => time - AreaRule.Modulo(time, length);

    // Everything before the ends goes into chunks, beside the writer; the rest begins the next segment.
    private void Rotate(long[] ends)
    {
        _sealingNow.GetAwaiter().GetResult();
        var times = new List<SealedTime>();
        var isSealed = new bool[_areas.Length];
        for (var a = 0; a < _areas.Length; a++)
        {
            if (_areas[a].OwnedTo is { } owned && ends[a] > owned)
            {
                times.Add(new SealedTime(a, owned, ends[a]));
                _areas[a].OwnedTo = ends[a];
                isSealed[a] = true;
            }
        }

        var rest = _before;
        rest.Clear();
        for (var i = 0; i < _rows.Count; i++)
        {
            var area = _heads.AreaOf(_rows.Series[i]);
            if (_rows.TimeMs[i] >= ends[area] || !isSealed[area])
            {
                rest.Add(_rows.Series[i], _rows.TimeMs[i], _rows.Value[i]);
            }
        }

        var (old, sealedSegment, rows) = (_wal, _segment, _rows);
        _wal = NextSegment(rest);
        (_rows, _before) = (rest, rows);
        var closed = ClosedTimes();
        _sealingNow = Task.Run(() =>
        {
            var chunks = _sealing.Make(rows, times);
            _log.Commit(chunks, sealedSegment, closed);
            Interlocked.Add(ref _chunkBytes, chunks.Sum(c => c.Summary.Bytes));
            old.Dispose();
            DeleteSegments(sealedSegment);
        });
        _ = _sealingNow.ContinueWith(
            task => _failure.TrySetResult(task.Exception!.InnerException!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private Dictionary<string, long> ClosedTimes() => _areas.Where(a => a.ClosedTo > long.MinValue).ToDictionary(a => a.Rule.Area, a => a.ClosedTo);
}
