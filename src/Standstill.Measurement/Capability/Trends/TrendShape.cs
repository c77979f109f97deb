using System.Collections.Immutable;
using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Trends;

/// <summary>How ln(horizon) of the frontier runs against the date.</summary>
public enum TrendShape
{
    /// <summary>A straight line: one exponential.</summary>
    OneSlope,

    /// <summary>Two straight lines that meet on a day which the data choose.</summary>
    TwoSlopes,

    /// <summary>A parabola: the slope itself changes at a steady rate.</summary>
    Curved,
}

/// <summary>The least-squares fit of one shape.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Points">How many frontier points it was fitted to.</param>
/// <param name="ResidualSquares">The sum of squared residuals of ln(minutes).</param>
/// <param name="Aicc">n·ln(RSS/n) + 2k + 2k(k+1)/(n−k−1), k counting the variance and, for two slopes, the break.</param>
/// <param name="Weight">The Akaike weight among the shapes that could be fitted.</param>
/// <param name="FirstSlope">Growth of ln(minutes) per day at the first point.</param>
/// <param name="CurrentSlope">Growth of ln(minutes) per day at the last point.</param>
/// <param name="Break">The day of the break, for two slopes.</param>
/// <param name="BreakInterval95">The profile-likelihood interval of that day.</param>
public sealed record ShapeFit(
    TrendShape Shape,
    int Points,
    double ResidualSquares,
    double Aicc,
    double Weight,
    double FirstSlope,
    double CurrentSlope,
    DateOnly? Break,
    (DateOnly First, DateOnly Last)? BreakInterval95)
{
    /// <summary>ln 2 / current slope, in days; +∞ where the slope is not above zero.</summary>
    public double CurrentDoublingDays => CurrentSlope > 0 ? PortableMath.Log(2) / CurrentSlope : double.PositiveInfinity;

    /// <summary>ln 2 / first slope, in days; +∞ where the slope is not above zero.</summary>
    public double FirstDoublingDays => FirstSlope > 0 ? PortableMath.Log(2) / FirstSlope : double.PositiveInfinity;
}

/// <summary>The one-slope line through the frontier of the figures, by its ends.</summary>
/// <param name="From">The release of the first frontier model of the window.</param>
/// <param name="LogFrom">ln(minutes) of the line on that day.</param>
/// <param name="To">The release of the last.</param>
/// <param name="LogTo">ln(minutes) of the line on that day.</param>
public readonly record struct OneSlopeLine(DateOnly From, double LogFrom, DateOnly To, double LogTo);

/// <summary>Fits the shapes to the frontier of the figures and compares them.</summary>
/// <remarks>
/// <para>AICc: Hurvich and Tsai, "Regression and time series model selection in small samples", Biometrika 76 (1989) 297–307; weights:
/// Burnham and Anderson, "Model selection and multimodel inference", 2nd ed. 2002, sections 2.4 and 2.9. A shape for which n − k − 1 is
/// below 1 is not fitted.</para>
/// <para>Two slopes: continuous, the break tried on every day that leaves at least <see cref="LeastEachSide"/> points on each side
/// (one on the break counts for both), instead of the linearised search of Muggeo, "Estimating regression models with unknown
/// break-points", Statistics in Medicine 22 (2003) 3055–3071: the likelihood may have several peaks and the days are few. The interval
/// of the break is the span of the days with n·ln(RSS(day)/RSS) at most 3.841, the 95 % quantile of χ² with one degree of freedom; near
/// the ends of the range, and with few points, that is an approximation.</para>
/// </remarks>
public static class TrendShapes
{
    /// <summary>The fewest points on each side of a break.</summary>
    public const int LeastEachSide = 3;

    /// <summary>The 95 % quantile of χ² with one degree of freedom.</summary>
    private const double ChiSquare95 = 3.841458820694124;

