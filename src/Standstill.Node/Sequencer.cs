using System.Threading.Channels;
using Standstill.Ledger;
using Standstill.Protocol;

namespace Standstill.Node;

/// <summary>
/// The one writer: takes submissions in the order in which they come, gives each its time, dry-runs the fold, and appends
/// what may be logged in batches. A receipt leaves here only after the entry is durable and published.
/// </summary>
/// <remarks>Checking a signature needs no world and is done by the caller's thread, so that requests share the cores.
/// INVARIANT (head): the snapshot is replaced only after the checkpoint that covers it is on disk.</remarks>
public sealed class Sequencer : IAsyncDisposable
{
    /// <summary>Most statements in one batch: one flush to disk for all of them.</summary>
    public const int BatchLimit = 512;

    /// <summary>Most submissions that wait; more are turned away at once.</summary>
    public const int QueueLimit = 8192;

    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });
    private readonly FileLedger ledger;
    private readonly TimeProvider clock;
    private readonly Action<Exception> onFailure;
    private readonly Dictionary<Digest, long> known;
    private readonly Task loop;
    private volatile Snapshot current;
    private TaskCompletionSource published = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Sequencer(FileLedger ledger, TimeProvider clock, Snapshot start, Dictionary<Digest, long> known, Action<Exception> onFailure)
    {
        this.ledger = ledger;
        this.clock = clock;
        this.known = known;
        this.onFailure = onFailure;
        current = start;
        loop = Task.Run(RunAsync);
    }

    /// <summary>What is published.</summary>
    public Snapshot Current => current;

    /// <summary>Ends when something is published that <see cref="Current"/>, read after this, does not show.</summary>
    public Task Published => Volatile.Read(ref published).Task;

    /// <summary>Submissions that wait.</summary>
    public int QueueLength => queue.Reader.Count;

    /// <summary>Folds what the ledger holds, and starts to take submissions.</summary>
    /// <param name="directory">Where the ledger's files are.</param>
    /// <param name="ledger">The open ledger; stays the caller's to close.</param>
    /// <param name="clock">The time of receipt.</param>
    /// <param name="onFailure">Called once when the disk fails: the state is unknown, and the process should end and recover.</param>
    public static async Task<Sequencer> StartAsync(string directory, FileLedger ledger, TimeProvider clock, Action<Exception> onFailure)
    {
        var (start, known) = await Replay.FromAsync(directory, ledger.Head);
        return new Sequencer(ledger, clock, start, known, onFailure);
    }

    /// <summary>Submits an envelope and waits until it is durable or refused.</summary>
    public async Task<Submission> SubmitAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        if (Entry.HeaderBytes + envelope.Length > EntryBundle.MaxEntryBytes)
        {
            return new Submission.Refused(new Outcome.Void(VoidReason.TooLarge, [new Fault("envelope", $"{envelope.Length} bytes", $"keep it within {EntryBundle.MaxEntryBytes - Entry.HeaderBytes}")]));
        }

        var reading = EntryReading.OfEnvelope(envelope);
        if (reading.Void is { } refused)
        {
            return new Submission.Refused(refused);
        }

        var waiting = new Waiting(envelope, reading);
        if (!queue.Writer.TryWrite(waiting))
        {
            return new Submission.Unavailable(loop.IsCompleted
                ? "the node is stopping; submit the same statement again once it is back"
                : "too many submissions are waiting; submit the same statement again in a moment");
        }

        return await waiting.Answer.Task.WaitAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
    }

    private async Task RunAsync()
    {
        var batch = new List<Waiting>();
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < BatchLimit && queue.Reader.TryRead(out var waiting))
            {
                batch.Add(waiting);
            }

            try
            {
                Append(batch);
            }
#pragma warning disable CA1031 // After any failure here the state of the disk is unknown: stop, and let recovery decide.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                queue.Writer.TryComplete();
                while (queue.Reader.TryRead(out var waiting))
                {
                    batch.Add(waiting);
                }

                foreach (var waiting in batch)
                {
                    waiting.Answer.TrySetResult(new Submission.Unavailable("the disk failed and the node is stopping; submit the same statement again once it is back"));
                }

                onFailure(failure);
                return;
            }
        }
    }

    private void Append(List<Waiting> batch)
    {
        var world = current.World;
        var voids = current.Voids;
        var entries = new List<ReadOnlyMemory<byte>>();
        var logged = new List<(Waiting Waiting, long Index, Outcome Outcome)>();
        var repeated = new List<(Waiting Waiting, long Index)>();
        foreach (var waiting in batch)
        {
            var id = waiting.Reading.Statement!.Id;
            if (known.TryGetValue(id, out var index))
            {
                repeated.Add((waiting, index));
                continue;
            }

            var now = UtcTime.ToMillisecond(clock.GetUtcNow());
            var received = now > world.Now ? now : world.Now;
            var (next, outcome) = Fold.Apply(world, waiting.Reading with { Received = received });
            if (!outcome.MayBeLogged)
            {
                waiting.Answer.TrySetResult(new Submission.Refused((Outcome.Void)outcome));
                continue;
            }

            if (outcome is Outcome.Void why)
            {
                voids = voids.Add(world.Size, why);
            }

            known.Add(id, world.Size);
            logged.Add((waiting, world.Size, outcome));
            entries.Add(Entry.Write(received, waiting.Envelope.Span));
            world = next;
        }

        if (entries.Count > 0)
        {
            var head = ledger.Append(entries);
            current = new Snapshot(world, head, voids);
            Interlocked.Exchange(ref published, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }

        foreach (var (waiting, index, outcome) in logged)
        {
            waiting.Answer.TrySetResult(Answer(waiting, index, false, outcome));
        }

        foreach (var (waiting, index) in repeated)
        {
            waiting.Answer.TrySetResult(Answer(waiting, index, true, current.OutcomeOf(index)));
        }
    }

    private Submission.Logged Answer(Waiting waiting, long index, bool repeated, Outcome outcome) =>
        new(new EntryIndex(index), waiting.Reading.Statement!.Id, ledger.Receipt(index), repeated, outcome);

    private sealed record Waiting(ReadOnlyMemory<byte> Envelope, EntryReading Reading)
    {
        public TaskCompletionSource<Submission> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
