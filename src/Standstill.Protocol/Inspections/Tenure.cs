namespace Standstill.Protocol.Inspections;

/// <summary>A time during which an accelerator is on the roster: [from, to).</summary>
internal readonly record struct Tenure(long From, long To)
{
    /// <summary>The tenures of a subject, in order of time: each begins with the first row that names it or is summed, and ends where the roster says 0.</summary>
    /// <remarks>A row at the moment of retirement belongs to the next tenure.</remarks>
    public static List<Tenure> Of(List<SeriesLine> subject)
    {
        var ends = new List<long>();
        foreach (var line in subject.Where(l => l.Series.Quantity == Quantity.Known))
        {
            for (var i = 0; i < line.Count; i++)
            {
                if (line.Value(i) == 0)
                {
                    ends.Add(line.Time(i));
                }
            }
        }

        ends.Sort();
        ends.Add(long.MaxValue);
        var tenures = new List<Tenure>();
        var after = long.MinValue;
        foreach (var end in ends)
        {
            if (FirstRow(subject, after, end) is { } start)
            {
                tenures.Add(new Tenure(start, end));
            }

            after = end;
        }

        return tenures;
    }

    /// <summary>Whether a subject is an accelerator: something is summed of it, or the roster names it. A node, the meter, and what has
    /// no name are none.</summary>
    public static bool IsAccelerator(List<SeriesLine> subject) => subject[0].Series.Subject.Length > 0
        && subject.Exists(l => l.Series.Quantity is not (Quantity.NodePower or Quantity.ClockStep or Quantity.Other));

    private static long? FirstRow(List<SeriesLine> subject, long from, long to)
    {
        long? first = null;
        foreach (var line in subject.Where(l => l.Series.Quantity != Quantity.Other))
        {
            for (var i = line.FirstAt(from); i < line.Count && line.Time(i) < to; i++)
            {
                if (line.Series.Quantity != Quantity.Known || line.Value(i) == 1)
                {
                    first = first is { } time ? Math.Min(time, line.Time(i)) : line.Time(i);
                    break;
                }
            }
        }

        return first;
    }
}
