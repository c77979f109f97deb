using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Measurement.Fleet;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute accelerators`: the table of accelerators that is built in.</summary>
internal static class AcceleratorsCommand
{
    private const int MostNear = 5;

    public static Command Make()
    {
        var name = new Argument<string?>("name") { Description = "One kind, by any of its names; without it all are listed", Arity = ArgumentArity.ZeroOrOne };
        name.CompletionSources.Add(_ => AcceleratorTable.BuiltIn.Accelerators.Select(a => new System.CommandLine.Completions.CompletionItem(a.Name)));
        var json = Inputs.Json();
        var command = new Command("accelerators", """
            The table of accelerators that is built in: peaks, memory, power, and how many H100 each is

            Peaks are dense: sparsity is left out. An H100-equivalent at bf16 and one at 8 bits are different units, which must
            not be mixed in a sum. The tables of samples/compute count in the second.

            Examples:
              standstill compute accelerators
              standstill compute accelerators 'H100 SXM'
            """) { name, json };
        command.SetAction(parsed =>
        {
            var table = AcceleratorTable.BuiltIn;
            if (parsed.GetValue(name) is { } asked)
            {
                var kind = table.Find(asked) is AcceleratorLookup.Found found
                    ? found.Accelerator
                    : throw new UsageException($"`{asked}` is not in the table {table.Version}; near to it are {string.Join(", ", Near(table, asked).Select(n => $"`{n}`"))}");
                if (parsed.GetValue(json))
                {
                    Output.Json(Document(kind));
                }
                else
                {
                    Print(table, kind);
                }
            }
            else if (parsed.GetValue(json))
            {
                Output.Json(new JsonObject { ["version"] = table.Version, ["date"] = $"{table.Date:yyyy-MM-dd}", ["accelerators"] = new JsonArray([.. table.Accelerators.Select(Document)]) });
            }
            else
            {
                Output.Line($"{Source(table)}; {table.Accelerators.Length.ToString(CultureInfo.InvariantCulture)} kinds, dense peaks");
                Output.Columns(["kind", "maker", "released", "bf16 TFLOP/s", "8-bit TOP/s", "memory GB", "watts", "H100e bf16", "H100e 8-bit"], table.Accelerators.Select(a => new[]
                {
                    a.Name, a.Maker, Day(a.Released), Short(a.Peak.Value / 1e12), Short(a.Peak8Bit?.Value / 1e12), Short(a.MemoryBytes / 1e9), Short(a.Watts),
                    Ratio(a, EquivalentMeasure.DenseBf16), Ratio(a, EquivalentMeasure.Dense8Bit),
                }));
            }

            return Exit.Good;
        });
        return command;
    }

    private static string Source(AcceleratorTable table) => $"table {table.Version} of {table.Date:yyyy-MM-dd}, from \"Machine learning hardware\", Epoch AI, CC BY 4.0";

    private static void Print(AcceleratorTable table, Accelerator kind)
    {
        Output.Line($"{kind.Name}, by {kind.Maker}, released {Day(kind.Released)}");
        Output.Line($"peak       {Short(kind.Peak.Value / 1e12)} TFLOP/s dense bf16; {(kind.Peak8Bit is { } eight ? $"{Short(eight.Value / 1e12)} TOP/s dense at 8 bits" : "8 bits not known")}");
        Output.Line($"memory     {(kind.MemoryBytes is { } memory ? $"{Short(memory / 1e9)} GB" : "not known")}; {(kind.BandwidthBytesPerSecond is { } bandwidth ? $"{Short(bandwidth / 1e9)} GB/s" : "bandwidth not known")}");
        Output.Line($"power      {(kind.Watts is { } watts ? $"{Short(watts)} W" : "not known")}");
        Output.Line($"H100s      {Ratio(kind, EquivalentMeasure.DenseBf16)} at dense bf16 ({Figures.Text(H100Equivalents.ReferencePeak.Value)} FLOP/s each), {Ratio(kind, EquivalentMeasure.Dense8Bit)} at dense 8 bits ({Figures.Text(H100Equivalents.Reference8Bit.Value)}){(kind.Peak8Bit is null ? ", where its 16-bit peak stands for the unknown one" : "")}");
        Output.Line($"names      {(kind.Aliases.IsEmpty ? "no others" : string.Join(", ", kind.Aliases))}");
        if (kind.Note.Length > 0)
        {
            Output.Line($"note       {kind.Note}");
        }

        Output.Line($"source     {(kind.Source.Length > 0 ? kind.Source : "not said in the data set")}; {Source(table)}");
    }

    private static JsonObject Document(Accelerator kind) => new()
    {
        ["name"] = kind.Name,
        ["maker"] = kind.Maker,
        ["released"] = kind.Released is { } day ? $"{day:yyyy-MM-dd}" : null,
        ["peakBf16FlopPerSecond"] = kind.Peak.Value,
        ["peak8BitOpPerSecond"] = kind.Peak8Bit?.Value,
        ["memoryBytes"] = kind.MemoryBytes,
        ["bandwidthBytesPerSecond"] = kind.BandwidthBytesPerSecond,
        ["watts"] = kind.Watts,
        ["h100Bf16"] = H100Equivalents.Of(kind, EquivalentMeasure.DenseBf16),
        ["h100At8Bit"] = H100Equivalents.Of(kind, EquivalentMeasure.Dense8Bit),
        ["aliases"] = new JsonArray([.. kind.Aliases.Select(a => JsonValue.Create(a))]),
        ["note"] = kind.Note,
        ["source"] = kind.Source,
    };

    /// <summary>Names that are written alike, with or without the maker: those that hold what was asked or are held by it, then those with the
    /// fewest changes.</summary>
    private static IEnumerable<string> Near(AcceleratorTable table, string asked)
    {
        var key = Key(asked);
        return table.Accelerators
            .Select(a => (a.Name, Distance: a.Aliases.Prepend(a.Name).Select(Key).SelectMany(k => new[] { k, k.Replace(Key(a.Maker), "", StringComparison.Ordinal) }).Min(k => Distance(k, key))))
            .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal)
            .Take(MostNear).Select(n => n.Name);

        static string Key(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        static int Distance(string one, string other) =>
            Math.Min(one.Length, other.Length) >= 3 && (one.Contains(other, StringComparison.Ordinal) || other.Contains(one, StringComparison.Ordinal)) ? 0 : Changes(one, other);
    }

    // Levenshtein's distance, row by row.
    private static int Changes(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (var i = 0; i < from.Length; i++)
        {
            var (diagonal, next) = (row[0], new int[row.Length]);
            next[0] = i + 1;
            for (var j = 0; j < to.Length; j++)
            {
                next[j + 1] = Math.Min(Math.Min(next[j], row[j + 1]) + 1, diagonal + (from[i] == to[j] ? 0 : 1));
                diagonal = row[j + 1];
            }

            row = next;
        }

        return row[^1];
    }

    private static string Day(DateOnly? day) => day is { } known ? $"{known:yyyy-MM-dd}" : "–";

    private static string Short(double? value) => value is { } known ? known.ToString("#,0.##", CultureInfo.InvariantCulture) : "–";

    private static string Ratio(Accelerator kind, EquivalentMeasure measure) => H100Equivalents.Of(kind, measure).ToString("0.###", CultureInfo.InvariantCulture);
}
