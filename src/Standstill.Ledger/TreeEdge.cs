namespace Standstill.Ledger;

/// <summary>
/// The right edge of a growing tree: the partial tile of each level and the partial bundle. It is all that is needed to grow the tree,
/// to compute its root, and to say which files the growth makes.
/// </summary>
internal sealed class TreeEdge
{
    // Up to 255 hashes a level, and as many entries as hashes at level 0, each as the bundle holds it.
    private readonly List<List<MerkleHash>> _levels = [];
    private readonly List<byte[]> _bundle = [];

    /// <summary>The edge of the empty tree.</summary>
    public TreeEdge()
    {
    }

    /// <summary>The edge of a tree, from the tiles that <see cref="PartialTilesAt"/> names and the entries of its partial bundle.</summary>
    public TreeEdge(long size, IEnumerable<(TilePath Path, HashTile Tile)> tiles, IEnumerable<ReadOnlyMemory<byte>> entries)
    {
        Size = size;
        foreach (var (path, tile) in tiles)
        {
            Level(path.Level).AddRange(tile.Hashes);
        }

        _bundle.AddRange(entries.Select(entry => EntryBundle.Format(entry.Span)));
    }

    /// <summary>Number of entries in the tree.</summary>
    public long Size { get; private set; }

    /// <summary>The root. The complete trees that make it up are all within the partial tiles.</summary>
    public MerkleHash Root
    {
        get
        {
            var tiles = new HashTile?[_levels.Count];
            return TileNodes.HashOf(0, Size, (level, _) => tiles[level] ??= Tile(level));
        }
    }

    /// <summary>The partial tiles of hashes in a tree, from level 0.</summary>
    public static IEnumerable<TilePath> PartialTilesAt(long size)
    {
        for (var level = 0; size >> (level * TilePath.Height) > 0; level++)
        {
            var index = (size >> (level * TilePath.Height)) / TilePath.FullWidth;
            var width = TilePath.WidthAt(level, index, size);
            if (width > 0)
            {
                yield return TilePath.OfHashes(level, index, width);
            }
        }
    }

    /// <summary>The partial tile of a level.</summary>
    public HashTile Tile(int level) => new([.. _levels[level]]);

    /// <summary>Adds an entry. The full files that it completes: the bundle first, then tiles from level 0 up.</summary>
    public List<(TilePath Path, byte[] Content)> Add(ReadOnlySpan<byte> entry)
    {
        var files = new List<(TilePath, byte[])>();
        _bundle.Add(EntryBundle.Format(entry));
        Level(0).Add(MerkleHash.OfLeaf(entry));
        Size++;
        if (_bundle.Count < TilePath.FullWidth)
        {
            return files;
        }

        var index = (Size / TilePath.FullWidth) - 1;
        files.Add((TilePath.OfEntries(index), Concatenate(_bundle)));
        _bundle.Clear();
        for (var level = 0; Level(level).Count == TilePath.FullWidth; level++)
        {
            var tile = Tile(level);
            files.Add((TilePath.OfHashes(level, index), HashTile.Format(tile.Hashes)));
            Level(level).Clear();
            Level(level + 1).Add(tile.Root);
            index /= TilePath.FullWidth;
        }

        return files;
    }

    /// <summary>The partial files of the tree that are not yet those of an earlier size.</summary>
    public IEnumerable<(TilePath Path, byte[] Content)> PartialFilesSince(long oldSize)
    {
        if (_bundle.Count > 0)
        {
            yield return (TilePath.OfEntries(Size / TilePath.FullWidth, _bundle.Count), Concatenate(_bundle));
        }

        foreach (var path in PartialTilesAt(Size).Except(PartialTilesAt(oldSize)))
        {
            yield return (path, HashTile.Format([.. _levels[path.Level]]));
        }
    }

    private List<MerkleHash> Level(int level)
    {
        while (_levels.Count <= level)
        {
            _levels.Add([]);
        }

        return _levels[level];
    }

    private static byte[] Concatenate(List<byte[]> parts)
    {
        var bytes = new byte[parts.Sum(part => part.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(bytes, at);
            at += part.Length;
        }

        return bytes;
    }
}
