using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Trends;

/// <summary>Draws courses of the frontier under one shape, from what was known on one day.</summary>
/// <remarks>
/// <para>Draw d takes the frontier of draw d of the horizons and fits the shape to it, so that the error of measurement moves the
/// centre. The scatter σ² is drawn from its posterior (RSS/χ² with n − k degrees) given the frontier of the figures themselves: the draws
/// add the error of measurement a second time, and fitting the scatter to them would count it twice. The coefficients are then drawn
/// with the part of σ² that exceeds the error of measurement, since that error moves them from draw to draw already.</para>
/// <para>The break of two slopes is drawn from its posterior on an even grid of <see cref="BreakCandidates"/> days.</para>
/// </remarks>
internal sealed class PathSampler
{
    /// <summary>Days per year.</summary>
    public const double Year = 365.25;

    private const int BreakCandidates = 48;

    /// <summary>How many of the latest gaps between advances the next ones are taken from.</summary>
    private const int LatestGaps = 2;

    /// <summary>How long past the origin a curve goes on curving, in days.</summary>
    private const double CurvesFor = 2 * Year;

    /// <summary>How far courses are drawn, in days.</summary>
    private const double Reach = 10 * Year;

    /// <summary>Streams of courses begin here; those below belong to the draws of horizons from the same seed.</summary>
    private const ulong FirstStream = 1UL << 40;

    private readonly HorizonHistory history;
    private readonly PathPrior prior;
    private readonly TrendShape shape;
    private readonly int since;
    private readonly int known;
    private readonly double origin;
    private readonly DayLog[] figures;
    private readonly double record;
    private readonly LineFit line;
    private readonly double noise;
    private readonly double[] breakWeights;
    private readonly double meanLag;

    private PathSampler(HorizonHistory history, FrontierPoints frontier, PathPrior prior, TrendShape shape, int since, int known, double origin)
    {
        this.history = history;
        this.prior = prior;
        this.shape = shape;
        this.since = since;
        this.known = known;
        this.origin = origin;
        figures = frontier.Points;
        record = frontier.Record;
        line = LeastSquares.Line(figures);
        noise = ErrorOfMeasurement(history, frontier.Models);
        meanLag = prior.Lags ? MeanLag() : 0;
        breakWeights = shape == TrendShape.TwoSlopes ? BreakWeights() : [];
    }

    /// <summary>Draws one course for each of the first <paramref name="count"/> draws.</summary>
    /// <param name="history">The history, its bounds taken for values.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="prior">What is assumed.</param>
    /// <param name="since">First day number of the window.</param>
    /// <param name="known">Last day number of what was known.</param>
    /// <param name="origin">The day number from which courses run, at least <paramref name="known"/>.</param>
    /// <param name="seed">From which all courses follow.</param>
    /// <param name="count">How many, at most the draws of the history.</param>
    /// <param name="loop">How they are run.</param>
    /// <returns>Nothing where the frontier has too few points for the shape.</returns>
    public static FrontierPath[]? Draw(
        HorizonHistory history, TrendShape shape, PathPrior prior, int since, int known, int origin, Seed seed, int count, DrawLoop loop)
    {
        var frontier = history.Frontier(-1, since, known);
        if (frontier.Points.Length < LeastPoints(shape))
        {
            return null;
        }

        var sampler = new PathSampler(history, frontier, prior, shape, since, known, origin);
        var paths = new FrontierPath[count];
        loop(count, draw => paths[draw] = sampler.One(draw, SeededRandom.Stream(seed, FirstStream + ((ulong)draw * 4) + (ulong)shape)));
        return paths;
    }

    public static int LeastPoints(TrendShape shape) => TrendShapes.Parameters(shape) + 1;

    private bool Shrinks => double.IsFinite(prior.PastBend);

    /// <summary>The mean over draws of the variance over models of what the draws add: what all models share does not count.</summary>
    private static double ErrorOfMeasurement(HorizonHistory history, int[] models)
    {
        var sum = 0.0;
        for (var draw = 0; draw < history.Draws; draw++)
        {
            var (mean, squares) = (0.0, 0.0);
            for (var i = 0; i < models.Length; i++)
            {
                var log = history.Log(draw, models[i]);
                var added = double.IsFinite(log) ? log - history.Models[models[i]].Log : 0;
                var step = added - mean;
                mean += step / (i + 1);
                squares += step * (added - mean);
            }

            sum += squares / (models.Length - 1);
        }

        return sum / history.Draws;
    }

