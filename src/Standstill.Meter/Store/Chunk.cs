using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Store;

/// <summary>A chunk that the meter has committed to: a line of `chunks.jsonl`.</summary>
/// <param name="Area">The balance area.</param>
/// <param name="PeriodFromMs">Start of the balance period, ms since 1970-01-01T00:00:00Z.</param>
/// <param name="Summary">The leaf of the period's sum tree. <see cref="ChunkSummary.Position"/> counts within area and period.</param>
/// <param name="Samples">Samples in the file, late ones included, rows carried over not.</param>
public sealed record Chunk(string Area, long PeriodFromMs, ChunkSummary Summary, long Samples)
{
    /// <summary>Its file within the data directory: `chunks/AREA/PERIOD/POSITION.parquet`, PERIOD as `20261124T1300Z`.</summary>
    public string File => PathOf(Area, PeriodFromMs, Summary.Position);

    internal static string PathOf(string area, long periodFromMs, int position) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"chunks/{area}/{DateTimeOffset.FromUnixTimeMilliseconds(periodFromMs):yyyyMMdd'T'HHmm'Z'}/{position}.parquet");
}

/// <summary>A balance period of an area that takes no more samples.</summary>
/// <param name="Area">The balance area.</param>
/// <param name="FromMs">Its start, ms since 1970-01-01T00:00:00Z.</param>
/// <param name="ToMs">Its end, exclusive.</param>
/// <param name="Chunks">Its chunks in the order of their positions; none when the area has never been heard of.</param>
/// <param name="Counts">What was not taken of the area since the period before was closed.</param>
public sealed record SealedPeriod(string Area, long FromMs, long ToMs, System.Collections.Immutable.ImmutableArray<Chunk> Chunks, IntakeCounts Counts);

/// <summary>What the store did with samples, in numbers.</summary>
/// <param name="Accepted">Taken, and durable.</param>
/// <param name="Late">Of those accepted, before the time that the area's next chunk owns: kept, not summed.</param>
/// <param name="Duplicates">Sent again with the same value: the answer was lost, not the sample.</param>
/// <param name="OutOfOrder">Not later than the series' last sample, and not the same: refused.</param>
/// <param name="AfterClosing">In a balance period that is closed: refused.</param>
/// <param name="Ahead">More than ten minutes ahead of the meter's clock, or before 1970: refused.</param>
/// <param name="NoValue">Of those accepted, no data: DCGM's marks for that, or what the quantity cannot be. Kept, not summed.</param>
public readonly record struct IntakeCounts(long Accepted, long Late, long Duplicates, long OutOfOrder, long AfterClosing, long Ahead, long NoValue = 0)
{
    /// <summary>Refused for good: sending them again changes nothing.</summary>
    public long Refused => OutOfOrder + AfterClosing + Ahead;

    /// <summary>Both together.</summary>
    public static IntakeCounts operator +(IntakeCounts a, IntakeCounts b) => new(
        a.Accepted + b.Accepted, a.Late + b.Late, a.Duplicates + b.Duplicates, a.OutOfOrder + b.OutOfOrder, a.AfterClosing + b.AfterClosing, a.Ahead + b.Ahead, a.NoValue + b.NoValue);
}
