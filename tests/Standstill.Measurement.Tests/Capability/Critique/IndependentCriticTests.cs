using Standstill.Measurement.Capability.Critique;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Critique;

/// <summary>Against numpy, scipy and scikit-learn: testdata/critique/make_reference.py.</summary>
public sealed class IndependentCriticTests
{
    private static readonly HorizonSettings Settings = HorizonSettings.Horizon11;

    [Fact]
    public void Profile_intervals_agree_with_root_finding_in_scipy()
    {
        foreach (var unit in (EvidenceUnit[])[EvidenceUnit.Task, EvidenceUnit.Run])
        {
            foreach (var level in (Probability[])[World.Half, World.FourFifths])
            {
                var name = unit == EvidenceUnit.Task ? "task" : "run";
                var intervals = ProfileInterval.Of(World.Reference, Settings, level, new Probability(0.95), unit);
                for (var agent = 0; agent < 5; agent++)
                {
                    Same(World.FoundOf($"kish_{name}", agent), intervals[agent].Units, 1e-12);
                    Same(World.FoundOf($"profile_{name}_{level.Value * 100:0}_low", agent), intervals[agent].Low, 1e-7);
                    Same(World.FoundOf($"profile_{name}_{level.Value * 100:0}_high", agent), intervals[agent].High, 1e-7);
                }
            }
        }
    }

    [Fact]
    public void Ceilings_are_at_least_as_good_as_the_best_that_scipy_finds()
    {
        var fits = CeilingFit.Of(World.Reference, Settings, CeilingFit.DefaultMostLapse);
        for (var agent = 0; agent < 5; agent++)
        {
            var curve = fits[agent].Curve!.Value;
            var objective = fits[agent].Loss + (Settings.Lambda / 2 * curve.Slope * curve.Slope);
            Assert.InRange(objective, 0, World.FoundOf("ceiling_objective", agent) + 1e-13);
            Same(World.FoundOf("ceiling_objective", agent), objective, 1e-10);
            Same(World.FoundOf("ceiling_intercept", agent), curve.Intercept, 1e-4);
            Same(World.FoundOf("ceiling_slope", agent), curve.Slope, 1e-4);
            Same(World.FoundOf("ceiling_lapse", agent), curve.Lapse, 1e-4);
        }
    }

    [Fact]
    public void Isotonic_curves_and_their_crossings_agree_with_scikit_learn()
    {
        var curves = IsotonicCurve.Of(World.Reference, Settings);
        for (var agent = 0; agent < 5; agent++)
        {
            var steps = curves[agent].Steps;
            Same(World.FoundOf("isotonic_first", agent), steps[0].Success.Value, 1e-9);
            Same(World.FoundOf("isotonic_last", agent), steps[^1].Success.Value, 1e-9);
            Assert.Equal((int)World.FoundOf("isotonic_steps", agent), steps.Length);
            Assert.Equal(1, steps.Sum(step => step.Weight), 1e-12);
            foreach (var level in (Probability[])[World.Half, World.FourFifths])
            {
                var crossing = curves[agent].Crossing(level);
                Same(World.FoundOf($"isotonic_{level.Value * 100:0}_low", agent), crossing.Low, 1e-12);
                Same(World.FoundOf($"isotonic_{level.Value * 100:0}_high", agent), crossing.High, 1e-12);
            }
        }
    }

    /// <summary>The p-values come from different random numbers: four standard errors of a thousand draws.</summary>
    [Fact]
    public void Shape_checks_agree_with_a_bootstrap_in_numpy()
    {
        var checks = ShapeCheck.Of(World.Reference, Settings, World.Seed, 1000, DrawLoops.InOrder);
        for (var agent = 0; agent < 5; agent++)
        {
            Same(World.FoundOf("shape_distance", agent), checks[agent]!.Distance, 1e-6);
            Same(World.FoundOf("shape_correlation", agent), checks[agent]!.Correlation, 1e-6);
            Assert.Equal(World.FoundOf("shape_p_value", agent), checks[agent]!.PValue.Value, 4 * Math.Sqrt(2 * 0.25 / 1000));
        }
    }

    /// <summary>Both sides simulate: agreement is within their scatter, an eighth of the correction itself.</summary>
    [Fact]
    public void Noise_corrections_agree_with_a_simulation_in_numpy()
    {
        var corrections = NoiseCorrection.Of(World.Reference, Settings, HumanTimeNoise.Default, World.Seed, 400, DrawLoops.InOrder);
        for (var agent = 0; agent < 5; agent++)
        {
            var (plain, corrected) = (corrections[agent].Plain.Curve!.Value, corrections[agent].Corrected!.Value);
            Same(World.FoundOf("intercept", agent), plain.Intercept, 1e-8);
            Same(World.FoundOf("slope", agent), plain.Slope, 1e-8);
            Assert.Equal(World.FoundOf("simex_slope", agent), corrected.Slope, Math.Abs(corrected.Slope - plain.Slope) / 8);
            Assert.Equal(World.FoundOf("simex_intercept", agent), corrected.Intercept, 0.04);
        }
    }

    [Fact]
    public void Item_response_horizons_agree_with_a_joint_optimum_in_scipy()
    {
        var model = ItemResponse.Of(World.Reference, Settings);
        Assert.True(model.Converged);
        for (var agent = 0; agent < 5; agent++)
        {
            Same(World.FoundOf("irt_ability", agent), model.Abilities[agent], 1e-5);
            Same(World.FoundOf("irt_50", agent), model.Horizon(agent, World.Half).Estimate!.Value, 1e-5);
            Same(World.FoundOf("irt_80", agent), model.Horizon(agent, World.FourFifths).Estimate!.Value, 1e-5);
        }
    }

    [Fact]
    public void The_baseline_trend_agrees_with_polyfit()
    {
        var trend = Multiverse.Of(World.Reference, new MultiverseOptions { NoiseDraws = 1 }, World.Seed, DrawLoops.InOrder).Rows[0].Trend;
        Same(World.FoundOf("doubling_days", -1), trend.DoublingDays!.Value, 1e-8);
        Assert.Equal((int)World.FoundOf("crossing_day", -1), trend.Crossing!.Value.DayNumber);
    }

    private static void Same(double expected, double got, double relative) =>
        Assert.True(expected == got || Math.Abs(expected - got) <= relative * (1 + Math.Abs(expected)), $"expected {expected:R}, got {got:R}");
}
