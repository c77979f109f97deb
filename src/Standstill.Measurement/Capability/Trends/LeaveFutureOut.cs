using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Trends;

/// <summary>What came of a forecast: the frontier of the figures on the target day.</summary>
/// <param name="Months">How far ahead it was.</param>
/// <param name="Day">The target's day number.</param>
/// <param name="Log">ln(minutes) of the running maximum of the figures released up to that day.</param>
internal readonly record struct Target(int Months, int Day, double Log);

/// <summary>What could have been forecast on one past day, and what came of it.</summary>
/// <param name="Day">The day number, on which the frontier advanced.</param>
/// <param name="Plain">For each shape the courses by least squares alone.</param>
/// <param name="Informed">For each shape the courses of the combined forecast.</param>
/// <param name="Akaike">For each shape its AICc weight on that day.</param>
/// <param name="Targets">What came of it.</param>
internal sealed record PastOrigin(int Day, FrontierPath[][] Plain, FrontierPath[][] Informed, double[] Akaike, Target[] Targets)
{
    /// <summary>The distribution under one of the shapes or a mixture of them.</summary>
    public static PathMixture On(FrontierPath[][] paths, double[] weights, double day) =>
        PathMixture.On(paths.Zip(weights), day);
}

/// <summary>Past forecasts made only of what was known, and the weights that their skill gives the shapes.</summary>
/// <remarks>
/// <para>Stacking of predictive distributions: Yao, Vehtari, Simpson and Gelman, Bayesian Analysis 13 (2018) 917–1007, with forecasts of
/// the future in the place of left-out points: Bürkner, Gabry and Vehtari, Journal of Statistical Computation and Simulation 90 (2020)
/// 2499–2523. The weights w maximise Σ over origins of the mean over targets of ln Σ w_k p_k(target), plus
/// <see cref="PriorOrigins"/> · the mean of ln w_k: with few origins the weights stay near equal ones.</para>
/// <para>The figures are those known at the end; figures as they stood on each past day are not in the table.</para>
/// </remarks>
internal static class LeaveFutureOut
{
    /// <summary>How far ahead skill is measured, in months.</summary>
    public static readonly int[] Ranges = [3, 6, 9, 12];

    /// <summary>The shapes, in the order of all weights.</summary>
    public static readonly TrendShape[] Shapes = [TrendShape.OneSlope, TrendShape.TwoSlopes, TrendShape.Curved];

    /// <summary>The fewest frontier points from which forecasts are made: enough for every shape.</summary>
    public const int LeastPoints = 6;

    /// <summary>How many origins equal weights count for.</summary>
    private const double PriorOrigins = 2;

    /// <summary>All past origins, in order of days.</summary>
    public static List<PastOrigin> Origins(HorizonHistory history, int since, Seed seed, int draws, bool plain, DrawLoop loop)
    {
        var frontier = history.Frontier(-1, since, DateOnly.MaxValue.DayNumber).Points;
        var origins = new List<PastOrigin>();
        for (var i = LeastPoints - 1; i < frontier.Length; i++)
        {
            var day = (int)frontier[i].Day;
            var targets = Targets(history, frontier, day);
            if (targets.Length > 0)
            {
                origins.Add(new PastOrigin(
                    day,
                    plain ? Paths(history, PathPrior.Plain, since, day, seed, draws, loop)! : [],
                    Paths(history, PathPrior.Combined, since, day, seed, draws, loop)!,
                    Akaike(frontier.AsSpan(0, i + 1)),
                    targets));
            }
        }

        return origins;
    }

    /// <summary>The courses of all shapes; nothing with too few points.</summary>
    public static FrontierPath[][]? Paths(HorizonHistory history, PathPrior prior, int since, int day, Seed seed, int draws, DrawLoop loop)
    {
        var paths = Shapes.Select(shape => PathSampler.Draw(history, shape, prior, since, day, day, seed, draws, loop)).ToArray();
        return paths.Any(drawn => drawn is null) ? null : [.. paths.OfType<FrontierPath[]>()];
    }

    /// <summary>The AICc weights of all shapes; 0 for one that cannot be fitted.</summary>
    public static double[] Akaike(ReadOnlySpan<DayLog> points)
    {
        var fits = TrendShapes.Fit(points);
        return [.. Shapes.Select(shape => fits.FirstOrDefault(fit => fit.Shape == shape)?.Weight ?? 0)];
    }

    /// <summary>The weights on a day, from the forecasts whose targets were then known.</summary>
    /// <param name="origins">The past origins.</param>
    /// <param name="scores">For each origin and target the log density under each shape.</param>
    /// <param name="known">The day number.</param>
    public static double[] Weights(List<PastOrigin> origins, double[][][] scores, int known)
    {
        var prior = Shapes.Select(_ => PriorOrigins / Shapes.Length).ToArray();
        var weights = Shapes.Select(_ => 1.0 / Shapes.Length).ToArray();

        // Expectation-maximisation of mixture weights: the objective is concave, and each step raises it.
        for (var step = 0; step < 300; step++)
        {
            var counts = (double[])prior.Clone();
            var total = PriorOrigins;
            for (var o = 0; o < origins.Count; o++)
            {
                var usable = origins[o].Targets.Count(target => target.Day <= known);
                if (usable == 0 || origins[o].Day >= known)
                {
                    continue;
                }

                total++;
                for (var t = 0; t < origins[o].Targets.Length; t++)
                {
                    if (origins[o].Targets[t].Day <= known)
                    {
                        Share(scores[o][t], weights, counts, 1.0 / usable);
                    }
                }
            }

            weights = [.. counts.Select(count => count / total)];
        }

        return weights;
    }

    /// <summary>For each origin and target the log density under each shape.</summary>
    public static double[][][] Scores(List<PastOrigin> origins) =>
    [
        .. origins.Select(origin => origin.Targets.Select(target => origin.Informed
            .Select(paths => PortableMath.Log(Math.Max(1e-30, PathMixture.On([(paths, 1)], target.Day).Density(target.Log)))).ToArray()).ToArray()),
    ];

    private static void Share(double[] scores, double[] weights, double[] counts, double mass)
    {
        var most = scores.Max();
        var parts = scores.Zip(weights, (score, weight) => weight * PortableMath.Exp(score - most)).ToArray();
        var sum = parts.Sum();
        for (var k = 0; k < parts.Length; k++)
        {
            counts[k] += mass * parts[k] / sum;
        }
    }

    private static Target[] Targets(HorizonHistory history, DayLog[] frontier, int day)
    {
        var last = history.LastReleased!.Value;
        return
        [
            .. from months in Ranges
               let target = DateOnly.FromDayNumber(day).AddMonths(months)
               where target <= last
               select new Target(months, target.DayNumber, frontier.Last(point => point.Day <= target.DayNumber).Log),
        ];
    }
}
