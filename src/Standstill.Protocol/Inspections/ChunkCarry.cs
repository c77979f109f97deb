using System.Collections.Immutable;

namespace Standstill.Protocol.Inspections;

/// <summary>The rows that a chunk hands on to the next one, so that each file is complete in itself.</summary>
public static class ChunkCarry
{
    /// <summary>
    /// Of each accelerator still on the roster when the chunk ends: since when it is, and the last usable sample of each series that is summed.
    /// Of each node its last power.
    /// </summary>
    /// <param name="chunk">The chunk's rows, those carried into it included.</param>
    /// <param name="toMs">Where its window ends: rows at or after it are left out.</param>
    /// <returns>The rows, in the order of the table of series; a series that hands nothing on is not in the new table.</returns>
    /// <exception cref="ArgumentException">The columns differ in length, or a row names no series.</exception>
    public static ChunkColumns After(ChunkColumns chunk, long toMs)
    {
        var series = ImmutableArray.CreateBuilder<MeteredSeries>();
        var (times, values) = (new List<long>(), new List<double>());
        foreach (var subject in SeriesLine.BySubject(SeriesLine.Gather(chunk, toMs)))
        {
            // An open tenure ends at no time; one that ended hands nothing on.
            var tenures = Tenure.Of(subject);
            if (tenures.Count == 0 || tenures[^1].To != long.MaxValue)
            {
                continue;
            }

            if (Tenure.IsAccelerator(subject))
            {
                Hand(new MeteredSeries(MeteredSeries.OfMeter, subject[0].Series.Subject, Quantity.Known), tenures[^1].From, 1);
            }

            foreach (var line in subject.Where(l => l.Series.Quantity is not (Quantity.Other or Quantity.Known or Quantity.ClockStep)))
            {
                if (line.Count > line.FirstAt(tenures[^1].From))
                {
                    Hand(line.Series, line.Time(line.Count - 1), line.Value(line.Count - 1));
                }
            }
        }

        return new ChunkColumns(series.ToImmutable(), Enumerable.Range(0, series.Count).ToArray(), times.ToArray(), values.ToArray());

        void Hand(MeteredSeries of, long time, double value)
        {
            series.Add(of);
            times.Add(time);
            values.Add(value);
        }
    }
}
