using System.Collections.Immutable;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Index;

/// <summary>Abilities C, difficulties D and logarithms of slopes B, on the frame of the fit.</summary>
internal sealed record IndexSolution(double[] Abilities, double[] Difficulties, double[] LogSlopes)
{
    /// <summary>Where the search starts: all nought.</summary>
    public static IndexSolution Start(int models, int benchmarks) => new(new double[models], new double[benchmarks], new double[benchmarks]);
}

/// <summary>Minimises ½ Σ w·(σ(eᴮ(C − D)) − score)² + ½ λ (Σ C² + Σ D² + Σ B²) by damped Newton steps.</summary>
/// <remarks>
/// <para>The second derivatives are exact, not those of Gauss and Newton: along the two directions that scores leave free (moving and
/// stretching everything) only the small ridge curves the objective, and there the neglected terms would decide.</para>
/// <para>The block of the abilities is diagonal and is eliminated first (Schur complement), so that a step costs one Cholesky
/// factorisation of twice as many rows as there are benchmarks. Damping as in Levenberg and Marquardt: what is added to the diagonal grows
/// tenfold until the step lowers the objective, and shrinks tenfold after it did.</para>
/// <para>Stops when no derivative exceeds 1e-10 in absolute value. Close to the minimum the objective no longer shows whether a step helps, its
/// last digit being too coarse: then plain Newton steps are taken as long as they lower the largest derivative.</para>
/// </remarks>
internal sealed class IndexSolver
{
    private const double Tolerance = 1e-10;
    private const int MostSteps = 500;

    private readonly ImmutableArray<ScoreCell> cells;
    private readonly double[] weights;
    private readonly double ridge;
    private readonly int models;
    private readonly int benchmarks;

    /// <summary>Prepares a problem.</summary>
    /// <param name="cells">The scores, sorted by model.</param>
    /// <param name="weights">The weight of each benchmark.</param>
    /// <param name="ridge">λ, above 0.</param>
    /// <param name="models">How many models there are.</param>
    public IndexSolver(ImmutableArray<ScoreCell> cells, double[] weights, double ridge, int models)
    {
        this.cells = cells;
        this.weights = weights;
        this.ridge = ridge;
        this.models = models;
        benchmarks = weights.Length;
    }

    /// <summary>The objective.</summary>
    public double Objective(IndexSolution at)
    {
        var sum = 0.0;
        foreach (var cell in cells)
        {
            var rest = Expected(at, cell.Model, cell.Benchmark) - cell.Score;
            sum += weights[cell.Benchmark] * rest * rest;
        }

        return 0.5 * (sum + (ridge * (Squares(at.Abilities) + Squares(at.Difficulties) + Squares(at.LogSlopes))));
    }

    /// <summary>Searches from a start.</summary>
    public IndexSolution Solve(IndexSolution start)
    {
        var at = start;
        var objective = Objective(at);
        var damping = 1e-3;
        for (var step = 0; step < MostSteps; step++)
        {
            var system = new System(this, at);
            if (system.Steepest <= Tolerance)
            {
                break;
            }

            var (next, lower) = (at, objective);
            while (damping < 1e12)
            {
                if (system.Step(at, damping) is { } trial && Objective(trial) is var reached && reached < objective)
                {
                    (next, lower) = (trial, reached);
                    break;
                }

                damping *= 10;
            }

            if (!(lower < objective))
            {
                break;
            }

            (at, objective) = (next, lower);
            damping = Math.Max(damping / 10, 1e-15);
        }

        return Polished(at);
    }

    /// <summary>The largest derivative of the objective in absolute value.</summary>
    public double LargestDerivative(IndexSolution at) => new System(this, at).Steepest;

    /// <summary>The score that a solution expects.</summary>
    public static double Expected(IndexSolution at, int model, int benchmark) =>
        PortableMath.Logistic(PortableMath.Exp(at.LogSlopes[benchmark]) * (at.Abilities[model] - at.Difficulties[benchmark]));

    private IndexSolution Polished(IndexSolution at)
    {
        var system = new System(this, at);
        while (system.Steepest > Tolerance && system.Step(at, 0) is { } next)
        {
            var closer = new System(this, next);
            if (!(closer.Steepest < system.Steepest))
            {
                break;
            }

            (at, system) = (next, closer);
        }

        return at;
    }

    private static double Squares(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value * value;
        }

