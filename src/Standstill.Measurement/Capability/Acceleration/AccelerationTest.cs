using System.Collections.Immutable;
using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Acceleration;

/// <summary>Tests whether progress itself speeds up.</summary>
/// <remarks>
/// <para>All fits are on the frontier: models that raised the running maximum at their release, each a generation. It is selected anew
/// in every draw.</para>
/// <para>A draw carries the error of measurement. Models also scatter about any trend for reasons that no measurement explains: where
/// the residuals of the best bend are wider than the draws, the missing variance is added to each draw as independent normal noise,
/// its own size drawn too, since a dozen residuals do not tell it well (as from the posterior of a variance under Jeffreys' prior).
/// Without it the intervals would tell how well the models are measured, not how well the trend is known.</para>
/// <para>The p-value is a parametric bootstrap: series on the same dates along the line of one slope with the scatter of the residuals of the
/// best bend (those of the line hold the bend itself, if there is one), each searched in the same way for a break and a fastest earlier
/// stretch. Its frontier is not selected again.</para>
/// <para>The result depends on the series, the settings and the seed, not on the loop.</para>
/// </remarks>
public sealed class AccelerationTest
{
    /// <summary>The generations that a stretch has at least, and the points on each side of a break.</summary>
    public const int Generations = 3;

    /// <summary>The fewest frontier models with which AICc of a jump is defined: seven parameters and two to spare.</summary>
    public const int FewestModels = 9;

    /// <summary>Level, two slopes, and where they meet.</summary>
    private const int BendParameters = 4;

    private readonly AccelerationSeries series;
    private readonly int since;

    private AccelerationTest(AccelerationSeries series, int since)
    {
        this.series = series;
        this.since = since;
    }

    /// <summary>Tests a series.</summary>
    /// <param name="series">The measured models and their draws.</param>
    /// <param name="since">Frontier models released earlier count for the running maximum only; all count, where absent.</param>
    /// <param name="seed">From which the added scatter and the bootstrap follow.</param>
    /// <param name="simulations">Series of the bootstrap, at least 1.</param>
    /// <param name="loop">How draws and simulations are run; the result does not depend on it.</param>
    public static AccelerationFinding Of(AccelerationSeries series, DateOnly? since, Seed seed, int simulations, DrawLoop loop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(simulations, 1);
        return new AccelerationTest(series, since?.DayNumber ?? 0).Run(seed, simulations, loop);
    }

    private AccelerationFinding Run(Seed seed, int simulations, DrawLoop loop)
    {
        var frontier = Frontier(series.Published());
        if (frontier.Length < FewestModels)
        {
            return new AccelerationFinding.TooFew(frontier.Length, FewestModels);
        }

        var fits = Fits(frontier, series.Published());
        var bend = fits.Bend(Generations);
        var step = fits.Step(Generations);
        var stretches = Stretches(fits, bend);
        var scatter = Scatter(frontier, fits, bend);
        var freedom = fits.Count - BendParameters;
        var draws = new Draw[series.Draws];
        loop(draws.Length, draw => draws[draw] = One(draw, scatter, freedom, SeededRandom.Stream(seed, (ulong)draw)));
        var ratios = draws.Select(draw => draw.Ratio).ToArray();
        var latest = draws.Select(draw => draw.LatestRatio).ToArray();
        return new AccelerationFinding.Measured
        {
            Frontier = [.. frontier.Select(i => series.Points[i])],
            BestBend = new Bend(Date(fits.Day(bend.At)), bend.Before, bend.After),
            BestJump = new Jump(series.Points[frontier[step.First]].Name, step.Slope, step.Height),
            SlopeRatio = Distribution(ratios, Ratio(bend.Before, bend.After)),
            BreakDay = BreakDays(draws, fits.Day(bend.At)),
            Latest = Named(frontier, fits, stretches.First, fits.Count),
            FastestEarlier = Named(frontier, fits, stretches.EarlierFirst, stretches.EarlierEnd),
            LatestFaster = new ProbabilityBounds(
                new Probability(draws.Count(draw => draw.Excess > 0) / (double)draws.Length),
                new Probability(draws.Count(draw => !(draw.Excess <= 0)) / (double)draws.Length)),
            LatestRatio = Distribution(latest, Ratio(stretches.Earlier, stretches.Latest)),
            LatestPValue = PValue(frontier, fits, bend, stretches.Excess, seed, simulations, loop),
            Shapes = ShapeOdds.Bayesian(fits, Generations),
            DrawnShapes = Mean(draws),
            AkaikeShapes = ShapeOdds.Akaike(fits, Generations),
            UnexplainedScatter = scatter,
        };
    }

