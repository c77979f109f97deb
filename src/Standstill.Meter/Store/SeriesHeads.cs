using Standstill.Meter.Dcgm;

namespace Standstill.Meter.Store;

/// <summary>The time of the last sample of each series: what makes a sample that is sent twice count once.</summary>
/// <remarks>INVARIANT (once): a sample is accepted only when it is later than the last one of its series, so no time of a series is on disk
/// twice. The hot path: one step a sample.</remarks>
internal sealed class SeriesHeads
{
    private long[] _time = [];
    private int[] _area = [];
    private DcgmField?[] _field = [];

    /// <summary>How many series have a place.</summary>
    public int Count { get; private set; }

    /// <summary>Makes a place for every series of the table.</summary>
    public void CatchUp(SeriesTable table)
    {
        var count = table.Count;
        if (count > _time.Length)
        {
            var room = Math.Max(count, _time.Length * 2);
            Array.Resize(ref _time, room);
            Array.Resize(ref _area, room);
            Array.Resize(ref _field, room);
        }

        for (; Count < count; Count++)
        {
            _time[Count] = long.MinValue;
            _area[Count] = table[Count].Area;
            _field[Count] = DcgmFields.ByName(table[Count].Name);
        }
    }

    /// <summary>The area of a series.</summary>
    public int AreaOf(int series) => _area[series];

    /// <summary>The field of DCGM that a series is, or null.</summary>
    public DcgmField? FieldOf(int series) => _field[series];

    /// <summary>Whether a time is later than the last; it is the last from then on.</summary>
    public bool TryAdvance(int series, long timeMs)
    {
        if (timeMs <= _time[series])
        {
            return false;
        }

        _time[series] = timeMs;
        return true;
    }

    /// <summary>Time of the last sample; <see cref="long.MinValue"/> before the first.</summary>
    public long TimeOf(int series) => _time[series];

    /// <summary>Adds the heads to a segment of the log.</summary>
    public void Write(WalSegment segment) =>
        segment.Add(WalKind.Heads, Enumerable.Range(0, Count).ToArray(), _time.AsSpan(0, Count), new double[Count]);
}
