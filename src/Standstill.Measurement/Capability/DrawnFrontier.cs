using System.Collections.Immutable;

namespace Standstill.Measurement.Capability;

/// <summary>A straight line through ln(minutes) on days.</summary>
/// <param name="Slope">Growth of ln(minutes) per day.</param>
/// <param name="MeanDay">The mean day number of the points.</param>
/// <param name="MeanLog">The mean ln(minutes) of the points: the line's value at <paramref name="MeanDay"/>.</param>
internal readonly record struct LogLine(double Slope, double MeanDay, double MeanLog)
{
    public double At(double day) => MeanLog + (Slope * (day - MeanDay));
}

/// <summary>One point that may stand on the frontier.</summary>
/// <param name="Model">Index of the model in the estimate's order.</param>
/// <param name="Day">Day number of the release.</param>
/// <param name="Log">ln(minutes), or the bound on it.</param>
/// <param name="Censoring">Whether <paramref name="Log"/> is only a bound.</param>
internal readonly record struct FrontierPoint(int Model, int Day, double Log, Censoring Censoring);

/// <summary>One draw's candidates for the frontier, in order of release: the running maximum of the measured models, and every
/// model of which only a bound is known.</summary>
internal sealed class DrawnFrontier(ImmutableArray<FrontierPoint> candidates)
{
    /// <summary>Levels that are tried. With more, the greatest doubling time is left open: sound, and it bounds the work.</summary>
    private const int MostLevels = 32;

    /// <summary>ln 2.</summary>
    private const double Ln2 = 0.6931471805599453;

    private enum AtMostAs
    {
        Bound,
        RunningMaximum,
        Absent,
    }

    /// <summary>Measured models that make the running maximum among measured models, released on or after a day.</summary>
    public IEnumerable<int> Measured(int since) =>
        candidates.Where(point => point.Censoring == Censoring.None && point.Day >= since).Select(point => point.Model);

    /// <summary>Models on the frontier when every bound is taken for the value, released on or after a day.</summary>
    public ImmutableArray<int> Models(int since) => [.. Select(since, double.NegativeInfinity, joinTies: false, AtMostAs.Bound).Select(point => point.Model)];

    /// <summary>The line when every bound is taken for the value; nothing with fewer than two points.</summary>
    public LogLine? Line(int since) => Fit(Select(since, double.NegativeInfinity, joinTies: false, AtMostAs.Bound));

    /// <summary>The least and the greatest doubling time in days that the bounds allow.</summary>
    /// <remarks>
    /// <para>Each "at least" figure may be as high as one likes, so with one of them the least is 0. The greatest is found by raising
    /// all of them to a common level (or leaving those above it at their bound): first not at all, then to each value of the measured
    /// frontier, once just below it and once just reaching it. Between two such levels the frontier stays the same and the slope is a
    /// straight function of the level, so for one censored model the extremes are among these; several are moved together, which is
    /// a choice and not a proof. A level that leaves fewer than two points allows any doubling time.</para>
    /// <para>An "at most" figure is tried at its bound, at the running maximum, and absent.</para>
    /// </remarks>
    public (double Least, double Greatest) DoublingDays(int since)
    {
        var atLeast = candidates.Any(point => point.Censoring == Censoring.AtLeast);
        var atMost = candidates.Any(point => point.Censoring == Censoring.AtMost);
        var least = double.PositiveInfinity;
        var greatest = 0.0;
        foreach (var mode in atMost ? [AtMostAs.Bound, AtMostAs.RunningMaximum, AtMostAs.Absent] : (AtMostAs[])[AtMostAs.Bound])
        {
            Take(double.NegativeInfinity, joinTies: false, mode);
            if (!atLeast)
            {
                continue;
            }

            var lowest = candidates.Where(point => point.Censoring == Censoring.AtLeast).Min(point => point.Log);
            var levels = candidates.Where(point => point.Censoring == Censoring.None && point.Log >= lowest).Select(point => point.Log).ToList();
            if (levels.Count > MostLevels)
            {
                greatest = double.PositiveInfinity;
                continue;
            }

            foreach (var level in levels)
            {
                Take(level, joinTies: true, mode);
                Take(level, joinTies: false, mode);
            }
        }

        return (atLeast ? 0 : least, greatest);

        void Take(double level, bool joinTies, AtMostAs mode)
        {
            if (Fit(Select(since, level, joinTies, mode)) is { } line)
            {
                var days = line.Slope > 0 ? Ln2 / line.Slope : double.PositiveInfinity;
                least = Math.Min(least, days);
                greatest = Math.Max(greatest, days);
            }
            else
            {
                least = 0;
                greatest = double.PositiveInfinity;
            }
        }
    }

    /// <summary>The running maximum over release dates; of several models released on one day the largest.</summary>
    /// <param name="since">Points released earlier count for the maximum and are then left out.</param>
    /// <param name="level">"At least" figures below it are raised to it.</param>
    /// <param name="joinTies">With it, a bound that only equals the maximum stands on the frontier beside it; without it,
    /// a measured model that only equals a bound falls off.</param>
    /// <param name="mode">What an "at most" figure is taken for.</param>
    private List<FrontierPoint> Select(int since, double level, bool joinTies, AtMostAs mode)
    {
        var frontier = new List<FrontierPoint>(candidates.Length);
        var maximum = double.NegativeInfinity;
        foreach (var candidate in candidates)
        {
            if (candidate.Censoring == Censoring.AtMost && mode == AtMostAs.Absent)
            {
                continue;
            }

            var log = candidate.Censoring switch
            {
                Censoring.AtLeast => Math.Max(candidate.Log, level),
                Censoring.AtMost when mode == AtMostAs.RunningMaximum => Math.Min(candidate.Log, maximum),
                _ => candidate.Log,
            };
            if (log > maximum || (log == maximum && (joinTies || mode == AtMostAs.RunningMaximum) && double.IsFinite(log)))
            {
                if (frontier.Count > 0 && frontier[^1].Day == candidate.Day)
                {
                    frontier.RemoveAt(frontier.Count - 1);
                }

                frontier.Add(candidate with { Log = log });
                maximum = log;
            }
        }

        frontier.RemoveAll(point => point.Day < since);
        return frontier;
    }

    /// <summary>Least squares in two passes, summed in order of release.</summary>
    private static LogLine? Fit(List<FrontierPoint> points)
    {
        if (points.Count < 2)
        {
            return null;
        }

        var days = 0L;
        var logs = 0.0;
        foreach (var point in points)
        {
            days += point.Day;
            logs += point.Log;
        }

        var meanDay = (double)days / points.Count;
        var meanLog = logs / points.Count;
        var squares = 0.0;
        var products = 0.0;
        foreach (var point in points)
        {
            var day = point.Day - meanDay;
            squares += day * day;
            products += day * (point.Log - meanLog);
        }

        return new LogLine(products / squares, meanDay, meanLog);
    }
}
