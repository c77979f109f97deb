using System.Collections.Immutable;

namespace Standstill.Protocol.Inspections;

/// <summary>A series within a chunk: what is measured, and of what.</summary>
/// <param name="Id">The meter's number of the series, which tells series of one subject and quantity apart: its instances, links, directions.
/// The roster's and the clock's rows may share <see cref="OfMeter"/>.</param>
/// <param name="Subject">The accelerator; the node for <see cref="Quantity.NodePower"/>, the meter for <see cref="Quantity.ClockStep"/>.</param>
/// <param name="Quantity">What is measured. Of several series of one accelerator and activity the largest holds; everything else is added, so a
/// figure that an exporter repeats per instance is taken in once.</param>
public sealed record MeteredSeries(int Id, string Subject, Quantity Quantity)
{
    /// <summary>The number of series that the meter itself writes.</summary>
    public const int OfMeter = -1;
}

/// <summary>The rows of a chunk file, as columns.</summary>
/// <remarks>
/// <para>A file is complete in itself: beside the samples of its window it begins with the rows carried over from before
/// (<see cref="ChunkCarry"/>), whose times lie before the window. Who has the file alone can repeat every figure of its summary.</para>
/// <para>The rows of one series stand in the order in which they arrived; the order between series is free.</para>
/// </remarks>
/// <param name="Series">The series.</param>
/// <param name="SeriesAt">For each row the place of its series in <paramref name="Series"/>.</param>
/// <param name="TimeMs">For each row its time, milliseconds since 1970.</param>
/// <param name="Value">For each row its value.</param>
public sealed record ChunkColumns(
    ImmutableArray<MeteredSeries> Series,
    ReadOnlyMemory<int> SeriesAt,
    ReadOnlyMemory<long> TimeMs,
    ReadOnlyMemory<double> Value)
{
    /// <summary>Number of rows.</summary>
    public int Count => SeriesAt.Length;

    /// <summary>The rows of one file before those of another: what was carried over, then what arrived.</summary>
    /// <remarks>Series that are equal in every respect become one.</remarks>
    public static ChunkColumns Joined(ChunkColumns first, ChunkColumns second)
    {
        var places = new Dictionary<MeteredSeries, int>();
        var series = ImmutableArray.CreateBuilder<MeteredSeries>();
        var at = new int[first.Count + second.Count];
        Place(first, at.AsSpan(0, first.Count));
        Place(second, at.AsSpan(first.Count));
        return new ChunkColumns(series.ToImmutable(), at, (long[])[.. first.TimeMs.Span, .. second.TimeMs.Span], (double[])[.. first.Value.Span, .. second.Value.Span]);

        void Place(ChunkColumns chunk, Span<int> rows)
        {
            var moved = new int[chunk.Series.Length];
            for (var i = 0; i < moved.Length; i++)
            {
                if (!places.TryGetValue(chunk.Series[i], out moved[i]))
                {
                    places[chunk.Series[i]] = moved[i] = series.Count;
                    series.Add(chunk.Series[i]);
                }
            }

            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = moved[chunk.SeriesAt.Span[i]];
            }
        }
    }
}
