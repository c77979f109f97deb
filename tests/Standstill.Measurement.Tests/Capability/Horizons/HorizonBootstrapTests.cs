using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Horizons;

public sealed class HorizonBootstrapTests
{
    private static readonly ImmutableArray<Probability> Levels = [new(0.5), new(0.8)];

    public static TheoryData<string, DrawLoop> Loops => new()
    {
        { "reversed", (count, body) => Enumerable.Range(0, count).Reverse().ToList().ForEach(body) },
        { "one thread", (count, body) => Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 1 }, body) },
        { "two threads", (count, body) => Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, body) },
        {
            "a thread for each draw", (count, body) =>
            {
                var threads = Enumerable.Range(0, count).Select(draw => new Thread(() => body(draw))).ToList();
                threads.ForEach(thread => thread.Start());
                threads.ForEach(thread => thread.Join());
            }
        },
    };

    [Theory]
    [MemberData(nameof(Loops), DisableDiscoveryEnumeration = true)]
    public void Draws_do_not_depend_on_how_they_are_run(string how, DrawLoop loop)
    {
        _ = how;
        foreach (var resampling in Enum.GetValues<Resampling>())
        {
            Assert.Equal(Digest(Draw(resampling, 100, DrawLoops.InOrder)), Digest(Draw(resampling, 100, loop)));
        }
    }

    [Fact]
    public void The_first_draws_are_the_same_however_many_follow()
    {
        var (few, many) = (Draw(Resampling.Hierarchical, 10, DrawLoops.InOrder), Draw(Resampling.Hierarchical, 50, DrawLoops.InOrder));
        Assert.Equal(few.Logs(1, 0), many.Logs(1, 0)[..10]);
    }

    /// <summary>Stored: another process, another machine, another width of registers and another release give these bits.</summary>
    [Theory]
    [InlineData(Resampling.Hierarchical, "f48d9e598f636a81aa926fc673afab9ad0bfdc444abec1342c6d4eca13715b79")]
    [InlineData(Resampling.Families, "22d0921c7184d27f712b4c98e32492e407eea366b23abb12e442e5dbd27bf487")]
    public void The_draws_are_the_stored_ones_bit_for_bit(Resampling resampling, string digest) =>
        Assert.Equal(digest, Digest(Draw(resampling, 200, DrawLoops.InOrder)));

    [Fact]
    public void The_distribution_is_that_of_METR_s_bootstrap_by_an_independent_program()
    {
        const int Draws = 20_000;
        const int Theirs = 10_000; // testdata/estimator/make_reference.py
        var runs = HorizonEstimatorTests.Reference();
        var drawn = HorizonBootstrap.Draw(runs, HorizonSettings.Horizon11, Levels, Published.Seed, Draws, DrawLoops.InOrder);
        var columns = new Dictionary<(string, string), double[]>();
        var rows = 0;
        foreach (var line in File.ReadLines("testdata/estimator/bootstrap.csv").Skip(1).Select(line => line.Split(',')))
        {
            if (!columns.TryGetValue((line[0], line[1]), out var column))
            {
                column = drawn.Logs(runs.Agents.Index().Single(a => a.Item.Alias == line[0]).Index, line[1] == "0.5" ? 0 : 1);
                columns.Add((line[0], line[1]), column);
                Assert.InRange(column.Count(log => !double.IsFinite(log)), 0, 5);
            }

            var (p, quantile) = (double.Parse(line[2], CultureInfo.InvariantCulture), double.Parse(line[3], CultureInfo.InvariantCulture));
            var share = column.Count(log => log <= quantile) / (double)Draws;

            // 42 comparisons that hang together; four standard errors of both samples.
            Assert.Equal(p, share, 4 * Math.Sqrt(p * (1 - p) * ((1.0 / Draws) + (1.0 / Theirs))));
            rows++;
        }

        Assert.Equal(42, rows);
    }

    [Fact]
    public void All_agents_are_drawn_at_the_same_tasks()
    {
        // Two agents with the same runs and no luck within a task have the same horizon in every draw.
        var rows = new SimulatedWorld { Tasks = 40, Families = 12, RunsPerTask = 1 }.Draw(SeededRandom.Stream(Published.Seed, 5));
        var twins = HorizonEstimatorTests.Build(rows.Runs.SelectMany(run => new[] { "a", "b" }.Select(alias =>
            new RunRow(alias, rows.Tasks[run.Task].Id, rows.Families[rows.Tasks[run.Task].Family], rows.Tasks[run.Task].Human, run.Score))));
        var drawn = HorizonBootstrap.Draw(twins, HorizonSettings.Horizon11, Levels, Published.Seed, 50, DrawLoops.InOrder);
        Assert.Equal(drawn.Logs(0, 0), drawn.Logs(1, 0));
        Assert.True(drawn.Logs(0, 0).Distinct().Count() > 40);
    }

    [Fact]
    public void A_draw_without_failures_has_no_upper_bound_and_one_without_successes_no_lower()
    {
        RunRow Row(string alias, int task, double score) => new(alias, $"t{task}", $"f{task}", new Minutes(task + 1), score) { Count = 3 };
        var runs = HorizonEstimatorTests.Build(Enumerable.Range(0, 9).SelectMany(task => new[] { Row("all", task, 1), Row("none", task, 0) }));
        foreach (var resampling in Enum.GetValues<Resampling>())
        {
            var drawn = HorizonBootstrap.Draw(runs, HorizonSettings.Horizon11 with { Resampling = resampling }, Levels, Published.Seed, 20, DrawLoops.InOrder);
            Assert.All(drawn.Logs(0, 0), log => Assert.Equal(double.PositiveInfinity, log));
            Assert.All(drawn.Logs(1, 1), log => Assert.Equal(double.NegativeInfinity, log));
        }
    }

    [Fact]
    public void A_draw_in_which_longer_tasks_go_better_says_nothing_and_widens_the_interval_on_both_sides()
    {
        var rising = HorizonEstimatorTests.Build(Enumerable.Range(0, 8).SelectMany(task => new[] { 1.0, 0.0 }.Select(score =>
            new RunRow("agent", $"t{task}", "f", new Minutes(Math.Pow(2, task)), score) { Count = score == 1 ? 1 + task : 8 - task })));
        var drawn = HorizonBootstrap.Draw(rising, HorizonSettings.Horizon11, Levels, Published.Seed, 50, DrawLoops.InOrder);
        Assert.All(drawn.Logs(0, 0), log => Assert.True(double.IsNaN(log)));
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), drawn.Interval(0, 0, new(0.95)));
    }

    [Fact]
    public void Tasks_that_nobody_attempted_make_no_difference()
    {
        var runs = HorizonEstimatorTests.Reference();
        var without = runs.Where(run => runs.Families[runs.Tasks[run.Task].Family] != "f00");
        var gone = HorizonEstimatorTests.Build(without.Runs.Select(run => new RunRow(
            runs.Agents[run.Agent].Alias, runs.Tasks[run.Task].Id, runs.Families[runs.Tasks[run.Task].Family], runs.Tasks[run.Task].Human, run.Score)
        { Count = run.Count }));
        Assert.Equal(runs.Families.Length - 1, gone.Families.Length);
        foreach (var resampling in Enum.GetValues<Resampling>())
        {
            var settings = HorizonSettings.Horizon11 with { Resampling = resampling };
            Assert.Equal(
                Digest(HorizonBootstrap.Draw(gone, settings, Levels, Published.Seed, 30, DrawLoops.InOrder)),
                Digest(HorizonBootstrap.Draw(without, settings, Levels, Published.Seed, 30, DrawLoops.InOrder)));
        }
    }

    [Fact]
    public void Whole_families_are_not_drawn_from_fewer_than_eight()
    {
        RunSet World(int families) => new SimulatedWorld { Tasks = 60, Families = families }.Draw(SeededRandom.Stream(Published.Seed, 1));
        var settings = HorizonSettings.Horizon11 with { Resampling = Resampling.Families };
        Assert.All(HorizonBootstrap.Draw(World(7), settings, Levels, Published.Seed, 20, DrawLoops.InOrder).Logs(0, 0), log => Assert.True(double.IsNaN(log)));
        Assert.Contains(HorizonBootstrap.Draw(World(8), settings, Levels, Published.Seed, 20, DrawLoops.InOrder).Logs(0, 0), double.IsFinite);
    }

    [Fact]
    public void No_runs_at_all_say_nothing()
    {
        var none = HorizonEstimatorTests.Reference().Where(_ => false);
        foreach (var resampling in Enum.GetValues<Resampling>())
        {
            var drawn = HorizonBootstrap.Draw(none, HorizonSettings.Horizon11 with { Resampling = resampling }, Levels, Published.Seed, 3, DrawLoops.InOrder);
            Assert.All(drawn.Logs(0, 0), log => Assert.True(double.IsNaN(log)));
        }
    }

    [Fact]
    public void An_interval_interpolates_as_numpy_does()
    {
        // numpy.quantile([1, 2, 4, 8, 16], [0.1, 0.9]) = [1.4, 12.8]; a silent draw stands at both ends.
        Assert.Equal((1.4, 12.8), Rounded(new HorizonDraws([8, 1, 16, 4, 2], 5, 1, [new(0.5)]).Interval(0, 0, new(0.8))));
        var silent = new HorizonDraws([8, double.NaN, 16, 4, 2], 5, 1, [new(0.5)]).Interval(0, 0, new(0.8));
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), silent);
        Assert.Equal((4, 4), new HorizonDraws([8, double.NegativeInfinity, 4, double.PositiveInfinity, 2], 5, 1, [new(0.5)]).Interval(0, 0, new(0)));

        static (double, double) Rounded((double Low, double High) interval) => (Math.Round(interval.Low, 12), Math.Round(interval.High, 12));
    }

    private static HorizonDraws Draw(Resampling resampling, int draws, DrawLoop loop) => HorizonBootstrap.Draw(
        HorizonEstimatorTests.Reference(), HorizonSettings.Horizon11 with { Resampling = resampling }, Levels, Published.Seed, draws, loop);

    /// <summary>SHA-256 of the draws of the three agents of testdata/estimator.</summary>
    private static string Digest(HorizonDraws draws)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var agent = 0; agent < 3; agent++)
        {
            for (var level = 0; level < draws.Levels.Length; level++)
            {
                hash.AppendData(MemoryMarshal.AsBytes<double>(draws.Logs(agent, level)));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
