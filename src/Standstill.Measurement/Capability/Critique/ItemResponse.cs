using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>A task as an item.</summary>
/// <param name="Discrimination">How sharply success rises with ability: the change of the logit for each unit of ability, above zero.</param>
/// <param name="Difficulty">The ability at which half of the attempts succeed.</param>
public readonly record struct ItemParameters(double Discrimination, double Difficulty);

/// <summary>The two-parameter item-response model: P(agent a succeeds at task t) = 1 / (1 + exp(−αₜ(θₐ − bₜ))), and horizons from it.</summary>
/// <remarks>
/// <para>A. Birnbaum, "Some latent trait models", in F. M. Lord and M. R. Novick, "Statistical Theories of Mental Test Scores",
/// Addison-Wesley 1968, chapters 17–20; F. M. Lord, "Applications of Item Response Theory to Practical Testing Problems", Erlbaum 1980.
/// All parameters are estimated together (joint maximum likelihood, Lord 1980 chapter 12) under priors in the manner of R. J. Mislevy,
/// "Bayes modal estimation in item response models", Psychometrika 51 (1986) 177–195: θ normal with deviation 1, b with 2, ln α with ½,
/// all about 0. The likelihood does not change when θ and b are shifted together, or stretched together while α shrinks; the priors
/// settle both, and neither changes a horizon.</para>
/// <para>A task's difficulty comes from who solves it and not from its length: a task that is hard for its length no longer counts
/// as a surprise. Lengths come in afterwards: difficulty is regressed on log2(minutes) by weighted least squares, and the horizon at
/// level p is the length whose mean difficulty the agent passes with probability p at the typical discrimination (the geometric mean).
/// That is the success at a task of average difficulty for its length, where the plain fit speaks of a random task of that length: the
/// two differ away from 50 %, and this one falls more steeply.</para>
/// <para>Runs count one by one and are independent given task and agent. The tasks' weights enter the regression only.</para>
/// </remarks>
public sealed record ItemResponse
{
    /// <summary>The prior's standard deviation of difficulties; that of abilities is 1.</summary>
    internal const double DifficultyDeviation = 2;

    /// <summary>The prior's standard deviation of ln α.</summary>
    internal const double LogDiscriminationDeviation = 0.5;

    private readonly ImmutableArray<HorizonFit> plain;

    private ItemResponse(
        ImmutableArray<HorizonFit> plain, ImmutableArray<double> abilities, ImmutableArray<ItemParameters?> tasks, bool converged, MeanDifficulty? line)
    {
        this.plain = plain;
        Abilities = abilities;
        Tasks = tasks;
        Converged = converged;
        Line = line;
    }

    /// <summary>The ability of each agent, in the order of <see cref="RunSet.Agents"/>; 0 for one without runs.</summary>
    public ImmutableArray<double> Abilities { get; }

    /// <summary>The parameters of each task, in the order of <see cref="RunSet.Tasks"/>; absent where nobody tried it.</summary>
    public ImmutableArray<ItemParameters?> Tasks { get; }

    /// <summary>Whether the parameters were found to 1e-10 in the allowed number of cycles.</summary>
    public bool Converged { get; }

    /// <summary>Difficulty by length; absent where all tasks are equally long.</summary>
    public MeanDifficulty? Line { get; }

    /// <summary>Difficulty regressed on length.</summary>
    /// <param name="Intercept">The mean difficulty at one minute.</param>
    /// <param name="Slope">Its change for each doubling of the length.</param>
    /// <param name="Deviation">The standard deviation of difficulties about the line.</param>
    /// <param name="Discrimination">The geometric mean of the discriminations.</param>
    public sealed record MeanDifficulty(double Intercept, double Slope, double Deviation, double Discrimination);

