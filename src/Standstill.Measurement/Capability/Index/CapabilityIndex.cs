using System.Collections.Immutable;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Index;

/// <summary>A model's place on the index.</summary>
/// <param name="Name">The model.</param>
/// <param name="Released">When it was released.</param>
/// <param name="Value">Its capability; with a bound, the bound.</param>
/// <param name="Censoring">Whether the value is only a bound: a model that reaches all of its benchmarks fully is at least as capable as
/// the hardest of them is difficult, one that reaches nothing at most as the easiest.</param>
/// <param name="Scores">On how many benchmarks it was measured.</param>
public sealed record IndexedModel(string Name, DateOnly Released, double Value, Censoring Censoring, int Scores);

/// <summary>A benchmark's place on the index.</summary>
/// <param name="Name">The benchmark.</param>
/// <param name="Difficulty">The capability at which half of it is reached; with a bound, the bound.</param>
/// <param name="Slope">How steeply the score rises with capability there, times four; absent with a bound.</param>
/// <param name="Censoring">Whether the difficulty is only a bound: what all reach fully is at most as difficult as the weakest of them is
/// capable, what none reaches at all at least as the strongest.</param>
/// <param name="Scores">How many models were measured on it.</param>
public sealed record IndexedBenchmark(string Name, double Difficulty, double? Slope, Censoring Censoring, int Scores);

/// <summary>Models and benchmarks that no score connects with the index.</summary>
/// <param name="Models">Their names, sorted.</param>
/// <param name="Benchmarks">Their names, sorted.</param>
public sealed record ApartScores(ImmutableArray<string> Models, ImmutableArray<string> Benchmarks);

/// <summary>What fitting an index gives.</summary>
public abstract record IndexFit
{
    private IndexFit()
    {
    }

    /// <summary>The index was fitted.</summary>
    public sealed record Fitted(CapabilityIndex Index) : IndexFit;

    /// <summary>The scores do not support the anchor.</summary>
    public sealed record Refused(FigureFault Fault) : IndexFit;
}

/// <summary>One scale of general capability from many benchmarks.</summary>
/// <remarks>
/// <para>The model of the Epoch Capabilities Index (Ho et al., "A Rosetta Stone for AI benchmarks", arXiv 2512.00193, 2025; an item-response
/// model with a benchmark as item): a model of capability C reaches σ(α·(C − D)) of a benchmark of difficulty D and slope α. Fitted by least
/// squares of the score, every score alike, with a ridge.</para>
/// <para>Two choices are ours: slopes are positive (their logarithm is fitted), and the ridge is ½λ(ΣC² + ΣD² + Σ(ln α)²) on a frame of
/// its own, in which no benchmark and no model stands out, the anchor being applied after the fit. So the anchor only moves and stretches
/// the index. Scores are taken as they are, without correction for guessing.</para>
/// <para>The objective has more than one minimum in principle. The search starts from nought and always finds the same one.</para>
/// <para>The index depends on the set of scores, not on their order.</para>
/// </remarks>
public sealed class CapabilityIndex
{
    /// <summary>The ridge λ that is used unless another is given: weak beside one score.</summary>
    public const double DefaultRidge = 1e-3;

    private readonly IndexProblem problem;
    private readonly IndexSolution solution;
    private readonly double offset;
    private readonly double stretch;

    private CapabilityIndex(IndexProblem problem, IndexSolution solution, double offset, double stretch)
    {
        this.problem = problem;
        this.solution = solution;
        this.offset = offset;
        this.stretch = stretch;
        Models = [.. problem.Models.Select(PlaceModel).OfType<IndexedModel>()];
        Benchmarks = [.. problem.Benchmarks.Select(PlaceBenchmark).OfType<IndexedBenchmark>()];
        Apart = problem.Apart();
    }

    /// <summary>The models of the anchor's component, bounded ones included, in order of release, then of name.</summary>
    public ImmutableArray<IndexedModel> Models { get; }

    /// <summary>The benchmarks of the anchor's component, in order of name.</summary>
    public ImmutableArray<IndexedBenchmark> Benchmarks { get; }

    /// <summary>What no score connects with the anchor, by component: it has no place on this index, and is not fitted.</summary>
    public ImmutableArray<ApartScores> Apart { get; }

    /// <summary>The root of the mean squared difference between scores and what the index expects.</summary>
    public double ScoreError => problem.ScoreError(solution);

    /// <summary>The minimum that was found: half the sum of squared differences and ridge.</summary>
    public double Objective => problem.Solver(problem.Ones()).Objective(solution);

    /// <summary>The largest derivative of the objective there, on the frame of the fit, in absolute value: 1e-10 or less at a minimum.</summary>
    public double LargestDerivative => problem.Solver(problem.Ones()).LargestDerivative(solution);