    private FrontierPath One(int draw, SeededRandom random)
    {
        var drawn = history.Frontier(draw, since, known).Points;
        var points = drawn.Length < LeastPoints(shape) ? figures : drawn;
        var fitted = LeastSquares.Line(points);
        var column = Column(points, fitted, random);
        var variance = Variance(column, random);
        var beyond = Math.Max(0, variance - noise);
        var share = column is { } third ? Coefficient(third, fitted, variance, random) : 0;
        var level = fitted.At(origin) + (random.NextNormal() * Math.Sqrt(beyond / fitted.Count));
        var tilt = random.NextNormal() * Math.Sqrt(beyond / fitted.Spread);
        var slope = fitted.Slope + tilt;
        level += tilt * (origin - fitted.MeanDay);
        var path = new FrontierPath(origin, record, Math.Sqrt(variance), random.NextNormal(), Lag(random), meanLag);
        path.Begin(
            level + (share * (column?.At(origin) ?? 0)),
            slope + (share * (column?.SlopeAt(origin) ?? 0)),
            column is { IsBend: false } ? share : 0);
        Bend(path, Math.Abs(fitted.Slope), random);
        return path;
    }

    private ThirdColumn? Column(DayLog[] points, LineFit fitted, SeededRandom random)
    {
        if (shape == TrendShape.OneSlope)
        {
            return null;
        }

        return shape == TrendShape.Curved ? ThirdColumn.Square(points, fitted) : ThirdColumn.Bend(points, fitted, Break(random));
    }

    private double Break(SeededRandom random)
    {
        var at = random.NextUniform() * breakWeights.Sum();
        var pick = 0;
        while (pick < BreakCandidates - 1 && at >= breakWeights[pick])
        {
            at -= breakWeights[pick++];
        }

        return BreakDay(pick);
    }

    private double BreakDay(int candidate)
    {
        var (first, last) = Shrinks
            ? (figures[1].Day, figures[^1].Day)
            : LeastSquares.BreakRange(figures, TrendShapes.LeastEachSide)!.Value;
        return first + ((last - first) * (candidate + 0.5) / BreakCandidates);
    }

    /// <summary>The posterior of the break given the frontier of the figures, its prior even over the days.</summary>
    private double[] BreakWeights()
    {
        var bends = Enumerable.Range(0, BreakCandidates).Select(i => ThirdColumn.Bend(figures, line, BreakDay(i))).ToArray();
        var residual = bends.Min(bend => LeastSquares.Rss(line, bend, bend.Coefficient));
        var variance = Math.Max(residual, 1e-12) / Math.Max(1, figures.Length - 4);
        var logs = bends.Select(bend => Shrinks ? Evidence(bend, line, variance) : FreeEvidence(bend, line)).ToArray();
        var most = logs.Max();
        return Array.ConvertAll(logs, log => PortableMath.Exp(log - most));
    }

    /// <summary>ln of the marginal likelihood of a break, coefficient and variance integrated over flat priors (up to a constant).</summary>
    private static double FreeEvidence(in ThirdColumn bend, in LineFit fitted) => bend.Norm > 0
        ? (-0.5 * PortableMath.Log(bend.Norm)) - (0.5 * (fitted.Count - 3) * PortableMath.Log(Math.Max(LeastSquares.Rss(fitted, bend, bend.Coefficient), 1e-300)))
        : double.NegativeInfinity;

    /// <summary>ln of the marginal likelihood of a break, the coefficient integrated over its normal prior, the variance given.</summary>
    private double Evidence(in ThirdColumn bend, in LineFit fitted, double variance)
    {
        var ratio = PriorVariance(bend, fitted) * bend.Norm / variance;
        return (-0.5 * PortableMath.Log(1 + ratio)) + (0.5 * bend.Coefficient * bend.Coefficient * bend.Norm / variance * ratio / (1 + ratio));
    }

