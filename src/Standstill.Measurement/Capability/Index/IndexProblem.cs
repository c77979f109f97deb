using System.Collections.Immutable;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Index;

/// <summary>The scores by number, and which of them are fitted.</summary>
internal sealed class IndexProblem
{
    private readonly ImmutableArray<ScoreCell> cells;
    private readonly ScoreGraph graph;
    private readonly double ridge;
    private readonly int component;
    private readonly int fittedModels;
    private readonly int fittedBenchmarks;

    private IndexProblem(
        ImmutableArray<Node> models, ImmutableArray<Node> benchmarks, ImmutableArray<ScoreCell> cells, ScoreGraph graph, int component, double ridge)
    {
        this.graph = graph;
        this.component = component;
        this.ridge = ridge;
        Models = Numbered(models, i => graph.KeptModels[i] && graph.OfModel(i) == component, out fittedModels);
        Benchmarks = Numbered(benchmarks, i => graph.KeptBenchmarks[i] && graph.OfBenchmark(i) == component, out fittedBenchmarks);
        this.cells =
        [
            .. cells.Where(cell => Models[cell.Model].Fitted is not null && Benchmarks[cell.Benchmark].Fitted is not null)
                .Select(cell => new ScoreCell(Models[cell.Model].Fitted!.Value, Benchmarks[cell.Benchmark].Fitted!.Value, cell.Score)),
        ];
    }

    /// <summary>A model or benchmark.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Released">A model's release; without meaning for a benchmark.</param>
    /// <param name="Scores">With what on the other side it has which score.</param>
    /// <param name="Fitted">Its number in the fit, where it is part of it.</param>
    public sealed record Node(string Name, DateOnly Released, ImmutableArray<(int Other, double Score)> Scores, int? Fitted = null);

    /// <summary>All models, in order of release, then of name.</summary>
    public ImmutableArray<Node> Models { get; }

    /// <summary>All benchmarks, in order of name.</summary>
    public ImmutableArray<Node> Benchmarks { get; }

