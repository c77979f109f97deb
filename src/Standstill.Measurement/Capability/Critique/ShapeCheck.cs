using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>Whether a logistic curve fits one agent's runs as well as it would if it were the truth.</summary>
/// <remarks>
/// <para>The distance between the logistic fit and the isotonic one is compared with the distances in samples drawn from the logistic
/// fit and fitted anew (parametric bootstrap; A. C. Davison and D. V. Hinkley, "Bootstrap Methods and their Application", Cambridge 1997,
/// section 4.2.3).</para>
/// <para>Runs of one task agree more than the curve alone would have it, since tasks of one length differ in difficulty; a bootstrap that
/// drew runs independently would reject every curve. With chance <see cref="Correlation"/> all runs of a task are therefore drawn as one,
/// otherwise each by itself: any two then have that correlation, and it is estimated from the pairs in the data by moments.</para>
/// </remarks>
/// <param name="Distance">√(Σ w·(logistic − isotonic)²) over the tasks, in units of probability.</param>
/// <param name="Correlation">The correlation of two runs of one task given its length, in [0, 1].</param>
/// <param name="PValue">(1 + samples at least as far apart) / (1 + samples).</param>
public sealed record ShapeCheck(double Distance, double Correlation, Probability PValue)
{
    /// <summary>One check for each agent, in the order of <see cref="RunSet.Agents"/>; absent where the fit gives only bounds.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="settings">How they are fitted.</param>
    /// <param name="seed">From which the samples follow.</param>
    /// <param name="draws">How many samples, at least 1.</param>
    /// <param name="loop">How they are run; the result does not depend on it.</param>
    public static ImmutableArray<ShapeCheck?> Of(RunSet runs, HorizonSettings settings, Seed seed, int draws, DrawLoop loop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        ImmutableArray<Sampled?> agents =
        [
            .. RunDesign.Of(runs, settings).Cells.Select(cells =>
                HorizonEstimator.Fit([.. cells.Select(cell => cell.Observation)], settings.Lambda) is HorizonFit.Fitted fitted
                    ? new Sampled(cells, fitted.Falling, settings.Lambda)
                    : null),
        ];
        var distances = new double[draws * agents.Length];
        loop(draws, draw =>
        {
            var random = SeededRandom.Stream(seed, (ulong)draw);
            for (var agent = 0; agent < agents.Length; agent++)
            {
                distances[(draw * agents.Length) + agent] = agents[agent]?.Draw(random) ?? 0;
            }
        });

        return
        [
            .. agents.Select((sampled, agent) => sampled is null
                ? null
                : new ShapeCheck(
                    sampled.Distance,
                    sampled.Correlation,
                    new Probability((1.0 + Enumerable.Range(0, draws).Count(draw => distances[(draw * agents.Length) + agent] >= sampled.Distance)) / (1 + draws)))),
        ];
    }

    /// <summary>One agent's cells in the order of length, with equal lengths together.</summary>
    private sealed class Sampled
    {
        private readonly RunCell[] cells;
        private readonly double[] chances;
        private readonly double lambda;
        private readonly LogisticCurve curve;

        public Sampled(ImmutableArray<RunCell> cells, LogisticCurve curve, double lambda)
        {
            this.cells = [.. cells.OrderBy(cell => cell.X)];
            this.curve = curve;
            this.lambda = lambda;
            chances = [.. this.cells.Select(cell => PortableMath.Logistic(curve.Intercept + (curve.Slope * cell.X)))];
            Correlation = PairCorrelation();
            Distance = Apart([.. this.cells.Select(cell => cell.Observation)], curve);
        }

        public double Distance { get; }

        public double Correlation { get; }

        public double Draw(SeededRandom random)
        {
            var observations = new Observation[cells.Length];
            var (success, failure) = (false, false);
            for (var i = 0; i < cells.Length; i++)
            {
                var cell = cells[i];
                var successes = 0;
                if (random.NextUniform() < Correlation)
                {
                    successes = random.NextUniform() < chances[i] ? cell.Runs : 0;
                }
                else
                {
                    for (var run = 0; run < cell.Runs; run++)
                    {
                        successes += random.NextUniform() < chances[i] ? 1 : 0;
                    }
                }

                success |= successes > 0;
                failure |= successes < cell.Runs;
                observations[i] = new Observation(cell.X, cell.RunWeight * cell.Runs, (double)successes / cell.Runs);
            }

            // All alike: both fits are level and agree.
            return success && failure ? Apart(observations, LogisticSolver.Solve(observations, lambda, curve)) : 0;
        }

        private double PairCorrelation()
        {
            var (together, alone) = (0.0, 0.0);
            for (var i = 0; i < cells.Length; i++)
            {
                var cell = cells[i];
                if (cell.Runs < 2)
                {
                    continue;
                }

                var (sum, squares) = (0.0, 0.0);
                foreach (var (score, count) in cell.Scores)
                {
                    var residual = score - chances[i];
                    sum += residual * count;
                    squares += residual * residual * count;
                }

                var weight = cell.RunWeight * cell.Runs;
                together += weight * ((sum * sum) - squares) / ((double)cell.Runs * (cell.Runs - 1));
                alone += weight * chances[i] * (1 - chances[i]);
            }

            return alone > 0 ? Math.Clamp(together / alone, 0, 1) : 0;
        }

        private static double Apart(Observation[] observations, LogisticCurve curve)
        {
            // One value for each length: tasks of one length are not ordered among themselves.
            var (values, weights, lengths) = (new List<double>(), new List<double>(), new List<double>());
            foreach (var o in observations)
            {
                if (lengths.Count > 0 && lengths[^1] == o.X)
                {
                    var weight = weights[^1] + o.Weight;
                    values[^1] = ((values[^1] * weights[^1]) + (o.Success * o.Weight)) / weight;
                    weights[^1] = weight;
                }
                else
                {
                    lengths.Add(o.X);
                    values.Add(o.Success);
                    weights.Add(o.Weight);
                }
            }

            double[] pooled = [.. values];
            IsotonicCurve.Pool(pooled, [.. weights]);
            var (sum, mass) = (0.0, 0.0);
            for (var i = 0; i < pooled.Length; i++)
            {
                var gap = PortableMath.Logistic(curve.Intercept + (curve.Slope * lengths[i])) - pooled[i];
                sum += weights[i] * gap * gap;
                mass += weights[i];
            }

            return Math.Sqrt(sum / mass);
        }
    }
}
