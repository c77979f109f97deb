using System.Collections.Immutable;
using System.Globalization;
using Standstill.Measurement.Capability.Reading;

namespace Standstill.Measurement.Capability;

/// <summary>Where and why a table was refused.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Fault">The field, what is wrong with it, and the remedy.</param>
public sealed record TableFault(int Line, FigureFault Fault)
{
    /// <inheritdoc/>
    public override string ToString() => $"line {Line.ToString(CultureInfo.InvariantCulture)}, {Fault}";
}

/// <summary>What reading a table gives.</summary>
public abstract record PublishedHorizonReading
{
    private PublishedHorizonReading()
    {
    }

    /// <summary>The table was read.</summary>
    public sealed record Table(ImmutableArray<PublishedHorizon> Horizons) : PublishedHorizonReading;

    /// <summary>The table was refused; no row of it counts.</summary>
    public sealed record Refused(ImmutableArray<TableFault> Faults) : PublishedHorizonReading;
}

/// <summary>Reads the table of published horizons.</summary>
/// <remarks>
/// <para>Comma-separated text as in RFC 4180, one header line, one model a line, no line breaks in fields. Columns, in any order:
/// <c>model</c>, <c>release_date</c> (yyyy-MM-dd), <c>p50_minutes</c>, <c>p50_ci95_low</c>, <c>p50_ci95_high</c>, <c>p80_minutes</c>,
/// <c>note</c>; and, if one wishes, <c>p80_ci95_low</c> and <c>p80_ci95_high</c>, <c>censoring</c> (<c>none</c>, <c>at_least</c>,
/// <c>at_most</c>) and <c>support_minutes</c> (the longest task of the suite). A model on a date appears once. Numbers use a point and no other signs than a leading minus and an exponent.</para>
/// <para>Without a <c>censoring</c> column, or where its field is empty, a note that starts with "published only as at least"
/// marks the figure as a lower bound, and one that starts with "published only as at most" as an upper bound. Another note that speaks of
/// a bound is refused without a <c>censoring</c>: nobody should guess.</para>
/// </remarks>
public static class PublishedHorizonTable
{
    private static readonly ImmutableArray<string> Required =
        ["model", "release_date", "p50_minutes", "p50_ci95_low", "p50_ci95_high", "p80_minutes", "note"];

    private static readonly ImmutableArray<string> Optional = ["p80_ci95_low", "p80_ci95_high", "censoring", "support_minutes"];

    /// <summary>Words that make a figure in a note look like a bound: whether it is one must then be said.</summary>
    private static readonly ImmutableArray<string> Bounding = ["at least", "at most", "censored", "lower bound", "upper bound", "more than", "less than"];

    private static readonly ImmutableArray<string> Lengths =
        ["p50_minutes", "p50_ci95_low", "p50_ci95_high", "p80_minutes", "p80_ci95_low", "p80_ci95_high", "support_minutes"];

    /// <summary>Reads the text of a table.</summary>
    /// <param name="text">The whole text; a byte-order mark and CRLF are accepted.</param>
    public static PublishedHorizonReading Read(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var faults = ImmutableArray.CreateBuilder<TableFault>();
        if (Columns(lines[0], out var columns) is { } fault)
        {
            return new PublishedHorizonReading.Refused([new TableFault(1, fault)]);
        }

        var horizons = ImmutableArray.CreateBuilder<PublishedHorizon>();
        var seen = new HashSet<(string, DateOnly)>();
        for (var i = 1; i < lines.Length; i++)
        {
            if (Row(lines[i], columns, out var horizon) is { } rowFault)
            {
                faults.Add(new TableFault(i + 1, rowFault));
            }
            else if (!seen.Add((horizon!.Model, horizon.Released)))
            {
                faults.Add(new TableFault(i + 1, new FigureFault("model", $"`{horizon.Model}` appears twice on that date", "keep one row")));
            }
            else
            {
                horizons.Add(horizon);
            }
        }

        return faults.Count > 0 ? new PublishedHorizonReading.Refused(faults.ToImmutable()) : new PublishedHorizonReading.Table(horizons.ToImmutable());
    }

    private static FigureFault? Columns(string header, out ImmutableArray<string> columns)
    {
        columns = [];
        if (!CsvLine.TrySplit(header, out var names))
        {
            return new FigureFault("header", "a quote is not closed", "write the column names without quotes");
        }

        columns = names;
        if (Required.FirstOrDefault(name => !names.Contains(name)) is { } missing)
        {
            return new FigureFault("header", $"column `{missing}` is missing", $"begin with `{string.Join(',', Required)}`");
        }

        if (names.FirstOrDefault(name => !Required.Contains(name) && !Optional.Contains(name)) is { } unknown)
        {
            return new FigureFault("header", $"column `{unknown}` is not known", $"remove it; optional columns are `{string.Join(',', Optional)}`");
        }

        return names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? new FigureFault("header", $"column `{twice.Key}` appears twice", "keep one")
            : null;
    }

