using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Trends;

/// <summary>A predictive distribution of ln(minutes) on one day: normal kernels about the centres of drawn courses, weighted by shape.</summary>
internal sealed class PathMixture
{
    private readonly double[] centres;
    private readonly double[] scales;
    private readonly double[] weights;
    private (double Log, double Weight)[]? start;

    private PathMixture(double[] centres, double[] scales, double[] weights)
    {
        this.centres = centres;
        this.scales = scales;
        this.weights = weights;
    }

    /// <summary>The distribution on a day.</summary>
    /// <param name="parts">For each shape its courses and its weight; weights sum to 1.</param>
    /// <param name="day">The day number.</param>
    public static PathMixture On(IEnumerable<(FrontierPath[] Paths, double Weight)> parts, double day)
    {
        var (centres, scales, weights) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var (paths, weight) in parts.Where(part => part.Weight > 0))
        {
            foreach (var path in paths)
            {
                var (centre, scale) = path.At(day);
                centres.Add(centre);
                scales.Add(scale);
                weights.Add(weight / paths.Length);
            }
        }

        return new PathMixture([.. centres], [.. scales], [.. weights]);
    }

    public double Density(double log)
    {
        const double inverseRootTwoPi = 0.3989422804014327;
        var sum = 0.0;
        for (var i = 0; i < centres.Length; i++)
        {
            var z = (log - centres[i]) / scales[i];
            sum += weights[i] * inverseRootTwoPi / scales[i] * PortableMath.Exp(-0.5 * z * z);
        }

        return sum;
    }

    public double Below(double log)
    {
        var sum = 0.0;
        for (var i = 0; i < centres.Length; i++)
        {
            sum += weights[i] * PortableMath.NormalCdf((log - centres[i]) / scales[i]);
        }

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>The quantile, by Newton's method from a quantile of points drawn from the kernels, with bisection where a step leaves the
    /// bracket; to 1e-10 or a rounding of it.</summary>
    public double Quantile(double p)
    {
        var z = PortableMath.NormalQuantile(p);
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < centres.Length; i++)
        {
            low = Math.Min(low, centres[i] + (scales[i] * z));
            high = Math.Max(high, centres[i] + (scales[i] * z));
        }

        var at = Math.Clamp(Start(p), low, high);
        for (var step = 0; step < 100; step++)
        {
            var missing = Below(at) - p;
            (low, high) = missing < 0 ? (at, high) : (low, at);
            var next = at - (missing / Density(at));
            if (!(next >= low && next <= high))
            {
                next = low + ((high - low) / 2);
            }

            if (Math.Abs(next - at) <= 1e-10 * Math.Max(1, Math.Abs(at)))
            {
                return next;
            }

            at = next;
        }

        return at;
    }

    private double Start(double p)
    {
        start ??= Points();
        var sum = 0.0;
        foreach (var (log, weight) in start)
        {
            sum += weight;
            if (sum >= p)
            {
                return log;
            }
        }

        return start[^1].Log;
    }

    /// <summary>One point from each kernel, at places that run evenly through (0, 1) by the golden section, in ascending order.</summary>
    private (double Log, double Weight)[] Points()
    {
        const double golden = 0.6180339887498949;
        var points = new (double Log, double Weight)[centres.Length];
        for (var i = 0; i < points.Length; i++)
        {
            var place = (i + 0.5) * golden;
            points[i] = (centres[i] + (scales[i] * PortableMath.NormalQuantile(place - Math.Floor(place))), weights[i]);
        }

        Array.Sort(points, (one, other) => one.Log.CompareTo(other.Log));
        return points;
    }
}
