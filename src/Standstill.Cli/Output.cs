using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Standstill.Cli;

/// <summary>Writing to the terminal: plain text that pipes well, tables where there are columns.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Json(JsonNode node) => Console.Out.WriteLine(Text(node));

    /// <summary>A JSON document as it is written.</summary>
    public static string Text(JsonNode node) => node.ToJsonString(Indented);

    public static void Line(string text = "") => Console.Out.WriteLine(text);

    public static void Error(string text) => Console.Error.WriteLine("standstill: " + text);

    /// <summary>A table of short cells in plain columns that never wrap: figures that are compared stay beneath one another.</summary>
    public static void Columns(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [columns, .. rows];
        var widths = columns.Select((_, i) => all.Max(row => row[i].Length)).ToArray();
        foreach (var row in all)
        {
            Line(("  " + string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i])))).TrimEnd());
        }
    }

    /// <summary>A table; cells are text, never markup.</summary>
    public static void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Minimal);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)));
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(c => Markup.Escape(c))]);
        }

        AnsiConsole.Write(table);
    }
}
