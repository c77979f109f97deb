using System.Collections.Immutable;
using System.Threading.Channels;
using Standstill.Ledger;
using Standstill.Protocol;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Audit;

/// <summary>
/// Reads a ledger, checks every hash, proof and signature, and folds it: the same entries, the same fold, another machine.
/// </summary>
/// <remarks>Files are checked by <see cref="LedgerCheck"/>, which shares no code with the writer. Signatures are checked on
/// all cores while the fold goes on in order, so that memory stays at a few bundles.</remarks>
public static class Auditor
{
    /// <summary>Audits a ledger and the world that it establishes.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="logKey">The log's key as its operator published it; null takes the one that the charter names.</param>
    /// <param name="size">Fold only this many entries; all files are checked all the same. Null folds all.</param>
    /// <param name="progress">Told the number of entries folded so far.</param>
    /// <param name="cancellation">Stops the audit.</param>
    /// <exception cref="HttpRequestException">The server did not answer.</exception>
    public static Task<AuditReport> RunAsync(
        AuditSource source, NoteVerifierKey? logKey = null, long? size = null, IProgress<long>? progress = null, CancellationToken cancellation = default) =>
        RunAsync(source, logKey, size, progress, null, cancellation);

    /// <summary>Audits a ledger, and gives all effective statements with one kind of body in the order of their entries: what the world keeps
    /// only the latest of, or sums.</summary>
    /// <typeparam name="TBody">Which: `UseDeclaredBody`.</typeparam>
    /// <param name="source">Where the ledger is.</param>
    /// <param name="logKey">The log's key as its operator published it; null takes the one that the charter names.</param>
    /// <param name="size">Read only this many entries; all files are checked all the same. Null reads all.</param>
    /// <param name="cancellation">Stops the audit.</param>
    /// <returns>The audit's report, and the statements; none where the ledger does not pass.</returns>
    /// <exception cref="HttpRequestException">The server did not answer.</exception>
    public static async Task<(AuditReport Report, ImmutableArray<Said<TBody>> Statements)> StatementsAsync<TBody>(
        AuditSource source, NoteVerifierKey? logKey = null, long? size = null, CancellationToken cancellation = default)
        where TBody : Body
    {
        var said = ImmutableArray.CreateBuilder<Said<TBody>>();
        var report = await RunAsync(source, logKey, size, null, Keep, cancellation);
        return (report, report.IsGood ? said.ToImmutable() : []);

        void Keep(Statement statement, Moment at)
        {
            if (statement.Body is TBody body)
            {
                said.Add(new Said<TBody>(statement.Party, body, at));
            }
        }
    }

    private static async Task<AuditReport> RunAsync(
        AuditSource source, NoteVerifierKey? logKey, long? size, IProgress<long>? progress, Action<Statement, Moment>? effective, CancellationToken cancellation)
    {
        var given = logKey is not null;
        var report = new AuditReport(source.ToString()!, logKey?.ToString(), given, null, null, null, null, [], null);
        if (logKey is null)
        {
            var (found, fault) = await KeyOfCharterAsync(source, cancellation);
            if (found is null)
            {
                return report with { Fault = fault };
            }

            logKey = found;
            report = report with { LogKey = found.ToString() };
        }

        var folding = new Folding(size ?? long.MaxValue, progress, effective);
        var (head, ledgerFault) = await CheckAsync(source, logKey, folding.VisitAsync, cancellation);
        var (world, entryFault, notes) = await folding.EndAsync();
        report = report with { Checkpoint = head, Notes = notes };
        if (ledgerFault is not null)
        {
            return report with { Fault = ledgerFault };
        }

        report = report with { World = world, Digest = WorldDocument.DigestOf(world) };
        if (entryFault is null && world.Charter is { } charter && charter.Log != logKey.ToString())
        {
            entryFault = new AuditFault("entry 0", $"the charter names another log, `{charter.Log}`; this is a copy under a foreign key");
        }

        if (entryFault is not null)
        {
            return report with { Fault = entryFault };
        }

        if (world.Size > 0)
        {
            var roots = new LedgerReader(source.Reader);
            var (root, chosen) = await DrawsAsync(roots, world, head!.Size, cancellation);
            report = report with { Root = root, Notes = [.. report.Notes, .. chosen] };
        }

        return source is AuditSource.Http http && size is null && await http.ClaimAsync(cancellation) is { } claim ? Compare(report, claim) : report;
    }

