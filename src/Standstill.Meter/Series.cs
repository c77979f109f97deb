using System.Collections.Immutable;

namespace Standstill.Meter;

/// <summary>A series that the meter knows: one metric of one source.</summary>
/// <param name="Id">Its position in the table: 0 for the first ever seen, never used again.</param>
/// <param name="Name">The metric's name, as its source wrote it.</param>
/// <param name="Subject">The accelerator that it tells of, as <see cref="Dcgm.Accelerator"/> reads the labels, or the node of <see cref="Formats.RedfishNodes"/>; empty when they
/// name none (a node's own series, a chassis sensor).</param>
/// <param name="Area">Index of its balance area in <see cref="SeriesTable.Areas"/>.</param>
/// <param name="Key">Its labels with the name, as <see cref="LabelKey"/> writes them.</param>
public sealed record Series(int Id, string Name, string Subject, int Area, ReadOnlyMemory<byte> Key)
{
    /// <summary>The labels in the order of their names; the metric's name is `__name__`.</summary>
    public ImmutableArray<Label> Labels => LabelKey.Read(Key.Span);
}
