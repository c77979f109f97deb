using System.Diagnostics.CodeAnalysis;

namespace Standstill.Ledger;

/// <summary>
/// The path of a tile of hashes or of an entry bundle, relative to the ledger's prefix (c2sp.org/tlog-tiles).
/// </summary>
/// <remarks>
/// A tile is 8 levels of the tree high: 256 hashes at its foot. <c>default</c> is <c>tile/0/000.p/0</c>, no path that exists.
/// </remarks>
//
//     tile/<level, 0..63>/<index>[.p/<width, 1..255>]      hashes
//     tile/entries/<index>[.p/<width, 1..255>]             entries
//
//     index 1234067 is x001/x234/067
public readonly record struct TilePath
{
    /// <summary>Levels of the tree within a tile.</summary>
    public const int Height = 8;

    /// <summary>Hashes or entries in a full tile: 2⁸.</summary>
    public const int FullWidth = 1 << Height;

    private const int HighestLevel = 63;
    private const string EntriesName = "entries";

    private TilePath(int level, long index, int width) => (Level, Index, Width) = (level, index, width);

    /// <summary>Level of the tile, from 0 at the leaves; 0 for a bundle, which holds what the tile of level 0 hashes.</summary>
    public int Level { get; }

    /// <summary>Place of the tile in its level, from 0.</summary>
    public long Index { get; }

    /// <summary>Number of hashes or entries, 1 to 256.</summary>
    public int Width { get; }

    /// <summary>Whether this is an entry bundle rather than a tile of hashes.</summary>
    public bool IsEntries { get; private init; }

    /// <summary>Whether fewer than 256 hashes or entries are there.</summary>
    public bool IsPartial => Width < FullWidth;

    /// <summary>The full tile or bundle at the same place: where to look once the partial one is gone.</summary>
    public TilePath Full => new(Level, Index, FullWidth) { IsEntries = IsEntries };

    /// <summary>The path of a tile of hashes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside 0..63, the index negative or the width outside 1..256.</exception>
    public static TilePath OfHashes(int level, long index, int width = FullWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, HighestLevel);
        ThrowUnlessPlaced(index, width);
        return new(level, index, width);
    }

    /// <summary>The path of an entry bundle.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or the width outside 1..256.</exception>
    public static TilePath OfEntries(long index, int width = FullWidth)
    {
        ThrowUnlessPlaced(index, width);
        return new(0, index, width) { IsEntries = true };
    }

    /// <summary>
    /// How many hashes (level 0: also entries) the tile at a place has in a tree of the given size: 0 if it does not exist, at most 256.
    /// </summary>
    public static int WidthAt(int level, long index, long treeSize)
    {
        var shift = level * Height;
        var hashes = shift >= 63 ? 0 : treeSize >> shift;
        return index > hashes / FullWidth ? 0 : (int)Math.Min(FullWidth, hashes - (index * FullWidth));
    }

    /// <summary>Reads a path, refusing every spelling but the canonical one.</summary>
    public static bool TryParse(string text, out TilePath path, [NotNullWhen(false)] out string? error)
    {
        path = default;
        error = $"{StrictText.Quote(text)} is not the path of a tile: write `tile/<level>/<index>` or `tile/entries/<index>`, " +
            "the index in groups of three digits as in `x001/067`, with `.p/<width>` for a partial one";

        var parts = text.Split('/');
        if (parts.Length < 3 || parts[0] != "tile")
        {
            return false;
        }

        var isEntries = parts[1] == EntriesName;
        if (!isEntries && (!StrictText.TryReadDecimal(parts[1], out var number) || number > HighestLevel))
        {
            return false;
        }

        var level = isEntries ? 0 : int.Parse(parts[1], null);
        var digits = parts.AsSpan(2);
        var width = (long)FullWidth;
        if (digits is [.., var last, _] && last.EndsWith(".p", StringComparison.Ordinal))
        {
            if (!StrictText.TryReadDecimal(digits[^1], out width) || width is < 1 or >= FullWidth)
            {
                return false;
            }

            digits = parts.AsSpan(2, digits.Length - 1);
            digits[^1] = last[..^2];
        }

        if (!TryReadIndex(digits, out var index))
        {
            return false;
        }

        (path, error) = (new TilePath(level, index, (int)width) { IsEntries = isEntries }, null);
        return true;
    }

    /// <summary>The path, as <see cref="TryParse"/> reads it.</summary>
    public override string ToString()
    {
        var digits = $"{Index % 1000:000}";
        for (var rest = Index / 1000; rest > 0; rest /= 1000)
        {
            digits = $"x{rest % 1000:000}/{digits}";
        }

        var place = IsEntries ? $"tile/{EntriesName}/{digits}" : $"tile/{Level}/{digits}";
        return IsPartial ? $"{place}.p/{Width}" : place;
    }

    // 2⁶³ − 1 has 19 digits: at most seven groups of three, the first not all zeros unless it is alone.
    private static bool TryReadIndex(ReadOnlySpan<string> groups, out long index)
    {
        index = 0;
        if (groups.Length is 0 or > 7 || (groups.Length > 1 && groups[0] == "x000"))
        {
            return false;
        }

        UInt128 sum = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            var group = groups[i].AsSpan();
            if (i < groups.Length - 1)
            {
                if (group.Length != 4 || group[0] != 'x')
                {
                    return false;
                }

                group = group[1..];
            }

            if (group.Length != 3 || group.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }

            sum = (sum * 1000) + uint.Parse(group, null);
        }

        if (sum > long.MaxValue)
        {
            return false;
        }

        index = (long)sum;
        return true;
    }

    private static void ThrowUnlessPlaced(long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
    }
}
