using System.Collections.Immutable;

namespace Standstill.Ledger;

/// <summary>
/// A ledger on a directory, in the layout of c2sp.org/tlog-tiles so that any static web server can serve it, with one writer.
/// </summary>
/// <remarks>
/// <para>INVARIANT (published): every file that a checkpoint names is durable before the checkpoint is visible, and the checkpoint is
/// durable before <see cref="Append"/> returns. Whenever the process or the machine stops, the old head or the new one holds.</para>
/// <para>INVARIANT (clean): while the ledger is open, no tile or bundle on disk goes beyond the head, save during an append.</para>
/// <para>Not safe for use by several threads. Readers need no lock: see <see cref="LedgerReader"/>.</para>
/// </remarks>
//
//     <directory>/checkpoint           the head
//     <directory>/tile/...             tiles and entry bundles (TilePath)
//     <directory>/.ledger/lock         held while open
//     <directory>/.ledger/tmp/         files that have no name yet
//     <directory>/.ledger/unpublished/ what an interrupted append left beyond the head
public sealed class FileLedger : IDisposable
{
    private const string LockPath = ".ledger/lock";
    private const string UnpublishedPath = ".ledger/unpublished";
    private const string TilesPath = "tile";

    /// <summary>Tiles kept in memory for receipts, at most 16 KiB each.</summary>
    private const int MaxCachedTiles = 512;

    private readonly string _directory;
    private readonly NoteSigner _signer;
    private readonly DurableDirectory _files;
    private readonly FileStream _lock;
    private readonly Dictionary<(int Level, long Index), HashTile> _tiles = [];

    private TreeEdge _edge = new();
    private bool _stateUnknown;

    private FileLedger(string directory, NoteSigner signer, DurableDirectory files, FileStream @lock, SignedCheckpoint head)
    {
        (_directory, _signer, _files, _lock, Head) = (directory, signer, files, @lock, head);
    }

    /// <summary>The published head.</summary>
    public SignedCheckpoint Head { get; private set; }

    /// <summary>
    /// Opens the ledger under a directory, or begins an empty one. Reads the head and the right edge only; sets aside what an
    /// interrupted append left beyond the head.
    /// </summary>
    /// <param name="directory">The directory, made if absent.</param>
    /// <param name="signer">The ledger's key, named like its origin; stays the caller's to dispose of.</param>
    /// <exception cref="LedgerFaultException">The files contradict each other or the key.</exception>
    /// <exception cref="IOException">Another process has the ledger open, or the disk failed.</exception>
    public static FileLedger Open(string directory, NoteSigner signer) => Open(directory, signer, observer: null);

    /// <summary>Opens the ledger with an observer of each step on the disk.</summary>
    internal static FileLedger Open(string directory, NoteSigner signer, Action<DurableStep, string>? observer)
    {
        directory = Path.GetFullPath(directory);
        var files = new DurableDirectory(directory, observer);
        var isFresh = !Directory.Exists(directory);
        Directory.CreateDirectory(files.At(DurableDirectory.Scratch));
        if (isFresh && Path.GetDirectoryName(directory) is { } parent)
        {
            DurableDirectory.FlushDirectory(parent);
        }

        var @lock = TakeLock(files.At(LockPath));
        try
        {
            files.ClearScratch();
            var ledger = new FileLedger(directory, signer, files, @lock, ReadOrPublishHead(directory, signer, files));
            ledger.ReadEdge();
            ledger.SetAsideUnpublished();
            return ledger;
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Appends entries in their order and publishes the head over them. When it returns, they are durable.
    /// </summary>
    /// <param name="entries">Any number; each at most <see cref="EntryBundle.MaxEntryBytes"/> bytes. None leaves the head as it is.</param>
    /// <exception cref="ArgumentException">An entry is too long; nothing was written.</exception>
    /// <exception cref="InvalidOperationException">An earlier append failed: open the ledger anew.</exception>
    /// <remarks>After any failure on the disk its state is unknown: the ledger refuses everything until it is opened anew.</remarks>
    public SignedCheckpoint Append(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        ThrowIfStateUnknown();
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Length > EntryBundle.MaxEntryBytes)
            {
                throw new ArgumentException($"entry {i} of the batch is {entries[i].Length} bytes, above {EntryBundle.MaxEntryBytes}", nameof(entries));
            }
        }

        if (entries.Count == 0)
        {
            return Head;
        }

        _stateUnknown = true;
        _tiles.Clear();
        var filled = new List<TilePath>();
        foreach (var entry in entries)
        {
            foreach (var (path, content) in _edge.Add(entry.Span))
            {
                _files.Place(path.ToString(), content);
                filled.Add(path);
            }
        }

        foreach (var (path, content) in _edge.PartialFilesSince(Head.Checkpoint.Size))
        {
            _files.Place(path.ToString(), content);
        }

        _files.Sync();

        // INVARIANT (published): all that the next checkpoint names is durable from here on.
        var head = SignedCheckpoint.Sign(new Checkpoint(_signer.Name, _edge.Size, _edge.Root), _signer);
        Publish(_files, head);
        Head = head;

        foreach (var path in filled)
        {
            _files.Remove($"{path}.p");
        }

        _stateUnknown = false;
        return head;
    }