    /// <summary>Parameters with the variance, and the break where there is one.</summary>
    internal static int Parameters(TrendShape shape) => shape switch { TrendShape.OneSlope => 3, TrendShape.Curved => 4, _ => 5 };

    /// <summary>Fits every shape that the points allow, bounds taken for values; empty with fewer than five frontier points.</summary>
    /// <param name="history">The history; only its figures are used, not its draws.</param>
    /// <param name="since">The first day of the window; earlier models count for the running maximum only.</param>
    /// <param name="until">The last day of the window.</param>
    public static ImmutableArray<ShapeFit> Fit(HorizonHistory history, DateOnly? since = null, DateOnly? until = null) =>
        Fit(history.Frontier(-1, since?.DayNumber ?? 0, (until ?? DateOnly.MaxValue).DayNumber).Points);

    /// <summary>The one-slope line, bounds taken for values, for a chart; absent with fewer than two frontier points.</summary>
    /// <param name="history">The history; only its figures are used.</param>
    /// <param name="since">The first day of the window.</param>
    public static OneSlopeLine? Line(HorizonHistory history, DateOnly? since = null)
    {
        var points = history.Frontier(-1, since?.DayNumber ?? 0, DateOnly.MaxValue.DayNumber).Points;
        if (points.Length < 2)
        {
            return null;
        }

        var line = LeastSquares.Line(points);
        return new OneSlopeLine(
            DateOnly.FromDayNumber((int)points[0].Day), line.At(points[0].Day), DateOnly.FromDayNumber((int)points[^1].Day), line.At(points[^1].Day));
    }

    /// <summary>The doubling time in days at the end of a window, over the draws.</summary>
    /// <remarks>ln 2 / current slope of the shape, fitted in each draw to that draw's frontier; +∞ stands for "does not double". A draw with
    /// too few points for the shape allows anything from 0 to +∞. Where bounds are among the models, one slope answers as
    /// <see cref="FrontierTrend.DoublingTime"/> does; the other shapes are fitted with the bounds as values and without them, both ends are
    /// kept, and an "at least" figure opens the lower end to 0.</remarks>
    public static IndicatorDistribution DoublingTime(HorizonHistory history, TrendShape shape, DateOnly? since = null, DateOnly? until = null)
    {
        var (first, last) = (since?.DayNumber ?? 0, (until ?? DateOnly.MaxValue).DayNumber);
        var measured = history.Where(model => model.Censoring == Censoring.None);
        var bounded = history.Models.Any(model => model.Censoring != Censoring.None && model.Released.DayNumber <= last);
        var spread = true;
        var open = history.Models.Any(model => model.Censoring == Censoring.AtLeast && model.Released.DayNumber <= last);
        var (low, high) = (ImmutableArray.CreateBuilder<double>(history.Draws), ImmutableArray.CreateBuilder<double>(history.Draws));
        for (var draw = 0; draw < history.Draws; draw++)
        {
            var drawn = history.Frontier(draw, first, last);
            spread &= drawn.Models.All(i => history.Models[i].ErrorKnown || history.Models[i].Censoring != Censoring.None);
            if (shape == TrendShape.OneSlope && bounded)
            {
                var (least, greatest) = new DrawnFrontier(history.Candidates(draw, last)).DoublingDays(first);
                low.Add(least);
                high.Add(greatest);
                continue;
            }

            var with = DoublingDays(drawn.Points, shape);
            var without = bounded ? DoublingDays(measured.Frontier(draw, first, last).Points, shape) : with;
            low.Add(open ? 0 : Math.Min(with ?? 0, without ?? 0));
            high.Add(Math.Max(with ?? double.PositiveInfinity, without ?? double.PositiveInfinity));
        }

        if (DoublingDays(history.Frontier(-1, first, last).Points, shape) is not { } point)
        {
            return IndicatorDistribution.None;
        }

        return IndicatorDistribution.FromBoundedDraws(low.MoveToImmutable(), high.MoveToImmutable(), bounded ? null : point, spread);
    }

