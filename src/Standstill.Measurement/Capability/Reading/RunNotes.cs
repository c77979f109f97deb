using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>What a careful reader of the files would want to know, though nothing in it refuses them.</summary>
internal sealed class RunNotes
{
    /// <summary>A file's own weights may differ by this from those computed here before a note says so.</summary>
    private const double WeightTolerance = 1e-6;

    private readonly Dictionary<(string Alias, string Task), (double? Equal, double? Family)> weights = [];
    private readonly Dictionary<string, string> versions = new(StringComparer.Ordinal);
    private readonly List<string> evaluations = [];
    private readonly HashSet<string> said = new(StringComparer.Ordinal);
    private long fatal;
    private long alleged;
    private long unscored;
    private long invalidated;

    /// <summary>Takes note of a row that counts.</summary>
    public void Row(RunRow row, double? equalWeight, double? familyWeight)
    {
        fatal += row.Fatal ? row.Count : 0;
        alleged += row.Alleged ? row.Count : 0;
        if ((equalWeight is not null || familyWeight is not null)
            && !weights.TryAdd((row.Alias, row.TaskId), (equalWeight, familyWeight))
            && weights[(row.Alias, row.TaskId)] is var before
            && (Differ(before.Equal, equalWeight) || Differ(before.Family, familyWeight)))
        {
            // Runs of one agent at one task weigh alike: where they do not, no weight computed here can agree.
            weights[(row.Alias, row.TaskId)] = (double.NaN, double.NaN);
        }
    }

    /// <summary>Takes note of a log of Inspect.</summary>
    public void Evaluation(InspectEvaluation evaluation, string status)
    {
        var task = RawRow.Shown(evaluation.Task!);
        if (status != "success")
        {
            Once($"the log of `{task}` by `{RawRow.Shown(evaluation.Model!)}` has status `{RawRow.Shown(status)}`: samples may be missing");
        }

        // A version is a number or a string; Inspect's default is 0.
        var version = evaluation.Version.ValueKind == JsonValueKind.Undefined ? "0" : Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(evaluation.Version));
        if (!versions.TryAdd(evaluation.Task!, version) && versions[evaluation.Task!] != version)
        {
            Once($"`{task}` is there in versions `{RawRow.Shown(versions[evaluation.Task!])}` and `{RawRow.Shown(version)}`, counted as one task");
        }
    }

    /// <summary>Takes note of the scorers of a sample, of which the first is taken.</summary>
    public void Scorers(string task, int count, string first)
    {
        if (count > 1)
        {
            Once($"samples of `{RawRow.Shown(task)}` have {count.ToString(CultureInfo.InvariantCulture)} scorers: the first, `{RawRow.Shown(first)}`, is taken");
        }
    }

    /// <summary>Takes note of a sample that its scorer left without a score.</summary>
    public void Unscored() => unscored++;

    /// <summary>Takes note of a sample that was invalidated.</summary>
    public void Invalidated() => invalidated++;

    /// <summary>The notes, one sentence each.</summary>
    public IEnumerable<string> Of(RunSet set)
    {
        foreach (var evaluation in evaluations)
        {
            yield return evaluation;
        }

        foreach (var (count, what) in new[]
        {
            (unscored, "samples have no score and are left out"),
            (invalidated, "samples were invalidated and are left out"),
            (fatal, "runs ended in a fatal error"),
            (alleged, "runs are alleged to have cheated"),
        })
        {
            if (count > 0)
            {
                yield return $"{N(count)} {what}";
            }
        }

        var successes = new double[set.Agents.Length];
        foreach (var run in set.Runs)
        {
            successes[run.Agent] += run.Score;
        }

        foreach (var (i, agent) in set.Agents.Index())
        {
            if (successes[i] == 0)
            {
                yield return $"`{RawRow.Shown(agent.Alias)}` has no success";
            }
        }

        var differing = DifferingWeights(set);
        if (differing > 0)
        {
            yield return $"the file's own weights differ from those computed here at {N(differing)} pairs of agent and task: was it cut from a larger file?";
        }
    }

    private void Once(string note)
    {
        if (said.Add(note))
        {
            evaluations.Add(note);
        }
    }

    private static string N(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static bool Differ(double? left, double? right) => !(Math.Abs((left ?? 0) - (right ?? 0)) <= WeightTolerance);

    /// <summary>Compares with the weights that METR's compute_task_weights.py gives: 1/runs in the task, with or without 1/√tasks in the
    /// family, both normalised to 1 for each agent.</summary>
    private int DifferingWeights(RunSet set)
    {
        if (weights.Count == 0)
        {
            return 0;
        }

        var runs = set.Runs.GroupBy(run => (run.Agent, run.Task)).ToDictionary(cell => cell.Key, cell => cell.Sum(run => (long)run.Count));
        var differing = 0;
        foreach (var agent in runs.GroupBy(cell => cell.Key.Agent))
        {
            var inFamily = agent.CountBy(cell => set.Tasks[cell.Key.Task].Family).ToDictionary();
            var tasksOfAgent = inFamily.OrderBy(family => family.Key).Sum(family => (double)family.Value);
            var roots = inFamily.OrderBy(family => family.Key).Sum(family => Math.Sqrt(family.Value));
            foreach (var ((_, task), count) in agent)
            {
                var given = weights.GetValueOrDefault((set.Agents[agent.Key].Alias, set.Tasks[task].Id));
                var equal = 1 / (count * tasksOfAgent);
                var family = 1 / (count * Math.Sqrt(inFamily[set.Tasks[task].Family]) * roots);
                if (Differ(given.Equal ?? equal, equal) || Differ(given.Family ?? family, family))
                {
                    differing++;
                }
            }
        }

        return differing;
    }
}