    private static FigureFault? Row(string line, ImmutableArray<string> columns, out PublishedHorizon? horizon)
    {
        horizon = null;
        if (!CsvLine.TrySplit(line, out var fields))
        {
            return new FigureFault("row", "a quote is not closed or stands inside a bare field", "quote the whole field and double the quotes within it");
        }

        if (fields.Length != columns.Length)
        {
            return new FigureFault(
                "row",
                $"{fields.Length.ToString(CultureInfo.InvariantCulture)} fields where the header has {columns.Length.ToString(CultureInfo.InvariantCulture)}",
                "give one field for each column and quote fields with commas");
        }

        string Field(string name) => columns.IndexOf(name) is >= 0 and var at ? fields[at] : "";

        if (!DateOnly.TryParseExact(Field("release_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var released))
        {
            return new FigureFault("release_date", $"`{Field("release_date")}` is not a date", "write it as yyyy-MM-dd");
        }

        var lengths = new Dictionary<string, Minutes>(StringComparer.Ordinal);
        foreach (var name in Lengths)
        {
            if (Field(name) is { Length: > 0 } text)
            {
                if (Length(name, text, out var length) is { } badLength)
                {
                    return badLength;
                }

                lengths.Add(name, length);
            }
        }

        return CensoringOf(Field("censoring"), Field("note"), out var censoring) ?? Checked(Field("model"), released, lengths, censoring, out horizon);
    }

    private static FigureFault? Checked(
        string model, DateOnly released, Dictionary<string, Minutes> lengths, Censoring censoring, out PublishedHorizon? horizon)
    {
        horizon = null;
        Minutes? Given(string field) => lengths.TryGetValue(field, out var length) ? length : null;

        if (Given("p50_minutes") is not { } p50)
        {
            return new FigureFault("p50_minutes", "the field is empty", "give the 50 % horizon in minutes, or leave the model out");
        }

        HorizonLimits? limits80 = null;
        if ((Limits("p50", out var limits) ?? Limits("p80", out limits80)) is { } missing)
        {
            return missing;
        }

        if (PublishedHorizon.Fault(model, p50, limits, Given("p80_minutes"), limits80) is { } fault)
        {
            return fault;
        }

        horizon = new PublishedHorizon(model, released, p50, limits, Given("p80_minutes"), censoring, Given("support_minutes"), limits80);
        return null;

        FigureFault? Limits(string of, out HorizonLimits? both)
        {
            var (low, high) = (Given(of + "_ci95_low"), Given(of + "_ci95_high"));
            both = low is { } l && high is { } h ? new HorizonLimits(l, h) : null;
            return low is null == high is null
                ? null
                : new FigureFault(of + (low is null ? "_ci95_low" : "_ci95_high"), "the field is empty", "give both 95 % limits or neither");
        }
    }

    private static FigureFault? Length(string field, string text, out Minutes length)
    {
        length = default;
        const NumberStyles style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign;
        if (!double.TryParse(text, style, CultureInfo.InvariantCulture, out var value) || !(value > 0 && double.IsFinite(value)))
        {
            return new FigureFault(field, $"`{text}` is not a length", "give minutes above zero, such as 3.5, or leave the field empty");
        }

        length = new Minutes(value);
        return null;
    }

    private static FigureFault? CensoringOf(string field, string note, out Censoring censoring)
    {
        censoring = field switch
        {
            "at_least" => Censoring.AtLeast,
            "at_most" => Censoring.AtMost,
            "" when note.StartsWith("published only as at least", StringComparison.OrdinalIgnoreCase) => Censoring.AtLeast,
            "" when note.StartsWith("published only as at most", StringComparison.OrdinalIgnoreCase) => Censoring.AtMost,
            _ => Censoring.None,
        };
        if (field.Length == 0 && censoring == Censoring.None && Bounding.Any(word => note.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            return new FigureFault("censoring", "the note speaks of a bound, and the field does not", "write none, at_least or at_most");
        }

        return field is "" or "none" or "at_least" or "at_most"
            ? null
            : new FigureFault("censoring", $"`{field}` is not known", "write none, at_least or at_most, or leave the field empty");
    }
}
