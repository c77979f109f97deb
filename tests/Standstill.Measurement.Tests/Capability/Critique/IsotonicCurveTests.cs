using Standstill.Measurement.Capability.Critique;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Critique;

public sealed class IsotonicCurveTests
{
    /// <summary>1, then the violators 0 and 1 pooled to ½ with the next 0.5, then 0.</summary>
    [Fact]
    public void Violators_are_pooled_and_the_crossing_is_an_interval()
    {
        var curve = Only((1, 1), (2, 0), (4, 1), (8, 0.5), (16, 0));
        Assert.Equal([(1, 1, 1.0), (2, 8, 0.5), (16, 16, 0.0)], curve.Steps.Select(step => (step.From.Value, step.To.Value, step.Success.Value)));
        Assert.Equal([0.2, 0.6, 0.2], curve.Steps.Select(step => Math.Round(step.Weight, 12)));
        Assert.Equal(new HorizonKnown(null, Math.Log(8), Math.Log(16)), Rounded(curve.Crossing(World.Half)));
        Assert.Equal(new HorizonKnown(null, Math.Log(1), Math.Log(2)), Rounded(curve.Crossing(World.FourFifths)));
    }

    [Fact]
    public void A_side_without_tasks_is_open()
    {
        Assert.Equal(double.PositiveInfinity, Only((1, 1), (2, 1)).Crossing(World.Half).High);
        Assert.Equal(double.NegativeInfinity, Only((1, 0), (2, 0)).Crossing(World.Half).Low);
        Assert.Equal(new HorizonKnown(null, double.NegativeInfinity, double.PositiveInfinity), new IsotonicCurve([]).Crossing(World.Half));
    }

    [Fact]
    public void A_logistic_truth_is_seldom_rejected_and_a_plateau_always()
    {
        List<double> logistic = [], plateau = [];
        for (var world = 0UL; world < 12; world++)
        {
            logistic.Add(PValue(World.Build(World.Rows(world, 20, agents: 1).Select(row => row with { Alleged = false, Fatal = false }))));
            var random = SeededRandom.Stream(World.Seed, world);
            plateau.Add(PValue(World.One([.. Enumerable.Range(0, 200).Select(_ =>
            {
                var x = -2 + (13 * random.NextUniform());
                return (Math.Exp(x * Math.Log(2)), random.NextUniform() < (x < 1 ? 0.98 : x < 8 ? 0.5 : 0.02) ? 1.0 : 0.0);
            })])));
        }

        Assert.InRange(logistic.Count(p => p < 0.1), 0, 3);
        Assert.True(logistic.Max() > 0.5);
        Assert.All(plateau, p => Assert.Equal(0.01, p, 1e-12));
    }

    /// <summary>Tasks of one length that are always or never done: their runs agree wholly, and the p-value takes that into account.</summary>
    [Fact]
    public void Runs_that_agree_within_tasks_are_drawn_together()
    {
        var random = SeededRandom.Stream(World.Seed, 5);
        var rows = Enumerable.Range(0, 120).SelectMany(task =>
        {
            var x = -2 + (13 * random.NextUniform());
            var score = random.NextUniform() < 1 / (1 + Math.Exp(0.8 * (x - 4))) ? 1 : 0;
            return Enumerable.Repeat(new RunRow("a", $"t{task:000}", $"f{task:000}", new Minutes(Math.Exp(x * Math.Log(2))), score), 8);
        });
        var check = Assert.Single(ShapeCheck.Of(World.Build(rows), HorizonSettings.Horizon11, World.Seed, 99, DrawLoops.InOrder))!;
        Assert.InRange(check.Correlation, 0.9, 1);
        Assert.InRange(check.PValue.Value, 0.05, 1);
    }

    [Fact]
    public void A_fit_that_gives_only_bounds_has_no_shape_to_check() =>
        Assert.Null(Assert.Single(ShapeCheck.Of(World.One((1, 1), (2, 0)), HorizonSettings.Horizon11, World.Seed, 9, DrawLoops.InOrder)));

    private static double PValue(RunSet runs) =>
        Assert.Single(ShapeCheck.Of(runs, HorizonSettings.Horizon11, World.Seed, 99, DrawLoops.InOrder))!.PValue.Value;

    private static IsotonicCurve Only(params (double Minutes, double Score)[] runs) => Assert.Single(IsotonicCurve.Of(World.One(runs), HorizonSettings.Horizon11));

    private static HorizonKnown Rounded(HorizonKnown known) => known with { Low = Nearest(known.Low), High = Nearest(known.High) };

    private static double Nearest(double log) => Math.Log(Math.Round(Math.Exp(log), 9));
}