    /// <summary>The root hash of a world's entries, and which draws do not follow from the root hashes that they name.</summary>
    /// <remarks>The fold knows no root hashes: what it takes on record as the source of a draw is compared here.</remarks>
    private static async Task<(MerkleHash? Root, ImmutableArray<string> Notes)> DrawsAsync(LedgerReader reader, World world, long published, CancellationToken cancellation)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        foreach (var challenge in world.Challenges.Values)
        {
            if (await RootAsync(challenge.Body.CheckpointSize) is { } root && root.ToHex() != challenge.Body.CheckpointRoot.Hex)
            {
                notes.Add($"challenge `{challenge.Body.Challenge}` at entry {challenge.At.Entry} names a root hash that {challenge.Body.CheckpointSize} entries do not have: its draw was chosen, or is a mistake");
            }
        }

        foreach (var judged in world.Assessments)
        {
            if (judged.Body is AssuranceAssessedV2Body { Computed: var computed } && computed.Entries <= judged.At.Entry.Value
                && await RootAsync(computed.Entries) is { } root && root.ToHex() != computed.Seed.Hex)
            {
                notes.Add($"the assurance at entry {judged.At.Entry} names a seed that is not the root hash of {computed.Entries} entries: its draws were chosen, or it is a mistake");
            }
        }

        return (await RootAsync(world.Size), notes.ToImmutable());

