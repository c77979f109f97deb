using System.Collections.Immutable;
using System.Globalization;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Reading;

namespace Standstill.Measurement.Fleet;

/// <summary>What reading a table of accelerators gives.</summary>
public abstract record AcceleratorTableReading
{
    private AcceleratorTableReading()
    {
    }

    /// <summary>A table.</summary>
    /// <param name="Table">The table.</param>
    public sealed record Accepted(AcceleratorTable Table) : AcceleratorTableReading;

    /// <summary>Not a table.</summary>
    /// <param name="Faults">What is wrong, line by line.</param>
    public sealed record Refused(ImmutableArray<TableFault> Faults) : AcceleratorTableReading;
}

/// <summary>A dated table of accelerators.</summary>
/// <remarks>A name is looked up without regard to case, spaces, hyphens and the maker's name before it: `H100 SXM`, `NVIDIA H100 80GB
/// HBM3` and `nvidia-h100-sxm5-80gb` are one kind.</remarks>
public sealed class AcceleratorTable
{
    private static readonly ImmutableArray<string> Makers = ["nvidia", "amd", "google", "amazon", "aws", "intel", "huawei", "microsoft"];

    private readonly Dictionary<string, Accelerator> byName = [];

    private AcceleratorTable(string version, DateOnly date, ImmutableArray<Accelerator> accelerators)
    {
        Version = version;
        Date = date;
        Accelerators = accelerators;
    }

    /// <summary>The version: a digest of figures that is named in findings must name this.</summary>
    public string Version { get; }

    /// <summary>The day of which its figures are.</summary>
    public DateOnly Date { get; }

    /// <summary>The kinds, in the order of the table.</summary>
    public ImmutableArray<Accelerator> Accelerators { get; }

    /// <summary>The table that comes with this version of the software.</summary>
    /// <remarks>"Machine learning hardware", Epoch AI, state of June 2025, CC BY 4.0: see samples/compute/README.md.</remarks>
    public static AcceleratorTable BuiltIn { get; } = Read("epoch-2025-06/1", new DateOnly(2025, 6, 20), AcceleratorData.Csv) switch
    {
        AcceleratorTableReading.Accepted accepted => accepted.Table,
        AcceleratorTableReading.Refused refused => throw new InvalidOperationException(string.Join('\n', refused.Faults)),
        _ => throw new InvalidOperationException("an unknown reading"),
    };

    /// <summary>Reads a table: comma-separated text with the columns of samples/compute/accelerators.csv.</summary>
    /// <param name="version">The name of this state of the table.</param>
    /// <param name="date">The day of which its figures are.</param>
    /// <param name="text">The table.</param>
    public static AcceleratorTableReading Read(string version, DateOnly date, string text)
    {
        var faults = CsvTable.Read(text, ["name", "maker", "peak_bf16_flop_per_s"], out var rows).ToBuilder();
        var kinds = ImmutableArray.CreateBuilder<Accelerator>();
        var lines = new List<int>();
        foreach (var row in rows)
        {
            if (Kind(row.Field, out var kind) is { } fault)
            {
                faults.Add(new TableFault(row.Line, fault));
            }
            else
            {
                kinds.Add(kind!);
                lines.Add(row.Line);
            }
        }

        var table = new AcceleratorTable(version, date, kinds.ToImmutable());
        for (var i = 0; i < kinds.Count; i++)
        {
            foreach (var name in kinds[i].Aliases.Prepend(kinds[i].Name).Select(Key).Distinct())
            {
                if (!table.byName.TryAdd(name, kinds[i]))
                {
                    faults.Add(new TableFault(lines[i], new FigureFault(
                        "name", $"`{kinds[i].Name}` and `{table.byName[name].Name}` share the name `{name}`", "give each name to one kind")));
                }
            }
        }

        return faults.Count == 0 ? new AcceleratorTableReading.Accepted(table) : new AcceleratorTableReading.Refused(faults.ToImmutable());
    }

    /// <summary>The kind that goes by a name.</summary>
    public AcceleratorLookup Find(string name) => byName.TryGetValue(Key(name), out var kind)
        ? new AcceleratorLookup.Found(kind)
        : new AcceleratorLookup.Unknown(new FigureFault(
            "accelerator", $"`{RawRow.Shown(name)}` is not in the table of {Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
            "use a name of `compute accelerators`, or give its peak"));

    private static string Key(string name)
    {
        var key = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        foreach (var maker in Makers)
        {
            if (key.StartsWith(maker, StringComparison.Ordinal) && key.Length > maker.Length)
            {
                return key[maker.Length..];
            }
        }

        return key;
    }

    private static FigureFault? Kind(Func<string, string> field, out Accelerator? kind)
    {
        kind = null;
        if (string.IsNullOrWhiteSpace(field("name")) || string.IsNullOrWhiteSpace(field("maker")))
        {
            return new FigureFault("name", "the name or the maker is blank", "name both");
        }

        DateOnly? released = null;
        if (field("released") is { Length: > 0 } day)
        {
            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return new FigureFault("released", $"`{RawRow.Shown(day)}` is not a date", "write it as 2022-09-20, or leave it out");
            }

            released = date;
        }

        var numbers = new Dictionary<string, double>();
        foreach (var name in (ReadOnlySpan<string>)["peak_bf16_flop_per_s", "peak_8bit_op_per_s", "memory_bytes", "bandwidth_bytes_per_s", "tdp_w"])
        {
            if (field(name) is { Length: > 0 } text)
            {
                if (!double.TryParse(text, CsvTable.Number, CultureInfo.InvariantCulture, out var value) || !(value > 0 && double.IsFinite(value)))
                {
                    return new FigureFault(name, $"`{RawRow.Shown(text)}` is not a positive number", "write digits, or leave it out");
                }

                numbers[name] = value;
            }
        }

        if (!numbers.TryGetValue("peak_bf16_flop_per_s", out var peak))
        {
            return new FigureFault("peak_bf16_flop_per_s", "the field is empty", "give the dense peak, or leave the kind out");
        }

        double? Given(string name) => numbers.TryGetValue(name, out var value) ? value : null;
        kind = new Accelerator(
            field("name"), field("maker"), released, new FlopPerSecond(peak), Given("peak_8bit_op_per_s") is { } eight ? new FlopPerSecond(eight) : null,
            Given("memory_bytes"), Given("bandwidth_bytes_per_s"), Given("tdp_w"),
            [.. field("aliases").Split('|', StringSplitOptions.RemoveEmptyEntries)], field("note"), field("source"));
        return null;
    }
}
