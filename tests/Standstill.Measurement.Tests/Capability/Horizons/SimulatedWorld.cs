using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Horizons;

/// <summary>A suite and an agent whose horizon is known: logit P(success) = slope · (log2 minutes − log2 horizon) + ease of the family +
/// ease of the task, both normal about zero, lengths log-uniform.</summary>
internal sealed record SimulatedWorld
{
    public int Tasks { get; init; } = 200;

    /// <summary>Each has a task; the others fall to families with unequal chances, so that a few are large.</summary>
    public int Families { get; init; } = 80;

    public int RunsPerTask { get; init; } = 5;

    public double Slope { get; init; } = -0.6;

    /// <summary>log2 of the minutes at which a task of middling ease is done half of the time.</summary>
    public double Horizon { get; init; } = 5;

    public double ShortestLog2 { get; init; } = -4;

    public double LongestLog2 { get; init; } = 11;

    /// <summary>Standard deviation of the ease of families, on the logit.</summary>
    public double FamilySpread { get; init; }

    /// <summary>Standard deviation of the ease of tasks, on the logit.</summary>
    public double TaskSpread { get; init; }

    /// <summary>Agents that differ only in luck.</summary>
    public int Agents { get; init; } = 1;

    public RunSet Draw(SeededRandom random)
    {
        var builder = new RunSetBuilder();
        var ease = Enumerable.Range(0, Families).Select(_ => FamilySpread * random.NextNormal()).ToArray();
        for (var task = 0; task < Tasks; task++)
        {
            var family = task < Families ? task : (int)(Families * Math.Pow(random.NextUniform(), 2));
            var length = ShortestLog2 + ((LongestLog2 - ShortestLog2) * random.NextUniform());
            var logit = (Slope * (length - Horizon)) + ease[family] + (TaskSpread * random.NextNormal());
            for (var agent = 0; agent < Agents; agent++)
            {
                var successes = Enumerable.Range(0, RunsPerTask).Count(_ => random.NextUniform() < PortableMath.Logistic(logit));
                foreach (var (score, count) in ((double, int)[])[(1, successes), (0, RunsPerTask - successes)])
                {
                    if (count > 0)
                    {
                        Assert.Null(builder.Add(
                            new RunRow($"agent {agent}", $"task {task}", $"family {family}", new Minutes(Math.Pow(2, length)), score) { Count = count }));
                    }
                }
            }
        }

        return builder.Build();
    }

    /// <summary>ln(minutes) of the horizon that a sample without end would give: the fit of success averaged over the ease of tasks.</summary>
    /// <remarks>Without spread it is the formula's own. With spread the average over normals is flatter than a logistic curve.</remarks>
    public double Truth(Probability level)
    {
        const int Lengths = 400;
        const int Eases = 400;
        var spread = Math.Sqrt((FamilySpread * FamilySpread) + (TaskSpread * TaskSpread));
        var eases = Enumerable.Range(0, Eases).Select(i => spread * PortableMath.NormalQuantile((i + 0.5) / Eases)).ToArray();
        var average = Enumerable.Range(0, Lengths)
            .Select(i => ShortestLog2 + ((LongestLog2 - ShortestLog2) * (i + 0.5) / Lengths))
            .Select(x => new Observation(x, 1.0 / Lengths, eases.Average(ease => PortableMath.Logistic((Slope * (x - Horizon)) + ease))))
            .ToArray();
        return LogisticSolver.Solve(average, HorizonSettings.Horizon11.Lambda, default).LogHorizon(level);
    }
}
