using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Reading;
using Standstill.Measurement.Indicators;
using Standstill.Node.Pages;

namespace Standstill.Cli.Commands.Capability;

/// <summary>`standstill capability indicators`: published indicators, and what they say together by a stated rule.</summary>
internal static class IndicatorsCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "A table: CSV with indicator, date, value, low, high, unit, scope, note, source" };
        var rule = new Option<string>("--rule")
        {
            Description = "How independent groups are made one figure: `envelope` (all that one of them holds possible), `quantiles` (their mean), `mixture` (mean of probabilities)",
            DefaultValueFactory = _ => "envelope",
        };
        rule.AcceptOnlyFromAmong("envelope", "quantiles", "mixture");
        var all = new Option<bool>("--all-figures") { Description = "Within a group take all figures together, not the latest" };
        var json = Inputs.Json();
        var command = new Command("indicators", """
            List published indicators with their error, and pool those of one quantity by a stated rule

            Nothing is averaged in silence: each pooled figure says its rule, its groups, and what the rule takes for
            granted of their errors. Triggers are evaluated from the envelope alone.

            Example:
              standstill capability indicators samples/capability/indicators.csv
            """) { file, rule, all, json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var rows = IndicatorTable.Read(Inputs.ReadText(path)) switch
            {
                IndicatorTableReading.Table table => table.Rows,
                IndicatorTableReading.Refused refused => throw new RefusedException([.. refused.Faults.Take(RunFileReader.MostFaults).Select(fault => $"{path}: {fault}")]),
                _ => throw new InvalidOperationException("not a reading"),
            };
            var by = parsed.GetValue(rule) switch { "quantiles" => PoolRule.QuantileMean, "mixture" => PoolRule.LinearPool, _ => PoolRule.Envelope };
            var within = parsed.GetValue(all) ? WithinGroup.Envelope : WithinGroup.Latest;
            var pools = rows.GroupBy(row => row.Indicator, StringComparer.Ordinal)
                .Select(alike => (
                    Unit: alike.First(),
                    Pool: IndicatorPool.Of([.. alike.Select(row => new PoolSource(row.Group, row.Measured, row.Figure.Distribution))], by, within))).ToImmutableArray();
            if (parsed.GetValue(json))
            {
                Output.Json(Document(rows, pools));
            }
            else
            {
                Print(rows, pools);
            }

            return Exit.Good;
        });
        return command;
    }

    private static void Print(ImmutableArray<IndicatorRow> rows, ImmutableArray<(IndicatorRow Unit, IndicatorPool Pool)> pools)
    {
        Output.Columns(
            ["indicator", "measured", "figure", "group", "source"],
            rows.Select(row => new[] { row.Indicator, Figures.Day(row.Measured), Stated(row) + Known(row.Figure.Distribution, row), row.Group, row.Source }));
        Output.Line();
        Output.Columns(
            ["pooled", "figure", "rule", "groups", "errors are taken to"],
            pools.Select(pooled => new[]
            {
                pooled.Unit.Indicator,
                Known(pooled.Pool.Figure, pooled.Unit),
                pooled.Pool.Rule switch { PoolRule.QuantileMean => "mean of quantiles", PoolRule.LinearPool => "mixture", _ => "envelope" },
                string.Join(", ", pooled.Pool.Members.Select(member => $"{member.Group} ({member.Used}{(member.LeftOut > 0 ? $", {member.LeftOut} earlier left out" : "")})")),
                pooled.Pool.Dependence switch { PoolDependence.Comonotone => "go the same way together", PoolDependence.OneIsRight => "leave one source right", _ => "hang together in any way" },
            }));
    }

    /// <summary>What was stated, where the raters' disagreement has made more of it.</summary>
    private static string Stated(IndicatorRow row) => row.Figure is { Raters: not null, Value: { } value } ? $"{Write(value, row)} stated, so " : "";

    private static string Known(IndicatorDistribution figure, IndicatorRow row) => Figures.Known(figure, value => Write(value, row));

    private static string Write(double value, IndicatorRow row) => row.Figure.Scale == Scale.Share ? Figures.Share(value)
        : double.IsInfinity(value) ? "no limit"
        : row.Unit.StartsWith("FLOP", StringComparison.Ordinal) || row.Unit.StartsWith("H100e", StringComparison.Ordinal) ? Figures.Large(value, row.Unit.Split(' ')[0])
        : value.ToString("0.##", CultureInfo.InvariantCulture) + " ×";

    private static JsonObject Document(ImmutableArray<IndicatorRow> rows, ImmutableArray<(IndicatorRow Unit, IndicatorPool Pool)> pools) => new()
    {
        ["indicators"] = new JsonArray([.. rows.Select(row => new JsonObject
        {
            ["indicator"] = row.Indicator,
            ["measured"] = Figures.Day(row.Measured),
            ["unit"] = row.Unit,
            ["scope"] = row.Scope,
            ["group"] = row.Group,
            ["source"] = row.Source,
            ["note"] = row.Note,
            ["figure"] = Distribution(row.Figure.Distribution),
        })]),
        ["pooled"] = new JsonArray([.. pools.Select(pooled => new JsonObject
        {
            ["indicator"] = pooled.Unit.Indicator,
            ["rule"] = pooled.Pool.Rule switch { PoolRule.QuantileMean => "quantiles", PoolRule.LinearPool => "mixture", _ => "envelope" },
            ["dependence"] = pooled.Pool.Dependence switch { PoolDependence.Comonotone => "comonotone", PoolDependence.OneIsRight => "one-is-right", _ => "any" },
            ["groups"] = new JsonArray([.. pooled.Pool.Members.Select(member => new JsonObject
            {
                ["group"] = member.Group, ["weight"] = member.Weight, ["used"] = member.Used, ["leftOut"] = member.LeftOut, ["measured"] = Figures.Day(member.Measured),
            })]),
            ["figure"] = Distribution(pooled.Pool.Figure),
        })]),
    };

    private static JsonObject Distribution(IndicatorDistribution figure) => new()
    {
        ["point"] = figure.PointEstimate is { } point ? Written.Number(point) : null,
        ["median"] = figure.IsNone ? null : Written.Bounds(figure.Quantile(new Probability(0.5))),
        ["low95"] = figure.IsNone ? null : Written.Number(figure.Quantile(new Probability(0.025)).Low),
        ["high95"] = figure.IsNone ? null : Written.Number(figure.Quantile(new Probability(0.975)).High),
        ["hasInterval"] = figure.HasInterval,
    };
}
