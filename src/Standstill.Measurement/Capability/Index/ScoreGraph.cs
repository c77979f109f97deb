using System.Collections.Immutable;

namespace Standstill.Measurement.Capability.Index;

/// <summary>One observed score by numbers: which model, which benchmark, what share.</summary>
internal readonly record struct ScoreCell(int Model, int Benchmark, double Score);

/// <summary>Which scores can be fitted together.</summary>
/// <remarks>
/// <para>A benchmark that all reach fully, or none at all, orders nobody; a model that reaches everything, or nothing, is only bounded. Both
/// are taken out, again and again, until none is left: what remains has a finite place.</para>
/// <para>Models that share no benchmark, not even through others, cannot be compared: they fall into separate components.</para>
/// </remarks>
internal sealed class ScoreGraph
{
    private readonly int models;

    private ScoreGraph(int models, bool[] keptModels, bool[] keptBenchmarks, int[] component)
    {
        this.models = models;
        KeptModels = keptModels;
        KeptBenchmarks = keptBenchmarks;
        Component = component;
    }

    /// <summary>Whether a model has scores between nothing and all.</summary>
    public bool[] KeptModels { get; }

    /// <summary>Whether a benchmark has.</summary>
    public bool[] KeptBenchmarks { get; }

    private int[] Component { get; }

    /// <summary>The component of a kept model: the number of its first member.</summary>
    public int OfModel(int model) => Component[model];

    /// <summary>The component of a kept benchmark.</summary>
    public int OfBenchmark(int benchmark) => Component[models + benchmark];

    /// <summary>Sorts out the scores.</summary>
    public static ScoreGraph Of(ImmutableArray<ScoreCell> cells, int models, int benchmarks)
    {
        var keptModels = Enumerable.Repeat(true, models).ToArray();
        var keptBenchmarks = Enumerable.Repeat(true, benchmarks).ToArray();
        bool Kept(ScoreCell cell) => keptModels[cell.Model] && keptBenchmarks[cell.Benchmark];
        bool changed;
        do
        {
            changed = Peel(keptBenchmarks, cells, cell => cell.Benchmark, Kept);
            changed |= Peel(keptModels, cells, cell => cell.Model, Kept);
        }
        while (changed);

        var component = Enumerable.Range(0, models + benchmarks).ToArray();
        int Root(int node)
        {
            while (component[node] != node)
            {
                node = component[node];
            }

            return node;
        }

        foreach (var cell in cells.Where(Kept))
        {
            var (a, b) = (Root(cell.Model), Root(models + cell.Benchmark));
            component[Math.Max(a, b)] = Math.Min(a, b);
        }

        return new ScoreGraph(models, keptModels, keptBenchmarks, [.. Enumerable.Range(0, component.Length).Select(Root)]);
    }

    /// <summary>Takes out what has only zeros, only ones, or no score left.</summary>
    private static bool Peel(bool[] kept, ImmutableArray<ScoreCell> cells, Func<ScoreCell, int> of, Func<ScoreCell, bool> counts)
    {
        var some = new bool[kept.Length];
        var (fallsShort, rises) = (new bool[kept.Length], new bool[kept.Length]);
        foreach (var cell in cells)
        {
            if (counts(cell))
            {
                some[of(cell)] = true;
                fallsShort[of(cell)] |= cell.Score < 1;
                rises[of(cell)] |= cell.Score > 0;
            }
        }

        var changed = false;
        for (var i = 0; i < kept.Length; i++)
        {
            if (kept[i] && !(some[i] && fallsShort[i] && rises[i]))
            {
                kept[i] = false;
                changed = true;
            }
        }

        return changed;
    }
}
