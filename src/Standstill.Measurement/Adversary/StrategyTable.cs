using System.Collections.Immutable;
using System.Text;

namespace Standstill.Measurement.Adversary;

/// <summary>Results as rows of a table in Markdown.</summary>
public static class StrategyTable
{
    /// <summary>The head of the table.</summary>
    public const string Head =
        "| strategy | measure | detection (95 %) | half seen by | nine in ten by | alarms by chance | false alarms a year |\n"
        + "|---|---|---|---:|---:|---:|---:|\n";

    private static readonly ImmutableArray<string> Names =
    [
        "area balances", "party balance", "cumulative balance", "energy", "features", "challenges", "inspections", "movements", "rentals", "recomputation",
    ];

    /// <summary>The rows of one strategy: all measures together, then each that sees something of it by itself, in their order.</summary>
    /// <remarks>Detection is <see cref="Seen.Caused"/>; a measure is listed where the interval of that excludes 0. Alarms by chance are of the
    /// same tests in the same days. The last column is the measure's rate over the whole party with nothing diverted.</remarks>
    public static string Rows(DetectionResult study, StrategyResult result)
    {
        if (!result.Feasible)
        {
            return $"| {result.Strategy.Name} | not feasible: {result.Plan.Obstacle} | | | | | |\n";
        }

        var rows = new StringBuilder();
        rows.Append(Row($"{result.Strategy.Name}: {result.Plan.Choice}", "**all**", result.All!, study.AllFalseAlarms));
        for (var m = 0; m < result.Alone.Length; m++)
        {
            if (result.Alone[m].Caused.Low.Value > 0)
            {
                rows.Append(Row(string.Empty, Names[m], result.Alone[m], study.FalseAlarms[m]));
            }
        }

        return rows.ToString();
    }

    /// <summary>The whole table.</summary>
    public static string Of(DetectionResult study) => Head + string.Concat(study.Strategies.Select(result => Rows(study, result)));

    /// <summary>The word for a measure in documents.</summary>
    public static string Name(Measure measure) => Names[(int)measure];

    /// <summary>What is not detectable, in a sentence.</summary>
    public static string Of(Undetected undetected)
    {
        var own = undetected.By is { } strategy
            ? undetected.OnLedgerFlop >= Undetected.Most
                ? $"without a limit up to {Flop(Undetected.Most)} FLOP by {strategy.Name}, on accelerators that are got or rented unseen"
                : $"{Flop(undetected.OnLedgerFlop)} FLOP by {strategy.Name}"
            : $"less than {Flop(Undetected.Least)} FLOP by any strategy";
        var others = undetected.RemainderMedian is { } median
            ? $"{Flop(median)} FLOP ({Flop(undetected.RemainderLow!.Value)} to {Flop(undetected.RemainderHigh!.Value)}) on accelerators that nobody declares"
                + $", or {Undetected.SplitFactor:0} times that as the updates of a run whose rollouts are declared"
            : "an unknown amount on accelerators that nobody declares, of which there is no estimate";
        return $"Not detectable by these measures within {Placement.Words(undetected.WithinDays, "day")}: {own}; {others}.";
    }

    /// <summary>`2.5e26`.</summary>
    private static string Flop(double flop) => flop.ToString("0.0e0", System.Globalization.CultureInfo.InvariantCulture);

    private static string Row(string strategy, string measure, Seen seen, YearlyRate falseAlarms) =>
        $"| {strategy} | {measure} | {Share(seen.Caused)} | {Days(seen.MedianDays)} | {Days(seen.NinetyDays)} | {seen.Chance.Value.Value:0.000} | {falseAlarms.Value:0.00} |\n";

    private static string Share(DrawnShare share) => $"{share.Value.Value:0.000} ({share.Low.Value:0.000}–{share.High.Value:0.000})";

    private static string Days(int? days) => days is null ? "–" : days == 1 ? "1 day" : $"{days} days";
}