    /// <summary>What one draw says; not-a-number where its frontier is too short.</summary>
    private readonly record struct Draw(double Ratio, double Day, double LatestRatio, double Excess, ShapeOdds Shapes);

    /// <summary>The latest stretch and the fastest before it, as places on the frontier and slopes.</summary>
    private readonly record struct TwoStretches(int First, double Latest, int EarlierFirst, int EarlierEnd, double Earlier)
    {
        public double Excess => Latest - Earlier;
    }

    private Draw One(int draw, double scatter, int freedom, SeededRandom random)
    {
        var values = series.Drawn(draw).ToArray();
        var frontier = Frontier(values);
        if (frontier.Length < FewestModels)
        {
            return new Draw(double.NaN, double.NaN, double.NaN, double.NaN, new ShapeOdds(double.NaN, double.NaN, double.NaN));
        }

        var shapes = ShapeOdds.Bayesian(Fits(frontier, values), Generations);
        var width = scatter * Widening(freedom, random);
        foreach (var i in frontier)
        {
            values[i] += width * random.NextNormal();
        }

        var fits = Fits(frontier, values);
        var bend = fits.Bend(Generations);
        var stretches = Stretches(fits, bend);
        return new Draw(
            Ratio(bend.Before, bend.After), fits.Day(bend.At), Ratio(stretches.Earlier, stretches.Latest), stretches.Excess, shapes);
    }

    /// <summary>How many times too small an estimate of scatter may be: √(ν/χ²) with χ² of ν degrees of freedom.</summary>
    private static double Widening(int freedom, SeededRandom random)
    {
        var squares = 0.0;
        for (var i = 0; i < freedom; i++)
        {
            var normal = random.NextNormal();
            squares += normal * normal;
        }

        return Math.Sqrt(freedom / squares);
    }

