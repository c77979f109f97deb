using System.Collections.Immutable;

namespace Standstill.Ledger;

/// <summary>
/// Reads a ledger's resource by its path relative to the prefix: <c>checkpoint</c>, <c>tile/0/000</c>. Null if there is none.
/// Throws what its medium throws when it cannot tell.
/// </summary>
public delegate ValueTask<ReadOnlyMemory<byte>?> ResourceReader(string path, CancellationToken cancellationToken);

/// <summary>
/// Reads heads, entries and proofs from a ledger's static resources (c2sp.org/tlog-tiles), whether they are files or served by HTTP.
/// </summary>
/// <param name="read">Reads one resource. May be called several times at once.</param>
/// <remarks>
/// No lock is needed beside a running writer: what a checkpoint names is there before the checkpoint is. Sizes given here must be
/// ones that a verified checkpoint named. What the resources hold is checked for form; that proofs fit a checkpoint is for the
/// proofs' own verification to say, and that entries do for <see cref="LedgerCheck"/>.
/// </remarks>
public sealed class LedgerReader(ResourceReader read)
{
    /// <summary>Path of the head.</summary>
    public const string CheckpointPath = "checkpoint";

    /// <summary>Reads a ledger from a directory.</summary>
    public static LedgerReader ForDirectory(string directory) => new(FilesOf(directory));

    /// <summary>Reads the files of a directory as resources.</summary>
    public static ResourceReader FilesOf(string directory) => async (path, cancellationToken) =>
    {
        try
        {
            return await File.ReadAllBytesAsync(Path.Combine(directory, path), cancellationToken);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    };

    /// <summary>Reads the head and verifies the ledger's signature on it.</summary>
    public async Task<LedgerResult<SignedCheckpoint>> ReadHeadAsync(NoteVerifierKey key, CancellationToken cancellationToken = default)
    {
        if (await read(CheckpointPath, cancellationToken) is not { } bytes)
        {
            return new LedgerFault(CheckpointPath, "is absent: check the ledger's address");
        }

        return SignedCheckpoint.TryOpen(bytes.Span, key, out var head, out var error) ? head : new LedgerFault(CheckpointPath, error);
    }

    /// <summary>Reads the entries from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    /// <param name="from">Index of the first entry.</param>
    /// <param name="to">Index after the last entry; all are held in memory at once, so ask for a bundle or a few of 256.</param>
    /// <param name="size">A published size, at least <paramref name="to"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<LedgerResult<ImmutableArray<ReadOnlyMemory<byte>>>> ReadEntriesAsync(
        long from, long to, long size, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, size);
        var entries = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        while (from < to)
        {
            var index = from / TilePath.FullWidth;
            var result = await ReadBundleAsync(TilePath.OfEntries(index, TilePath.WidthAt(0, index, size)), cancellationToken);
            if (!result.TryGet(out var bundle, out var fault))
            {
                return fault;
            }

            var first = index * TilePath.FullWidth;
            var count = (int)Math.Min(to - first, bundle.Length);
            entries.AddRange(bundle.AsSpan((int)(from - first)..count));
            from = first + count;
        }

