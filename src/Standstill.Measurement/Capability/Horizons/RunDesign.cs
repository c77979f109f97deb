using System.Collections.Immutable;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Horizons;

/// <summary>Runs of one agent at one task with one score.</summary>
internal readonly record struct ScoreCount(double Score, int Count);

/// <summary>All runs of one agent at one task.</summary>
/// <param name="Task">Index of the task.</param>
/// <param name="X">log2 of its minutes.</param>
/// <param name="RunWeight">The weight of one run.</param>
/// <param name="Runs">How many runs there are.</param>
/// <param name="MeanScore">Their mean score.</param>
/// <param name="Scores">The scores, ascending.</param>
internal readonly record struct RunCell(int Task, double X, double RunWeight, int Runs, double MeanScore, ImmutableArray<ScoreCount> Scores)
{
    public Observation Observation => new(X, RunWeight * Runs, MeanScore);
}

/// <summary>The runs as an estimate sees them: for each agent its cells in the order of tasks, scored and weighted.</summary>
internal sealed class RunDesign
{
    private RunDesign(ImmutableArray<ImmutableArray<RunCell>> cells) => Cells = cells;

    /// <summary>The cells of each agent, in the order of <see cref="RunSet.Agents"/>.</summary>
    public ImmutableArray<ImmutableArray<RunCell>> Cells { get; }

    public static RunDesign Of(RunSet runs, HorizonSettings settings)
    {
        var logs = new double[runs.Tasks.Length];
        for (var task = 0; task < logs.Length; task++)
        {
            logs[task] = PortableMath.Log2(runs.Tasks[task].Human.Value);
        }

        // By INVARIANT (order) of the run set, what belongs together stands together.
        var cells = new ImmutableArray<RunCell>[runs.Agents.Length];
        var own = new List<(int Task, int Count, double Mean, ImmutableArray<ScoreCount> Scores)>();
        var next = 0;
        for (var agent = 0; agent < cells.Length; agent++)
        {
            own.Clear();
            while (next < runs.Runs.Length && runs.Runs[next].Agent == agent)
            {
                var task = runs.Runs[next].Task;
                var from = next;
                while (next < runs.Runs.Length && runs.Runs[next].Agent == agent && runs.Runs[next].Task == task)
                {
                    next++;
                }

                if (Scores(runs.Runs.AsSpan()[from..next], settings) is { IsEmpty: false } scores)
                {
                    var (count, sum) = (0, 0.0);
                    foreach (var score in scores)
                    {
                        count += score.Count;
                        sum += score.Score * score.Count;
                    }

                    own.Add((task, count, sum / count, scores));
                }
            }

            cells[agent] = Weighted(own, logs, runs, settings.Weighting);
        }

        return new RunDesign([.. cells]);
    }

    /// <summary>The scores of one agent at one task and how often each stands, ascending; empty where all runs are left out.</summary>
    private static ImmutableArray<ScoreCount> Scores(ReadOnlySpan<RunGroup> groups, HorizonSettings settings)
    {
        var counts = new List<ScoreCount>(groups.Length);
        foreach (var group in groups)
        {
            if (settings.ScoreOf(group) is not { } score)
            {
                continue;
            }

            var at = 0;
            while (at < counts.Count && counts[at].Score < score)
            {
                at++;
            }

            if (at < counts.Count && counts[at].Score == score)
            {
                counts[at] = counts[at] with { Count = counts[at].Count + group.Count };
            }
            else
            {
                counts.Insert(at, new ScoreCount(score, group.Count));
            }
        }

        return [.. counts];
    }

    private static ImmutableArray<RunCell> Weighted(
        List<(int Task, int Count, double Mean, ImmutableArray<ScoreCount> Scores)> own, double[] logs, RunSet runs, TaskWeighting weighting)
    {
        var inFamily = new int[runs.Families.Length];
        foreach (var cell in own)
        {
            inFamily[runs.Tasks[cell.Task].Family]++;
        }

        double TaskWeight(int task) => weighting == TaskWeighting.EqualTask ? 1 : 1 / Math.Sqrt(inFamily[runs.Tasks[task].Family]);

        var total = 0.0;
        foreach (var cell in own)
        {
            total += TaskWeight(cell.Task);
        }

        var cells = ImmutableArray.CreateBuilder<RunCell>(own.Count);
        foreach (var cell in own)
        {
            cells.Add(new RunCell(cell.Task, logs[cell.Task], TaskWeight(cell.Task) / total / cell.Count, cell.Count, cell.Mean, cell.Scores));
        }

        return cells.MoveToImmutable();
    }
}
