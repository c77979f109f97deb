using System.Collections.Immutable;
using System.Globalization;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Reading;

namespace Standstill.Measurement.Indicators;

/// <summary>One line of a table of indicators.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Indicator">The name of the indicator, as the table writes it.</param>
/// <param name="Measured">The last day of the measurement.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Unit">The unit, as the table writes it.</param>
/// <param name="Scope">Whom it speaks of.</param>
/// <param name="Note">What the table remarks.</param>
/// <param name="Source">Where the figure was published.</param>
/// <param name="Group">The independence group; the scope where the table does not say.</param>
public sealed record IndicatorRow(
    int Line, string Indicator, DateOnly Measured, ReportedFigure Figure, string Unit, string Scope, string Note, string Source, string Group);

/// <summary>What reading a table of indicators gives.</summary>
public abstract record IndicatorTableReading
{
    private IndicatorTableReading()
    {
    }

    /// <summary>The table was read.</summary>
    public sealed record Table(ImmutableArray<IndicatorRow> Rows) : IndicatorTableReading;

    /// <summary>The table was refused; no row of it counts.</summary>
    public sealed record Refused(ImmutableArray<TableFault> Faults) : IndicatorTableReading;
}

/// <summary>Reads a table of published indicators.</summary>
/// <remarks>
/// <para>Comma-separated text as in RFC 4180, one header line, one figure a line, no line breaks in fields. Columns, in any order:
/// <c>indicator</c>, <c>date</c> (yyyy-MM-dd), <c>value</c>, <c>low</c>, <c>high</c>, <c>unit</c>, <c>scope</c>, <c>note</c>, <c>source</c>
/// (<c>same</c> repeats the line above); and, if one wishes, <c>group</c>, <c>censoring</c> (<c>none</c>, <c>at_least</c>, <c>at_most</c>),
/// <c>raters</c> and <c>exact_agreement</c>.</para>
/// <para>A unit begins with <c>fraction</c>, <c>ratio</c>, <c>FLOP</c> or <c>H100e</c>. Lower and upper limits without a value are a
/// range. What a note says in words, such as "more than", is not read: only the columns bound a figure or put it in doubt.</para>
/// <para>Where there is no <c>group</c>, the scope is it: figures that one lab publishes of itself are one source, whatever the paper.</para>
/// </remarks>
public static class IndicatorTable
{
    private static readonly ImmutableArray<string> Required = ["indicator", "date", "value", "low", "high", "unit", "scope", "note", "source"];

    private static readonly ImmutableArray<(string Word, Scale Scale)> Units =
        [("fraction", Scale.Share), ("ratio", Scale.Ratio), ("FLOP", Scale.Ratio), ("H100e", Scale.Ratio)];

    /// <summary>Reads the text of a table.</summary>
    /// <param name="text">The whole text; a byte-order mark and CRLF are accepted.</param>
    public static IndicatorTableReading Read(string text)
    {
        var faults = CsvTable.Read(text, Required, out var lines).ToBuilder();
        var rows = ImmutableArray.CreateBuilder<IndicatorRow>();
        var source = "";
        foreach (var line in lines)
        {
            source = line.Field("source") == "same" ? source : line.Field("source");
            if (Row(line, source, out var row) is { } fault)
            {
                faults.Add(new TableFault(line.Line, fault));
            }
            else
            {
                rows.Add(row!);
            }
        }

        return faults.Count > 0
            ? new IndicatorTableReading.Refused([.. faults.OrderBy(fault => fault.Line)])
            : new IndicatorTableReading.Table(rows.ToImmutable());
    }

    private static FigureFault? Row(CsvTable.Row line, string source, out IndicatorRow? row)
    {
        row = null;
        string Shown(string field) => RawRow.Shown(line.Field(field));

        foreach (var field in (ReadOnlySpan<string>)["indicator", "scope", "source"])
        {
            if (string.IsNullOrWhiteSpace(field == "source" ? source : line.Field(field)))
            {
                return new FigureFault(field, "the field is empty", field == "source" ? "say where the figure was published; `same` repeats the line above" : "fill it in");
            }
        }

        if (!DateOnly.TryParseExact(line.Field("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return new FigureFault("date", $"`{Shown("date")}` is not a date", "write it as yyyy-MM-dd");
        }

        var unit = Units.FirstOrDefault(known => line.Field("unit").Split(' ')[0] == known.Word);
        if (unit.Word is null)
        {
            return new FigureFault("unit", $"`{Shown("unit")}` is not a unit", "begin it with `fraction`, `ratio`, `FLOP` or `H100e`");
        }

        var numbers = new Dictionary<string, double?>(StringComparer.Ordinal);
        foreach (var field in (ReadOnlySpan<string>)["value", "low", "high", "exact_agreement"])
        {
            if (Number(line, field, out var number) is { } bad)
            {
                return bad;
            }

            numbers.Add(field, number);
        }

        RaterDoubt? raters = null;
        if ((Censored(line, out var censoring) ?? Doubt(line, numbers["exact_agreement"], out raters)) is { } fault)
        {
            return fault;
        }

        var figure = new ReportedFigure(numbers["value"], numbers["low"], numbers["high"], censoring, unit.Scale, raters);
        if (figure.Fault is { } wrong)
        {
            return wrong;
        }

        var group = line.Field("group") is { Length: > 0 } given ? given : line.Field("scope");
        row = new IndicatorRow(line.Line, line.Field("indicator"), date, figure, line.Field("unit"), line.Field("scope"), line.Field("note"), source, group);
        return null;
    }

    private static FigureFault? Number(CsvTable.Row line, string field, out double? number)
    {
        number = null;
        if (line.Field(field).Length == 0)
        {
            return null;
        }

        if (!double.TryParse(line.Field(field), CsvTable.Number, CultureInfo.InvariantCulture, out var read) || !double.IsFinite(read))
        {
            return new FigureFault(field, $"`{RawRow.Shown(line.Field(field))}` is not a number", "write it as 0.8 or 5e26, or leave the field empty");
        }

        number = read;
        return null;
    }

    private static FigureFault? Censored(CsvTable.Row line, out Censoring censoring)
    {
        Censoring? read = line.Field("censoring") switch
        {
            "" or "none" => Censoring.None,
            "at_least" => Censoring.AtLeast,
            "at_most" => Censoring.AtMost,
            _ => null,
        };
        censoring = read ?? Censoring.None;
        return read is null
            ? new FigureFault("censoring", $"`{RawRow.Shown(line.Field("censoring"))}` is not one of its values", "use `none`, `at_least` or `at_most`, or leave it empty")
            : null;
    }

    private static FigureFault? Doubt(CsvTable.Row line, double? agreement, out RaterDoubt? raters)
    {
        raters = null;
        var count = line.Field("raters");
        if (agreement is null && count.Length == 0)
        {
            return null;
        }

        if (agreement is not (>= 0 and <= 1) || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 2)
        {
            return agreement is not (>= 0 and <= 1)
                ? new FigureFault("exact_agreement", $"`{RawRow.Shown(line.Field("exact_agreement"))}` is not a share", "give the share of items to which two raters gave the same score, from 0 to 1")
                : new FigureFault("raters", $"`{RawRow.Shown(count)}` is not a number of raters", "give a whole number from 2 up");
        }

        raters = new RaterDoubt(number, new Probability(agreement.Value));
        return null;
    }
}
