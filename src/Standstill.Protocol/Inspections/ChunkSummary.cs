namespace Standstill.Protocol.Inspections;

/// <summary>The time that a chunk owns: [from, to), in milliseconds since 1970-01-01T00:00:00Z, and the interval at which it is scraped.</summary>
/// <param name="FromMs">First millisecond.</param>
/// <param name="ToMs">First millisecond after; later than <paramref name="FromMs"/>.</param>
/// <param name="ScrapeMs">Interval between samples of a series, 1 to 3,600,000 ms.</param>
public sealed record ChunkWindow(long FromMs, long ToMs, int ScrapeMs)
{
    /// <summary>Longest scrape interval, ms.</summary>
    public const int MaximumScrapeMs = 3_600_000;

    /// <summary>Latest time, ms: the year 2200, as everywhere on the ledger.</summary>
    public const long MaximumMs = 7_258_118_400_000;

    /// <summary>How long a sample holds while none follows: 4 scrape intervals, at least one minute.</summary>
    public long HoldMs => Math.Max(4L * ScrapeMs, 60_000);

    /// <summary>Whether the bounds hold.</summary>
    public bool IsGood => FromMs >= 0 && ToMs > FromMs && ToMs <= MaximumMs && ScrapeMs is >= 1 and <= MaximumScrapeMs;
}

/// <summary>One chunk of raw samples as the tree of a balance period commits to it.</summary>
/// <param name="Position">Place in the period's list, from 0.</param>
/// <param name="File">SHA-256 of the chunk's file.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Window">The time that the chunk owns.</param>
/// <param name="FirstMs">Time of the earliest sample within the window; the window's start where there is none.</param>
/// <param name="LastMs">Time of the latest; the window's start where there is none.</param>
/// <param name="Sums">What its samples add up to: <see cref="ChunkAccount"/>.</param>
public sealed record ChunkSummary(int Position, Digest File, long Bytes, ChunkWindow Window, long FirstMs, long LastMs, ChunkSums Sums)
{
    /// <summary>Whether the bounds hold and no figure is negative.</summary>
    public bool IsGood => Position >= 0 && File.Hex is not null && Bytes >= 0 && Window.IsGood
        && FirstMs >= Window.FromMs && LastMs >= FirstMs && LastMs < Window.ToMs && Sums.IsGood;
}