    /// <summary>
    /// The receipt of an entry: its proof in the tree that ends with it, under a checkpoint of just that size. It is the same bytes
    /// whenever it is asked for, since Ed25519 is deterministic and the tree only grows.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The ledger holds no such entry.</exception>
    /// <exception cref="LedgerFaultException">A tile is absent or damaged.</exception>
    /// <exception cref="InvalidOperationException">An earlier append failed: open the ledger anew.</exception>
    public Receipt Receipt(long index)
    {
        ThrowIfStateUnknown();
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Head.Checkpoint.Size);
        var size = index + 1;
        var root = TileNodes.HashOf(0, size, CachedTile);
        var proof = new InclusionProof(index, size, PathOf(new Subtree(index, size), size));

        // A damaged tile must not lead to a signature over a tree that was never published.
        var head = Head.Checkpoint;
        var extends = new ConsistencyProof(size, head.Size, PathOf(new Subtree(0, size), head.Size));
        var leaf = CachedTile(0, index / TilePath.FullWidth).Hashes[(int)(index % TilePath.FullWidth)];
        if (!extends.Verify(root, head.Root, out _) || !proof.Verify(leaf, root, out _))
        {
            _tiles.Clear();
            throw Contradiction();
        }

        return new Receipt(proof, SignedCheckpoint.Sign(new Checkpoint(_signer.Name, size, root), _signer));
    }

    private ImmutableArray<MerkleHash> PathOf(Subtree subtree, long size) =>
        [.. ProofStep.Between(subtree, size).Select(step => TileNodes.HashOf(step.Start, step.End, CachedTile))];

    /// <summary>Lets go of the directory. Everything published is already durable.</summary>
    public void Dispose() => _lock.Dispose();

    private static FileStream TakeLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException cause)
        {
            throw new IOException($"cannot lock `{path}`: a ledger has one writer, so stop the process that has it open", cause);
        }
    }

    private static SignedCheckpoint ReadOrPublishHead(string directory, NoteSigner signer, DurableDirectory files)
    {
        if (File.Exists(files.At(LedgerReader.CheckpointPath)))
        {
            if (!SignedCheckpoint.TryOpen(File.ReadAllBytes(files.At(LedgerReader.CheckpointPath)), signer.VerifierKey, out var head, out var error))
            {
                throw new LedgerFaultException(directory, new LedgerFault(
                    LedgerReader.CheckpointPath, $"{error}; open it with the ledger's own key, or restore the latest checkpoint from a mirror or witness"));
            }

            // The process may have stopped between the rename of this checkpoint and the flush of its name.
            DurableDirectory.FlushDirectory(directory);
            return head;
        }

        if (Directory.Exists(files.At(TilesPath)))
        {
            throw new LedgerFaultException(directory, new LedgerFault(
                LedgerReader.CheckpointPath, $"is absent though `{TilesPath}` is there: restore the latest checkpoint from a mirror or witness"));
        }

        var empty = SignedCheckpoint.Sign(new Checkpoint(signer.Name, 0, MerkleHash.OfEmptyTree), signer);
        Publish(files, empty);
        return empty;
    }

    private static void Publish(DurableDirectory files, SignedCheckpoint head)
    {
        files.Place(LedgerReader.CheckpointPath, head.ToBytes());
        files.Sync();
    }

    // Every hash of the root is on the right edge, so that this checks the whole of what appends will build upon.
    private void ReadEdge()
    {
        var size = Head.Checkpoint.Size;
        var tiles = TreeEdge.PartialTilesAt(size).Select(path => (Path: path, Tile: OrThrow(Reader.ReadTileAsync(Present(path), default)))).ToList();
        var leaves = tiles is [{ Path.Level: 0 } foot, ..] ? foot : default;
        var entries = leaves.Tile is null
            ? []
            : OrThrow(Reader.ReadBundleAsync(Present(TilePath.OfEntries(leaves.Path.Index, leaves.Path.Width)), default));
        _edge = new TreeEdge(size, tiles, entries);
        var bundleFits = leaves.Tile is null
            || leaves.Tile.Hashes.SequenceEqual(entries.Select(entry => MerkleHash.OfLeaf(entry.Span)).ToArray());
        if (!bundleFits || _edge.Root != Head.Checkpoint.Root)
        {
            throw Contradiction();
        }
    }

    // A full tile beyond the head, left by an interrupted append, must not stand in for the partial one that the head names.
    private TilePath Present(TilePath path) =>
        File.Exists(_files.At(path.ToString())) ? path : throw new LedgerFaultException(
            _directory, new LedgerFault(path.ToString(), "is absent though the checkpoint needs it: restore it from a mirror"));

    // Reads the whole ledger, for once, to name the file that is wrong.
    private LedgerFaultException Contradiction()
    {
        var check = LedgerCheck.CheckAsync(LedgerReader.FilesOf(_directory), Head.Checkpoint);
        var fault = check.GetAwaiter().GetResult() ?? new LedgerFault(LedgerReader.CheckpointPath, "its tiles changed while they were read");
        return new LedgerFaultException(_directory, fault with { Message = $"{fault.Message}; restore the file from a mirror" });
    }

    private void SetAsideUnpublished()
    {
        if (!Directory.Exists(_files.At(TilesPath)))
        {
            return;
        }

        var size = Head.Checkpoint.Size;
        foreach (var file in Directory.EnumerateFiles(_files.At(TilesPath), "*", SearchOption.AllDirectories).ToList())
        {
            var name = Path.GetRelativePath(_directory, file).Replace('\\', '/');
            if (!TilePath.TryParse(name, out var path, out _))
            {
                continue;
            }

            var published = TilePath.WidthAt(path.Level, path.Index, size);
            if (path.Width > published)
            {
                _files.SetAside(name, $"{UnpublishedPath}/{name}");
            }
            else if (path.IsPartial && published == TilePath.FullWidth)
            {
                _files.Remove($"{path.Full}.p");
            }
        }

        _files.Sync();
    }

    private HashTile CachedTile(int level, long index)
    {
        if (_tiles.TryGetValue((level, index), out var tile))
        {
            return tile;
        }

        if (_tiles.Count == MaxCachedTiles)
        {
            _tiles.Clear();
        }

        var isFull = TilePath.WidthAt(level, index, Head.Checkpoint.Size) == TilePath.FullWidth;
        tile = isFull
            ? OrThrow(Reader.ReadTileAsync(TilePath.OfHashes(level, index), default))
            : _edge.Tile(level);
        _tiles.Add((level, index), tile);
        return tile;
    }

    private LedgerReader Reader => LedgerReader.ForDirectory(_directory);

    private T OrThrow<T>(Task<LedgerResult<T>> read)
        where T : notnull =>
        read.GetAwaiter().GetResult().TryGet(out var value, out var fault) ? value : throw new LedgerFaultException(_directory, fault);

    private void ThrowIfStateUnknown()
    {
        if (_stateUnknown)
        {
            throw new InvalidOperationException("an append failed, so that the state of the disk is unknown: open the ledger anew");
        }
    }
}
