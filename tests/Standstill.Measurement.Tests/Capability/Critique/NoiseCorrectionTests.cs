using Standstill.Measurement.Capability.Critique;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Critique;

public sealed class NoiseCorrectionTests
{
    /// <summary>Squared errors over three agents of four worlds whose stated times have noise of deviation 1.2 in ln(minutes).</summary>
    [Fact]
    public void In_a_world_with_noisy_human_times_the_corrected_curve_is_nearer_the_truth()
    {
        var noise = new HumanTimeNoise { Measured = 1.2, Estimated = 1.2 };
        var (plain80, corrected80, plainSlope, correctedSlope) = (0.0, 0.0, 0.0, 0.0);
        for (var world = 0; world < 4; world++)
        {
            var corrections = NoiseCorrection.Of(World.Build(World.Rows((ulong)world, 120, noise: 1.2)), HorizonSettings.Horizon11, noise, World.Seed, 20, DrawLoops.InOrder);
            for (var agent = 0; agent < 3; agent++)
            {
                var truth = Math.Log(2) * (World.TrueLog2(agent) - (Math.Log(4) / 0.8));
                var (before, after) = (corrections[agent].Plain, corrections[agent]);
                plain80 += Square(before.Horizon(World.FourFifths).Estimate!.Value - truth);
                corrected80 += Square(after.Horizon(World.FourFifths).Estimate!.Value - truth);
                plainSlope += Square(before.Curve!.Value.Slope + 0.8);
                correctedSlope += Square(after.Corrected!.Value.Slope + 0.8);
            }
        }

        Assert.True(corrected80 < plain80 / 4, $"{corrected80} against {plain80}");
        Assert.True(correctedSlope < plainSlope / 4, $"{correctedSlope} against {plainSlope}");
    }

    [Fact]
    public void More_noise_flattens_the_mean_curve_and_the_correction_steepens_it()
    {
        foreach (var correction in Of(HumanTimeNoise.Default))
        {
            double[] slopes = [correction.Corrected!.Value.Slope, correction.Plain.Curve!.Value.Slope, .. correction.Noisier.Select(curve => curve.Slope)];
            Assert.Equal(slopes.Order(), slopes);
        }
    }

    [Fact]
    public void Without_noise_the_curve_is_the_plain_one()
    {
        foreach (var correction in Of(new HumanTimeNoise { Measured = 0, Estimated = 0 }))
        {
            Assert.Equal(correction.Plain.Curve!.Value.Slope, correction.Corrected!.Value.Slope, 1e-8);
            Assert.Equal(correction.Plain.Horizon(World.Half).Estimate!.Value, correction.Horizon(World.Half).Estimate!.Value, 1e-8);
        }
    }

    [Fact]
    public void Unstated_times_are_as_noisy_as_estimates_and_estimates_noisier_than_measurements()
    {
        var noise = HumanTimeNoise.Default;
        Assert.Equal(noise.Of(HumanTimeBasis.Estimated), noise.Of(HumanTimeBasis.Unstated));
        Assert.True(noise.Of(HumanTimeBasis.Measured) < noise.Of(HumanTimeBasis.Estimated));
        Assert.Equal(Math.Log(3) / 1.96, noise.Measured, 0.001);
        Assert.Equal(Math.Log(4) / 1.96, noise.Estimated, 0.001);
        var (light, heavy) = (Of(new HumanTimeNoise { Measured = 0, Estimated = 0.3 }), Of(new HumanTimeNoise { Measured = 0, Estimated = 0.9 }));
        Assert.All(light.Zip(heavy), pair => Assert.True(pair.Second.Corrected!.Value.Slope < pair.First.Corrected!.Value.Slope));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HumanTimeNoise { Measured = -0.1 });
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_gives_others()
    {
        Assert.Equal(Curves(World.Seed), Curves(World.Seed));
        Assert.NotEqual(Curves(World.Seed), Curves(new Seed(new byte[32])));

        static LogisticCurve?[] Curves(Seed seed) =>
            [.. NoiseCorrection.Of(World.Reference, HorizonSettings.Horizon11, HumanTimeNoise.Default, seed, 5, DrawLoops.InOrder).Select(one => one.Corrected)];
    }

    /// <summary>One failure below the longest success: noise often undoes the overlap, and such a curve falls as steeply as the penalty
    /// allows. With the mean of the draws this suite ends at a slope of +4.1.</summary>
    [Fact]
    public void Draws_in_which_noise_parts_successes_from_failures_do_not_carry_the_curve_away()
    {
        var runs = World.One([(1, 1), (2, 1), (4, 0), (8, 1), .. Enumerable.Range(4, 16).Select(i => (Math.Pow(2, i), 0.0))]);
        var correction = Assert.Single(NoiseCorrection.Of(
            runs, HorizonSettings.Horizon11, new HumanTimeNoise { Measured = 0.5, Estimated = 0.5 }, World.Seed, 50, DrawLoops.InOrder));
        Assert.InRange(correction.Corrected!.Value.Slope / correction.Plain.Curve!.Value.Slope, 0.5, 2);
        Assert.InRange(correction.Horizon(World.Half).Estimate!.Value, Math.Log(2), Math.Log(16));
    }

    [Fact]
    public void Bounds_of_the_plain_fit_stand()
    {
        foreach (var runs in (RunSet[])[World.One((1, 1), (2, 1)), World.One((1, 0), (2, 0)), World.One((1, 1), (2, 0)), World.One((1, 0), (2, 1))])
        {
            var correction = Assert.Single(NoiseCorrection.Of(runs, HorizonSettings.Horizon11, HumanTimeNoise.Default, World.Seed, 2, DrawLoops.InOrder));
            Assert.Null(correction.Corrected);
            Assert.Equal(correction.Plain.Horizon(World.Half), correction.Horizon(World.Half));
        }
    }

    private static IEnumerable<NoiseCorrection> Of(HumanTimeNoise noise) =>
        NoiseCorrection.Of(World.Reference, HorizonSettings.Horizon11, noise, World.Seed, 50, DrawLoops.InOrder);

    private static double Square(double x) => x * x;
}
