using System.Collections.Immutable;

namespace Standstill.Meter;

/// <summary>One value that a source reported: a line of an exposition, a sensor of a chassis.</summary>
/// <param name="Name">The metric's name, as the source wrote it.</param>
/// <param name="Labels">The series' labels in the order of their names, ordinal, without the metric's name; no name occurs twice.</param>
/// <param name="Value">The value in the source's own unit. May be NaN or infinite where the format allows that.</param>
/// <param name="TimeMs">Milliseconds since 1970-01-01T00:00:00Z as the source stated them; null where it left the time to the reader.</param>
public sealed record Reading(string Name, ImmutableArray<Label> Labels, double Value, long? TimeMs)
{
    /// <summary>The value of a label, or null when the series has none of that name.</summary>
    public string? this[string label]
    {
        get
        {
            foreach (var l in Labels)
            {
                if (l.Name == label)
                {
                    return l.Value;
                }
            }
            return null;
        }
    }

    /// <summary>Readings are equal when name, labels, value and time are; NaN equals NaN.</summary>
    public bool Equals(Reading? other) =>
        other is not null && Name == other.Name && Value.Equals(other.Value) && TimeMs == other.TimeMs
        && Labels.AsSpan().SequenceEqual(other.Labels.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Labels.Length, Value, TimeMs);
}