    /// <summary>Numbers the scores; nothing and a fault where the anchor has no place among them.</summary>
    public static IndexProblem? Of(ImmutableArray<BenchmarkScore> scores, IndexAnchor anchor, double ridge, out FigureFault? fault)
    {
        if (scores.FirstOrDefault(score => !(score.Score >= 0 && score.Score <= 1)) is { } outside)
        {
            throw new ArgumentException($"the score of {outside.Model} on {outside.Benchmark} is not in [0, 1]", nameof(scores));
        }

        ImmutableArray<(string Name, DateOnly Released)> models =
        [
            .. scores.GroupBy(score => score.Model, StringComparer.Ordinal).Select(group => (group.Key, group.Min(score => score.Released)))
                .OrderBy(model => model.Item2).ThenBy(model => model.Key, StringComparer.Ordinal),
        ];
        ImmutableArray<string> benchmarks = [.. scores.Select(score => score.Benchmark).Distinct().Order(StringComparer.Ordinal)];
        var modelNumber = models.Select((model, i) => (model.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
        var benchmarkNumber = benchmarks.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        ImmutableArray<ScoreCell> cells =
        [
            .. scores.Select(score => new ScoreCell(modelNumber[score.Model], benchmarkNumber[score.Benchmark], score.Score))
                .OrderBy(cell => cell.Model).ThenBy(cell => cell.Benchmark),
        ];
        for (var i = 1; i < cells.Length; i++)
        {
            if ((cells[i].Model, cells[i].Benchmark) == (cells[i - 1].Model, cells[i - 1].Benchmark))
            {
                throw new ArgumentException($"{models[cells[i].Model].Name} appears twice on {benchmarks[cells[i].Benchmark]}", nameof(scores));
            }
        }

        var graph = ScoreGraph.Of(cells, models.Length, benchmarks.Length);
        fault = Component(anchor, graph, modelNumber, benchmarkNumber, out var component);
        return fault is not null
            ? null
            : new IndexProblem(
                [.. models.Select((model, i) => new Node(model.Name, model.Released, [.. cells.Where(cell => cell.Model == i).Select(cell => (cell.Benchmark, cell.Score))]))],
                [.. benchmarks.Select((name, i) => new Node(name, default, [.. cells.Where(cell => cell.Benchmark == i).Select(cell => (cell.Model, cell.Score))]))],
                cells,
                graph,
                component,
                ridge);
    }

    /// <summary>Every benchmark once.</summary>
    public double[] Ones() => Enumerable.Repeat(1.0, fittedBenchmarks).ToArray();

    /// <summary>Where the search starts.</summary>
    public IndexSolution Start() => IndexSolution.Start(fittedModels, fittedBenchmarks);

    /// <summary>The solver for given weights of the benchmarks.</summary>
    public IndexSolver Solver(double[] weights) => new(cells, weights, ridge, fittedModels);

    /// <summary>The root mean squared residual of the scores.</summary>
    public double ScoreError(IndexSolution at)
    {
        var sum = 0.0;
        foreach (var cell in cells)
        {
            var rest = IndexSolver.Expected(at, cell.Model, cell.Benchmark) - cell.Score;
            sum += rest * rest;
        }

        return Math.Sqrt(sum / cells.Length);
    }

    /// <summary>Origin and unit of the index on the frame of the fit; nothing where two anchor models stand the wrong way round.</summary>
    public (double Offset, double Stretch)? Scale(IndexAnchor anchor, IndexSolution at)
    {
        switch (anchor)
        {
            case IndexAnchor.Benchmark benchmark:
                if (!(benchmark.Slope > 0))
                {
                    throw new ArgumentException("the slope of an anchor is above zero", nameof(anchor));
                }

                var b = Benchmarks.First(node => node.Name == benchmark.Name).Fitted!.Value;
                var stretch = PortableMath.Exp(at.LogSlopes[b]) / benchmark.Slope;
                return (benchmark.Difficulty - (stretch * at.Difficulties[b]), stretch);
            case IndexAnchor.Models two:
                if (!(two.UpperValue > two.LowerValue))
                {
                    throw new ArgumentException("the upper value of an anchor is above the lower", nameof(anchor));
                }

                var lower = at.Abilities[Models.First(node => node.Name == two.Lower).Fitted!.Value];
                var upper = at.Abilities[Models.First(node => node.Name == two.Upper).Fitted!.Value];
                var unit = (two.UpperValue - two.LowerValue) / (upper - lower);
                return upper > lower ? (two.LowerValue - (unit * lower), unit) : null;
            default:
                throw new ArgumentOutOfRangeException(nameof(anchor), anchor, "not a kind of anchor");
        }
    }

    /// <summary>Abilities, on the frame of a solution, after drawing the benchmarks anew; not-a-number for models out of reach.</summary>
    public double[] Redraw(IndexSolution solution, SeededRandom random)
    {
        var times = new double[fittedBenchmarks];
        for (var i = 0; i < fittedBenchmarks; i++)
        {
            times[random.NextBelow(fittedBenchmarks)]++;
        }

        var abilities = Enumerable.Repeat(double.NaN, fittedModels).ToArray();
        ImmutableArray<ScoreCell> drawn = [.. cells.Where(cell => times[cell.Benchmark] > 0)];
        var connected = ScoreGraph.Of(drawn, fittedModels, fittedBenchmarks);
        var largest = Enumerable.Range(0, fittedModels).Where(m => connected.KeptModels[m])
            .GroupBy(connected.OfModel).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).FirstOrDefault()?.Key;
        if (largest is null)
        {
            return abilities;
        }

        var part = drawn.Where(cell =>
            connected.KeptModels[cell.Model] && connected.KeptBenchmarks[cell.Benchmark] && connected.OfModel(cell.Model) == largest);
        var fitted = new IndexSolver([.. part], times, ridge, fittedModels).Solve(solution);
        var placed = Enumerable.Range(0, fittedModels).Where(m => connected.KeptModels[m] && connected.OfModel(m) == largest).ToArray();
        var (offset, stretch) = Aligned(placed, fitted.Abilities, solution.Abilities);
        foreach (var m in placed)
        {
            abilities[m] = offset + (stretch * fitted.Abilities[m]);
        }

        return abilities;
    }

    /// <summary>What is not connected with the index, by component in order of its first model.</summary>
    public ImmutableArray<ApartScores> Apart()
    {
        bool Outside(int model) => graph.KeptModels[model] && graph.OfModel(model) != component;
        var bounded = Models.Select((node, i) => (node, i))
            .Where(one => !graph.KeptModels[one.i] && one.node.Scores.All(score => Benchmarks[score.Other].Fitted is null))
            .Select(one => new ApartScores([one.node.Name], [.. one.node.Scores.Select(score => Benchmarks[score.Other].Name)]));
        return
        [
            .. Enumerable.Range(0, Models.Length).Where(Outside).GroupBy(graph.OfModel).OrderBy(group => group.Key)
                .Select(group => new ApartScores(
                    [.. group.Select(m => Models[m].Name).Order(StringComparer.Ordinal)],
                    [.. Enumerable.Range(0, Benchmarks.Length).Where(b => graph.KeptBenchmarks[b] && graph.OfBenchmark(b) == group.Key).Select(b => Benchmarks[b].Name)])),
            .. bounded,
        ];
    }

    /// <summary>The component that the anchor belongs to, or why it has no place.</summary>
    private static FigureFault? Component(
        IndexAnchor anchor, ScoreGraph graph, Dictionary<string, int> models, Dictionary<string, int> benchmarks, out int component)
    {
        component = 0;
        switch (anchor)
        {
            case IndexAnchor.Benchmark benchmark:
                if (!benchmarks.TryGetValue(benchmark.Name, out var b))
                {
                    return new FigureFault("anchor", $"benchmark `{benchmark.Name}` has no score", "anchor on a benchmark of the table");
                }

                component = graph.OfBenchmark(b);
                return graph.KeptBenchmarks[b]
                    ? null
                    : new FigureFault("anchor", $"all scores on `{benchmark.Name}` are 0 or all are 1", "anchor on a benchmark that tells models apart");
            case IndexAnchor.Models two:
                foreach (var name in (string[])[two.Lower, two.Upper])
                {
                    if (!models.TryGetValue(name, out var m) || !graph.KeptModels[m])
                    {
                        return new FigureFault("anchor", $"model `{name}` has no score between 0 and 1", "anchor on models of the table");
                    }
                }

                component = graph.OfModel(models[two.Lower]);
                return component == graph.OfModel(models[two.Upper])
                    ? null
                    : new FigureFault("anchor", $"no score connects `{two.Lower}` with `{two.Upper}`", "anchor on models that share benchmarks");
            default:
                throw new ArgumentOutOfRangeException(nameof(anchor), anchor, "not a kind of anchor");
        }
    }

    private static ImmutableArray<Node> Numbered(ImmutableArray<Node> nodes, Func<int, bool> fitted, out int count)
    {
        var next = 0;
        ImmutableArray<Node> numbered = [.. nodes.Select((node, i) => fitted(i) ? node with { Fitted = next++ } : node)];
        count = next;
        return numbered;
    }

    /// <summary>The line from <paramref name="from"/> to <paramref name="onto"/> over some places, by least squares.</summary>
    private static (double Offset, double Stretch) Aligned(int[] places, double[] from, double[] onto)
    {
        var (x, y) = (places.Sum(i => from[i]) / places.Length, places.Sum(i => onto[i]) / places.Length);
        var spread = places.Sum(i => (from[i] - x) * (from[i] - x));
        var stretch = spread > 0 ? places.Sum(i => (from[i] - x) * (onto[i] - y)) / spread : 0;
        return (y - (stretch * x), stretch);
    }
}
