using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Fleet;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute reconcile world`: made − retired − declared = nobody's.</summary>
internal static class ReconcileWorldCommand
{
    private static readonly ImmutableArray<(string Name, FleetMeasure Measure, string Unit)> Measures =
    [
        ("bf16", FleetMeasure.DenseBf16, "H100-equivalents at dense bf16"),
        ("published", FleetMeasure.Published, "H100-equivalents as published, at dense 8 bits"),
        ("pieces", FleetMeasure.Units, "accelerators"),
    ];

    public static Command Make()
    {
        var table = new Option<string[]>("--table") { Description = "Tables of what was made, by kind, in the columns of samples/compute; tables by owner among them are left out", Required = true, AllowMultipleArgumentsPerToken = true };
        var asOf = new Option<string?>("--as-of") { Description = "The day, `2025-12-31`; without it the last day of the tables. Of each kind the last count up to it is taken" };
        var measure = new Option<string>("--measure") { Description = "What is counted: bf16 or published H100-equivalents, or pieces", DefaultValueFactory = _ => "bf16" };
        measure.CompletionSources.Add(_ => Measures.Select(m => new System.CommandLine.Completions.CompletionItem(m.Name)));
        var ledger = new Option<string?>("--ledger") { Description = "Take off what is accounted for on this ledger, an http address or a directory; it is audited first" };
        var key = Inputs.LogKey();
        var json = Inputs.Json();
        var command = new Command("world", """
            The world's accelerators on a day: made − retired − declared = nobody's, with its interval

            What is retired is an assumption, which is printed. A lower limit below zero means that the declarations may explain
            everything. What is accounted for on a ledger is in FLOP/s at dense bf16, and is taken off in that measure alone.

            Examples:
              standstill compute reconcile world --table samples/compute/*_cumulative_by_chip.csv --as-of 2025-12-31
              standstill compute reconcile world --table samples/compute/*_cumulative_by_chip.csv --ledger http://127.0.0.1:7800
            """) { table, asOf, measure, ledger, key, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (name, counted, unit) = Measures.FirstOrDefault(m => m.Name == parsed.GetValue(measure)) is { Name: not null } chosen
                ? chosen
                : throw new UsageException($"--measure: `{parsed.GetValue(measure)}` is none of {string.Join(", ", Measures.Select(m => m.Name))}");
            if (counted != FleetMeasure.DenseBf16 && parsed.GetValue(ledger) is not null)
            {
                throw new UsageException($"--ledger accounts for FLOP/s at dense bf16, and --measure {name} counts {unit}: one less the other means nothing; use --measure bf16");
            }

            var tables = parsed.GetValue(table)!.Select(file => (File: file, Rows: Read(file))).ToArray();
            string[] leftOut = [.. tables.Where(t => t.Rows.All(r => r.Owner.Length > 0)).Select(t => t.File)];
            var rows = tables.Where(t => !leftOut.Contains(t.File)).SelectMany(t => t.Rows).ToImmutableArray();
            if (rows.IsEmpty)
            {
                throw new UsageException($"--table: `{leftOut[0]}` counts by owner, what was bought; give the tables of what was made, by kind");
            }

            var day = parsed.GetValue(asOf) is { } asked ? Figures.Day("--as-of", asked) : rows.Max(r => r.To);
            if (rows.Min(r => r.To) > day)
            {
                throw new UsageException($"--as-of: no count goes up to {day:yyyy-MM-dd}; the first one ends on {rows.Min(r => r.To):yyyy-MM-dd}");
            }

            var world = parsed.GetValue(ledger) is { } source ? await Inputs.WorldAsync(source, parsed.GetValue(key), null, null, cancellation) : null;
            var declared = world is null ? 0 : (world.Shares.Total + world.OutsideFlopPerSecond) / H100Equivalents.ReferencePeak.Value;
            var assumptions = new FleetAssumptions(counted, ServiceLife.Assumed, FleetCorrelation.Assumed, declared);
            var fleet = WorldFleet.On(rows, AcceleratorTable.BuiltIn, day, assumptions, new Seed(Protocol.Digest.Of("fleet"u8).ToBytes()));
            if (parsed.GetValue(json))
            {
                Output.Json(Document(fleet, name, leftOut, world?.Size));
            }
            else
            {
                Print(fleet, unit, leftOut, world is null ? "no ledger is given" : $"accounted for on {world.Charter?.Name ?? "the ledger"}, {world.Size.ToString(CultureInfo.InvariantCulture)} entries");
            }

            return Exit.Good;
        });
        return command;
    }

    private static ImmutableArray<FleetRow> Read(string file)
    {
        var rows = FleetTable.Read(Inputs.ReadText(file)) switch
        {
            FleetTable.Accepted accepted => accepted.Rows,
            FleetTable.Refused refused => throw new RefusedException([.. refused.Faults.Select(f => $"{file}: {f}")]),
            _ => throw new InvalidOperationException("an unknown reading"),
        };
        return rows.IsEmpty ? throw new UsageException($"--table: `{file}` has no rows")
            : rows.Any(r => r.Chip.Length == 0 && r.Owner.Length == 0) ? throw new UsageException($"--table: `{file}` holds totals; give the tables by kind, `*_cumulative_by_chip.csv`")
            : rows;
    }

    private static void Print(WorldFleet fleet, string unit, string[] leftOut, string declared)
    {
        var life = fleet.Assumptions.Life;
        Output.Line($"{fleet.AsOf:yyyy-MM-dd}, in {unit}: median (5 % to 95 %)");
        Output.Columns(["maker", "made", "in use", "counted up to"], fleet.Makers.Select(m => new[]
        {
            m.Maker, Amount(m.Made), Amount(m.InUse),
            string.Join(", ", fleet.Lines.Where(l => l.Maker == m.Maker).GroupBy(l => l.To).OrderBy(g => g.Key).Select(g => $"{g.Key:yyyy-MM-dd}{(g.Any(l => l.Incomplete) ? " (incomplete)" : "")}")),
        }));
        Output.Line($"made       {Amount(fleet.Made)}");
        Output.Line($"retired    {Amount(fleet.Retired)}, assumed: exp(−(age/{Figures.Text(life.ScaleYears)} years)^{Figures.Text(life.Shape)}) still in use; no table says it");
        Output.Line($"declared   {Figures.Count(fleet.Assumptions.Declared)}: {declared}");
        Output.Line($"nobody's   {Amount(fleet.Nobodys)}{(fleet.Nobodys.Low < 0 ? ": the declarations may explain everything" : "")}");
        if (fleet.Lines.Where(l => l.Converted).Select(l => l.Chip).ToArray() is { Length: > 0 } converted)
        {
            Output.Line($"note       not in the table of accelerators, the published ratio stands for bf16: {string.Join(", ", converted)}");
        }

        if (leftOut.Length > 0)
        {
            Output.Line($"left out   counts by owner, of what was bought: {string.Join(", ", leftOut)}");
        }

        Output.Line($"assumed    errors of any two counts correlate by {Figures.Text(fleet.Assumptions.Correlation.BetweenMakers)}, of one maker's by {Figures.Text(fleet.Assumptions.Correlation.WithinMaker)}; other makers, and what was made before the counts began, are missing");
    }

    private static JsonObject Document(WorldFleet fleet, string measure, string[] leftOut, long? entries) => new()
    {
        ["asOf"] = $"{fleet.AsOf:yyyy-MM-dd}",
        ["measure"] = measure,
        ["entries"] = entries,
        ["leftOut"] = new JsonArray([.. leftOut.Select(f => JsonValue.Create(f))]),
        ["life"] = new JsonObject { ["scaleYears"] = fleet.Assumptions.Life.ScaleYears, ["shape"] = fleet.Assumptions.Life.Shape },
        ["correlation"] = new JsonObject { ["betweenMakers"] = fleet.Assumptions.Correlation.BetweenMakers, ["withinMaker"] = fleet.Assumptions.Correlation.WithinMaker },
        ["makers"] = new JsonArray([.. fleet.Makers.Select(m => new JsonObject { ["maker"] = m.Maker, ["made"] = Interval(m.Made), ["inUse"] = Interval(m.InUse) })]),
        ["kinds"] = new JsonArray([.. fleet.Lines.Select(l => new JsonObject
        {
            ["maker"] = l.Maker, ["kind"] = l.Chip, ["to"] = $"{l.To:yyyy-MM-dd}", ["made"] = Interval(new FleetInterval(l.Made.Low, l.Made.Median, l.Made.High)), ["shareInUse"] = l.InUse,
            ["incomplete"] = l.Incomplete, ["converted"] = l.Converted,
        })]),
        ["made"] = Interval(fleet.Made),
        ["retired"] = Interval(fleet.Retired),
        ["declared"] = fleet.Assumptions.Declared,
        ["nobodys"] = Interval(fleet.Nobodys),
    };

    private static JsonObject Interval(FleetInterval of) => new() { ["low"] = of.Low, ["median"] = of.Median, ["high"] = of.High };

    private static string Amount(FleetInterval of) => $"{Figures.Count(of.Median)} ({Figures.Count(of.Low)} to {Figures.Count(of.High)})";
}