        async Task<MerkleHash?> RootAsync(long size) =>
            (await reader.RootAtAsync(size, published, cancellation)).TryGet(out var root, out _) ? root : null;
    }

    /// <summary>Reads one entry of a ledger that has passed its audit.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="index">The entry.</param>
    /// <param name="published">A published size, above the index.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The ledger has changed since.</exception>
    public static async Task<EntryReading> EntryAsync(AuditSource source, long index, long published, CancellationToken cancellation = default) =>
        (await new LedgerReader(source.Reader).ReadEntriesAsync(index, index + 1, published, cancellation)).TryGet(out var entries, out var fault)
            ? EntryReading.Of(entries[0])
            : throw new InvalidDataException(fault.ToString());

    /// <summary>Audits a ledger's hashes, tiles and checkpoint alone, whatever its entries say.</summary>
    public static async Task<AuditReport> RunLedgerOnlyAsync(AuditSource source, NoteVerifierKey logKey, CancellationToken cancellation = default)
    {
        var (head, fault) = await CheckAsync(source, logKey, null, cancellation);
        return new AuditReport(source.ToString()!, logKey.ToString(), true, head, null, null, null, [], fault);
    }

    private static AuditReport Compare(AuditReport report, (long Size, string Digest) claim)
    {
        if (claim.Size != report.World!.Size)
        {
            return report with { Notes = report.Notes.Add($"the node has gone on to {claim.Size} entries, so that its digest was not compared") };
        }

        report = report with { ClaimedDigest = claim.Digest };
        return claim.Digest == report.Digest!.Value.Hex
            ? report
            : report with { Fault = new AuditFault("/api/world/digest", $"the node says `{claim.Digest}`, its entries establish `{report.Digest}`") };
    }

    private static async Task<(Checkpoint? Head, AuditFault? Fault)> CheckAsync(
        AuditSource source, NoteVerifierKey key, EntriesVisitor? visit, CancellationToken cancellation)
    {
        if (source is AuditSource.Files files)
        {
            return (await LedgerCheck.CheckDirectoryAsync(files.Path, key, visit, cancellation)).TryGet(out var checkedHead, out var broken)
                ? (checkedHead.Checkpoint, null)
                : (null, Fault(broken));
        }

        var read = source.Reader;
        if (!(await new LedgerReader(read).ReadHeadAsync(key, cancellation)).TryGet(out var head, out var unread))
        {
            return (null, Fault(unread));
        }

        var fault = await LedgerCheck.CheckAsync(read, head.Checkpoint, visit, cancellation);
        return (head.Checkpoint, fault is null ? null : Fault(fault));
    }

    private static AuditFault Fault(LedgerFault fault) => new(fault.Path, fault.ToString().StartsWith(fault.Path, StringComparison.Ordinal)
        ? fault.ToString()[fault.Path.Length..].TrimStart(':', ' ')
        : fault.ToString());

    private static async Task<(NoteVerifierKey? Key, AuditFault? Fault)> KeyOfCharterAsync(AuditSource source, CancellationToken cancellation)
    {
        if (await source.Reader(LedgerReader.CheckpointPath, cancellation) is not { } bytes)
        {
            return (null, new AuditFault(LedgerReader.CheckpointPath, "is absent: this is no ledger, or the address is not its base"));
        }

        if (!SignedNote.TryParse(bytes.Span, out var note, out var error) || !Checkpoint.TryParse(note.Text, out var checkpoint, out error))
        {
            return (null, new AuditFault(LedgerReader.CheckpointPath, error));
        }

        if (checkpoint.Size == 0)
        {
            return (null, new AuditFault(LedgerReader.CheckpointPath, "the ledger is empty; there is no charter to take the key from"));
        }

        var read = await new LedgerReader(source.Reader).ReadEntriesAsync(0, 1, checkpoint.Size, cancellation);
        if (!read.TryGet(out var entries, out var fault))
        {
            return (null, Fault(fault));
        }

        if (EntryReading.Of(entries[0]).Statement?.Body is not CharterBody charter)
        {
            return (null, new AuditFault("entry 0", "holds no charter with a good signature: the ledger was altered, or is of another kind; audit it with the log's own key, `--key`, and one of another kind with `--ledger-only` too"));
        }

        return NoteVerifierKey.TryParse(charter.Log, out var key, out error)
            ? (key, null)
            : (null, new AuditFault("entry 0", $"the charter's log key: {error}"));
    }

    /// <summary>Reads bundles on all cores and folds them in order.</summary>
    private sealed class Folding
    {
        private readonly Channel<Task<EntryReading[]>> bundles =
            Channel.CreateBounded<Task<EntryReading[]>>(new BoundedChannelOptions(2 * Environment.ProcessorCount) { SingleReader = true, SingleWriter = true });

        private readonly long size;
        private readonly IProgress<long>? progress;
        private readonly Action<Statement, Moment>? effective;
        private readonly Task<(World, AuditFault?, ImmutableArray<string>)> folding;

        public Folding(long size, IProgress<long>? progress, Action<Statement, Moment>? effective)
        {
            this.size = size;
            this.progress = progress;
            this.effective = effective;
            folding = Task.Run(FoldAsync);
        }

        public async ValueTask VisitAsync(long firstIndex, ImmutableArray<ReadOnlyMemory<byte>> entries)
        {
            var copies = entries.Select(e => e.ToArray()).ToArray();
            await bundles.Writer.WriteAsync(Task.Run(() => Array.ConvertAll(copies, e => EntryReading.Of(e))));
        }

        public Task<(World World, AuditFault? Fault, ImmutableArray<string> Notes)> EndAsync()
        {
            bundles.Writer.TryComplete();
            return folding;
        }

        private async Task<(World, AuditFault?, ImmutableArray<string>)> FoldAsync()
        {
            try
            {
                return await FoldInOrderAsync();
            }
            finally
            {
                // Whoever still writes must not wait for a reader that is gone.
                bundles.Writer.TryComplete();
            }
        }

        private async Task<(World, AuditFault?, ImmutableArray<string>)> FoldInOrderAsync()
        {
            var world = World.Empty;
            AuditFault? first = null;
            var notes = ImmutableArray<string>.Empty;
            var silences = 0;
            await foreach (var bundle in bundles.Reader.ReadAllAsync())
            {
                foreach (var reading in (await bundle).Take((int)Math.Min(int.MaxValue, size - world.Size)))
                {
                    var index = world.Size;
                    if (world.LastTick is { } tick && reading.Statement?.Body is TickBody && reading.Received - tick.Time > world.Charter!.Limits.TickInterval && silences++ == 0)
                    {
                        notes = notes.Add($"the operator was silent for {(reading.Received - tick.Time)!.Value.TotalSeconds:0} s before entry {index}; its charter allows {world.Charter.Limits.TickInterval.TotalSeconds:0} s");
                    }

                    (world, var outcome) = Fold.Apply(world, reading);
                    if (outcome is Outcome.Effective && reading.Statement is { } statement)
                    {
                        effective?.Invoke(statement, world.Moment);
                    }
                    else if (outcome is Outcome.Void why)
                    {
                        first ??= outcome.MayBeLogged ? null : new AuditFault($"entry {index}", $"should not have been admitted, {Words.Of(why.Reason)}: {why.Faults[0]}");
                    }
                }

                progress?.Report(world.Size);
            }

            if (silences > 1)
            {
                notes = notes.Add($"and {silences - 1} more such silences");
            }

            return (world, first, notes);
        }
    }
}
