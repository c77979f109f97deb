namespace Standstill.Measurement.Capability.Trends;

/// <summary>A day number and ln(minutes) on it.</summary>
internal readonly record struct DayLog(double Day, double Log);

/// <summary>A least-squares line, by its orthogonal parts.</summary>
/// <param name="Count">How many points.</param>
/// <param name="MeanDay">The mean day.</param>
/// <param name="MeanLog">The mean log: the line's value on the mean day.</param>
/// <param name="Slope">Growth of ln(minutes) per day.</param>
/// <param name="Spread">Σ (day − mean day)².</param>
/// <param name="Rss">The sum of squared residuals.</param>
internal readonly record struct LineFit(int Count, double MeanDay, double MeanLog, double Slope, double Spread, double Rss)
{
    public double At(double day) => MeanLog + (Slope * (day - MeanDay));
}

/// <summary>A third column beside constant and day, made orthogonal to both: what it adds to a <see cref="LineFit"/>.</summary>
/// <remarks>With the column c and c̃ = c − Mean − Tilt·(day − mean day), the fit of all three is line + γ·c̃, γ = Σ c̃·r / Σ c̃² with r the
/// residuals of the line, and its residual sum of squares is that of the line less γ²·Σ c̃² (Frisch and Waugh 1933, Econometrica 1:387).</remarks>
/// <param name="Break">The day of the bend, for the column max(0, day − break); not a number for the column (day − mean day)².</param>
/// <param name="MeanDay">The mean day of the line.</param>
/// <param name="Mean">The mean of the column.</param>
/// <param name="Tilt">Its slope on the day.</param>
/// <param name="Norm">Σ c̃²; 0 where the points say nothing of γ.</param>
/// <param name="Coefficient">γ; 0 where Norm is 0.</param>
internal readonly record struct ThirdColumn(double Break, double MeanDay, double Mean, double Tilt, double Norm, double Coefficient)
{
    public bool IsBend => !double.IsNaN(Break);

    /// <summary>c̃ on a day.</summary>
    public double At(double day) => Column(day) - Mean - (Tilt * (day - MeanDay));

    /// <summary>The growth of c̃ per day, on a day.</summary>
    public double SlopeAt(double day) => (IsBend ? (day >= Break ? 1 : 0) : 2 * (day - MeanDay)) - Tilt;

    private double Column(double day) => IsBend ? Math.Max(0, day - Break) : (day - MeanDay) * (day - MeanDay);

    public static ThirdColumn Bend(ReadOnlySpan<DayLog> points, in LineFit line, double at) => new ThirdColumn(at, line.MeanDay, 0, 0, 0, 0).Fitted(points, line);

    public static ThirdColumn Square(ReadOnlySpan<DayLog> points, in LineFit line) => new ThirdColumn(double.NaN, line.MeanDay, 0, 0, 0, 0).Fitted(points, line);

    private ThirdColumn Fitted(ReadOnlySpan<DayLog> points, in LineFit line)
    {
        var mean = 0.0;
        foreach (var point in points)
        {
            mean += Column(point.Day);
        }

        mean /= points.Length;
        var product = 0.0;
        var scale = 0.0;
        foreach (var point in points)
        {
            var centred = Column(point.Day) - mean;
            product += centred * (point.Day - line.MeanDay);
            scale += centred * centred;
        }

        var tilt = product / line.Spread;
        var norm = 0.0;
        var along = 0.0;
        foreach (var point in points)
        {
            var rest = Column(point.Day) - mean - (tilt * (point.Day - line.MeanDay));
            norm += rest * rest;
            along += rest * (point.Log - line.At(point.Day));
        }

        return norm > 1e-12 * scale
            ? this with { Mean = mean, Tilt = tilt, Norm = norm, Coefficient = along / norm }
            : this with { Mean = mean, Tilt = tilt };
    }
}

/// <summary>Least squares of ln(minutes) on the day number, in two passes, summed in order of the days.</summary>
internal static class LeastSquares
{
    /// <summary>The line through at least two points on different days.</summary>
    public static LineFit Line(ReadOnlySpan<DayLog> points)
    {
        var (days, logs) = (0.0, 0.0);
        foreach (var point in points)
        {
            days += point.Day;
            logs += point.Log;
        }

        var meanDay = days / points.Length;
        var meanLog = logs / points.Length;
        var (squares, products) = (0.0, 0.0);
        foreach (var point in points)
        {
            var day = point.Day - meanDay;
            squares += day * day;
            products += day * (point.Log - meanLog);
        }

        var line = new LineFit(points.Length, meanDay, meanLog, products / squares, squares, 0);
        var rss = 0.0;
        foreach (var point in points)
        {
            var rest = point.Log - line.At(point.Day);
            rss += rest * rest;
        }

        return line with { Rss = rss };
    }

    /// <summary>The residual sum of squares with a third column, its coefficient freely chosen or shrunk.</summary>
    public static double Rss(in LineFit line, in ThirdColumn column, double coefficient)
    {
        var missed = column.Coefficient - coefficient;
        return Math.Max(0, line.Rss - (column.Coefficient * column.Coefficient * column.Norm)) + (missed * missed * column.Norm);
    }

    /// <summary>The days between which a bend is sought so that each side has some points, one on the bend counting for both.</summary>
    /// <returns>Nothing where there are too few points.</returns>
    public static (double First, double Last)? BreakRange(ReadOnlySpan<DayLog> points, int leastEachSide) =>
        points.Length >= 2 * leastEachSide ? (points[leastEachSide - 1].Day, points[^leastEachSide].Day) : null;

    /// <summary>The bend with the least residual sum of squares, by trying every day of a range; of equal ones the earliest.</summary>
    public static ThirdColumn BestBend(ReadOnlySpan<DayLog> points, in LineFit line, double first, double last, double step)
    {
        var best = ThirdColumn.Bend(points, line, first);
        for (var day = first + step; day <= last; day += step)
        {
            var bend = ThirdColumn.Bend(points, line, day);
            if (bend.Coefficient * bend.Coefficient * bend.Norm > best.Coefficient * best.Coefficient * best.Norm)
            {
                best = bend;
            }
        }

        return best;
    }
}
