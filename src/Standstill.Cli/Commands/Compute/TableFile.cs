using System.Globalization;
using DuckDB.NET.Data;

namespace Standstill.Cli.Commands.Compute;

/// <summary>A table as a file for others' tools: `.parquet` or `.csv`, written by DuckDB.</summary>
internal static class TableFile
{
    /// <summary>Writes rows; a column takes the type of its first value that is there: number, whole number, time or text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="rows">Rows, one value for each column.</param>
    /// <param name="tell">Whether to say so on standard output: not where that is one JSON document.</param>
    public static void Write(string path, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, bool tell = true)
    {
        var format = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".parquet" => "PARQUET",
            ".csv" => "CSV, HEADER",
            var other => throw new UsageException($"`{other}` is not a format of tables; name the file `.parquet` or `.csv`"),
        };
        var all = rows.ToArray();
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"CREATE TABLE t ({string.Join(", ", columns.Select((name, i) => $"\"{name}\" {Type(all, i)}"))})";
        command.ExecuteNonQuery();
        using (var appender = connection.CreateAppender("t"))
        {
            foreach (var row in all)
            {
                var line = appender.CreateRow();
                foreach (var value in row)
                {
                    _ = value switch
                    {
                        null => line.AppendNullValue(),
                        double number => line.AppendValue(number),
                        long whole => line.AppendValue(whole),
                        DateTime time => line.AppendValue(time),
                        string text => line.AppendValue(text),
                        _ => throw new InvalidOperationException($"no column type for {value.GetType()}"),
                    };
                }

                line.EndRow();
            }
        }

        // The name stands in SQL as text: a quote in it is doubled.
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"COPY t TO '{path.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT {format})");
        command.ExecuteNonQuery();
        if (tell)
        {
            Output.Line($"written to `{path}`: {all.Length} rows");
        }
    }

    private static string Type(object?[][] rows, int column) => rows.Select(r => r[column]).FirstOrDefault(v => v is not null) switch
    {
        double => "DOUBLE",
        long => "BIGINT",
        DateTime => "TIMESTAMP",
        _ => "VARCHAR",
    };
}
