using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Standstill.Meter.Store;

/// <summary>
/// The raw samples of a facility on disk: a write-ahead log, then chunks. What was accepted is durable before anybody is told so, and is in
/// exactly one chunk afterwards, whenever the process is killed.
/// </summary>
/// <remarks>
/// <code>
/// series.jsonl   a line for each series: see SeriesLog
/// wal/N.wal      what was accepted and is in no chunk yet: see WalSegment
/// chunks/AREA/PERIOD/POSITION.parquet   see ChunkFile
/// chunks.jsonl   the chunks that are committed to: see ChunkLog
/// </code>
/// One thread decides on samples and writes the log, for all that wait at once; another turns what was accepted into chunks. When the disk
/// fails, the store stops for good, <see cref="Failure"/> says why, and a start recovers.
/// </remarks>
public sealed partial class MeterStore : IAsyncDisposable
{
    /// <summary>How far ahead of the meter's clock a sample may be, ms: ten minutes.</summary>
    public const long MostAheadMs = 600_000;

    /// <summary>How old a sample may be, ms: seven days. A Prometheus keeps two hours for a receiver that is down.</summary>
    public const long MostBehindMs = 7 * 86_400_000L;

    /// <summary>Samples in memory at which chunks are made whatever their time: 20 bytes each, at most twice as many at once.</summary>
    public const int MostInMemory = 1_000_000;

    // Samples of one scrape arrive within this time of one another, ms: that long a window stays open after its end.
    private const long GraceMs = 30_000;

    private readonly string _root;
    private readonly MeterSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ChunkLog _log;
    private readonly SeriesLog _seriesLog;
    private readonly Sealing _sealing;
    private readonly SeriesHeads _heads = new();
    private readonly AreaState[] _areas;
    private readonly BlockingCollection<Work> _work = [];
    private readonly TaskCompletionSource<Exception> _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _writer;
    private SampleBatch _rows = new(MostInMemory + 100_000);
    private SampleBatch _before = new(0);
    private WalSegment _wal;
    private long _segment;
    private Task _sealingNow = Task.CompletedTask;
    private long _chunkBytes;