    /// <summary>The models that raised the running maximum; of several on one day the highest.</summary>
    private int[] Frontier(ReadOnlySpan<double> values)
    {
        var frontier = new List<int>();
        var maximum = double.NegativeInfinity;
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) || values[i] <= maximum)
            {
                continue;
            }

            maximum = values[i];
            var day = series.Points[i].Released;
            if (frontier.Count > 0 && series.Points[frontier[^1]].Released == day)
            {
                frontier[^1] = i;
            }
            else if (day.DayNumber >= since)
            {
                frontier.Add(i);
            }
        }

        return [.. frontier];
    }

    private SegmentFits Fits(int[] frontier, double[] values) => new(
        Array.ConvertAll(frontier, i => series.Points[i].Released.DayNumber), Array.ConvertAll(frontier, i => values[i]));

    private static TwoStretches Stretches(SegmentFits fits, BendFit bend)
    {
        var first = 0;
        while (fits.Time(first) < bend.At)
        {
            first++;
        }

        // A point at the join belongs to both sides, as in the fit.
        var last = fits.Time(first) == bend.At ? first + 1 : first;
        var (from, end, fastest) = (0, Generations, double.NegativeInfinity);
        for (var i = 0; i + Generations <= last; i++)
        {
            for (var j = i + Generations; j <= last; j++)
            {
                if (fits.Line(i, j).Slope is var slope && slope > fastest)
                {
                    (from, end, fastest) = (i, j, slope);
                }
            }
        }

        return new TwoStretches(first, fits.Line(first, fits.Count).Slope, from, end, fastest);
    }

    /// <summary>The residuals of the best bend, less those that the draws would leave about a bend at the same date.</summary>
    /// <remarks>Errors that all models share move the whole frontier and leave no residual: they explain no scatter.</remarks>
    private double Scatter(int[] frontier, SegmentFits fits, BendFit bend)
    {
        var published = series.Published();
        var (measured, count) = (0.0, 0);
        for (var draw = 0; draw < series.Draws; draw++)
        {
            var errors = series.Drawn(draw).ToArray();
            foreach (var i in frontier)
            {
                errors[i] -= published[i];
            }

            if (frontier.All(i => double.IsFinite(errors[i])))
            {
                measured += Fits(frontier, errors).BendAt(bend.At).Squares / (fits.Count - BendParameters + 1);
                count++;
            }
        }

        return Math.Sqrt(Math.Max(0, (bend.Squares / (fits.Count - BendParameters)) - (count == 0 ? 0 : measured / count)));
    }

    private Probability PValue(int[] frontier, SegmentFits fits, BendFit bend, double excess, Seed seed, int simulations, DrawLoop loop)
    {
        var line = fits.Line(0, fits.Count);
        var sigma = Math.Sqrt(bend.Squares / (fits.Count - BendParameters));
        var days = Array.ConvertAll(frontier, i => series.Points[i].Released.DayNumber);
        var exceeded = new bool[simulations];
        loop(simulations, simulation =>
        {
            var random = SeededRandom.Stream(seed, (ulong)series.Draws + (ulong)simulation);
            var values = new double[days.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (line.Slope * fits.Time(i)) + (sigma * random.NextNormal());
            }

            var simulated = new SegmentFits(days, values);
            exceeded[simulation] = Stretches(simulated, simulated.Bend(Generations)).Excess >= excess;
        });

        // The series itself counts as one of the simulations: a p-value is never 0 (Davison and Hinkley, Bootstrap Methods, 1997, § 4.2.3).
        return new Probability((1.0 + exceeded.Count(one => one)) / (simulations + 1));
    }

    private static double Ratio(double before, double after) =>
        before > 0 ? Math.Max(0, after / before) : after > 0 ? double.PositiveInfinity : double.NaN;

    private static IndicatorDistribution Distribution(double[] ratios, double published) => IndicatorDistribution.FromBoundedDraws(
        [.. ratios.Select(ratio => double.IsNaN(ratio) ? 0 : ratio)],
        [.. ratios.Select(ratio => double.IsNaN(ratio) ? double.PositiveInfinity : ratio)],
        double.IsNaN(published) ? null : published,
        hasInterval: true);

    private static IndicatorDistribution BreakDays(Draw[] draws, double published)
    {
        ImmutableArray<double> days = [.. draws.Select(draw => draw.Day).Where(day => !double.IsNaN(day))];
        return days.IsEmpty ? IndicatorDistribution.None : IndicatorDistribution.FromDraws(days, published, hasInterval: true);
    }

    private static ShapeOdds? Mean(Draw[] draws)
    {
        var (line, jump, bend, count) = (0.0, 0.0, 0.0, 0);
        foreach (var draw in draws)
        {
            if (!double.IsNaN(draw.Shapes.Line))
            {
                line += draw.Shapes.Line;
                jump += draw.Shapes.Jump;
                bend += draw.Shapes.Bend;
                count++;
            }
        }

        return count == 0 ? null : new ShapeOdds(line / count, jump / count, bend / count);
    }

    private Stretch Named(int[] frontier, SegmentFits fits, int first, int end) => new(
        series.Points[frontier[first]].Released, series.Points[frontier[end - 1]].Released, end - first, fits.Line(first, end).Slope);

    private static DateOnly Date(double day) => DateOnly.FromDayNumber((int)Math.Floor(day + 0.5));
}
