using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Standstill.Cli;

/// <summary>Writing to the terminal: plain text that pipes well, tables where there are columns.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Json(JsonNode node) => Console.Out.WriteLine(node.ToJsonString(Indented));

    public static void Line(string text = "") => Console.Out.WriteLine(text);

    public static void Error(string text) => Console.Error.WriteLine("standstill: " + text);

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
