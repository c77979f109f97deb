using System.Collections.Immutable;
using System.Text.Json;

namespace Standstill.Measurement.Fleet;

/// <summary>A training run as published.</summary>
/// <param name="System">The model.</param>
/// <param name="Date">When it was published.</param>
/// <param name="Hardware">The accelerator; empty where unknown.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Hours">How long.</param>
/// <param name="Peak">The peak of one.</param>
/// <param name="Operations">The operations that are said of it.</param>
/// <param name="ReportedUtilisation">The utilisation that its makers report, where they do.</param>
/// <param name="PublishedImplied">The implied utilisation as the source computes it, to check against.</param>
/// <param name="Method">How the operations were estimated.</param>
public sealed record PublishedRun(
    string System,
    string Date,
    string Hardware,
    double Quantity,
    double Hours,
    FlopPerSecond Peak,
    Flop Operations,
    double? ReportedUtilisation,
    double? PublishedImplied,
    string Method)
{
    /// <summary>operations / (quantity · hours · 3600 · peak).</summary>
    public double ImpliedUtilisation => UtilisationModel.Implied(Operations, new Accounting.ChipHours(Quantity * Hours), Peak);
}

/// <summary>What reading a list of published runs gives.</summary>
public abstract record PublishedRunReading
{
    private PublishedRunReading()
    {
    }

    /// <summary>Runs.</summary>
    /// <param name="Runs">In the order of the file.</param>
    public sealed record Accepted(ImmutableArray<PublishedRun> Runs) : PublishedRunReading;

    /// <summary>Not a list of runs.</summary>
    /// <param name="Fault">What is wrong.</param>
    public sealed record Refused(FigureFault Fault) : PublishedRunReading;

    /// <summary>Reads a JSON object with `rows`, each with system, quantity, hours, peak_bf16 and compute_flop.</summary>
    public static PublishedRunReading Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("rows", out var rows) || rows.ValueKind != JsonValueKind.Array)
            {
                return new Refused(new FigureFault("rows", "missing, or no list", "give an object with a list `rows`"));
            }

            var runs = ImmutableArray.CreateBuilder<PublishedRun>();
            foreach (var row in rows.EnumerateArray())
            {
                if (Run(row, $"rows[{runs.Count}]", out var run) is { } fault)
                {
                    return new Refused(fault);
                }

                runs.Add(run!);
            }

            return new Accepted(runs.ToImmutable());
        }
        catch (JsonException bad)
        {
            return new Refused(new FigureFault("json", $"not well formed at line {bad.LineNumber + 1}", "check the file"));
        }
    }

    private static FigureFault? Run(JsonElement row, string place, out PublishedRun? run)
    {
        run = null;
        if (row.ValueKind != JsonValueKind.Object)
        {
            return new FigureFault(place, "not an object", "give one object for each run");
        }

        var numbers = new Dictionary<string, double>();
        foreach (var name in (ReadOnlySpan<string>)["quantity", "hours", "peak_bf16", "compute_flop", "mfu_reported", "implied_mfu"])
        {
            if (!row.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                if (name is "mfu_reported" or "implied_mfu")
                {
                    continue;
                }

                return new FigureFault($"{place}.{name}", "missing", "give a number above 0, or leave the run out");
            }

            if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !(number > 0 && double.IsFinite(number)))
            {
                return new FigureFault($"{place}.{name}", $"`{Capability.Reading.RawRow.Shown(value.GetRawText())}` is not a positive number", "give a number above 0");
            }

            numbers[name] = number;
        }

        string Text(string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        double? Given(string name) => numbers.TryGetValue(name, out var value) ? value : null;
        run = new PublishedRun(
            Text("system"), Text("date"), Text("hardware"), numbers["quantity"], numbers["hours"], new FlopPerSecond(numbers["peak_bf16"]),
            new Flop(numbers["compute_flop"]), Given("mfu_reported"), Given("implied_mfu"), Text("method"));
        return null;
    }
}