        return sum;
    }

    /// <summary>Gradient and Hessian at one place. Benchmark b has rows b (difficulty) and benchmarks + b (log slope) of the inner block.</summary>
    private sealed class System
    {
        private readonly double[] gradientAbility;
        private readonly double[] gradientInner;
        private readonly double[] diagonal;
        private readonly double[,] inner;
        private readonly double[] crossDifficulty;
        private readonly double[] crossSlope;
        private readonly ImmutableArray<ScoreCell> cells;
        private readonly int benchmarks;

        public System(IndexSolver problem, IndexSolution at)
        {
            cells = problem.cells;
            benchmarks = problem.benchmarks;
            var ridge = problem.ridge;
            gradientAbility = Array.ConvertAll(at.Abilities, value => ridge * value);
            gradientInner = [.. at.Difficulties.Concat(at.LogSlopes).Select(value => ridge * value)];
            diagonal = new double[problem.models];
            Array.Fill(diagonal, ridge);
            inner = new double[2 * benchmarks, 2 * benchmarks];
            for (var i = 0; i < 2 * benchmarks; i++)
            {
                inner[i, i] = ridge;
            }

            (crossDifficulty, crossSlope) = (new double[cells.Length], new double[cells.Length]);
            for (var k = 0; k < cells.Length; k++)
            {
                var (model, benchmark, score) = cells[k];
                var weight = problem.weights[benchmark];
                var slope = PortableMath.Exp(at.LogSlopes[benchmark]);
                var z = slope * (at.Abilities[model] - at.Difficulties[benchmark]);
                var p = PortableMath.Logistic(z);
                var bend = p * (1 - p);
                var first = weight * (p - score) * bend;
                var second = weight * ((bend * bend) + ((p - score) * bend * (1 - (2 * p))));
                var (d, b) = (benchmark, benchmarks + benchmark);
                gradientAbility[model] += first * slope;
                gradientInner[d] -= first * slope;
                gradientInner[b] += first * z;
                diagonal[model] += second * slope * slope;
                inner[d, d] += second * slope * slope;
                inner[b, b] += (second * z * z) + (first * z);
                inner[b, d] -= (second * slope * z) + (first * slope);
                crossDifficulty[k] = -second * slope * slope;
                crossSlope[k] = (second * slope * z) + (first * slope);
            }

            Steepest = gradientAbility.Concat(gradientInner).Max(Math.Abs);
        }

        /// <summary>The largest derivative in absolute value.</summary>
        public double Steepest { get; }

        /// <summary>Where the damped Newton step leads; nothing where the damped Hessian is not positive definite.</summary>
        public IndexSolution? Step(IndexSolution at, double damping)
        {
            var size = 2 * benchmarks;
            var matrix = (double[,])inner.Clone();
            var right = Array.ConvertAll(gradientInner, value => -value);
            for (var i = 0; i < size; i++)
            {
                matrix[i, i] += damping;
            }

            for (var start = 0; start < cells.Length;)
            {
                var model = cells[start].Model;
                var pivot = diagonal[model] + damping;
                if (!(pivot > 0))
                {
                    return null;
                }

                var end = start;
                while (end < cells.Length && cells[end].Model == model)
                {
                    end++;
                }

                for (var i = start; i < end; i++)
                {
                    var (di, bi) = (cells[i].Benchmark, benchmarks + cells[i].Benchmark);
                    right[di] += crossDifficulty[i] * gradientAbility[model] / pivot;
                    right[bi] += crossSlope[i] * gradientAbility[model] / pivot;
                    for (var j = start; j < end; j++)
                    {
                        var (dj, bj) = (cells[j].Benchmark, benchmarks + cells[j].Benchmark);
                        if (dj <= di)
                        {
                            matrix[di, dj] -= crossDifficulty[i] * crossDifficulty[j] / pivot;
                            matrix[bi, bj] -= crossSlope[i] * crossSlope[j] / pivot;
                        }

                        matrix[bi, dj] -= crossSlope[i] * crossDifficulty[j] / pivot;
                    }
                }

                start = end;
            }

            if (!Cholesky(matrix, right, size))
            {
                return null;
            }

            var abilities = new double[diagonal.Length];
            for (var model = 0; model < abilities.Length; model++)
            {
                abilities[model] = -gradientAbility[model];
            }

            for (var k = 0; k < cells.Length; k++)
            {
                abilities[cells[k].Model] -=
                    (crossDifficulty[k] * right[cells[k].Benchmark]) + (crossSlope[k] * right[benchmarks + cells[k].Benchmark]);
            }

            for (var model = 0; model < abilities.Length; model++)
            {
                abilities[model] = at.Abilities[model] + (abilities[model] / (diagonal[model] + damping));
            }

            return new IndexSolution(
                abilities,
                [.. at.Difficulties.Select((value, i) => value + right[i])],
                [.. at.LogSlopes.Select((value, i) => value + right[benchmarks + i])]);
        }

        /// <summary>Solves in place, from the lower triangle; false where the matrix is not positive definite.</summary>
        private static bool Cholesky(double[,] matrix, double[] right, int size)
        {
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var sum = matrix[i, j];
                    for (var k = 0; k < j; k++)
                    {
                        sum -= matrix[i, k] * matrix[j, k];
                    }

                    if (i == j && !(sum > 0))
                    {
                        return false;
                    }

                    matrix[i, j] = i == j ? Math.Sqrt(sum) : sum / matrix[j, j];
                }

                for (var k = 0; k < i; k++)
                {
                    right[i] -= matrix[i, k] * right[k];
                }

                right[i] /= matrix[i, i];
            }

            for (var i = size - 1; i >= 0; i--)
            {
                for (var k = i + 1; k < size; k++)
                {
                    right[i] -= matrix[k, i] * right[k];
                }

                right[i] /= matrix[i, i];
            }

            return true;
        }
    }
}
