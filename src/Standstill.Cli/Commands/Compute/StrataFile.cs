using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Standstill.Measurement;
using Standstill.Measurement.Sampling;

namespace Standstill.Cli.Commands.Compute;

/// <summary>Strata of a plan as a file: CSV with a header, or a JSON list of objects with the same names.</summary>
internal static class StrataFile
{
    public const string Header = "name,items,worth,cost,identification";

    private static readonly string[] Names = Header.Split(',');

    public static ImmutableArray<Stratum> Read(string file)
    {
        var bytes = Inputs.Read(file);
        var text = Inputs.Text(file, bytes);
        var strata = text.TrimStart().StartsWith('[') ? OfJson(file, bytes) : OfCsv(file, text);
        return strata.GroupBy(s => s.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new UsageException($"`{file}`: `{twice.Key}` stands there twice; name each stratum once, since its draw follows from its name")
            : strata;
    }

    private static ImmutableArray<Stratum> OfCsv(string file, string text)
    {
        var lines = text.Split('\n').Select((line, i) => (Number: i + 1, Cells: line.TrimEnd('\r').Split(','))).Where(l => l.Cells is not [""]).ToArray();
        if (lines.Length == 0 || !lines[0].Cells.Order(StringComparer.Ordinal).SequenceEqual(Names.Order(StringComparer.Ordinal)))
        {
            throw new UsageException($"`{file}`: the first line does not name the columns `{Header}`; a JSON file is a list, `[`");
        }

        var columns = Names.Select(n => Array.IndexOf(lines[0].Cells, n)).ToArray();
        return
        [
            .. lines.Skip(1).Select(l => l.Cells.Length == Names.Length
                ? Stratum($"`{file}` line {l.Number.ToString(CultureInfo.InvariantCulture)}", n => l.Cells[columns[n]].Trim())
                : throw new UsageException($"`{file}` line {l.Number.ToString(CultureInfo.InvariantCulture)}: {l.Cells.Length.ToString(CultureInfo.InvariantCulture)} columns instead of {Names.Length.ToString(CultureInfo.InvariantCulture)}")),
        ];
    }

    private static ImmutableArray<Stratum> OfJson(string file, byte[] bytes)
    {
        if (!Protocol.Json.StrictJson.TryParse(bytes, out var json, out var fault))
        {
            throw new UsageException($"`{file}`: {fault}");
        }

        return
        [
            .. json.EnumerateArray().Select((row, i) =>
            {
                var place = $"`{file}` [{i.ToString(CultureInfo.InvariantCulture)}]";
                return row.ValueKind == JsonValueKind.Object
                    ? Stratum(place, n => row.TryGetProperty(Names[n], out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : "")
                    : throw new UsageException($"{place}: not an object with {Header.Replace(",", ", ", StringComparison.Ordinal)}");
            }),
        ];
    }

    private static Stratum Stratum(string place, Func<int, string> field)
    {
        Exception Bad(int n, string what) => new UsageException($"{place}, {Names[n]}: `{field(n)}` is not {what}");
        return field(0).Length == 0 ? throw new UsageException($"{place}, {Names[0]}: missing; name the stratum")
            : !int.TryParse(field(1), NumberStyles.None, CultureInfo.InvariantCulture, out var items) ? throw Bad(1, "a whole number of items")
            : !int.TryParse(field(2), NumberStyles.None, CultureInfo.InvariantCulture, out var worth) ? throw Bad(2, "a whole number of units of the goal")
            : !double.TryParse(field(3), NumberStyles.Float, CultureInfo.InvariantCulture, out var cost) ? throw Bad(3, "a number")
            : !double.TryParse(field(4), NumberStyles.Float, CultureInfo.InvariantCulture, out var q) || !(q >= 0 && q <= 1) ? throw Bad(4, "a probability from 0 to 1")
            : new Stratum(field(0), items, worth, cost, new Probability(q));
    }
}
