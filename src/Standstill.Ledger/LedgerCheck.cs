using System.Collections.Immutable;
using System.Numerics;

namespace Standstill.Ledger;

/// <summary>
/// Takes the entries of one bundle, in order.
/// </summary>
/// <param name="firstIndex">Index of the first of them.</param>
/// <param name="entries">The entries, valid during the call only.</param>
public delegate ValueTask EntriesVisitor(long firstIndex, ImmutableArray<ReadOnlyMemory<byte>> entries);

/// <summary>
/// Recomputes a whole ledger from its entry bundles: every tile of hashes and the root (c2sp.org/tlog-tiles, RFC 6962, section 2.1).
/// Written from the specs: the computation shares nothing with the writer but the hash and the forms of the files.
/// </summary>
/// <remarks>
/// Streams: holds one bundle, one tile and 256 hashes a level at a time. Of an altered byte it names the file that is wrong: where a
/// tile and what is below it differ, the one that a proof connects to the checkpoint is right.
/// </remarks>
public sealed class LedgerCheck
{
    private readonly LedgerReader _reader;
    private readonly Checkpoint _checkpoint;
    private readonly string? _directory;
    private readonly CancellationToken _cancellationToken;

    // What the entries so far make: the unfinished tile of each level, and the roots of complete trees, largest first.
    private readonly List<List<MerkleHash>> _unfinished = [];
    private readonly List<MerkleHash> _peaks = [];
    private long _count;

    private LedgerCheck(ResourceReader read, Checkpoint checkpoint, string? directory, CancellationToken cancellationToken)
    {
        (_reader, _checkpoint, _directory, _cancellationToken) = (new LedgerReader(read), checkpoint, directory, cancellationToken);
    }

    /// <summary>Checks everything that a checkpoint names. Null if all of it holds, else the first fault.</summary>
    /// <param name="read">Reads one resource.</param>
    /// <param name="checkpoint">A checkpoint whose signature was verified.</param>
    /// <param name="visit">
    /// Given each bundle once it agrees with the hashes of its tile. That these lead to the checkpoint is known only when the check
    /// returns null, so what the visitor gathers is to be thrown away otherwise.
    /// </param>
    /// <param name="cancellationToken">Stops the check.</param>
    public static Task<LedgerFault?> CheckAsync(
        ResourceReader read, Checkpoint checkpoint, EntriesVisitor? visit = null, CancellationToken cancellationToken = default) =>
        new LedgerCheck(read, checkpoint, directory: null, cancellationToken).RunAsync(visit);

