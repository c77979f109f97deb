namespace Standstill.Meter;

/// <summary>Samples in columns, in the order in which they came. A buffer that is filled, read and cleared; not for two threads at once.</summary>
/// <remarks>Part of the hot path: the arrays are shared with the reader and are longer than <see cref="Count"/>.</remarks>
public sealed class SampleBatch
{
    /// <summary>A batch with room for so many samples; it grows.</summary>
    public SampleBatch(int capacity = 1024)
    {
        Series = new int[capacity];
        TimeMs = new long[capacity];
        Value = new double[capacity];
    }

    /// <summary>How many samples it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Ids of the <see cref="SeriesTable"/>; the first <see cref="Count"/> count.</summary>
    public int[] Series { get; private set; }

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long[] TimeMs { get; private set; }

    /// <summary>Values in the source's unit; bit for bit as they were sent, so that <see cref="StaleMarker"/> survives.</summary>
    public double[] Value { get; private set; }

    /// <summary>Appends a sample.</summary>
    public void Add(int series, long timeMs, double value)
    {
        if (Count == Series.Length)
        {
            Grow();
        }

        Series[Count] = series;
        TimeMs[Count] = timeMs;
        Value[Count] = value;
        Count++;
    }

    /// <summary>Appends all of another.</summary>
    public void Add(SampleBatch other)
    {
        while (Series.Length - Count < other.Count)
        {
            Grow();
        }

        other.Series.AsSpan(0, other.Count).CopyTo(Series.AsSpan(Count));
        other.TimeMs.AsSpan(0, other.Count).CopyTo(TimeMs.AsSpan(Count));
        other.Value.AsSpan(0, other.Count).CopyTo(Value.AsSpan(Count));
        Count += other.Count;
    }

    /// <summary>Empties it; the room stays.</summary>
    public void Clear() => Count = 0;

    private void Grow()
    {
        var room = Math.Max(1024, Series.Length * 2);
        var (series, times, values) = (Series, TimeMs, Value);
        Array.Resize(ref series, room);
        Array.Resize(ref times, room);
        Array.Resize(ref values, room);
        (Series, TimeMs, Value) = (series, times, values);
    }
}
