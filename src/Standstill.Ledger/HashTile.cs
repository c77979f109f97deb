using System.Diagnostics.CodeAnalysis;

namespace Standstill.Ledger;

/// <summary>A tile's hashes with the nodes above them that are complete (c2sp.org/tlog-tiles, "Merkle Tree").</summary>
//
//     hash 0, 32 bytes ‖ hash 1 ‖ ... ‖ hash width−1
internal sealed class HashTile
{
    // Row h holds the nodes h levels above the foot; only nodes over 2ʰ present hashes are there.
    private readonly MerkleHash[][] _rows;

    public HashTile(MerkleHash[] hashes)
    {
        _rows = new MerkleHash[TilePath.Height + 1][];
        _rows[0] = hashes;
        for (var h = 1; h < _rows.Length; h++)
        {
            var below = _rows[h - 1];
            var row = new MerkleHash[below.Length / 2];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = MerkleHash.OfChildren(below[2 * i], below[(2 * i) + 1]);
            }

            _rows[h] = row;
        }
    }

    /// <summary>The hashes at the foot.</summary>
    public ReadOnlySpan<MerkleHash> Hashes => _rows[0];

    /// <summary>The root of a full tile.</summary>
    public MerkleHash Root => _rows[TilePath.Height][0];

    /// <summary>The node <paramref name="height"/> levels above the foot.</summary>
    public MerkleHash Node(int height, int index) => _rows[height][index];

    /// <summary>Reads the first <paramref name="width"/> hashes from the file of a tile that holds <paramref name="fileWidth"/>.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes, int fileWidth, int width, [NotNullWhen(true)] out HashTile? tile, [NotNullWhen(false)] out string? error)
    {
        if (bytes.Length != fileWidth * MerkleHash.Size)
        {
            (tile, error) = (null, $"is `{bytes.Length}` bytes long where `{fileWidth}` hashes take `{fileWidth * MerkleHash.Size}`");
            return false;
        }

        var hashes = new MerkleHash[width];
        for (var i = 0; i < width; i++)
        {
            hashes[i] = new MerkleHash(bytes.Slice(i * MerkleHash.Size, MerkleHash.Size));
        }

        (tile, error) = (new HashTile(hashes), null);
        return true;
    }

    /// <summary>Writes the file of a tile.</summary>
    public static byte[] Format(ReadOnlySpan<MerkleHash> hashes)
    {
        var bytes = new byte[hashes.Length * MerkleHash.Size];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i].CopyTo(bytes.AsSpan(i * MerkleHash.Size));
        }

        return bytes;
    }
}

/// <summary>Where the hash over a range of entries is found in the tiles.</summary>
internal static class TileNodes
{
    /// <summary>The tiles that the hash over a range needs: level and index, possibly repeated.</summary>
    public static IEnumerable<(int Level, long Index)> TilesFor(long start, long end)
    {
        foreach (var (level, index) in Complete(start, end))
        {
            yield return TileOf(level, index);
        }
    }

    /// <summary>The hash over a range that is a subtree, from the tiles.</summary>
    public static MerkleHash HashOf(long start, long end, Func<int, long, HashTile> tile)
    {
        if (start == end)
        {
            return MerkleHash.OfEmptyTree;
        }

        MerkleHash? hash = null;
        foreach (var (level, index) in Complete(start, end).Reverse())
        {
            var (tileLevel, tileIndex) = TileOf(level, index);
            var height = level - (tileLevel * TilePath.Height);
            var node = tile(tileLevel, tileIndex).Node(height, (int)(index - (tileIndex << (TilePath.Height - height))));
            hash = hash is { } right ? MerkleHash.OfChildren(node, right) : node;
        }

        return hash!.Value;
    }

    // A subtree is a run of complete trees, each smaller than the one before: one for each bit of its length.
    private static IEnumerable<(int Level, long Index)> Complete(long start, long end)
    {
        while (start < end)
        {
            var level = System.Numerics.BitOperations.Log2((ulong)(end - start));
            yield return (level, start >> level);
            start += 1L << level;
        }
    }

    private static (int Level, long Index) TileOf(int level, long index)
    {
        var tileLevel = level / TilePath.Height;
        return (tileLevel, index >> (TilePath.Height - (level % TilePath.Height)));
    }
}
