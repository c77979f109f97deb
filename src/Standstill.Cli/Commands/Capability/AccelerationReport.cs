using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Acceleration;
using Standstill.Measurement.Indicators;
using Standstill.Node.Pages;

namespace Standstill.Cli.Commands.Capability;

/// <summary>Whether progress itself speeds up, as the capability commands tell it.</summary>
internal static class AccelerationReport
{
    /// <summary>One less than a round number: a p-value is then a round fraction.</summary>
    public const int Simulations = 999;

    private static readonly Probability Low = new(0.025), High = new(0.975);

    public static void Print(AccelerationFinding finding, bool logarithmic)
    {
        if (finding is AccelerationFinding.TooFew few)
        {
            Output.Line($"speed-up   not told: {few.Models} models on the frontier, and it takes {few.Needed} to see a change of speed");
            return;
        }

        var found = (AccelerationFinding.Measured)finding;
        Output.Line($"speed-up   best bend {Figures.Day(found.BestBend.Date)}: {Speed(found.BestBend.SlopeBefore, logarithmic)} before, {Speed(found.BestBend.SlopeAfter, logarithmic)} after; ratio {Ratio(found.SlopeRatio)}");
        Output.Line($"           latest stretch from {Figures.Day(found.Latest.From)} against the fastest earlier one ({Figures.Day(found.FastestEarlier.From)} to {Figures.Day(found.FastestEarlier.To)}, {found.FastestEarlier.Models} models): {Ratio(found.LatestRatio)}, p = {found.LatestPValue.Value.ToString("0.###", CultureInfo.InvariantCulture)} for having looked everywhere");
        Output.Line($"           odds of one slope, a jump, a bend: {Odds(found.Shapes)} by the figures{(found.DrawnShapes is { } drawn ? $", {Odds(drawn)} with their errors" : "")}");
    }

    public static JsonObject Document(AccelerationFinding finding) => finding switch
    {
        AccelerationFinding.TooFew few => new JsonObject { ["finding"] = "too-few-models", ["models"] = few.Models, ["needed"] = few.Needed },
        AccelerationFinding.Measured found => new JsonObject
        {
            ["finding"] = "measured",
            ["bend"] = new JsonObject { ["date"] = Figures.Day(found.BestBend.Date), ["slopeBeforePerYear"] = found.BestBend.SlopeBefore, ["slopeAfterPerYear"] = found.BestBend.SlopeAfter },
            ["slopeRatio"] = Distribution(found.SlopeRatio),
            ["latest"] = Stretch(found.Latest),
            ["fastestEarlier"] = Stretch(found.FastestEarlier),
            ["latestOverFastest"] = Distribution(found.LatestRatio),
            ["latestFaster"] = Written.Bounds(found.LatestFaster),
            ["pValue"] = found.LatestPValue.Value,
            ["odds"] = Odds("figures", found.Shapes),
            ["oddsWithErrors"] = found.DrawnShapes is { } drawn ? Odds("draws", drawn) : null,
            ["aiccWeights"] = Odds("figures", found.AkaikeShapes),
        },
        _ => throw new InvalidOperationException("not a finding"),
    };

    private static string Speed(double slope, bool logarithmic) => !logarithmic ? $"{N(slope)} a year"
        : slope > 0 ? $"doubling every {Written.Days(Math.Log(2) * 365.25 / slope)}" : "not growing";

    private static string Ratio(IndicatorDistribution ratio) => ratio.IsNone
        ? "not known"
        : $"{(ratio.PointEstimate is { } point ? N(point) : N(ratio.Quantile(new(0.5)).Low))} (95 %: {N(ratio.Quantile(Low).Low)} to {(double.IsInfinity(ratio.Quantile(High).High) ? "no limit" : N(ratio.Quantile(High).High))})";

    private static string Odds(ShapeOdds odds) => $"{Figures.Percent(odds.Line)}, {Figures.Percent(odds.Jump)}, {Figures.Percent(odds.Bend)}";

    private static JsonObject Odds(string of, ShapeOdds odds) => new() { ["of"] = of, ["oneSlope"] = odds.Line, ["jump"] = odds.Jump, ["bend"] = odds.Bend };

    private static JsonObject? Distribution(IndicatorDistribution figure) => figure.IsNone ? null : new JsonObject
    {
        ["point"] = figure.PointEstimate is { } point ? Written.Number(point) : null,
        ["low95"] = Written.Number(figure.Quantile(Low).Low),
        ["high95"] = Written.Number(figure.Quantile(High).High),
    };

    private static JsonObject Stretch(Stretch stretch) => new()
    {
        ["from"] = Figures.Day(stretch.From),
        ["to"] = Figures.Day(stretch.To),
        ["models"] = stretch.Models,
        ["slopePerYear"] = stretch.Slope,
    };

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
