using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Standstill.Measurement.Capability.Acceleration;
using Standstill.Measurement.Capability.Index;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Index;

public sealed class CapabilityIndexTests
{
    private static readonly DateOnly Day = new(2024, 1, 1);

    private static readonly ImmutableArray<BenchmarkScore> Real =
        ((ScoreTableReading.Table)ScoreTable.Read(File.ReadAllText("testdata/index/benchmarks.csv"))).Scores;

    /// <summary>The two models that fix the published index.</summary>
    private static readonly IndexAnchor Epoch = new IndexAnchor.Models("claude-3-5-sonnet-20240620", 130, "gpt-5-2025-08-07_medium", 150);

    /// <summary>Against index.py: after the anchor only differences in units of the anchor are comparable.</summary>
    [Fact]
    public void The_fit_agrees_with_scipy_on_the_same_objective()
    {
        var rows = File.ReadLines("testdata/index/index.csv").Skip(1).Select(line => line.Split(',')).ToArray();
        var gpqa = rows.Single(row => row[1] == "GPQA diamond");
        var (difficulty, slope) = (Number(gpqa[2]), Number(gpqa[3]));
        var index = Fit(Real, new IndexAnchor.Benchmark("GPQA diamond", difficulty, slope));
        Assert.Equal(Number(rows.Single(row => row[0] == "objective")[2]), index.Objective, 1e-12);
        var models = index.Models.ToDictionary(model => model.Name, model => model.Value);
        var benchmarks = index.Benchmarks.ToDictionary(benchmark => benchmark.Name);
        Assert.Equal((88, 10), (models.Count, benchmarks.Count));
        Assert.InRange(index.LargestDerivative, 0, 1e-10);
        foreach (var row in rows)
        {
            switch (row[0])
            {
                case "model":
                    Assert.Equal(Number(row[2]), models[row[1]], 1e-6);
                    break;
                case "benchmark":
                    Assert.Equal(Number(row[2]), benchmarks[row[1]].Difficulty, 1e-6);
                    Assert.Equal(Number(row[3]), benchmarks[row[1]].Slope!.Value, 1e-5);
                    break;
            }
        }

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>Pearson 0.979 and Spearman 0.966, from ten of the published index's 39 benchmarks.</summary>
    [Fact]
    public void The_index_of_ten_real_benchmarks_goes_with_the_published_one_of_thirty_nine()
    {
        var published = File.ReadLines("testdata/index/eci_published.csv").Skip(1).Select(line => line.Split(','))
            .ToDictionary(row => row[0], row => double.Parse(row[2], CultureInfo.InvariantCulture));
        var index = Fit(Real, Epoch);
        double[] ours = [.. index.Models.Select(model => model.Value)];
        double[] theirs = [.. index.Models.Select(model => published[model.Name])];
        Assert.True(Pearson(ours, theirs) > 0.97);
        Assert.True(Pearson(Ranks(ours), Ranks(theirs)) > 0.95);
        Assert.Equal(130, index.Models.Single(model => model.Name == "claude-3-5-sonnet-20240620").Value, 1e-9);
        Assert.Equal(150, index.Models.Single(model => model.Name == "gpt-5-2025-08-07_medium").Value, 1e-9);
        Assert.InRange(index.ScoreError, 0.045, 0.06);
    }

    [Fact]
    public void A_simulated_truth_is_recovered()
    {
        var random = SeededRandom.Stream(Published.Seed, 5);
        var (scores, truth, difficulties) = Simulated(random, models: 60, benchmarks: 12, noise: 0.02, kept: 0.5);
        var index = Fit(scores, new IndexAnchor.Benchmark("b00", difficulties[0].Difficulty, difficulties[0].Slope));
        double[] found = [.. index.Models.Select(model => model.Value)];
        double[] expected = [.. index.Models.Select(model => truth[model.Name])];
        Assert.True(Pearson(Ranks(found), Ranks(expected)) > 0.99);
        Assert.True(Pearson(found, expected) > 0.99);
        Assert.InRange(index.ScoreError, 0.01, 0.025);
        foreach (var benchmark in index.Benchmarks)
        {
            var (difficulty, slope) = difficulties[int.Parse(benchmark.Name.AsSpan(1), CultureInfo.InvariantCulture)];
            Assert.Equal(difficulty, benchmark.Difficulty, 0.25);
            Assert.InRange(benchmark.Slope!.Value / slope, 0.75, 1.33);
        }
    }

    /// <summary>The error over drawn benchmarks is of the size of the true one: within a factor of two on average.</summary>
    [Fact]
    public void The_error_from_drawing_benchmarks_tells_the_size_of_the_true_error()
    {
        var (stated, true2, count) = (0.0, 0.0, 0);
        for (var world = 0; world < 5; world++)
        {
            var (scores, truth, difficulties) = Simulated(SeededRandom.Stream(Published.Seed, (ulong)(50 + world)), 40, 15, 0.05, 0.6);
            var index = Fit(scores, new IndexAnchor.Benchmark("b00"));
            Assert.InRange(index.LargestDerivative, 0, 1e-10);
            var draws = index.Draw(Published.Seed, 60, DrawLoops.InOrder);
            double[] found = [.. draws.Models.Select(model => model.Value)];
            double[] expected = [.. draws.Models.Select(model => truth[model.Name])];
            var (offset, stretch) = Line(expected, found);
            for (var i = 0; i < found.Length; i++)
            {
                var error = found[i] - offset - (stretch * expected[i]);
                stated += draws.StandardError(i) * draws.StandardError(i) / (stretch * stretch);
                true2 += error * error / (stretch * stretch);
                count++;
            }
        }

        Assert.InRange(Math.Sqrt(stated / true2), 0.5, 2);
        Assert.Equal(200, count);
    }

    [Fact]
    public void The_order_of_rows_changes_nothing() =>
        Gen.Shuffle(Real.ToArray()).Hold(
            rows => Assert.Equal(Fit(Real, Epoch).Models.AsEnumerable(), Fit([.. rows], Epoch).Models),
            count: 5);

    [Fact]
    public void Another_anchor_moves_and_stretches_and_changes_nothing_else() =>
        Gen.Select(Gen.Int[0, Real.Length - 1].Select(row => Real[row].Benchmark), Gen.Double[-100, 100], Gen.Double[0.01, 10]).Hold(
            drawn =>
            {
                var (name, difficulty, slope) = drawn;
                var one = Fit(Real, Epoch);
                var other = Fit(Real, new IndexAnchor.Benchmark(name, difficulty, slope));
                double[] x = [.. one.Models.Select(model => model.Value)];
                double[] y = [.. other.Models.Select(model => model.Value)];
                var (offset, stretch) = Line(x, y);
                Assert.True(stretch > 0);
                for (var i = 0; i < x.Length; i++)
                {
                    Assert.Equal(offset + (stretch * x[i]), y[i], 1e-9 * Math.Max(1, Math.Abs(offset) + (stretch * 150)));
                }

                Assert.Equal(difficulty, other.Benchmarks.Single(benchmark => benchmark.Name == name).Difficulty, 1e-9);
                Assert.Equal(one.Expected(140, "WeirdML"), other.Expected(offset + (stretch * 140), "WeirdML"), 1e-9);
            },
            count: 10);

    [Fact]
    public void A_benchmark_that_all_reach_fully_changes_no_place()
    {
        var models = Real.Select(score => (score.Model, score.Released)).Distinct();
        ImmutableArray<BenchmarkScore> more = [.. Real, .. models.Select(model => new BenchmarkScore(model.Model, model.Released, "trivial", 1))];
        var (one, other) = (Fit(Real, Epoch), Fit(more, Epoch));
        Assert.Equal(one.Models.Select(model => (model.Name, model.Value)), other.Models.Select(model => (model.Name, model.Value)));
        Assert.Equal(
            new IndexedBenchmark("trivial", one.Models.Min(model => model.Value), null, Censoring.AtMost, 88),
            other.Benchmarks.Single(benchmark => benchmark.Name == "trivial"));
    }

    [Fact]
    public void A_model_that_reaches_everything_or_nothing_has_a_bound()
    {
        var index = Fit(
            [
                .. Real,
                new("perfect", Day, "ARC-AGI", 1), new("perfect", Day, "MMLU", 1),
                new("hopeless", Day, "ARC-AGI", 0), new("hopeless", Day, "MMLU", 0),
            ],
            Epoch);
        var plain = Fit(Real, Epoch);
        double Difficulty(string name) => plain.Benchmarks.Single(benchmark => benchmark.Name == name).Difficulty;
        Assert.Equal(new IndexedModel("perfect", Day, Difficulty("ARC-AGI"), Censoring.AtLeast, 2), index.Models.Single(model => model.Name == "perfect"));
        Assert.Equal(new IndexedModel("hopeless", Day, Difficulty("MMLU"), Censoring.AtMost, 2), index.Models.Single(model => model.Name == "hopeless"));
        Assert.Equal(88, index.Draw(Published.Seed, 2, DrawLoops.InOrder).Models.Length);
    }

    [Fact]
    public void Models_that_share_no_benchmark_with_the_others_stand_apart()
    {
        ImmutableArray<BenchmarkScore> island = [new("x", Day, "island", 0.3), new("y", Day, "island", 0.6), new("z", Day, "rock", 1)];
        var (alone, with) = (Fit(Real, Epoch), Fit([.. Real, .. island], Epoch));
        Assert.Equal(alone.Models.AsEnumerable(), with.Models);
        Assert.Empty(alone.Apart);
        Assert.Equal(["x", "y"], with.Apart[0].Models.AsEnumerable());
        Assert.Equal(["island"], with.Apart[0].Benchmarks.AsEnumerable());
        Assert.Equal(["z"], with.Apart[1].Models.AsEnumerable());
        Assert.Equal(2, with.Apart.Length);
    }

    [Fact]
    public void An_anchor_without_a_place_is_refused()
    {
        ImmutableArray<BenchmarkScore> two = [.. Real, new("x", Day, "island", 0.3), new("x", Day, "full", 1)];
        Assert.Equal("benchmark `nowhere` has no score", Refused(two, new IndexAnchor.Benchmark("nowhere")));
        Assert.Equal("all scores on `full` are 0 or all are 1", Refused(two, new IndexAnchor.Benchmark("full")));
        Assert.Equal("no score connects `x` with `grok-4-0709`", Refused(two, new IndexAnchor.Models("x", 0, "grok-4-0709", 1)));
        Assert.Equal("model `nobody` has no score between 0 and 1", Refused(two, new IndexAnchor.Models("nobody", 0, "grok-4-0709", 1)));
        Assert.Equal("the upper model is not above the lower one", Refused(two, new IndexAnchor.Models("grok-4-0709", 0, "LLaMA-7B", 1)));
    }

    [Fact]
    public void A_better_score_never_lowers_a_model() =>
        Gen.Select(Gen.Int[0, Real.Length - 1], Gen.Double[0.01, 0.2]).Hold(
            drawn =>
            {
                var (row, more) = drawn;
                var better = Real.SetItem(row, Real[row] with { Score = Math.Min(0.99, Real[row].Score + more) });
                var anchor = new IndexAnchor.Models("LLaMA-7B", 0, "gpt-4-0314", 1);
                if (Real[row].Score < 0.98 && Real[row].Model is not ("LLaMA-7B" or "gpt-4-0314"))
                {
                    Assert.True(Value(Fit(better, anchor), Real[row].Model) > Value(Fit(Real, anchor), Real[row].Model));
                }

                static double Value(CapabilityIndex index, string name) => index.Models.Single(model => model.Name == name).Value;
            },
            count: 30);

    [Fact]
    public void Draws_do_not_depend_on_the_loop_and_feed_the_test_of_acceleration()
    {
        var index = Fit(Real, Epoch);
        var one = index.Draw(Published.Seed, 30, DrawLoops.InOrder);
        var other = index.Draw(Published.Seed, 30, (count, body) => DrawLoops.InOrder(count, i => body(count - 1 - i)));
        for (var draw = 0; draw < 30; draw++)
        {
            for (var model = 0; model < one.Models.Length; model++)
            {
                Assert.Equal(one.Value(draw, model), other.Value(draw, model));
            }
        }

        var found = Assert.IsType<AccelerationFinding.Measured>(AccelerationTest.Of(one.Series(), null, Published.Seed, 199, DrawLoops.InOrder));
        Assert.Equal(13, found.Frontier.Length);
        Assert.True(found.Shapes.Line > 0.5);
    }

    private static CapabilityIndex Fit(ImmutableArray<BenchmarkScore> scores, IndexAnchor anchor) =>
        Assert.IsType<IndexFit.Fitted>(CapabilityIndex.Fit(scores, anchor)).Index;

    private static string Refused(ImmutableArray<BenchmarkScore> scores, IndexAnchor anchor) =>
        Assert.IsType<IndexFit.Refused>(CapabilityIndex.Fit(scores, anchor)).Fault.What;

    private static (ImmutableArray<BenchmarkScore> Scores, Dictionary<string, double> Truth, (double Difficulty, double Slope)[] Benchmarks) Simulated(
        SeededRandom random, int models, int benchmarks, double noise, double kept)
    {
        var truth = Enumerable.Range(0, models).ToDictionary(i => $"m{i:D2}", _ => 1.5 * random.NextNormal());
        var items = Enumerable.Range(0, benchmarks).Select(_ => (Difficulty: random.NextNormal(), Slope: 0.7 + (1.5 * random.NextUniform()))).ToArray();
        ImmutableArray<BenchmarkScore> scores =
        [
            .. from model in truth
               from b in Enumerable.Range(0, benchmarks)
               where random.NextUniform() < kept
               let p = PortableMath.Logistic(items[b].Slope * (model.Value - items[b].Difficulty))
               select new BenchmarkScore(model.Key, Day, $"b{b:D2}", Math.Clamp(p + (noise * random.NextNormal()), 0, 1)),
        ];
        return (scores, truth, items);
    }

    private static double[] Ranks(double[] values) => [.. values.Select(value => (double)values.Count(other => other < value))];

    private static double Pearson(double[] x, double[] y)
    {
        var (mx, my) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / Math.Sqrt(x.Sum(a => (a - mx) * (a - mx)) * y.Sum(b => (b - my) * (b - my)));
    }

    private static (double Offset, double Stretch) Line(double[] x, double[] y)
    {
        var (mx, my) = (x.Average(), y.Average());
        var stretch = x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / x.Sum(a => (a - mx) * (a - mx));
        return (my - (stretch * mx), stretch);
    }
}
