using System.Text.Json;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>Names that come again in row after row (agents, tasks, families), each kept as one string.</summary>
internal sealed class NameTable
{
    /// <summary>No suite has as many names; beyond it, a file of ever other names must not fill the memory twice.</summary>
    private const int Most = 100_000;

    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly char[] buffer = new char[512];

    public NameTable() => lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The string at which the reader stands.</summary>
    /// <exception cref="InvalidOperationException">It has half of a surrogate pair.</exception>
    public string Read(ref Utf8JsonReader json)
    {
        // UTF-8 never has fewer bytes than UTF-16 has characters, and an escape is longer than what it stands for.
        if (json.ValueSpan.Length > buffer.Length)
        {
            return json.GetString()!;
        }

        var name = buffer.AsSpan(0, json.CopyString(buffer));
        if (lookup.TryGetValue(name, out var known))
        {
            return known;
        }

        known = name.ToString();
        if (names.Count < Most)
        {
            names.Add(known);
        }

        return known;
    }
}
