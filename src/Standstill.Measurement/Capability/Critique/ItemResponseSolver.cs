using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>The runs of one agent at one task, for the item-response model.</summary>
internal readonly record struct Response(int Agent, int Task, double Runs, double Success);

/// <summary>Finds abilities, difficulties and discriminations of the greatest penalised likelihood.</summary>
/// <remarks>
/// <para>Cycles of three steps, each of which lowers the objective: every task's two parameters by a step of Fisher scoring, every
/// ability by a step of Newton's method, both, where long, halved until they go downhill; and the shift and stretch of the whole scale, which the
/// likelihood does not see and the priors alone settle, solved exactly, since steps one by one would crawl along it. Until no parameter
/// moves by more than 1e-10.</para>
/// </remarks>
internal sealed class ItemResponseSolver
{
    private const double Tolerance = 1e-10;
    private const int MostCycles = 2_000;

    /// <summary>Steps this short are taken whole: they are within the reach of the quadratic approximation.</summary>
    private const double Close = 0.01;

    private readonly Response[][] byTask;
    private readonly Response[][] byAgent;

    /// <summary>e to the <see cref="LogDiscrimination"/>, kept because every ability's step needs it.</summary>
    private readonly double[] discrimination;

    public ItemResponseSolver(Response[] responses, int agents, int tasks)
    {
        var (ofTask, ofAgent) = (responses.ToLookup(response => response.Task), responses.ToLookup(response => response.Agent));
        byTask = [.. Enumerable.Range(0, tasks).Select(task => ofTask[task].ToArray())];
        byAgent = [.. Enumerable.Range(0, agents).Select(agent => ofAgent[agent].ToArray())];
        Ability = new double[agents];
        Difficulty = new double[tasks];
        LogDiscrimination = new double[tasks];
        discrimination = [.. Enumerable.Repeat(1.0, tasks)];
    }

    public double[] Ability { get; }

    public double[] Difficulty { get; }

    public double[] LogDiscrimination { get; }

    public bool Converged { get; private set; }

    public void Solve()
    {
        for (var cycle = 0; cycle < MostCycles && !Converged; cycle++)
        {
            var moved = 0.0;
            for (var task = 0; task < byTask.Length; task++)
            {
                moved = Math.Max(moved, StepTask(task));
            }

            for (var agent = 0; agent < byAgent.Length; agent++)
            {
                moved = Math.Max(moved, StepAgent(agent));
            }

            Converged = Math.Max(moved, Rescale()) <= Tolerance;
        }
    }

    private double StepTask(int task)
    {
        var (u, b) = (LogDiscrimination[task], Difficulty[task]);
        var alpha = discrimination[task];
        var (gradientU, gradientB) = (u / Variance(ItemResponse.LogDiscriminationDeviation), b / Variance(ItemResponse.DifficultyDeviation));
        var (hU, hCross, hB) = (1 / Variance(ItemResponse.LogDiscriminationDeviation), 0.0, 1 / Variance(ItemResponse.DifficultyDeviation));
        foreach (var response in byTask[task])
        {
            var z = alpha * (Ability[response.Agent] - b);
            var p = PortableMath.Logistic(z);
            var residual = response.Runs * (p - response.Success);
            gradientU += residual * z;
            gradientB -= residual * alpha;
            var information = response.Runs * p * (1 - p);
            hU += information * z * z;
            hCross -= information * z * alpha;
            hB += information * alpha * alpha;
        }

        var determinant = (hU * hB) - (hCross * hCross);
        var deltaU = ((hB * gradientU) - (hCross * gradientB)) / determinant;
        var deltaB = ((hU * gradientB) - (hCross * gradientU)) / determinant;
        var scale = Math.Max(Math.Abs(deltaU), Math.Abs(deltaB)) <= Close
            ? 1
            : Halved(TaskObjective(task, u, b), s => TaskObjective(task, u - (s * deltaU), b - (s * deltaB)));
        LogDiscrimination[task] = u - (scale * deltaU);
        discrimination[task] = PortableMath.Exp(LogDiscrimination[task]);
        Difficulty[task] = b - (scale * deltaB);
        return Math.Max(Math.Abs(scale * deltaU), Math.Abs(scale * deltaB));
    }

