using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Trends;
using Standstill.Measurement.Indicators;
using Standstill.Node.Pages;

namespace Standstill.Cli.Commands.Capability;

/// <summary>Figures as the capability commands write them.</summary>
internal static class Written
{
    public static string Shape(TrendShape shape) => shape switch
    {
        TrendShape.OneSlope => "one slope",
        TrendShape.TwoSlopes => "two slopes",
        _ => "curved",
    };

    public static string Method(ForecastMethod method) => method switch
    {
        ForecastMethod.OneSlope => "one slope",
        ForecastMethod.TwoSlopes => "two slopes",
        ForecastMethod.Curved => "curved",
        ForecastMethod.AiccMixture => "AICc mixture",
        _ => "combined",
    };

    public static string Score(double score) => score.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A quantile in minutes, or the range it is known to lie in.</summary>
    public static string Length(QuantileBounds bounds) => Either(bounds.Low, bounds.High, Figures.Length);

    public static string Days(QuantileBounds bounds) => Either(bounds.Low, bounds.High, Days);

    /// <summary>The 95 % interval of a doubling time.</summary>
    public static string DaysInterval(IndicatorDistribution days)
    {
        var (low, high) = (days.Quantile(new Probability(0.025)).Low, days.Quantile(new Probability(0.975)).High);
        return (low == 0, double.IsInfinity(high)) switch
        {
            (true, true) => "no limits",
            (true, false) => "up to " + Days(high),
            (false, true) => $"from {Days(low)}",
            _ => $"{Days(low)} to {Days(high)}",
        };
    }

    /// <summary>A doubling time.</summary>
    public static string Days(double days) => double.IsInfinity(days) ? "never" : Math.Round(days).ToString("0", CultureInfo.InvariantCulture) + " days";

    public static string Day(CrossingBounds bounds) =>
        Day(bounds.Early) == Day(bounds.Late) ? Day(bounds.Early) : $"{Day(bounds.Early)} to {Day(bounds.Late)}";

    public static string Day(CrossingDay day) => day switch
    {
        CrossingDay.Already => "already",
        CrossingDay.On on => Figures.Day(on.Date),
        _ => "never",
    };

    public static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    public static JsonObject Bounds(QuantileBounds bounds) => new() { ["low"] = Number(bounds.Low), ["high"] = Number(bounds.High) };

    public static JsonObject Bounds(ProbabilityBounds bounds) => new() { ["low"] = bounds.Low.Value, ["high"] = bounds.High.Value };

    public static JsonObject? Past(PastCoverage? past) => past is null ? null : new JsonObject
    {
        ["method"] = Method(past.Method),
        ["months"] = past.Months,
        ["forecasts"] = past.Count,
        ["coverage50"] = past.Coverage50.Value,
        ["coverage90"] = past.Coverage90.Value,
        ["meanLogScore"] = Number(past.MeanLogScore),
        ["meanAbsoluteDoublings"] = past.MeanAbsoluteDoublings,
    };

    /// <summary>What became of the method's past forecasts, as it stands beside every forecast.</summary>
    public static string PastSentence(PastCoverage? past) => past is null
        ? "no past forecasts: the history is too short to test the method on itself"
        : $"{past.Count} past forecasts at {past.Months} months: 90 % intervals held {Figures.Percent(past.Coverage90.Value)}, 50 % intervals {Figures.Percent(past.Coverage50.Value)}, median off by {Score(past.MeanAbsoluteDoublings)} doublings";

    private static string Either(double low, double high, Func<double, string> write) => write(low) == write(high) ? write(low) : $"{write(low)} to {write(high)}";
}
