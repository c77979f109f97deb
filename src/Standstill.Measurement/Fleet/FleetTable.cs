using System.Collections.Immutable;
using System.Globalization;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Reading;

namespace Standstill.Measurement.Fleet;

/// <summary>A published estimate by its 5th, 50th and 95th percentile.</summary>
/// <param name="Low">The 5th.</param>
/// <param name="Median">The median.</param>
/// <param name="High">The 95th.</param>
public readonly record struct FleetPercentiles(double Low, double Median, double High);

/// <summary>One line of a table of accelerators made or owned, counted from a first day up to a last.</summary>
/// <param name="Maker">Who made them.</param>
/// <param name="Owner">Who owns them; empty in tables of what was made.</param>
/// <param name="Chip">The kind; empty in totals.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Units">How many.</param>
/// <param name="PublishedH100">In H100-equivalents as the source counts them (dense 8-bit operations).</param>
/// <param name="Incomplete">Whether the source says that the last quarter is not all there.</param>
public sealed record FleetRow(
    string Maker, string Owner, string Chip, DateOnly From, DateOnly To, FleetPercentiles Units, FleetPercentiles PublishedH100, bool Incomplete);

/// <summary>What reading a table of accelerators made or owned gives.</summary>
public abstract record FleetTable
{
    private static readonly ImmutableArray<(string Low, string Median, string High)> UnitColumns =
    [
        ("Number of units (5th percentile)", "Number of units (median)", "Number of units (95th percentile)"),
        ("Number of Units (5th percentile)", "Number of Units", "Number of Units (95th percentile)"),
    ];

    private static readonly ImmutableArray<(string Low, string Median, string High)> H100Columns =
    [
        ("Compute estimate in H100e (5th percentile)", "Compute estimate in H100e (median)", "Compute estimate in H100e (95th percentile)"),
        ("H100e (5th percentile)", "Compute estimate in H100e (median)", "H100e (95th percentile)"),
    ];

    private FleetTable()
    {
    }

    /// <summary>A table.</summary>
    /// <param name="Rows">In the order of the file.</param>
    public sealed record Accepted(ImmutableArray<FleetRow> Rows) : FleetTable;

    /// <summary>Not a table.</summary>
    /// <param name="Faults">What is wrong, line by line.</param>
    public sealed record Refused(ImmutableArray<TableFault> Faults) : FleetTable;

    /// <summary>Reads a table in the columns of Epoch AI's "AI chip counts": by chip, by owner, or totals.</summary>
    public static FleetTable Read(string text)
    {
        var faults = CsvTable.Read(text, ["Chip manufacturer", "Start date", "End date"], out var rows).ToBuilder();
        var read = ImmutableArray.CreateBuilder<FleetRow>();
        foreach (var row in rows)
        {
            if (Row(row.Field, out var line) is { } fault)
            {
                faults.Add(new TableFault(row.Line, fault));
            }
            else
            {
                read.Add(line!);
            }
        }

        return faults.Count == 0 ? new Accepted(read.ToImmutable()) : new Refused(faults.ToImmutable());
    }

    private static FigureFault? Row(Func<string, string> field, out FleetRow? row)
    {
        row = null;
        if (string.IsNullOrWhiteSpace(field("Chip manufacturer")))
        {
            return new FigureFault("Chip manufacturer", "the field is empty", "name the maker");
        }

        DateOnly to = default;
        FleetPercentiles units = default, h100 = default;
        if ((Day(field, "Start date", out var from) ?? Day(field, "End date", out to) ?? Three(field, UnitColumns, out units) ?? Three(field, H100Columns, out h100)) is { } fault)
        {
            return fault;
        }

        row = new FleetRow(
            field("Chip manufacturer"), field("Owner"), field("Chip type"), from, to, units, h100, field("Incomplete") == "checked");
        return from <= to ? null : new FigureFault("End date", $"`{field("End date")}` is before the start date", "check the two columns");
    }

    private static FigureFault? Day(Func<string, string> field, string name, out DateOnly day) =>
        DateOnly.TryParseExact(field(name), "M/d/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
            ? null
            : new FigureFault(name, $"`{RawRow.Shown(field(name))}` is not a date", "write month/day/year, such as 3/31/2025");

    private static FigureFault? Three(
        Func<string, string> field, ImmutableArray<(string Low, string Median, string High)> columns, out FleetPercentiles three)
    {
        three = default;
        var (low, median, high) = columns.FirstOrDefault(c => field(c.Low).Length > 0, columns[0]);
        var values = new double[3];
        var names = new[] { low, median, high };
        for (var i = 0; i < 3; i++)
        {
            if (!double.TryParse(field(names[i]), CsvTable.Number, CultureInfo.InvariantCulture, out values[i]) || !(values[i] >= 0 && double.IsFinite(values[i])))
            {
                return new FigureFault(names[i], $"`{RawRow.Shown(field(names[i]))}` is not a number", "give a number of 0 or more");
            }
        }

        three = new FleetPercentiles(values[0], values[1], values[2]);
        return values[0] <= values[1] && values[1] <= values[2]
            ? null
            : new FigureFault(median, $"`{values[1]:R}` is not between its percentiles", "give 5th percentile <= median <= 95th percentile");
    }
}