    /// <summary>Fits the model to all agents together.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="settings">Scores, and the weights of tasks in the regression. The penalty λ is not used.</param>
    public static ItemResponse Of(RunSet runs, HorizonSettings settings)
    {
        var cells = RunDesign.Of(runs, settings).Cells;
        int[] tried = [.. cells.SelectMany(own => own.Select(cell => cell.Task)).Distinct().Order()];
        var place = tried.Select((task, i) => (task, i)).ToDictionary(pair => pair.task, pair => pair.i);
        int[] present = [.. Enumerable.Range(0, cells.Length).Where(agent => !cells[agent].IsEmpty)];
        var solver = new ItemResponseSolver(
            [.. present.SelectMany((agent, i) => cells[agent].Select(cell => new Response(i, place[cell.Task], cell.Runs, cell.MeanScore)))],
            present.Length,
            tried.Length);
        solver.Solve();

        var abilities = new double[cells.Length];
        var items = new ItemParameters?[runs.Tasks.Length];
        for (var i = 0; i < present.Length; i++)
        {
            abilities[present[i]] = solver.Ability[i];
        }

        for (var i = 0; i < tried.Length; i++)
        {
            items[tried[i]] = new ItemParameters(PortableMath.Exp(solver.LogDiscrimination[i]), solver.Difficulty[i]);
        }

        return new ItemResponse(
            HorizonEstimator.Fit(runs, settings), [.. abilities], [.. items], solver.Converged, Regress(runs, settings, tried, solver));
    }

    /// <summary>What is known of one agent's horizon.</summary>
    /// <remarks>An agent all of whose runs succeeded, or failed, has the plain fit's bound: its ability is the prior's word. Nothing is
    /// known where difficulty does not rise with length.</remarks>
    /// <param name="agent">Index into <see cref="RunSet.Agents"/>.</param>
    /// <param name="success">The success level, above 0 and below 1.</param>
    public HorizonKnown Horizon(int agent, Probability success)
    {
        if (plain[agent] is HorizonFit.AllSucceeded or HorizonFit.AllFailed or HorizonFit.NoRuns)
        {
            return plain[agent].Horizon(success);
        }

        if (Line is not { Slope: > 0 } line)
        {
            return new HorizonKnown(null, double.NegativeInfinity, double.PositiveInfinity);
        }

        var passed = Abilities[agent] - (PortableMath.Logit(success.Value) / line.Discrimination);
        var log = LogisticCurve.Ln2 * ((passed - line.Intercept) / line.Slope);
        return new HorizonKnown(log, log, log);
    }

    private static MeanDifficulty? Regress(RunSet runs, HorizonSettings settings, int[] tried, ItemResponseSolver solver)
    {
        var inFamily = tried.CountBy(task => runs.Tasks[task].Family).ToDictionary();
        double[] lengths = [.. tried.Select(task => PortableMath.Log2(runs.Tasks[task].Human.Value))];
        double[] weights =
        [
            .. tried.Select(task => settings.Weighting == TaskWeighting.EqualTask ? 1 : 1 / Math.Sqrt(inFamily[runs.Tasks[task].Family])),
        ];
        if (lengths.Distinct().Count() < 2)
        {
            return null;
        }

        var (weight, length, difficulty, log) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < tried.Length; i++)
        {
            weight += weights[i];
            length += weights[i] * lengths[i];
            difficulty += weights[i] * solver.Difficulty[i];
            log += weights[i] * solver.LogDiscrimination[i];
        }

        (length, difficulty, log) = (length / weight, difficulty / weight, log / weight);
        var (squares, products, own) = (0.0, 0.0, 0.0);
        for (var i = 0; i < tried.Length; i++)
        {
            var (x, y) = (lengths[i] - length, solver.Difficulty[i] - difficulty);
            squares += weights[i] * x * x;
            products += weights[i] * x * y;
            own += weights[i] * y * y;
        }

        var slope = products / squares;
        return new MeanDifficulty(
            difficulty - (slope * length), slope, Math.Sqrt(Math.Max(0, own - (slope * products)) / weight), PortableMath.Exp(log));
    }
}
