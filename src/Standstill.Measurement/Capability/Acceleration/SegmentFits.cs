namespace Standstill.Measurement.Capability.Acceleration;

/// <summary>A straight line through some of the points.</summary>
/// <param name="Slope">Per year.</param>
/// <param name="Level">At the mean time of the series, from its mean value.</param>
/// <param name="Squares">The sum of squared residuals.</param>
internal readonly record struct LineFit(double Slope, double Level, double Squares);

/// <summary>A line with one lasting step upward or downward between two points.</summary>
/// <param name="First">The first point after the step.</param>
/// <param name="Slope">Per year, on both sides.</param>
/// <param name="Height">How far the level changes.</param>
/// <param name="Squares">The sum of squared residuals.</param>
internal readonly record struct StepFit(int First, double Slope, double Height, double Squares);

/// <summary>Two lines that meet.</summary>
/// <param name="At">Where they meet, in years on the axis of the fits.</param>
/// <param name="Before">The slope before, per year.</param>
/// <param name="After">The slope after, per year.</param>
/// <param name="Squares">The sum of squared residuals.</param>
internal readonly record struct BendFit(double At, double Before, double After, double Squares);

/// <summary>Least squares of one series by straight segments, from sums up to each point.</summary>
/// <remarks>
/// <para>The best bend is found exactly, not on a grid: D. J. Hudson, "Fitting segmented curves whose join points have to be
/// estimated", Journal of the American Statistical Association 61 (1966) 1097–1129. Between two neighbouring points the best join is
/// where the two separate lines cross, if they cross there; otherwise it is at a point.</para>
/// <para>Times are years from their mean and values are taken from their mean, so that the differences of sums keep their digits.</para>
/// </remarks>
internal sealed class SegmentFits
{
    /// <summary>Days in a year.</summary>
    public const double Year = 365.25;

    private readonly double[] times;
    private readonly double[] values;
    private readonly double[] t;
    private readonly double[] y;
    private readonly double[] tt;
    private readonly double[] ty;
    private readonly double[] yy;
    private readonly double origin;

    /// <summary>Sums up a series.</summary>
    /// <param name="days">Day numbers, strictly ascending.</param>
    /// <param name="levels">The value on each day.</param>
    public SegmentFits(ReadOnlySpan<int> days, ReadOnlySpan<double> levels)
    {
        var n = days.Length;
        var (day, level) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            day += days[i];
            level += levels[i];
        }

        origin = day / n;
        (times, values) = (new double[n], new double[n]);
        (t, y, tt, ty, yy) = (new double[n + 1], new double[n + 1], new double[n + 1], new double[n + 1], new double[n + 1]);
        for (var i = 0; i < n; i++)
        {
            times[i] = (days[i] - origin) / Year;
            values[i] = levels[i] - (level / n);
            t[i + 1] = t[i] + times[i];
            y[i + 1] = y[i] + values[i];
            tt[i + 1] = tt[i] + (times[i] * times[i]);
            ty[i + 1] = ty[i] + (times[i] * values[i]);
            yy[i + 1] = yy[i] + (values[i] * values[i]);
        }
    }

    /// <summary>How many points there are.</summary>
    public int Count => times.Length;

    /// <summary>The squared distances of the values from their mean.</summary>
    public double Total => yy[Count] - (y[Count] * y[Count] / Count);

    /// <summary>The time of a point, in years on the axis of the fits.</summary>
    public double Time(int i) => times[i];

    /// <summary>The day number, with a fraction, of a place on the axis of the fits.</summary>
    public double Day(double at) => origin + (at * Year);

    /// <summary>The line through the points from <paramref name="first"/> up to and without <paramref name="end"/>, at least two.</summary>
    public LineFit Line(int first, int end)
    {
        var (n, squares, product, spread) = Moments(first, end);
        var slope = product / spread;
        return new LineFit(
            slope, (y[end] - y[first] - (slope * (t[end] - t[first]))) / n, Math.Max(0, squares - (slope * product)));
    }

    /// <summary>The best step with at least <paramref name="least"/> points on each side.</summary>
    public StepFit Step(int least)
    {
        var best = StepAt(least);
        for (var first = least + 1; first <= Count - least; first++)
        {
            if (StepAt(first) is var step && step.Squares < best.Squares)
            {
                best = step;
            }
        }

        return best;
    }

    /// <summary>The step just before the point <paramref name="first"/>.</summary>
    public StepFit StepAt(int first)
    {
        var before = Moments(0, first);
        var after = Moments(first, Count);
        var product = before.Product + after.Product;
        var slope = product / (before.Spread + after.Spread);
        var rise = ((y[Count] - y[first]) / (Count - first)) - (y[first] / first);
        var run = ((t[Count] - t[first]) / (Count - first)) - (t[first] / first);
        return new StepFit(
            first, slope, rise - (slope * run), Math.Max(0, before.Squares + after.Squares - (slope * product)));
    }

    /// <summary>The best bend with at least <paramref name="least"/> points on each side; a point at the join counts on both.</summary>
    public BendFit Bend(int least)
    {
        var best = new BendFit(0, 0, 0, double.PositiveInfinity);
        for (var first = least; first <= Count - least; first++)
        {
            var before = Line(0, first);
            var after = Line(first, Count);
            var at = (before.Level - after.Level) / (after.Slope - before.Slope);
            if (at > times[first - 1] && at < times[first] && before.Squares + after.Squares < best.Squares)
            {
                best = new BendFit(at, before.Slope, after.Slope, before.Squares + after.Squares);
            }
        }

        for (var join = least - 1; join <= Count - least; join++)
        {
            if (BendAt(times[join]) is var hinge && hinge.Squares < best.Squares)
            {
                best = hinge;
            }
        }

        return best;
    }

    /// <summary>The two lines that meet at a given time: least squares on t and (t − at)⁺.</summary>
    /// <remarks>The part of the hinge that the line does not explain carries the change of slope.</remarks>
    public BendFit BendAt(double at)
    {
        var (h, th, hh, hy) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < Count; i++)
        {
            if (times[i] > at)
            {
                var hinge = times[i] - at;
                h += hinge;
                th += times[i] * hinge;
                hh += hinge * hinge;
                hy += hinge * values[i];
            }
        }

        var (n, squares, product, spread) = Moments(0, Count);
        var hingeTime = th - (h * t[Count] / n);
        var hingeValue = hy - (h * y[Count] / n);
        var hingeSpread = hh - (h * h / n);
        var free = hingeSpread - (hingeTime * hingeTime / spread);
        if (!(free > 1e-12 * hingeSpread))
        {
            return new BendFit(at, product / spread, product / spread, Math.Max(0, squares - (product * product / spread)));
        }

        var change = (hingeValue - (hingeTime * product / spread)) / free;
        var slope = (product - (change * hingeTime)) / spread;
        return new BendFit(
            at, slope, slope + change, Math.Max(0, squares - (product * product / spread) - (change * change * free)));
    }

    private (int Count, double Squares, double Product, double Spread) Moments(int first, int end)
    {
        var n = end - first;
        var (sumT, sumY) = (t[end] - t[first], y[end] - y[first]);
        return (
            n,
            yy[end] - yy[first] - (sumY * sumY / n),
            ty[end] - ty[first] - (sumT * sumY / n),
            tt[end] - tt[first] - (sumT * sumT / n));
    }
}
