using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>The curve of one agent corrected for noise in the human times, by simulation and extrapolation.</summary>
/// <remarks>
/// <para>J. R. Cook and L. A. Stefanski, "Simulation-extrapolation estimation in parametric measurement error models", Journal of the
/// American Statistical Association 89 (1994) 1314–1328. Noise in the lengths flattens the curve. More noise flattens it more: with
/// √ζ times the noise added for ζ = ½, 1, 1½, 2 the median curves show how, and a quadratic through them and the plain curve (ζ = 0), by
/// least squares, is read at ζ = −1, where there would be none.</para>
/// <para>Two numbers are extrapolated, the logit at the plain 50 % horizon and the slope, and every level's horizon is that of the one
/// corrected curve. Each is the median over the draws and not, as in the paper, the mean: where successes are few, noise now and then
/// parts them from the failures altogether, and one curve as steep as the penalty allows would carry the mean away. The noise of a draw is the
/// same for all agents, since they share the suite; each draw is used with both signs, so that its mean is zero. The quadratic is an
/// approximation that removes most of the bias and not all of it; where noise is large against the spread of lengths it removes less.</para>
/// </remarks>
/// <param name="Plain">The fit on the stated times.</param>
/// <param name="Noisier">The median curves at ζ = ½, 1, 1½ and 2; empty where the plain fit gives only bounds.</param>
/// <param name="Corrected">The curve at ζ = −1; absent where the plain fit gives only bounds.</param>
public sealed record NoiseCorrection(HorizonFit Plain, ImmutableArray<LogisticCurve> Noisier, LogisticCurve? Corrected)
{
    /// <summary>The least-squares quadratic through equidistant values at ζ = 0, ½, 1, 1½, 2 read at ζ = −1 is this sum of them.</summary>
    /// <remarks>With t = (ζ − 1)/½ the orthogonal polynomials on the five points are 1, t and t² − 2, with squared norms 5, 10 and 14;
    /// at t = −4 the weight of the value at t is 1/5 − 4t/10 + 14(t² − 2)/14.</remarks>
    private static ReadOnlySpan<double> AtMinusOne => [3.0, -0.4, -1.8, -1.2, 1.4];

    /// <summary>One correction for each agent, in the order of <see cref="RunSet.Agents"/>.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="settings">How they are fitted.</param>
    /// <param name="noise">How noisy the human times are.</param>
    /// <param name="seed">From which the added noise follows.</param>
    /// <param name="draws">How often noise is drawn, at least 1; each draw is used with both signs.</param>
    /// <param name="loop">How the draws are run; the result does not depend on it.</param>
    public static ImmutableArray<NoiseCorrection> Of(
        RunSet runs, HorizonSettings settings, HumanTimeNoise noise, Seed seed, int draws, DrawLoop loop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var cells = RunDesign.Of(runs, settings).Cells;
        ImmutableArray<HorizonFit> plain = [.. cells.Select(own => HorizonEstimator.Fit([.. own.Select(cell => cell.Observation)], settings.Lambda))];
        double[] deviations = [.. runs.Tasks.Select(task => noise.Of(task.Basis) / LogisticCurve.Ln2)];
        var levels = AtMinusOne.Length - 1;
        var curves = new LogisticCurve[cells.Length * levels * draws * 2];
        loop(draws, draw =>
        {
            var random = SeededRandom.Stream(seed, (ulong)draw);
            var shifts = new double[deviations.Length];
            for (var task = 0; task < shifts.Length; task++)
            {
                shifts[task] = deviations[task] * random.NextNormal();
            }

            for (var agent = 0; agent < cells.Length; agent++)
            {
                if (plain[agent] is HorizonFit.Fitted fitted)
                {
                    for (var level = 0; level < levels; level++)
                    {
                        var root = Math.Sqrt((level + 1) / 2.0);
                        var at = Place(agent, level) + (2 * draw);
                        curves[at] = Shifted(cells[agent], shifts, root, settings.Lambda, fitted.Falling);
                        curves[at + 1] = Shifted(cells[agent], shifts, -root, settings.Lambda, fitted.Falling);
                    }
                }
            }
        });

        return [.. plain.Select((fit, agent) => One(fit, agent))];

        int Place(int agent, int level) => ((agent * levels) + level) * draws * 2;

        NoiseCorrection One(HorizonFit fit, int agent)
        {
            if (fit is not HorizonFit.Fitted fitted)
            {
                return new NoiseCorrection(fit, [], null);
            }

            var horizon = -fitted.Falling.Intercept / fitted.Falling.Slope;
            var medians = ImmutableArray.CreateBuilder<LogisticCurve>(levels);
            var (logit, slope) = (0.0, AtMinusOne[0] * fitted.Falling.Slope);
            for (var level = 0; level < levels; level++)
            {
                var drawn = curves.AsSpan(Place(agent, level), 2 * draws).ToArray();
                var height = Median(Array.ConvertAll(drawn, curve => curve.Intercept + (curve.Slope * horizon)));
                var fall = Median(Array.ConvertAll(drawn, curve => curve.Slope));
                medians.Add(new LogisticCurve(height - (fall * horizon), fall));
                logit += AtMinusOne[level + 1] * height;
                slope += AtMinusOne[level + 1] * fall;
            }

            return new NoiseCorrection(fit, medians.MoveToImmutable(), new LogisticCurve(logit - (slope * horizon), slope));
        }
    }

    /// <summary>What is known of the horizon at a success level.</summary>
    /// <remarks>Nothing, where the corrected curve does not fall.</remarks>
    public HorizonKnown Horizon(Probability success)
    {
        if (Corrected is not { } curve)
        {
            return Plain.Horizon(success);
        }

        if (!(curve.Slope < 0))
        {
            return new HorizonKnown(null, double.NegativeInfinity, double.PositiveInfinity);
        }

        var log = curve.LogHorizon(success);
        return new HorizonKnown(log, log, log);
    }

    private static LogisticCurve Shifted(ImmutableArray<RunCell> cells, double[] shifts, double times, double lambda, LogisticCurve start)
    {
        var observations = new Observation[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            observations[i] = cells[i].Observation with { X = cells[i].X + (times * shifts[cells[i].Task]) };
        }

        return LogisticSolver.Solve(observations, lambda, start);
    }

    /// <summary>The mean of the two middle values of an even number.</summary>
    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }
}