    /// <summary>Opens a data directory, made when it is not there, and recovers what a kill left.</summary>
    /// <exception cref="InvalidDataException">A file that is committed to is damaged; the message names it.</exception>
    public MeterStore(MeterSettings settings, TimeProvider clock)
    {
        _root = Path.GetFullPath(settings.Data);
        _settings = settings;
        _clock = clock;
        Durable.MakeDirectory(Path.Combine(_root, "wal"));
        Durable.MakeDirectory(Path.Combine(_root, "chunks"));
        Series = new SeriesTable(settings.Areas);
        _areas = [.. Series.Areas.Select(rule => new AreaState(rule))];
        _seriesLog = SeriesLog.Open(Path.Combine(_root, "series.jsonl"), Series);
        _log = ChunkLog.Open(Path.Combine(_root, "chunks.jsonl"));
        _sealing = new Sealing(_root, Series, _log, settings.ScrapeSeconds * 1000);
        Durable.FlushDirectory(_root);
        _wal = Recover();
        _chunkBytes = _log.Snapshot().Where(c => !_log.IsRemoved(c)).Sum(c => c.Summary.Bytes);
        _writer = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The series that are known.</summary>
    public SeriesTable Series { get; }

    /// <summary>Ends, with the reason, when the store has stopped because the disk failed.</summary>
    public Task<Exception> Failure => _failure.Task;

    /// <summary>Chunks whose lines are there and whose files are not, though retention has not taken them: the disk is damaged.</summary>
    public ImmutableArray<Chunk> Missing { get; private set; } = [];

    /// <summary>Bytes of the data directory: chunks and log.</summary>
    public long Bytes => Interlocked.Read(ref _chunkBytes) + _wal.Length;

    /// <summary>Why nothing is taken, or null: then <see cref="AppendAsync(SampleBatch, IntakeLetters)"/> may be called.</summary>
    public string? Refusal =>
        _failure.Task.IsCompleted ? $"the store has stopped: {_failure.Task.Result.Message}"
        : Bytes >= _settings.DiskLimitBytes ? $"the data directory holds {Bytes} bytes and may hold {_settings.DiskLimitBytes}: raise `diskLimitBytes` or lower `retentionDays`"
        : null;

    /// <summary>What was taken and refused of each area since its last closing.</summary>
    public ImmutableArray<(string Area, IntakeCounts Counts)> Counts => [.. _areas.Select(a => (a.Rule.Area, a.Counts))];

    /// <summary>Takes samples; ends when those that were accepted are durable.</summary>
    /// <remarks>The batch and the letters must not be touched until then.</remarks>
    /// <param name="batch">The samples.</param>
    /// <param name="letters">Takes what was refused and what is no data, or null where nobody looks.</param>
    public Task<IntakeCounts> AppendAsync(SampleBatch batch, IntakeLetters? letters = null) => Post<IntakeCounts>(done => new Work.Append(batch, letters, done));

    /// <summary>Takes readings of the slow path, those without a time at the given one.</summary>
    /// <param name="readings">The readings; what their labels say of the source must be in them.</param>
    /// <param name="nowMs">When they were read, ms since 1970-01-01T00:00:00Z.</param>
    /// <param name="letters">Takes what was refused, readings whose labels name no series among them, and what is no data.</param>
    public Task<IntakeCounts> AppendAsync(IEnumerable<Reading> readings, long nowMs, IntakeLetters? letters = null)
    {
        var batch = new SampleBatch();
        foreach (var reading in readings)
        {
            if (Series.TryIntern(reading.Labels.Append(new Label(LabelKey.Name, reading.Name)), out var id, out var fault))
            {
                batch.Add(id, reading.TimeMs ?? nowMs, reading.Value);
            }
            else
            {
                letters?.Refused.Add(IntakeLetters.Labels, fault, reading.Name);
            }
        }

        return AppendAsync(batch, letters);
    }

    /// <summary>Closes the balance period of an area: its samples are in chunks, and no more are taken. Again for a closed one: its chunks.</summary>
    /// <param name="area">The area.</param>
    /// <param name="fromMs">Start of the period, ms: a multiple of its length. Earlier periods must have been closed before.</param>
    /// <exception cref="ArgumentException">No such area or period.</exception>
    public async Task<SealedPeriod> CloseAsync(string area, long fromMs)
    {
        var state = _areas.FirstOrDefault(a => a.Rule.Area == area) ?? throw new ArgumentException($"no area `{area}`", nameof(area));
        if (state.Rule.PeriodOf(fromMs) != fromMs)
        {
            throw new ArgumentException($"no balance period of `{area}` begins at {fromMs}", nameof(fromMs));
        }

        var to = fromMs + state.Rule.PeriodMs;
        var counts = await Post<IntakeCounts>(done => new Work.Close(state, to, done));
        return new SealedPeriod(area, fromMs, to, _log.Of(area, fromMs), counts);
    }

    /// <summary>End of the last closed period of an area, ms; null before the first.</summary>
    public long? ClosedTo(string area) => _log.Closed.TryGetValue(area, out var to) ? to : null;

    /// <summary>Time of the first and the latest sample of an area that are not closed yet, ms; null when there is none.</summary>
    public (long OwnedToMs, long LatestMs)? Open(string area) =>
        _areas.First(a => a.Rule.Area == area) is { OwnedTo: { } owned } state ? (owned, state.Watermark) : null;

    /// <summary>The chunks of a period so far, in the order of their positions.</summary>
    public ImmutableArray<Chunk> Chunks(string area, long periodFromMs) => _log.Of(area, periodFromMs);

    /// <summary>Every chunk on record.</summary>
    public ImmutableArray<Chunk> AllChunks => _log.Snapshot();

    /// <summary>The file of a chunk.</summary>
    public string PathOf(Chunk chunk) => Path.Combine(_root, chunk.File);

    /// <summary>Turns all that is in memory into chunks.</summary>
    public Task SealAsync() => Post<IntakeCounts>(done => new Work.Seal(done));

    /// <summary>Deletes the files of closed periods that have been kept long enough; their lines stay.</summary>
    /// <param name="needed">Whether an open challenge may still ask for a chunk: then it stays.</param>
    /// <returns>The chunks whose files went.</returns>
    public ImmutableArray<Chunk> Retire(Func<Chunk, bool> needed)
    {
        var before = _clock.GetUtcNow().AddDays(-_settings.RetentionDays).ToUnixTimeMilliseconds();
        var gone = ImmutableArray.CreateBuilder<Chunk>();
        foreach (var chunk in _log.Snapshot().Where(c => c.Summary.Window.ToMs <= before && ClosedTo(c.Area) >= c.Summary.Window.ToMs && !_log.IsRemoved(c)))
        {
            if (!needed(chunk))
            {
                _log.Remove(chunk);
                File.Delete(PathOf(chunk));
                Interlocked.Add(ref _chunkBytes, -chunk.Summary.Bytes);
                gone.Add(chunk);
            }
        }

        return gone.ToImmutable();
    }

    /// <summary>Ends the writer and closes the files. What is only in the log stays there for the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.CompleteAdding();
        await _writer;
        await _sealingNow.ContinueWith(_ => { }, TaskScheduler.Default);
        _wal.Dispose();
        _log.Dispose();
        _seriesLog.Dispose();
        _sealing.Dispose();
        _work.Dispose();
    }

    private Task<T> Post<T>(Func<TaskCompletionSource<T>, Work> make)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_failure.Task.IsCompleted)
        {
            throw new IOException("the store has stopped", _failure.Task.Result);
        }

        _work.Add(make(done));
        return done.Task;
    }

    private abstract record Work(TaskCompletionSource<IntakeCounts> Done)
    {
        public sealed record Append(SampleBatch Batch, IntakeLetters? Letters, TaskCompletionSource<IntakeCounts> Done) : Work(Done)
        {
            public IntakeCounts Counts { get; set; }
        }

        public sealed record Close(AreaState Area, long ToMs, TaskCompletionSource<IntakeCounts> Done) : Work(Done);

        public sealed record Seal(TaskCompletionSource<IntakeCounts> Done) : Work(Done);
    }
}