    /// <summary>The prior variance of the third coefficient. A curve is taken for many small bends: its slope changes over the span of the
    /// points with the variance of the bends that are expected in that time.</summary>
    private double PriorVariance(in ThirdColumn column, in LineFit fitted)
    {
        var bend = prior.PastBend * fitted.Slope * prior.PastBend * fitted.Slope;
        if (column.IsBend)
        {
            return bend;
        }

        var span = figures[^1].Day - figures[0].Day;
        return bend * Math.Max(1, prior.BendsPerYear * span / Year) / (4 * span * span);
    }

    private double Variance(ThirdColumn? column, SeededRandom random)
    {
        var residual = line.Rss;
        if (column is { } third)
        {
            var own = third.IsBend ? ThirdColumn.Bend(figures, line, third.Break) : ThirdColumn.Square(figures, line);
            residual = LeastSquares.Rss(line, own, Shrinks ? own.Coefficient * Shrinkage(own, line, residual / Math.Max(1, line.Count - 2)) : own.Coefficient);
        }

        var degrees = Math.Max(1, line.Count - (shape == TrendShape.OneSlope ? 2 : shape == TrendShape.Curved || Shrinks ? 3 : 4));
        var squares = 0.0;
        for (var i = 0; i < degrees; i++)
        {
            var z = random.NextNormal();
            squares += z * z;
        }

        return Math.Max(residual, 1e-12) / squares;
    }

    private double Shrinkage(in ThirdColumn column, in LineFit fitted, double variance)
    {
        var known = PriorVariance(column, fitted) * column.Norm;
        return known > 0 ? known / (known + variance) : 0;
    }

    private double Coefficient(in ThirdColumn column, in LineFit fitted, double variance, SeededRandom random)
    {
        var z = random.NextNormal();
        if (!Shrinks)
        {
            return column.Norm > 0 ? column.Coefficient + (z * Math.Sqrt(Math.Max(0, variance - noise) / column.Norm)) : 0;
        }

        var spread = PriorVariance(column, fitted);
        return (column.Coefficient * Shrinkage(column, fitted, variance)) + (z * Math.Sqrt(spread * variance / (variance + (spread * column.Norm))));
    }

    /// <summary>How long ago the frontier was advanced, seen from a day picked at random: within a gap picked by its length.</summary>
    private double Lag(SeededRandom random)
    {
        var within = random.NextUniform();
        var picked = random.NextUniform();
        if (!prior.Lags)
        {
            return 0;
        }

        var first = Math.Max(1, figures.Length - LatestGaps);
        var at = picked * (figures[^1].Day - figures[first - 1].Day);
        for (var i = first; i < figures.Length; i++)
        {
            var gap = figures[i].Day - figures[i - 1].Day;
            if (at < gap || i == figures.Length - 1)
            {
                return within * gap;
            }

            at -= gap;
        }

        return 0;
    }

    /// <summary>The mean of <see cref="Lag"/>: Σ gap² / 2 Σ gap.</summary>
    private double MeanLag()
    {
        var (gaps, squares) = (0.0, 0.0);
        for (var i = Math.Max(1, figures.Length - LatestGaps); i < figures.Length; i++)
        {
            var gap = figures[i].Day - figures[i - 1].Day;
            gaps += gap;
            squares += gap * gap;
        }

        return squares / (2 * gaps);
    }

    private void Bend(FrontierPath path, double usual, SeededRandom random)
    {
        var curved = shape == TrendShape.Curved;
        var day = origin;
        while (prior.BendsPerYear > 0)
        {
            day -= PortableMath.Log(random.NextUniform()) * Year / prior.BendsPerYear;
            var factor = prior.ComingBend * random.NextNormal();
            if (day > origin + Reach)
            {
                break;
            }

            if (curved && day > origin + CurvesFor)
            {
                path.Straighten(origin + CurvesFor);
                curved = false;
            }

            path.Turn(day, slope => slope > 0 ? slope * PortableMath.Exp(factor) : slope + (usual * factor));
        }

        if (curved)
        {
            path.Straighten(origin + CurvesFor);
        }
    }
}
