using System.Globalization;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Acceleration;
using Standstill.Measurement.Capability.Index;
using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Acceleration;

/// <summary>The code of docs/capability/acceleration.md.</summary>
internal static class AccelerationExample
{
    /// <summary>Whether the horizons of a table speed up.</summary>
    public static string Horizons(string table, Seed seed)
    {
        var horizons = ((PublishedHorizonReading.Table)PublishedHorizonTable.Read(table)).Horizons;
        var series = AccelerationSeries.FromPublished(horizons, seed, draws: 2000);
        return Print(AccelerationTest.Of(series, since: null, seed, simulations: 1999, DrawLoops.InOrder));
    }

    /// <summary>Whether the index of a table of scores does.</summary>
    public static string Index(string table, Seed seed)
    {
        var scores = ((ScoreTableReading.Table)ScoreTable.Read(table)).Scores;
        var anchor = new IndexAnchor.Models("claude-3-5-sonnet-20240620", 130, "gpt-5-2025-08-07_medium", 150);
        var index = ((IndexFit.Fitted)CapabilityIndex.Fit(scores, anchor)).Index;
        var draws = index.Draw(seed, draws: 1000, DrawLoops.InOrder);
        var best = draws.Models.Select((model, i) => (model, i)).OrderByDescending(one => one.model.Value).Take(5);
        return string.Concat(best.Select(one => Text($"{one.model.Name,-30} {one.model.Value:F1} ± {draws.StandardError(one.i):F1}\n")))
            + Print(AccelerationTest.Of(draws.Series(), since: null, seed, simulations: 1999, DrawLoops.InOrder));
    }

    /// <summary>What four times the productivity accounts for of the acceleration of the horizons.</summary>
    public static string Labour(string table, Seed seed)
    {
        var horizons = ((PublishedHorizonReading.Table)PublishedHorizonTable.Read(table)).Horizons;
        var series = AccelerationSeries.FromPublished(horizons, seed, draws: 2000);
        var found = (AccelerationFinding.Measured)AccelerationTest.Of(series, since: null, seed, simulations: 1, DrawLoops.InOrder);
        var productivity = IndicatorDistribution.FromPublished(4, null, null, Censoring.None, Scale.Ratio);
        var elasticity = new LabourElasticity(0.3, 0.7);
        var lines = new List<string>();
        foreach (var work in (double[])[1, 0.6])
        {
            var share = new Probability(work);
            var (slow, fast) = elasticity.Progress(4, share);
            var explained = elasticity.ShareExplained(found.SlopeRatio, productivity, share, seed, draws: 2000);
            var median = explained.Share.Quantile(new Probability(0.5));
            lines.Add(Text($"on {work:P0} of the work: labour × {LabourElasticity.Labour(4, share):F2}, progress × {slow:F2} to {fast:F2}, "));
            lines.Add(Text($"accounts for {median.Low:F2} to {median.High:F2} of the acceleration (medians), "));
            lines.Add(Text($"95 %: {explained.Share.Quantile(new Probability(0.025)).Low:F2} to {explained.Share.Quantile(new Probability(0.975)).High:F2}\n"));
        }

        return string.Concat(lines);
    }

    private static string Print(AccelerationFinding finding) => finding switch
    {
        AccelerationFinding.TooFew few => Text($"{few.Models} frontier models; it takes {few.Needed}\n"),
        AccelerationFinding.Measured found => string.Concat(
            Text($"frontier models          {found.Frontier.Length}\n"),
            Text($"best bend                {found.BestBend.Date:yyyy-MM-dd}: {found.BestBend.SlopeBefore:F2} a year, then {found.BestBend.SlopeAfter:F2}\n"),
            Text($"slope after over before  {found.SlopeRatio.PointEstimate:F2} (95 %: {Interval(found.SlopeRatio)})\n"),
            Text($"latest stretch           {found.Latest.From:yyyy-MM-dd} to {found.Latest.To:yyyy-MM-dd}, {found.Latest.Models} models: {found.Latest.Slope:F2} a year\n"),
            Text($"fastest earlier stretch  {found.FastestEarlier.From:yyyy-MM-dd} to {found.FastestEarlier.To:yyyy-MM-dd}, {found.FastestEarlier.Models} models: {found.FastestEarlier.Slope:F2} a year\n"),
            Text($"latest over fastest      {found.LatestRatio.PointEstimate:F2} (95 %: {Interval(found.LatestRatio)}), faster in {found.LatestFaster.Low.Value:P1} to {found.LatestFaster.High.Value:P1} of draws\n"),
            Text($"p-value of that          {found.LatestPValue.Value:F3}\n"),
            Text($"one slope, jump, bend    {found.Shapes.Line:G2}, {found.Shapes.Jump:G2}, {found.Shapes.Bend:G2}\n"),
            Text($"averaged over draws      {found.DrawnShapes?.Line:F3}, {found.DrawnShapes?.Jump:F3}, {found.DrawnShapes?.Bend:F3}\n")),
        _ => throw new InvalidOperationException("not a kind of finding"),
    };

    private static string Interval(IndicatorDistribution ratio) =>
        Text($"{ratio.Quantile(new Probability(0.025)).Low:F2} to {ratio.Quantile(new Probability(0.975)).High:F2}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