        return entries.ToImmutable();
    }

    /// <summary>Makes the proof that the entry at an index is in the tree of a published size.</summary>
    public async Task<LedgerResult<InclusionProof>> ProveInclusionAsync(long index, long size, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var result = await ReadPathAsync(new Subtree(index, index + 1), size, cancellationToken);
        return result.TryGet(out var path, out var fault) ? new InclusionProof(index, size, path) : fault;
    }

    /// <summary>Makes the proof that the tree of one published size extends that of another, which is at least 1.</summary>
    public async Task<LedgerResult<ConsistencyProof>> ProveConsistencyAsync(long oldSize, long newSize, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oldSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var result = await ReadPathAsync(new Subtree(0, oldSize), newSize, cancellationToken);
        return result.TryGet(out var path, out var fault) ? new ConsistencyProof(oldSize, newSize, path) : fault;
    }

    /// <summary>The root hash of the first entries, as the tiles of a published size have it.</summary>
    /// <param name="size">How many entries, at least 1.</param>
    /// <param name="published">A published size, not below.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<LedgerResult<MerkleHash>> RootAtAsync(long size, long published, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, published);
        var result = await ReadHashesAsync([(0, size)], published, cancellationToken);
        return result.TryGet(out var hashes, out var fault) ? hashes[0] : fault;
    }

    /// <summary>Makes the receipt of an entry at a head.</summary>
    public async Task<LedgerResult<Receipt>> ReceiptAsync(long index, SignedCheckpoint head, CancellationToken cancellationToken = default)
    {
        var result = await ProveInclusionAsync(index, head.Checkpoint.Size, cancellationToken);
        return result.TryGet(out var proof, out var fault) ? new Receipt(proof, head) : fault;
    }

    /// <summary>Makes the receipt that <see cref="FileLedger.Receipt"/> gives for an entry: under a checkpoint of just its size.</summary>
    /// <param name="index">The entry.</param>
    /// <param name="size">A published size, above the index.</param>
    /// <param name="signer">The ledger's key.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<LedgerResult<Receipt>> FirstReceiptAsync(long index, long size, NoteSigner signer, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        if (!(await ReadHeadAsync(signer.VerifierKey, cancellationToken)).TryGet(out var published, out var fault))
        {
            return fault;
        }

        var head = published.Checkpoint;
        if (head.Size < size)
        {
            return new LedgerFault(CheckpointPath, $"names `{head.Size}` entries where `{size}` were published: restore the latest");
        }

        var own = index + 1;
        (long Start, long End)[] path = [.. ProofStep.Between(new Subtree(index, own), own).Select(step => (step.Start, step.End))];
        (long Start, long End)[] growth = [.. ProofStep.Between(new Subtree(0, own), head.Size).Select(step => (step.Start, step.End))];
        if (!(await ReadHashesAsync([.. path, .. growth, (0, own), (index, own)], head.Size, cancellationToken)).TryGet(out var hashes, out fault))
        {
            return fault;
        }

        // A damaged tile must not lead to a signature over a tree that was never published.
        var (root, leaf) = (hashes[^2], hashes[^1]);
        var proof = new InclusionProof(index, own, hashes[..path.Length]);
        var extends = new ConsistencyProof(own, head.Size, hashes[path.Length..^2]);
        if (!extends.Verify(root, head.Root, out var error) || !proof.Verify(leaf, root, out error))
        {
            return new LedgerFault(CheckpointPath, $"the tiles do not lead to it, {error}: check the ledger to find the file");
        }

        return new Receipt(proof, SignedCheckpoint.Sign(new Checkpoint(signer.Name, own, root), signer));
    }

    /// <summary>Reads the path between a subtree and the tree of a published size.</summary>
    internal Task<LedgerResult<ImmutableArray<MerkleHash>>> ReadPathAsync(Subtree subtree, long size, CancellationToken cancellationToken) =>
        ReadHashesAsync([.. ProofStep.Between(subtree, size).Select(step => (step.Start, step.End))], size, cancellationToken);

    private async Task<LedgerResult<ImmutableArray<MerkleHash>>> ReadHashesAsync(
        (long Start, long End)[] ranges, long size, CancellationToken cancellationToken)
    {
        var places = ranges.SelectMany(range => TileNodes.TilesFor(range.Start, range.End)).Distinct().ToArray();
        var results = await Task.WhenAll(places.Select(place => ReadTileAsync(
            TilePath.OfHashes(place.Level, place.Index, TilePath.WidthAt(place.Level, place.Index, size)), cancellationToken)));

        var tiles = new Dictionary<(int Level, long Index), HashTile>();
        for (var i = 0; i < places.Length; i++)
        {
            if (!results[i].TryGet(out var tile, out var fault))
            {
                return fault;
            }

            tiles.Add(places[i], tile);
        }

        return ranges.Select(range => TileNodes.HashOf(range.Start, range.End, (level, index) => tiles[(level, index)])).ToImmutableArray();
    }

    /// <summary>Reads a tile of hashes; of the full one that has taken its place, the first hashes.</summary>
    internal async Task<LedgerResult<HashTile>> ReadTileAsync(TilePath path, CancellationToken cancellationToken)
    {
        var result = await ReadAsync(path, cancellationToken);
        if (!result.TryGet(out var found, out var fault))
        {
            return fault;
        }

        return HashTile.TryParse(found.Bytes.Span, found.Path.Width, path.Width, out var tile, out var error)
            ? tile
            : new LedgerFault(found.Path.ToString(), error);
    }

    /// <summary>Reads the entries of a bundle; of the full one that has taken its place, the first entries.</summary>
    internal async Task<LedgerResult<ImmutableArray<ReadOnlyMemory<byte>>>> ReadBundleAsync(TilePath path, CancellationToken cancellationToken)
    {
        var result = await ReadAsync(path, cancellationToken);
        if (!result.TryGet(out var found, out var fault))
        {
            return fault;
        }

        if (!EntryBundle.TryParse(found.Bytes, out var bundle, out var error))
        {
            return new LedgerFault(found.Path.ToString(), error);
        }

        return bundle.Entries.Length == found.Path.Width
            ? bundle.Entries[..path.Width]
            : new LedgerFault(found.Path.ToString(), $"holds `{bundle.Entries.Length}` entries where its name says `{found.Path.Width}`");
    }

    private async Task<LedgerResult<(TilePath Path, ReadOnlyMemory<byte> Bytes)>> ReadAsync(TilePath path, CancellationToken cancellationToken)
    {
        if (await read(path.ToString(), cancellationToken) is { } bytes)
        {
            return (path, bytes);
        }

        // "MAY delete any partial tile once the corresponding full tile is available" (tlog-tiles, "Partial Tiles").
        if (path.IsPartial && await read(path.Full.ToString(), cancellationToken) is { } full)
        {
            return (path.Full, full);
        }

        return new LedgerFault(path.ToString(), "is absent though a checkpoint needs it: restore it from a mirror");
    }
}
