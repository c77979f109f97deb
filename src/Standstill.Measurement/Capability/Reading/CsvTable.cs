using System.Collections.Immutable;
using System.Globalization;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>A small comma-separated table that is read whole: a first line with names, columns found by name.</summary>
internal static class CsvTable
{
    /// <summary>Numbers use a point and no other signs than a leading minus and an exponent.</summary>
    public const NumberStyles Number = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign;

    /// <summary>One line: its number, and its fields by name. A column that the table lacks is empty.</summary>
    public readonly record struct Row(int Line, Func<string, string> Field);

    /// <summary>Reads a table that must have some columns and may have others.</summary>
    public static ImmutableArray<TableFault> Read(string text, ImmutableArray<string> required, out ImmutableArray<Row> rows)
    {
        rows = [];
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (!CsvLine.TrySplit(lines[0], out var columns))
        {
            return [new TableFault(1, new FigureFault("header", "a quote is not closed", "write the column names without quotes"))];
        }

        if (required.FirstOrDefault(name => !columns.Contains(name)) is { } missing)
        {
            return [new TableFault(1, new FigureFault("header", $"column `{missing}` is missing", $"begin with `{string.Join(',', required)}`"))];
        }

        if (columns.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            return [new TableFault(1, new FigureFault("header", $"column `{RawRow.Shown(twice.Key)}` appears twice", "keep one"))];
        }

        var faults = ImmutableArray.CreateBuilder<TableFault>();
        var good = ImmutableArray.CreateBuilder<Row>();
        for (var i = 1; i < lines.Length; i++)
        {
            if (!CsvLine.TrySplit(lines[i], out var fields))
            {
                faults.Add(new TableFault(i + 1, new FigureFault("row", "a quote is not closed or stands inside a bare field", "quote the whole field and double the quotes within it")));
            }
            else if (fields.Length != columns.Length)
            {
                faults.Add(new TableFault(i + 1, new FigureFault(
                    "row",
                    $"{fields.Length.ToString(CultureInfo.InvariantCulture)} fields where the header has {columns.Length.ToString(CultureInfo.InvariantCulture)}",
                    "give one field for each column and quote fields with commas")));
            }
            else
            {
                good.Add(new Row(i + 1, name => columns.IndexOf(name) is >= 0 and var at ? fields[at] : ""));
            }
        }

        rows = good.ToImmutable();
        return faults.ToImmutable();
    }
}
