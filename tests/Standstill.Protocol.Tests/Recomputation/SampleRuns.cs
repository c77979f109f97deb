using System.Collections.Immutable;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Tests.Recomputation;

/// <summary>Runs of four invented agents at a small suite of tasks.</summary>
internal static class SampleRuns
{
    /// <summary>The agents: one between, one that does everything, one that does nothing, one that does the long tasks only.</summary>
    public static RunSet Set { get; } = Make();

    /// <summary>The digests of the files that they stand for.</summary>
    public static ImmutableArray<Digest> Files { get; } = [Digest.Of("runs"u8), Digest.Of("tasks"u8)];

    /// <summary>How they are fitted.</summary>
    public static HorizonRecipe Recipe { get; } = new(HorizonSettings.Horizon11, 200, "sample");

    private static RunSet Make()
    {
        var builder = new RunSetBuilder();
        foreach (var family in Enumerable.Range(0, 10))
        {
            foreach (var task in Enumerable.Range(0, 4))
            {
                var minutes = Math.Pow(2, (family + task) * 0.8);
                Add("between", Math.Clamp(9 - family - task, 1, 7));
                Add("everything", 8);
                Add("nothing", 0);
                Add("upside-down", Math.Clamp(family + task, 1, 7));

                void Add(string alias, int successes)
                {
                    foreach (var (score, count) in new[] { (1.0, successes), (0.0, 8 - successes) }.Where(runs => runs.Item2 > 0))
                    {
                        var row = new RunRow(alias, $"f{family}/t{task}", $"f{family}", new Minutes(minutes), score) { Count = count, Released = new DateOnly(2024, 12, 1), Model = "Model " + alias };
                        Assert.Null(builder.Add(row));
                    }
                }
            }
        }

        return builder.Build();
    }
}