    /// <summary>Fits an index.</summary>
    /// <param name="scores">The scores, in any order; a model appears once on a benchmark and has one date.</param>
    /// <param name="anchor">What fixes origin and scale.</param>
    /// <param name="ridge">λ, above 0.</param>
    /// <exception cref="ArgumentException">A score is not in [0, 1], a model appears twice on a benchmark, or the ridge or slope is not
    /// above 0.</exception>
    public static IndexFit Fit(ImmutableArray<BenchmarkScore> scores, IndexAnchor anchor, double ridge = DefaultRidge)
    {
        if (!(ridge > 0 && double.IsFinite(ridge)))
        {
            throw new ArgumentOutOfRangeException(nameof(ridge), ridge, "a ridge is above zero");
        }

        var problem = IndexProblem.Of(scores, anchor, ridge, out var fault);
        if (problem is null)
        {
            return new IndexFit.Refused(fault!);
        }

        var solution = problem.Solver(problem.Ones()).Solve(problem.Start());
        return problem.Scale(anchor, solution) is var (offset, stretch)
            ? new IndexFit.Fitted(new CapabilityIndex(problem, solution, offset, stretch))
            : new IndexFit.Refused(new FigureFault(
                "anchor", "the upper model is not above the lower one", "anchor on two models that differ clearly, or on a benchmark"));
    }

    /// <summary>The score that the index expects of a capability on one of its benchmarks, in [0, 1].</summary>
    /// <exception cref="ArgumentException">The benchmark has no slope on this index.</exception>
    public double Expected(double capability, string benchmark) =>
        Benchmarks.FirstOrDefault(one => one.Name == benchmark) is { Slope: { } slope } found
            ? PortableMath.Logistic(slope * (capability - found.Difficulty))
            : throw new ArgumentException("the benchmark has no slope on this index", nameof(benchmark));

    /// <summary>Draws the index anew with other benchmarks.</summary>
    /// <remarks>
    /// <para>Benchmarks are drawn with replacement: which of them exist is the largest source of doubt about an index of "general"
    /// capability. Each draw is fitted from the solution of all, then moved and stretched to lie as close as possible (least squares over its
    /// models) to the index, since origin and scale of a draw mean nothing.</para>
    /// <para>A model has no value, not-a-number, in a draw that has none of its benchmarks, or connects it not with the others.</para>
    /// </remarks>
    /// <param name="seed">From which all draws follow.</param>
    /// <param name="draws">How many, at least 1.</param>
    /// <param name="loop">How the draws are run; the result does not depend on it.</param>
    public IndexDraws Draw(Seed seed, int draws, DrawLoop loop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        ImmutableArray<IndexedModel> measured = [.. Models.Where(model => model.Censoring == Censoring.None)];
        var values = new double[draws][];
        loop(draws, draw => values[draw] = Array.ConvertAll(
            problem.Redraw(solution, SeededRandom.Stream(seed, (ulong)draw)), value => offset + (stretch * value)));
        return new IndexDraws(measured, [.. values]);
    }

    private IndexedModel? PlaceModel(IndexProblem.Node model)
    {
        if (model.Fitted is { } at)
        {
            return new IndexedModel(model.Name, model.Released, offset + (stretch * solution.Abilities[at]), Censoring.None, model.Scores.Length);
        }

        var difficulties = model.Scores.Select(score => problem.Benchmarks[score.Other].Fitted).OfType<int>()
            .Select(b => offset + (stretch * solution.Difficulties[b])).ToArray();
        return (difficulties.Length, model.Scores.All(score => score.Score == 1 || problem.Benchmarks[score.Other].Fitted is null)) switch
        {
            (0, _) => null,
            (_, true) => new IndexedModel(model.Name, model.Released, difficulties.Max(), Censoring.AtLeast, model.Scores.Length),
            _ => new IndexedModel(model.Name, model.Released, difficulties.Min(), Censoring.AtMost, model.Scores.Length),
        };
    }

    private IndexedBenchmark? PlaceBenchmark(IndexProblem.Node benchmark)
    {
        if (benchmark.Fitted is { } at)
        {
            return new IndexedBenchmark(
                benchmark.Name,
                offset + (stretch * solution.Difficulties[at]),
                PortableMath.Exp(solution.LogSlopes[at]) / stretch,
                Censoring.None,
                benchmark.Scores.Length);
        }

        var abilities = benchmark.Scores.Select(score => problem.Models[score.Other].Fitted).OfType<int>()
            .Select(m => offset + (stretch * solution.Abilities[m])).ToArray();
        return (abilities.Length, benchmark.Scores.All(score => score.Score == 1 || problem.Models[score.Other].Fitted is null)) switch
        {
            (0, _) => null,
            (_, true) => new IndexedBenchmark(benchmark.Name, abilities.Min(), null, Censoring.AtMost, benchmark.Scores.Length),
            _ => new IndexedBenchmark(benchmark.Name, abilities.Max(), null, Censoring.AtLeast, benchmark.Scores.Length),
        };
    }
}
