using System.Collections.Immutable;

namespace Standstill.Meter.Formats;

/// <summary>Two sets of labels are the same when their sorted labels are.</summary>
internal sealed class LabelSets : IEqualityComparer<ImmutableArray<Label>>
{
    public static readonly LabelSets Comparer = new();

    public bool Equals(ImmutableArray<Label> x, ImmutableArray<Label> y) => x == y || x.AsSpan().SequenceEqual(y.AsSpan());

    public int GetHashCode(ImmutableArray<Label> obj)
    {
        var hash = new HashCode();
        foreach (var label in obj)
        {
            hash.Add(label.Name);
            hash.Add(label.Value);
        }
        return hash.ToHashCode();
    }
}

/// <summary>Two series are the same when name and labels are.</summary>
internal sealed class SeriesKeys : IEqualityComparer<(string Name, ImmutableArray<Label> Labels)>
{
    public static readonly SeriesKeys Comparer = new();

    public bool Equals((string Name, ImmutableArray<Label> Labels) x, (string Name, ImmutableArray<Label> Labels) y) =>
        x.Name == y.Name && LabelSets.Comparer.Equals(x.Labels, y.Labels);

    public int GetHashCode((string Name, ImmutableArray<Label> Labels) obj) =>
        HashCode.Combine(obj.Name, LabelSets.Comparer.GetHashCode(obj.Labels));
}
