using System.Collections.Immutable;
using System.Globalization;
using DuckDB.NET.Data;
using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Closing;

/// <summary>An accelerator on the roster of a period.</summary>
/// <param name="Name">Its name.</param>
/// <param name="HeardMs">Time of its last sample that is summed, ms; null where only the roster names it.</param>
/// <param name="Retired">Whether the roster's last word takes it off.</param>
public sealed record RosterLine(string Name, long? HeardMs, bool Retired);

/// <summary>The accelerators of a period, from its chunk files.</summary>
public static class PeriodRoster
{
    /// <summary>The accelerators, in the order of their names.</summary>
    /// <param name="files">The period's chunk files. None: nobody.</param>
    public static ImmutableArray<RosterLine> Of(IReadOnlyCollection<string> files)
    {
        if (files.Count == 0)
        {
            return [];
        }

        using var connection = new DuckDBConnection("DataSource=:memory:;memory_limit=128MB;threads=1");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            SELECT subject::VARCHAR, metric::VARCHAR, max(time_ms), arg_max(value, time_ms)
            FROM read_parquet([{string.Join(',', files.Select(f => $"'{f.Replace("'", "''", StringComparison.Ordinal)}'"))}])
            WHERE subject != '' GROUP BY ALL
            """);
        using var reader = command.ExecuteReader();
        var lines = new SortedDictionary<string, RosterLine>(StringComparer.Ordinal);
        var words = new Dictionary<string, (long TimeMs, double Value)>();
        while (reader.Read())
        {
            var (name, quantity, time) = (reader.GetString(0), Measure.Of(reader.GetString(1)).Quantity, reader.GetInt64(2));
            if (quantity is Quantity.Other or Quantity.NodePower or Quantity.ClockStep)
            {
                continue;
            }

            var line = lines.GetValueOrDefault(name) ?? new RosterLine(name, null, false);
            if (quantity == Quantity.Known)
            {
                words[name] = words.TryGetValue(name, out var word) && word.TimeMs > time ? word : (time, reader.GetDouble(3));
            }

            lines[name] = quantity == Quantity.Known ? line : line with { HeardMs = Math.Max(line.HeardMs ?? time, time) };
        }

        return
        [
            .. lines.Values.Select(l => words.TryGetValue(l.Name, out var word) && word.Value == 0 && (l.HeardMs is not { } heard || heard < word.TimeMs) ? l with { Retired = true } : l)
                .Where(l => !l.Retired || l.HeardMs is not null),
        ];
    }
}