    private double StepAgent(int agent)
    {
        var theta = Ability[agent];
        var (gradient, curvature) = (theta, 1.0);
        foreach (var response in byAgent[agent])
        {
            var alpha = discrimination[response.Task];
            var p = PortableMath.Logistic(alpha * (theta - Difficulty[response.Task]));
            gradient += response.Runs * (p - response.Success) * alpha;
            curvature += response.Runs * p * (1 - p) * alpha * alpha;
        }

        var delta = gradient / curvature;
        var scale = Math.Abs(delta) <= Close ? 1 : Halved(AgentObjective(agent, theta), s => AgentObjective(agent, theta - (s * delta)));
        Ability[agent] = theta - (scale * delta);
        return Math.Abs(scale * delta);
    }

    /// <summary>θ → s(θ − m), b → s(b − m), α → α/s with m and s that the priors like best.</summary>
    private double Rescale()
    {
        var difficultyWeight = 1 / Variance(ItemResponse.DifficultyDeviation);
        var discriminationWeight = 1 / Variance(ItemResponse.LogDiscriminationDeviation);
        var shift = (Ability.Sum() + (difficultyWeight * Difficulty.Sum())) / (Ability.Length + (difficultyWeight * Difficulty.Length));
        var spread = 0.0;
        foreach (var theta in Ability)
        {
            spread += (theta - shift) * (theta - shift);
        }

        foreach (var b in Difficulty)
        {
            spread += difficultyWeight * (b - shift) * (b - shift);
        }

        // Convex in v = ln s: e^(2v)·spread/2 + Σ(u − v)²·weight/2.
        var (v, sum) = (0.0, LogDiscrimination.Sum());
        for (var step = 0; step < 100; step++)
        {
            var square = PortableMath.Exp(2 * v) * spread;
            var delta = (square - (discriminationWeight * (sum - (LogDiscrimination.Length * v))))
                / ((2 * square) + (discriminationWeight * LogDiscrimination.Length));
            v -= Math.Clamp(delta, -1, 1);
            if (Math.Abs(delta) < 1e-14)
            {
                break;
            }
        }

        var stretch = PortableMath.Exp(v);
        for (var agent = 0; agent < Ability.Length; agent++)
        {
            Ability[agent] = stretch * (Ability[agent] - shift);
        }

        for (var task = 0; task < Difficulty.Length; task++)
        {
            Difficulty[task] = stretch * (Difficulty[task] - shift);
            LogDiscrimination[task] -= v;
            discrimination[task] = PortableMath.Exp(LogDiscrimination[task]);
        }

        return Math.Max(Math.Abs(shift), Math.Abs(v));
    }

    private double TaskObjective(int task, double u, double b)
    {
        var alpha = PortableMath.Exp(u);
        var sum = (u * u / (2 * Variance(ItemResponse.LogDiscriminationDeviation))) + (b * b / (2 * Variance(ItemResponse.DifficultyDeviation)));
        foreach (var response in byTask[task])
        {
            sum += response.Runs * LogisticLoss.At(alpha * (Ability[response.Agent] - b), response.Success);
        }

        return sum;
    }

    private double AgentObjective(int agent, double theta)
    {
        var sum = theta * theta / 2;
        foreach (var response in byAgent[agent])
        {
            sum += response.Runs * LogisticLoss.At(discrimination[response.Task] * (theta - Difficulty[response.Task]), response.Success);
        }

        return sum;
    }

    /// <summary>The longest of the whole, half, quarter… step that does not lead uphill; the last of them is as good as none.</summary>
    private static double Halved(double before, Func<double, double> after)
    {
        var scale = 1.0;
        while (!(after(scale) <= before) && scale > 1e-6)
        {
            scale /= 2;
        }

        return scale > 1e-6 ? scale : 0;
    }

    private static double Variance(double deviation) => deviation * deviation;
}
