using CsCheck;
using Standstill.Measurement.Capability.Critique;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Critique;

/// <summary>What must hold of every variant, whatever the runs.</summary>
public sealed class CriticPropertyTests
{
    private static readonly MultiverseOptions Options = new() { NoiseDraws = 3 };

    /// <summary>Few runs at few lengths: separable, single-class and tied data are frequent.</summary>
    private static readonly Gen<RunRow[]> SmallSuites =
        from rows in Gen.Select(Gen.Int[0, 2], Gen.Int[0, 5], Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 7]).Array[1, 30]
        select rows.Select(row => new RunRow($"agent{row.Item1}", $"t{row.Item2}", $"f{row.Item2 / 2}", new Minutes(Math.Exp(row.Item2)), row.Item3 switch { 0 => 1, 1 => 0, 2 => 0.5, _ => row.Item4 ? 1 : 0 })
        {
            Source = row.Item2 < 3 ? "a" : null,
            Basis = row.Item2 % 2 == 0 ? HumanTimeBasis.Measured : HumanTimeBasis.Unstated,
            Released = new DateOnly(2023, 1, 1).AddDays(100 * row.Item1),
            Alleged = row.Item5 == 0,
            Fatal = row.Item5 == 1,
            Continuous = row.Item5 == 2 ? 0.3 : null,
        }).ToArray();

    [Fact]
    public void Every_variant_has_a_defined_answer_for_every_suite() => SmallSuites.Hold(rows =>
    {
        var multiverse = Multiverse.Of(World.Build(rows), Options, World.Seed, DrawLoops.InOrder);
        Assert.DoesNotContain(double.NaN, Figures(multiverse));
        foreach (var known in multiverse.Rows.SelectMany(row => row.Agents).SelectMany(agent => (HorizonKnown[])[agent.P50, agent.P80]))
        {
            Assert.True(known.Low <= known.High);
            Assert.True(known.Estimate is not { } estimate || (double.IsFinite(estimate) && known.Low <= estimate && estimate <= known.High));
        }
    });

    [Fact]
    public void Every_interval_and_bound_is_defined_and_holds_what_the_fit_says() => SmallSuites.Hold(rows =>
    {
        var runs = World.Build(rows);
        var known = HorizonEstimator.Fit(runs, HorizonSettings.Horizon11).Select(fit => fit.Horizon(World.Half)).ToList();
        var intervals = ProfileInterval.Of(runs, HorizonSettings.Horizon11, World.Half, new Probability(0.95));
        var supports = TaskSupport.Of(runs, HorizonSettings.Horizon11, World.Half, new Probability(0.2));
        var alleged = DoubtfulBounds.OfAllegations(runs, HorizonSettings.Horizon11, World.Half);
        for (var agent = 0; agent < known.Count; agent++)
        {
            Assert.True(intervals[agent].Low <= known[agent].Low && intervals[agent].High >= known[agent].High);
            Assert.True(supports[agent].Supported.High >= supports[agent].Fitted.High);
            Assert.True(supports[agent].Supported.Low <= supports[agent].Fitted.Low);
            Assert.True(alleged[agent].Low <= known[agent].Low && alleged[agent].High >= known[agent].High);
        }
    });

    [Fact]
    public void Permuting_rows_changes_nothing() => SmallSuites.Hold(rows =>
        Assert.Equal(Figures(Of(rows)), Figures(Of(rows.Reverse().OrderBy(row => row.TaskId, StringComparer.Ordinal)))), count: 30);

    [Fact]
    public void Counting_runs_or_listing_them_changes_nothing() => SmallSuites.Hold(rows =>
        Assert.Equal(Figures(Of(rows.SelectMany(row => (RunRow[])[row, row, row]))), Figures(Of(rows.Select(row => row with { Count = 3 })))), count: 30);

    [Fact]
    public void The_order_and_number_of_threads_change_nothing()
    {
        var runs = World.Build(World.Rows(0, 10));
        DrawLoop backwards = (count, body) => DrawLoops.InOrder(count, i => body(count - 1 - i));
        DrawLoop threads = (count, body) => Parallel.For(0, count, body);
        var expected = Figures(Multiverse.Of(runs, Options, World.Seed, DrawLoops.InOrder));
        Assert.Equal(expected, Figures(Multiverse.Of(runs, Options, World.Seed, backwards)));
        Assert.Equal(expected, Figures(Multiverse.Of(runs, Options, World.Seed, threads)));
        Assert.Equal(
            ShapeCheck.Of(runs, HorizonSettings.Horizon11, World.Seed, 20, DrawLoops.InOrder),
            ShapeCheck.Of(runs, HorizonSettings.Horizon11, World.Seed, 20, threads));
    }

    [Fact]
    public void Scaling_all_minutes_scales_the_horizon_of_every_variant() => (from index in Gen.ULong[0, 1000] from log in Gen.Double[-5, 5] select (index, c: Math.Exp(log))).Hold(
        given =>
        {
            var rows = World.Rows(given.index, 12);
            var scaled = rows.Select(row => row with { Human = new Minutes(row.Human.Value * given.c) });
            var options = Options with { Length = new Minutes(Options.Length.Value * given.c) };
            var (before, after) = (Of(rows), Multiverse.Of(World.Build(scaled), options, World.Seed, DrawLoops.InOrder));
            foreach (var (one, other) in before.Rows.Zip(after.Rows))
            {
                Assert.Equal(one.Name, other.Name);
                foreach (var (a, b) in one.Agents.Zip(other.Agents))
                {
                    Scaled(a.P50, b.P50, one.Name);
                    Scaled(a.P80, b.P80, one.Name);
                }

                Assert.Equal(one.Trend.DoublingDays ?? 0, other.Trend.DoublingDays ?? 0, 1e-3);
                Assert.InRange((one.Trend.Crossing?.DayNumber ?? 0) - (other.Trend.Crossing?.DayNumber ?? 0), -1, 1);
            }

            void Scaled(HorizonKnown a, HorizonKnown b, string row)
            {
                Near(a.Low, b.Low, row);
                Near(a.High, b.High, row);
                Assert.Equal(a.Estimate is null, b.Estimate is null);
            }

            void Near(double a, double b, string row) =>
                Assert.True(a + Math.Log(given.c) == b || Math.Abs(a + Math.Log(given.c) - b) < 1e-6, $"{row}: {a:R}, {b:R}");
        },
        count: 15);

    [Fact]
    public void A_success_more_never_lowers_the_isotonic_crossing() => (from rows in SmallSuites from which in Gen.Int[0, 29] select (rows, which)).Hold(given =>
    {
        // Every run is a line of its own, so that no weight changes when one is turned from failure to success.
        var rows = given.rows;
        var index = given.which % rows.Length;
        var better = rows.ToArray();
        better[index] = rows[index] with { Score = 1, Alleged = false, Fatal = false };
        foreach (var level in (Probability[])[World.Half, World.FourFifths])
        {
            foreach (var (before, after) in IsotonicCurve.Of(World.Build(rows), HorizonSettings.Horizon11).Zip(IsotonicCurve.Of(World.Build(better), HorizonSettings.Horizon11)))
            {
                Assert.True(after.Crossing(level).Low >= before.Crossing(level).Low);
                Assert.True(after.Crossing(level).High >= before.Crossing(level).High);
            }
        }
    });

    private static Multiverse Of(IEnumerable<RunRow> rows) => Multiverse.Of(World.Build(rows), Options, World.Seed, DrawLoops.InOrder);

    private static double[] Figures(Multiverse multiverse) =>
    [
        .. multiverse.Rows.SelectMany(row => row.Agents
            .SelectMany(agent => (double[])[agent.P50.Estimate ?? -1, agent.P50.Low, agent.P50.High, agent.P80.Estimate ?? -1, agent.P80.Low, agent.P80.High, agent.Ratio50 ?? -1, agent.Ratio80 ?? -1])
            .Append(row.Trend.DoublingDays ?? -1).Append(row.Trend.Crossing?.DayNumber ?? -1).Append(row.Trend.Points).Append(row.Trend.Bounded)),
        .. multiverse.P50.Concat(multiverse.P80).SelectMany(range => (double[])[range.Low, range.Median ?? -1, range.High]),
    ];
}
