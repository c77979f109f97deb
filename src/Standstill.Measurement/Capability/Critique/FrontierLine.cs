using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>The one-slope trend under one variant.</summary>
/// <remarks>Least squares of ln(p50) on the day of release over the agents that were the best at their release, from a day on. An agent
/// of which only a bound is known cannot stand on a line: it is left out and counted.</remarks>
/// <param name="Points">How many agents stand on the frontier in the window.</param>
/// <param name="Bounded">How many dated agents in the window have no estimate and are left out.</param>
/// <param name="DoublingDays">ln 2 / slope, in days; absent with fewer than two points.</param>
/// <param name="Crossing">When the line reaches the asked length; absent without a line, and after the year 9999.</param>
public sealed record TrendOutcome(int Points, int Bounded, double? DoublingDays, DateOnly? Crossing);

/// <summary>Fits the trend of one variant.</summary>
internal static class FrontierLine
{
    public static TrendOutcome Of(ImmutableArray<Agent> agents, ImmutableArray<HorizonKnown> horizons, DateOnly since, Minutes length)
    {
        var dated = agents.Zip(horizons).Where(pair => pair.First.Released is not null).ToList();
        var bounded = dated.Count(pair => pair.Second.Estimate is null && pair.First.Released >= since);
        var points = new List<(double Day, double Log)>();
        var best = double.NegativeInfinity;
        foreach (var day in dated.Where(pair => pair.Second.Estimate is not null).GroupBy(pair => pair.First.Released!.Value).OrderBy(day => day.Key))
        {
            var log = day.Max(pair => pair.Second.Estimate!.Value);
            if (log > best)
            {
                best = log;
                if (day.Key >= since)
                {
                    points.Add((day.Key.DayNumber, log));
                }
            }
        }

        if (points.Count < 2)
        {
            return new TrendOutcome(points.Count, bounded, null, null);
        }

        var (meanDay, meanLog) = (points.Average(point => point.Day), points.Average(point => point.Log));
        var slope = points.Sum(point => (point.Day - meanDay) * (point.Log - meanLog)) / points.Sum(point => (point.Day - meanDay) * (point.Day - meanDay));
        var crossing = Math.Floor(meanDay + ((PortableMath.Log(length.Value) - meanLog) / slope));
        return new TrendOutcome(
            points.Count,
            bounded,
            LogisticCurve.Ln2 / slope,
            crossing > DateOnly.MaxValue.DayNumber ? null : DateOnly.FromDayNumber((int)Math.Max(0, crossing)));
    }
}
