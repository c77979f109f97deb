using System.Globalization;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Critique;

/// <summary>Runs for these tests: simulated ones with a known truth, and those of testdata/critique.</summary>
internal static class World
{
    public static readonly Probability Half = new(0.5);
    public static readonly Probability FourFifths = new(0.8);

    public static Seed Seed { get; } = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    public static RunSet Reference { get; } = Build(ReferenceRows());

    /// <summary>What Python found: by name and agent, −1 for all agents.</summary>
    public static ILookup<string, (int Agent, double Value)> Found { get; } = File.ReadLines("testdata/critique/reference.csv").Skip(1)
        .Select(line => line.Split(','))
        .ToLookup(row => row[0], row => (int.Parse(row[1], CultureInfo.InvariantCulture), Number(row[2])));

    public static double FoundOf(string name, int agent) => Found[name].Single(found => found.Agent == agent).Value;

    public static RunSet Build(IEnumerable<RunRow> rows)
    {
        var builder = new RunSetBuilder();
        foreach (var row in rows)
        {
            Assert.Null(builder.Add(row));
        }

        return builder.Build();
    }

    /// <summary>One agent, one task in each family: scores by length.</summary>
    public static RunSet One(params (double Minutes, double Score)[] runs) =>
        Build(runs.Select((run, i) => new RunRow("a", $"t{i:000}", $"f{i:000}", new Minutes(run.Minutes), run.Score)));

    /// <summary>Agents with true 50 % horizons of 2, 4, 8… doublings, in families of four tasks; slope −0.8 for each doubling.</summary>
    /// <param name="index">Which world.</param>
    /// <param name="families">How many families.</param>
    /// <param name="agents">How many agents.</param>
    /// <param name="lapse">The chance of failing whatever the length.</param>
    /// <param name="noise">Standard deviation of ln of the stated over the true minutes.</param>
    public static List<RunRow> Rows(ulong index, int families, int agents = 3, double lapse = 0, double noise = 0)
    {
        var random = SeededRandom.Stream(Seed, index);
        var rows = new List<RunRow>();
        for (var family = 0; family < families; family++)
        {
            for (var task = 0; task < 4; task++)
            {
                var length = -2 + (13 * random.NextUniform());
                var stated = new Minutes(Math.Exp((length * Math.Log(2)) + (noise * random.NextNormal())));
                var basis = random.NextUniform() < 0.5 ? HumanTimeBasis.Measured : HumanTimeBasis.Estimated;
                for (var agent = 0; agent < agents; agent++)
                {
                    var p = (1 - lapse) / (1 + Math.Exp(0.8 * (length - TrueLog2(agent))));
                    for (var run = 0; run < 4; run++)
                    {
                        rows.Add(new RunRow($"agent{agent}", $"t{family:000}_{task}", $"f{family:000}", stated, random.NextUniform() < p ? 1 : 0)
                        {
                            Basis = basis,
                            Source = family % 2 == 0 ? "even" : "odd",
                            Released = new DateOnly(2023, 6, 1).AddDays(200 * agent),
                            Alleged = random.NextUniform() < 0.03,
                            Fatal = random.NextUniform() < 0.03,
                            Continuous = random.NextUniform() < 0.5 ? null : random.NextUniform(),
                        });
                    }
                }
            }
        }

        return rows;
    }

    /// <summary>log2 of an agent's true 50 % horizon, where there is no lapse.</summary>
    public static double TrueLog2(int agent) => 2 + (2 * agent);

    private static IEnumerable<RunRow> ReferenceRows()
    {
        foreach (var row in File.ReadLines("testdata/critique/runs.csv").Skip(1).Select(line => line.Split(',')))
        {
            var (runs, successes) = (int.Parse(row[7], CultureInfo.InvariantCulture), int.Parse(row[8], CultureInfo.InvariantCulture));
            foreach (var (score, count) in ((double, int)[])[(0, runs - successes), (1, successes)])
            {
                if (count > 0)
                {
                    yield return new RunRow(row[0], row[1], row[2], new Minutes(Number(row[4])), score)
                    {
                        Source = row[3],
                        Basis = row[5] == "measured" ? HumanTimeBasis.Measured : HumanTimeBasis.Estimated,
                        Released = DateOnly.Parse(row[6], CultureInfo.InvariantCulture),
                        Count = count,
                    };
                }
            }
        }
    }

    private static double Number(string field) => field switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(field, CultureInfo.InvariantCulture),
    };
}
