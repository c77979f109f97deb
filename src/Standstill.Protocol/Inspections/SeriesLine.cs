namespace Standstill.Protocol.Inspections;

/// <summary>The usable rows of one series in a chunk, in order of time; of rows with one time the first that arrived.</summary>
internal sealed class SeriesLine
{
    private readonly long[] times;
    private readonly double[] values;

    private SeriesLine(MeteredSeries series, long[] arrivals, double[] values)
    {
        Series = series;
        Arrivals = arrivals;
        Arrived = values;
        (times, this.values) = InOrder(series.Quantity, arrivals, values);
    }

    public MeteredSeries Series { get; }

    /// <summary>Times of all rows, usable or not, as they arrived.</summary>
    public long[] Arrivals { get; }

    /// <summary>Values of all rows, usable or not, as they arrived.</summary>
    public double[] Arrived { get; }

    /// <summary>Number of usable rows with different times.</summary>
    public int Count => times.Length;

    public long Time(int i) => times[i];

    public double Value(int i) => values[i];

    /// <summary>The first row at or after a time; <see cref="Count"/> where there is none.</summary>
    public int FirstAt(long time)
    {
        var place = Array.BinarySearch(times, time);
        return place < 0 ? ~place : place;
    }

    /// <summary>Divides the rows of a chunk before a time by series.</summary>
    /// <exception cref="ArgumentException">The columns differ in length, or a row names no series.</exception>
    public static List<SeriesLine> Gather(ChunkColumns chunk, long before)
    {
        var at = chunk.SeriesAt.Span;
        var time = chunk.TimeMs.Span;
        var value = chunk.Value.Span;
        if (time.Length != at.Length || value.Length != at.Length)
        {
            throw new ArgumentException("the columns of a chunk are of one length", nameof(chunk));
        }

        var counts = new int[chunk.Series.Length];
        for (var i = 0; i < at.Length; i++)
        {
            if ((uint)at[i] >= (uint)counts.Length)
            {
                throw new ArgumentException($"a row names series {at[i]} of {counts.Length}", nameof(chunk));
            }

            counts[at[i]] += time[i] < before ? 1 : 0;
        }

        var times = Array.ConvertAll(counts, n => new long[n]);
        var values = Array.ConvertAll(counts, n => new double[n]);
        Array.Clear(counts);
        for (var i = 0; i < at.Length; i++)
        {
            if (time[i] < before)
            {
                var place = counts[at[i]]++;
                times[at[i]][place] = time[i];
                values[at[i]][place] = value[i];
            }
        }

        return [.. chunk.Series.Select((series, i) => new SeriesLine(series, times[i], values[i]))];
    }

    /// <summary>The series of each subject, in the order in which the subjects first stand in the table.</summary>
    public static List<List<SeriesLine>> BySubject(List<SeriesLine> lines)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var groups = new List<List<SeriesLine>>();
        foreach (var line in lines)
        {
            if (!places.TryGetValue(line.Series.Subject, out var place))
            {
                places[line.Series.Subject] = place = groups.Count;
                groups.Add([]);
            }

            groups[place].Add(line);
        }

        return groups;
    }

    private static (long[] Times, double[] Values) InOrder(Quantity quantity, long[] arrivals, double[] values)
    {
        var (rising, usable) = (true, true);
        for (var i = 0; i < arrivals.Length; i++)
        {
            rising &= i == 0 || arrivals[i] > arrivals[i - 1];
            usable &= QuantityRange.Holds(quantity, values[i]);
        }

        if (rising && usable)
        {
            return (arrivals, values);
        }

        // The second key keeps rows of one time in the order of their arrival.
        var order = Enumerable.Range(0, arrivals.Length).Where(i => QuantityRange.Holds(quantity, values[i])).ToArray();
        Array.Sort(order, (a, b) => arrivals[a] != arrivals[b] ? arrivals[a].CompareTo(arrivals[b]) : a.CompareTo(b));
        var (sortedTimes, sortedValues) = (new List<long>(order.Length), new List<double>(order.Length));
        foreach (var i in order)
        {
            if (sortedTimes.Count == 0 || sortedTimes[^1] != arrivals[i])
            {
                sortedTimes.Add(arrivals[i]);
                sortedValues.Add(values[i]);
            }
        }

        return ([.. sortedTimes], [.. sortedValues]);
    }
}
