using Standstill.Measurement.Capability.Critique;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Tests.Capability.Critique;

public sealed class CeilingFitTests
{
    /// <summary>Root mean square errors over three agents of four worlds, in ln(minutes), at 50 % and 80 %.</summary>
    [Fact]
    public void In_a_world_with_a_ceiling_the_fit_with_one_is_nearer_the_truth()
    {
        foreach (var p in (Probability[])[World.Half, World.FourFifths])
        {
            var (plain, ceiling, lapse) = (0.0, 0.0, 0.0);
            for (var world = 0; world < 4; world++)
            {
                var fits = CeilingFit.Of(Clean(World.Rows((ulong)world, 120, lapse: 0.05)), HorizonSettings.Horizon11, CeilingFit.DefaultMostLapse);
                for (var agent = 0; agent < 3; agent++)
                {
                    var share = p.Value / 0.95;
                    var truth = Math.Log(2) * (World.TrueLog2(agent) - (Math.Log(share / (1 - share)) / 0.8));
                    plain += Square(fits[agent].Plain.Horizon(p).Estimate!.Value - truth);
                    ceiling += Square(fits[agent].Horizon(p).Estimate!.Value - truth);
                    lapse += fits[agent].Curve!.Value.Lapse / 12;
                    Assert.True(fits[agent].Improvement >= -1e-12);
                }
            }

            Assert.True(ceiling < plain / 2, $"{p}: {Math.Sqrt(ceiling / 12)} against {Math.Sqrt(plain / 12)}");
            Assert.InRange(lapse, 0.03, 0.07);
        }
    }

    [Fact]
    public void In_a_world_without_a_ceiling_the_fit_stays_near_the_plain_one()
    {
        foreach (var fit in CeilingFit.Of(Clean(World.Rows(9, 120)), HorizonSettings.Horizon11, CeilingFit.DefaultMostLapse))
        {
            Assert.InRange(fit.Curve!.Value.Lapse, 0, 0.03);
            Assert.Equal(fit.Plain.Horizon(World.Half).Estimate!.Value, fit.Horizon(World.Half).Estimate!.Value, 0.15);
        }
    }

    [Fact]
    public void With_no_lapse_allowed_it_is_the_plain_fit()
    {
        foreach (var fit in CeilingFit.Of(World.Reference, HorizonSettings.Horizon11, new Probability(0)))
        {
            Assert.Equal(fit.Plain.Curve!.Value.Intercept, fit.Curve!.Value.Intercept, 1e-7);
            Assert.Equal(fit.Plain.Curve!.Value.Slope, fit.Curve!.Value.Slope, 1e-8);
            Assert.Equal(0, fit.Improvement, 1e-12);
        }
    }

    /// <summary>Seven in ten at every length up to 2⁹ minutes, none beyond: the ceiling is 0.7, at the bound of what is allowed.</summary>
    [Fact]
    public void A_level_above_the_ceiling_is_reached_at_no_length()
    {
        var runs = World.One([.. Enumerable.Range(0, 20).SelectMany(i => Enumerable.Range(0, 10).Select(k => (Math.Pow(2, i), i < 10 && k < 7 ? 1.0 : 0.0)))]);
        var fit = Assert.Single(CeilingFit.Of(runs, HorizonSettings.Horizon11, new Probability(0.4)));
        Assert.Equal(0.3, fit.Curve!.Value.Lapse, 0.005);
        Assert.Null(fit.Curve.Value.LogHorizon(World.FourFifths));
        Assert.Equal(new HorizonKnown(null, double.NegativeInfinity, 0), fit.Horizon(World.FourFifths));
        Assert.InRange(fit.Horizon(World.Half).Estimate!.Value, 9 * Math.Log(2), 10 * Math.Log(2));
        Assert.Equal(0.7, fit.Curve.Value.At(new Minutes(2)).Value, 0.005);
    }

    [Fact]
    public void Bounds_of_the_plain_fit_stand()
    {
        foreach (var runs in (RunSet[])[World.One((1, 1), (2, 1)), World.One((1, 0), (2, 0)), World.One((1, 1), (2, 0)), World.One((1, 0), (2, 1))])
        {
            var fit = Assert.Single(CeilingFit.Of(runs, HorizonSettings.Horizon11, CeilingFit.DefaultMostLapse));
            Assert.Null(fit.Curve);
            Assert.Equal(fit.Plain.Horizon(World.Half), fit.Horizon(World.Half));
        }
    }

    /// <summary>The reason for a ceiling, and for the isotonic check: a run that fails at the shortest task makes the logistic curve
    /// flatter and its 50 % horizon seven times as long.</summary>
    [Fact]
    public void A_failure_at_an_easy_task_can_raise_the_logistic_horizon_but_not_the_isotonic_crossing()
    {
        (double, double)[] rest = [(2, 1), (4, 1), (8, 1), (16, 1), (32, 1), (64, 1), (128, 0), (256, 1), (512, 0)];
        var (solved, failed) = (World.One([(1, 1), .. rest]), World.One([(1, 0), .. rest]));
        Assert.Equal(191.5, Math.Exp(Horizon(solved)), 0.1);
        Assert.Equal(1402.06, Math.Exp(Horizon(failed)), 0.01);
        Assert.Equal(
            Assert.Single(IsotonicCurve.Of(solved, HorizonSettings.Horizon11)).Crossing(World.Half),
            Assert.Single(IsotonicCurve.Of(failed, HorizonSettings.Horizon11)).Crossing(World.Half));

        static double Horizon(RunSet runs) => Assert.Single(HorizonEstimator.Fit(runs, HorizonSettings.Horizon11)).Horizon(World.Half).Estimate!.Value;
    }

    /// <summary>Where the logistic curve is monotone: at tasks of the horizon's own length.</summary>
    [Fact]
    public void A_success_instead_of_a_failure_at_the_horizon_itself_raises_the_horizon()
    {
        for (var world = 0UL; world < 10; world++)
        {
            var rows = World.Rows(world, 10, agents: 1).Select(Clean).ToList();
            foreach (var p in (Probability[])[World.Half, World.FourFifths])
            {
                var before = Fit(rows);
                RunRow Extra(HorizonKnown known, double score) => new("agent0", "extra", "extra", new Minutes(Math.Exp(known.Estimate!.Value)), score);
                CeilingFit With(HorizonKnown known, double score) => Fit([.. rows, Extra(known, score)]);
                var (plain, ceiling) = (before.Plain.Horizon(p), before.Horizon(p));
                Assert.True(With(plain, 1).Plain.Horizon(p).Estimate > With(plain, 0).Plain.Horizon(p).Estimate);
                Assert.True(With(ceiling, 1).Horizon(p).Estimate > With(ceiling, 0).Horizon(p).Estimate);
            }
        }

        static CeilingFit Fit(List<RunRow> rows) => Assert.Single(CeilingFit.Of(World.Build(rows), HorizonSettings.Horizon11, new Probability(0.1)));
    }

    private static double Square(double x) => x * x;

    private static RunRow Clean(RunRow row) => row with { Alleged = false, Fatal = false, Continuous = null };

    private static RunSet Clean(IEnumerable<RunRow> rows) => World.Build(rows.Select(Clean));
}
