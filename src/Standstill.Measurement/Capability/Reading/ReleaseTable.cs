using System.Collections.Immutable;
using System.Globalization;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>Release dates of agents, for run files that lack them.</summary>
/// <remarks>Comma-separated text with a first line naming the columns <c>alias</c> and <c>release_date</c> (yyyy-MM-dd).</remarks>
public static class ReleaseTable
{
    /// <summary>Reads a table, or says what is wrong with it.</summary>
    /// <param name="text">The whole text; a byte-order mark and CRLF are accepted.</param>
    /// <param name="released">Release day by alias, where there is no fault.</param>
    public static ImmutableArray<TableFault> Read(string text, out ImmutableDictionary<string, DateOnly> released)
    {
        var faults = CsvTable.Read(text, ["alias", "release_date"], out var rows).ToBuilder();
        var days = ImmutableDictionary.CreateBuilder<string, DateOnly>(StringComparer.Ordinal);
        foreach (var (line, field) in rows)
        {
            if (field("alias").Length == 0)
            {
                faults.Add(new TableFault(line, new FigureFault("alias", "the field is empty", "give a name")));
            }
            else if (!DateOnly.TryParseExact(field("release_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                faults.Add(new TableFault(line, new FigureFault("release_date", $"`{RawRow.Shown(field("release_date"))}` is not a date", "write it as yyyy-MM-dd")));
            }
            else if (!days.TryAdd(field("alias"), day))
            {
                faults.Add(new TableFault(line, new FigureFault("alias", $"`{RawRow.Shown(field("alias"))}` appears twice", "keep one line")));
            }
        }

        released = faults.Count == 0 ? days.ToImmutable() : [];
        return faults.ToImmutable();
    }
}
