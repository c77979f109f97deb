using System.Collections.Immutable;
using Standstill.Meter.Dcgm;
using Standstill.Protocol.Inspections;
using Quantity = Standstill.Protocol.Inspections.Quantity;

namespace Standstill.Meter.Store;

/// <summary>A run of rows of one series within a chunk.</summary>
/// <param name="Id">The meter's id for the series; <see cref="MeteredSeries.OfMeter"/> for the meter's own remarks.</param>
/// <param name="Metric">The metric's name as its source wrote it.</param>
/// <param name="Subject">The accelerator, node or meter that it tells of; empty when its labels name none.</param>
/// <param name="Carried">Whether the rows were carried over from the chunk before, which holds them too, so that this file is complete in itself.</param>
/// <param name="From">Its first row.</param>
/// <param name="To">The row after its last.</param>
public readonly record struct ChunkSeries(int Id, string Metric, string Subject, bool Carried, int From, int To);

/// <summary>What a chunk's file holds: what was carried over, then the samples series by series, in the order of their arrival within each.</summary>
/// <param name="Area">The balance area.</param>
/// <param name="PeriodFromMs">Start of the balance period, ms since 1970-01-01T00:00:00Z.</param>
/// <param name="Window">The time that the chunk owns, within the period.</param>
/// <param name="Series">The runs of rows, one after the other.</param>
/// <param name="TimeMs">Time of each row. May be longer than <see cref="Count"/>.</param>
/// <param name="Value">Value of each row in the source's unit, bit for bit as it was sent. May be longer than <see cref="Count"/>.</param>
public sealed record ChunkRows(
    string Area,
    long PeriodFromMs,
    ChunkWindow Window,
    ImmutableArray<ChunkSeries> Series,
    ReadOnlyMemory<long> TimeMs,
    ReadOnlyMemory<double> Value)
{
    /// <summary>How many rows there are.</summary>
    public int Count => Series.IsEmpty ? 0 : Series[^1].To;

    /// <summary>How many of them are samples, not carried over.</summary>
    public int Samples => Series.Sum(s => s.Carried ? 0 : s.To - s.From);

    /// <summary>The rows as the sums of a chunk are computed from: quantities in their units, what is no data as −∞.</summary>
    /// <remarks>Of several fields of one accelerator that say one thing, only those of the lowest <see cref="DcgmField.Preference"/> that has data
    /// within the window are summed; where none has, of those that are carried over. The others are kept as <see cref="Quantity.Other"/>.</remarks>
    public ChunkColumns ToColumns()
    {
        var preferred = Preferred();
        var places = new Dictionary<MeteredSeries, int>();
        var series = ImmutableArray.CreateBuilder<MeteredSeries>();
        var at = new int[Count];
        double[]? scaled = null;
        foreach (var run in Series)
        {
            var measure = Measure.Of(run.Metric);
            var isPassedOver = measure.Field is { Quantity: { } said } field && preferred.TryGetValue((run.Subject, said), out var best) && best.Preference != field.Preference;
            var metered = new MeteredSeries(run.Id, run.Subject, isPassedOver ? Quantity.Other : measure.Quantity);
            if (!places.TryGetValue(metered, out var place))
            {
                places[metered] = place = series.Count;
                series.Add(metered);
            }

            at.AsSpan(run.From..run.To).Fill(place);
            for (var i = run.From; i < run.To; i++)
            {
                var value = measure.Read(Value.Span[i]);
                if (BitConverter.DoubleToInt64Bits(value) != BitConverter.DoubleToInt64Bits(Value.Span[i]))
                {
                    scaled ??= Value[..Count].ToArray();
                    scaled[i] = value;
                }
            }
        }

        return new ChunkColumns(series.ToImmutable(), at, TimeMs[..Count], scaled ?? Value[..Count]);
    }

    /// <summary>What the next chunk begins with: <see cref="ChunkCarry"/>, with the values in the source's unit, bit for bit.</summary>
    /// <param name="columns">These rows as <see cref="ToColumns"/> gives them.</param>
    public ChunkColumns HandOn(ChunkColumns columns)
    {
        var carried = ChunkCarry.After(columns, Window.ToMs);
        var runs = Series.ToLookup(s => s.Id);
        var values = carried.Value.ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            var of = carried.Series[carried.SeriesAt.Span[i]];
            if (of.Quantity != Quantity.Known)
            {
                values[i] = Raw(runs[of.Id], columns, carried.TimeMs.Span[i], values[i]);
            }
        }

        return carried with { Value = values };
    }

    private double Raw(IEnumerable<ChunkSeries> runs, ChunkColumns columns, long timeMs, double value)
    {
        foreach (var run in runs)
        {
            for (var i = run.To - 1; i >= run.From; i--)
            {
                if (TimeMs.Span[i] == timeMs && columns.Value.Span[i].Equals(value))
                {
                    return Value.Span[i];
                }
            }
        }

        throw new System.Diagnostics.UnreachableException("what is carried over was a row of the chunk");
    }

    private Dictionary<(string Subject, Dcgm.Quantity Said), (bool IsCarried, int Preference)> Preferred()
    {
        var best = new Dictionary<(string, Dcgm.Quantity), (bool IsCarried, int Preference)>();
        foreach (var run in Series)
        {
            if (Measure.Of(run.Metric) is { Quantity: not Quantity.Other, Field: { Quantity: { } said } field } measure
                && (!best.TryGetValue((run.Subject, said), out var known) || (run.Carried, field.Preference).CompareTo(known) < 0)
                && HasData(run, measure))
            {
                best[(run.Subject, said)] = (run.Carried, field.Preference);
            }
        }

        return best;
    }

    private bool HasData(ChunkSeries run, Measure measure)
    {
        for (var i = run.From; i < run.To; i++)
        {
            if (double.IsFinite(measure.Read(Value.Span[i])) && (run.Carried || (TimeMs.Span[i] >= Window.FromMs && TimeMs.Span[i] < Window.ToMs)))
            {
                return true;
            }
        }

        return false;
    }
}