    internal static double? DoublingDays(ReadOnlySpan<DayLog> points, TrendShape shape)
    {
        if (points.Length < (shape == TrendShape.OneSlope ? 2 : Parameters(shape) + 2))
        {
            return null;
        }

        var line = LeastSquares.Line(points);
        var slope = line.Slope;
        if (shape != TrendShape.OneSlope)
        {
            if (Column(points, line, shape, step: 7) is not { } column)
            {
                return null;
            }

            slope += column.Coefficient * column.SlopeAt(points[^1].Day);
        }

        return slope > 0 ? PortableMath.Log(2) / slope : double.PositiveInfinity;
    }

    internal static ImmutableArray<ShapeFit> Fit(ReadOnlySpan<DayLog> points)
    {
        var fits = ImmutableArray.CreateBuilder<ShapeFit>();
        foreach (var shape in (TrendShape[])[TrendShape.OneSlope, TrendShape.TwoSlopes, TrendShape.Curved])
        {
            if (Fit(points, shape) is { } fit)
            {
                fits.Add(fit);
            }
        }

        var least = fits.Count == 0 ? 0 : fits.Min(fit => fit.Aicc);
        var sum = fits.Sum(fit => Likelihood(fit.Aicc, least));
        return [.. fits.Select(fit => fit with { Weight = Likelihood(fit.Aicc, least) / sum })];
    }

    private static double Likelihood(double aicc, double least) => aicc == least ? 1 : PortableMath.Exp(-0.5 * (aicc - least));

    private static ThirdColumn? Column(ReadOnlySpan<DayLog> points, in LineFit line, TrendShape shape, double step) => shape switch
    {
        TrendShape.Curved => ThirdColumn.Square(points, line),
        _ => LeastSquares.BreakRange(points, LeastEachSide) is var (first, last) ? LeastSquares.BestBend(points, line, first, last, step) : null,
    };

    private static ShapeFit? Fit(ReadOnlySpan<DayLog> points, TrendShape shape)
    {
        var (n, k) = (points.Length, Parameters(shape));
        if (n - k - 1 < 1)
        {
            return null;
        }

        var line = LeastSquares.Line(points);
        if (shape == TrendShape.OneSlope)
        {
            return new ShapeFit(shape, n, line.Rss, Aicc(line.Rss, n, k), 1, line.Slope, line.Slope, null, null);
        }

        if (Column(points, line, shape, step: 1) is not { } column)
        {
            return null;
        }

        var rss = LeastSquares.Rss(line, column, column.Coefficient);
        return new ShapeFit(
            shape,
            n,
            rss,
            Aicc(rss, n, k),
            1,
            line.Slope + (column.Coefficient * column.SlopeAt(points[0].Day)),
            line.Slope + (column.Coefficient * column.SlopeAt(points[^1].Day)),
            column.IsBend ? DateOnly.FromDayNumber((int)column.Break) : null,
            column.IsBend ? Profile(points, line, rss) : null);
    }

    private static double Aicc(double rss, int n, int k) => (n * PortableMath.Log(rss / n)) + (2 * k) + (2.0 * k * (k + 1) / (n - k - 1));

    private static (DateOnly First, DateOnly Last) Profile(ReadOnlySpan<DayLog> points, in LineFit line, double least)
    {
        var (first, last) = LeastSquares.BreakRange(points, LeastEachSide)!.Value;
        var (low, high) = (last, first);
        var limit = least * PortableMath.Exp(ChiSquare95 / points.Length);
        for (var day = first; day <= last; day++)
        {
            var bend = ThirdColumn.Bend(points, line, day);
            if (LeastSquares.Rss(line, bend, bend.Coefficient) <= limit)
            {
                low = Math.Min(low, day);
                high = Math.Max(high, day);
            }
        }

        return (DateOnly.FromDayNumber((int)low), DateOnly.FromDayNumber((int)high));
    }
}
