using System.Collections.Immutable;
using System.Globalization;
using Standstill.Measurement.Capability.Reading;

namespace Standstill.Measurement.Capability.Index;

/// <summary>What reading a table of benchmark scores gives.</summary>
public abstract record ScoreTableReading
{
    private ScoreTableReading()
    {
    }

    /// <summary>The table was read.</summary>
    public sealed record Table(ImmutableArray<BenchmarkScore> Scores) : ScoreTableReading;

    /// <summary>The table was refused; no row of it counts.</summary>
    public sealed record Refused(ImmutableArray<TableFault> Faults) : ScoreTableReading;
}

/// <summary>Reads a table of benchmark scores.</summary>
/// <remarks>Comma-separated text as in RFC 4180, one header line, one score a line, no line breaks in fields. Columns, in any order:
/// <c>model</c>, <c>release_date</c> (yyyy-MM-dd), <c>benchmark</c>, <c>score</c> (a share in [0, 1]); and, if one wishes, <c>source</c>.
/// Other columns are passed over. A model appears once on a benchmark and has one date.</remarks>
public static class ScoreTable
{
    private static readonly ImmutableArray<string> Required = ["model", "release_date", "benchmark", "score"];

    /// <summary>Reads the text of a table.</summary>
    /// <param name="text">The whole text; a byte-order mark and CRLF are accepted.</param>
    public static ScoreTableReading Read(string text)
    {
        var faults = CsvTable.Read(text, Required, out var rows).ToBuilder();
        var scores = ImmutableArray.CreateBuilder<BenchmarkScore>();
        var seen = new HashSet<(string, string)>();
        var dates = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        foreach (var (line, field) in rows)
        {
            if ((Row(field, out var score) ?? Clash(score!, seen, dates)) is { } fault)
            {
                faults.Add(new TableFault(line, fault));
            }
            else
            {
                scores.Add(score!);
            }
        }

        return faults.Count > 0
            ? new ScoreTableReading.Refused([.. faults.OrderBy(fault => fault.Line)])
            : new ScoreTableReading.Table(scores.ToImmutable());
    }

    private static FigureFault? Row(Func<string, string> field, out BenchmarkScore? score)
    {
        score = null;
        if (Required.FirstOrDefault(name => string.IsNullOrWhiteSpace(field(name))) is { } blank)
        {
            return new FigureFault(blank, "the field is empty", "fill it in, or leave the row out");
        }

        if (!DateOnly.TryParseExact(field("release_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var released))
        {
            return new FigureFault("release_date", $"`{field("release_date")}` is not a date", "write it as yyyy-MM-dd");
        }

        if (!double.TryParse(field("score"), CsvTable.Number, CultureInfo.InvariantCulture, out var value) || !(value >= 0 && value <= 1))
        {
            return new FigureFault("score", $"`{field("score")}` is not a share", "give a number in [0, 1]; divide percentages by 100");
        }

        score = new BenchmarkScore(field("model"), released, field("benchmark"), value, field("source") is { Length: > 0 } source ? source : null);
        return null;
    }

    private static FigureFault? Clash(BenchmarkScore score, HashSet<(string, string)> seen, Dictionary<string, DateOnly> dates)
    {
        if (!seen.Add((score.Model, score.Benchmark)))
        {
            return new FigureFault(
                "benchmark", $"`{score.Model}` appears twice on `{score.Benchmark}`", "keep one row, or put their mean");
        }

        return dates.TryAdd(score.Model, score.Released) || dates[score.Model] == score.Released
            ? null
            : new FigureFault(
                "release_date",
                $"`{score.Released.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}` differs from an earlier row of `{score.Model}`",
                "give the model one date, or its versions different names");
    }
}