    /// <summary>
    /// Checks a ledger under a directory at its head, and the partial tiles and bundles of earlier heads that are still there.
    /// The verified head, or the first fault.
    /// </summary>
    /// <param name="directory">The directory; a writer may be at work on it, and what it adds beyond the head is left alone.</param>
    /// <param name="key">The ledger's key.</param>
    /// <param name="visit">As for <see cref="CheckAsync"/>.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    public static async Task<LedgerResult<SignedCheckpoint>> CheckDirectoryAsync(
        string directory, NoteVerifierKey key, EntriesVisitor? visit = null, CancellationToken cancellationToken = default)
    {
        var read = LedgerReader.FilesOf(directory);
        var result = await new LedgerReader(read).ReadHeadAsync(key, cancellationToken);
        if (!result.TryGet(out var head, out var fault))
        {
            return fault;
        }

        return await new LedgerCheck(read, head.Checkpoint, directory, cancellationToken).RunAsync(visit) is { } found ? found : head;
    }

    private async Task<LedgerFault?> RunAsync(EntriesVisitor? visit)
    {
        for (var first = 0L; first < _checkpoint.Size; first += TilePath.FullWidth)
        {
            var index = first / TilePath.FullWidth;
            var path = TilePath.OfEntries(index, (int)Math.Min(TilePath.FullWidth, _checkpoint.Size - first));
            var result = await _reader.ReadBundleAsync(path, _cancellationToken);
            if (!result.TryGet(out var entries, out var absent))
            {
                return absent;
            }

            var leaves = entries.Select(entry => MerkleHash.OfLeaf(entry.Span)).ToList();
            var fault = await CheckTileAsync(0, index, leaves) ?? await CheckLeftoverBundlesAsync(path, entries);
            if (fault is not null)
            {
                return fault;
            }

            if (visit is not null)
            {
                await visit(first, entries);
            }

            foreach (var leaf in leaves)
            {
                AddPeak(leaf);
            }

            if (leaves.Count == TilePath.FullWidth && await AddTileRootAsync(1, index, RootOfFull(leaves)) is { } above)
            {
                return above;
            }
        }

        for (var level = 1; level <= _unfinished.Count; level++)
        {
            var hashes = _unfinished[level - 1];
            var index = (_checkpoint.Size >> (TilePath.Height * level)) / TilePath.FullWidth;
            if (hashes.Count > 0 && await CheckTileAsync(level, index, hashes) is { } fault)
            {
                return fault;
            }
        }

        var root = RootOfPeaks();
        return root == _checkpoint.Root ? null : new LedgerFault(
            LedgerReader.CheckpointPath, $"its root is not that of the `{_checkpoint.Size}` entries, though these and the tiles agree")
        {
            Expected = root,
            Found = _checkpoint.Root,
        };
    }

    /// <summary>Adds the root of a full tile to the level above it, and checks the tile there once that is full.</summary>
    private async Task<LedgerFault?> AddTileRootAsync(int level, long index, MerkleHash root)
    {
        if (_unfinished.Count < level)
        {
            _unfinished.Add([]);
        }

        var hashes = _unfinished[level - 1];
        hashes.Add(root);
        if (hashes.Count < TilePath.FullWidth)
        {
            return null;
        }

        var above = index / TilePath.FullWidth;
        if (await CheckTileAsync(level, above, hashes) is { } fault)
        {
            return fault;
        }

        var next = RootOfFull(hashes);
        hashes.Clear();
        return await AddTileRootAsync(level + 1, above, next);
    }

    /// <summary>Compares the file of a tile, and older partial ones beside it, with the hashes that the entries make.</summary>
    private async Task<LedgerFault?> CheckTileAsync(int level, long index, List<MerkleHash> computed)
    {
        var path = TilePath.OfHashes(level, index, computed.Count);
        var result = await _reader.ReadTileAsync(path, _cancellationToken);
        if (!result.TryGet(out var tile, out var absent))
        {
            return absent;
        }

        for (var i = 0; i < computed.Count; i++)
        {
            if (tile.Hashes[i] != computed[i])
            {
                return await ArbitrateAsync(path, i, computed[i], tile.Hashes[i]);
            }
        }

        foreach (var leftover in Leftovers(path))
        {
            var older = await _reader.ReadTileAsync(leftover, _cancellationToken);
            if (!older.TryGet(out var partial, out var broken))
            {
                return broken;
            }

            if (FirstDifference(partial.Hashes, computed) is { } place)
            {
                return new LedgerFault(leftover.ToString(), "differs from the tile that grew out of it: remove it or restore it from a mirror")
                {
                    Position = place,
                    Expected = computed[place],
                    Found = partial.Hashes[place],
                };
            }
        }

        return null;
    }

    /// <summary>A tile and what is below it differ: whichever a proof connects to the checkpoint is right.</summary>
    private async Task<LedgerFault> ArbitrateAsync(TilePath path, int place, MerkleHash computed, MerkleHash found)
    {
        var shift = TilePath.Height * path.Level;
        var node = (path.Index * TilePath.FullWidth) + place;
        var subtree = new Subtree(node << shift, (node + 1) << shift);
        var result = await _reader.ReadPathAsync(subtree, _checkpoint.Size, _cancellationToken);
        var tileIsRight = result.TryGet(out var steps, out _)
            && subtree.VerifyConsistency(_checkpoint.Size, found, steps.AsSpan(), _checkpoint.Root, out _);
        if (!tileIsRight)
        {
            return new LedgerFault(path.ToString(), "the hash is not that of what is below it")
            {
                Position = place,
                Expected = computed,
                Found = found,
            };
        }

        if (path.Level > 0)
        {
            return new LedgerFault(
                TilePath.OfHashes(path.Level - 1, node).ToString(), "agrees with the entries below it, but together they are not what the checkpoint names")
            {
                Expected = found,
                Found = computed,
            };
        }

        return new LedgerFault(TilePath.OfEntries(path.Index, path.Width).ToString(), "the entry does not have the hash that the checkpoint names")
        {
            Position = place,
            Expected = found,
            Found = computed,
        };
    }

    private async Task<LedgerFault?> CheckLeftoverBundlesAsync(TilePath path, ImmutableArray<ReadOnlyMemory<byte>> entries)
    {
        foreach (var leftover in Leftovers(path))
        {
            var result = await _reader.ReadBundleAsync(leftover, _cancellationToken);
            if (!result.TryGet(out var older, out var broken))
            {
                return broken;
            }

            for (var i = 0; i < older.Length; i++)
            {
                if (!older[i].Span.SequenceEqual(entries[i].Span))
                {
                    return new LedgerFault(leftover.ToString(), "differs from the bundle that grew out of it: remove it or restore it from a mirror")
                    {
                        Position = i,
                        Expected = MerkleHash.OfLeaf(entries[i].Span),
                        Found = MerkleHash.OfLeaf(older[i].Span),
                    };
                }
            }
        }

        return null;
    }

    /// <summary>The narrower partial files beside a checked one, from the narrowest. A writer may remove them at any time.</summary>
    private List<TilePath> Leftovers(TilePath path)
    {
        string[] files;
        try
        {
            files = _directory is null ? [] : Directory.GetFiles(Path.Combine(_directory, $"{path.Full}.p"));
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }

        return [.. files
            .Select(file => TilePath.TryParse($"{path.Full}.p/{Path.GetFileName(file)}", out var leftover, out _) ? leftover : default)
            .Where(leftover => leftover.Width > 0 && leftover.Width < path.Width)
            .OrderBy(leftover => leftover.Width)];
    }

    private static int? FirstDifference(ReadOnlySpan<MerkleHash> hashes, List<MerkleHash> computed)
    {
        for (var i = 0; i < hashes.Length; i++)
        {
            if (hashes[i] != computed[i])
            {
                return i;
            }
        }

        return null;
    }

    private static MerkleHash RootOfFull(List<MerkleHash> hashes)
    {
        var row = hashes.ToArray();
        for (var length = row.Length; length > 1; length /= 2)
        {
            for (var i = 0; i < length / 2; i++)
            {
                row[i] = MerkleHash.OfChildren(row[2 * i], row[(2 * i) + 1]);
            }
        }

        return row[0];
    }

    // After n leaves there is one peak for each bit of n: a leaf carries into them as 1 does into a binary counter.
    private void AddPeak(MerkleHash leaf)
    {
        var peak = leaf;
        for (var carries = BitOperations.TrailingZeroCount(~_count); carries > 0; carries--)
        {
            peak = MerkleHash.OfChildren(_peaks[^1], peak);
            _peaks.RemoveAt(_peaks.Count - 1);
        }

        _peaks.Add(peak);
        _count++;
    }

    private MerkleHash RootOfPeaks()
    {
        if (_peaks.Count == 0)
        {
            return MerkleHash.OfEmptyTree;
        }

        var root = _peaks[^1];
        for (var i = _peaks.Count - 2; i >= 0; i--)
        {
            root = MerkleHash.OfChildren(_peaks[i], root);
        }

        return root;
    }
}
