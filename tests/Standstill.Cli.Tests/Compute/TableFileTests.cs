using System.Globalization;
using DuckDB.NET.Data;
using Standstill.Cli.Commands.Compute;

namespace Standstill.Cli.Tests.Compute;

[Collection(Terminal.Name)]
public sealed class TableFileTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("it's.parquet")]
    [InlineData("it's.csv")]
    public void A_table_reads_back_with_its_types_and_its_gaps(string name)
    {
        var file = scratch.At(name);
        TableFile.Write(file, ["name", "hours", "entry", "from"],
        [
            ["hall-1, \"training\"", null, null, null],
            ["hall-2", 2400.25, 17L, new DateTime(2025, 1, 2, 0, 0, 0, DateTimeKind.Utc)],
        ]);

        Assert.Equal(
            ["VARCHAR DOUBLE BIGINT TIMESTAMP", "hall-1, \"training\" NULL NULL NULL", "hall-2 2400.25 17 2025-01-02 00:00:00"],
            Read(file));
    }

    [Fact]
    public void A_format_that_is_not_known_is_refused() =>
        Assert.Equal("`.xlsx` is not a format of tables; name the file `.parquet` or `.csv`", Assert.Throws<UsageException>(() => TableFile.Write(scratch.At("t.xlsx"), ["a"], [])).Message);

    [Fact]
    public void An_empty_table_keeps_its_columns()
    {
        TableFile.Write(scratch.At("empty.parquet"), ["a", "b"], []);
        Assert.Equal(["VARCHAR VARCHAR"], Read(scratch.At("empty.parquet")));
    }

    /// <summary>The types of a file's columns, and its rows as text.</summary>
    internal static string[] Read(string file, string columns = "*")
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {columns} FROM '{file.Replace("'", "''", StringComparison.Ordinal)}'";
        using var reader = command.ExecuteReader();
        var lines = new List<string> { string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetDataTypeName(i).ToUpperInvariant())) };
        while (reader.Read())
        {
            lines.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "NULL" : reader.GetValue(i) switch
            {
                DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            })));
        }

        return [.. lines];
    }
}
