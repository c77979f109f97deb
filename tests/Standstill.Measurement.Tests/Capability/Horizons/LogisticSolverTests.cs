using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsCheck;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Horizons;

public sealed class LogisticSolverTests
{
    /// <summary>Hard instances: few or many observations from 0.01 to 100,000 minutes, weights over six orders of magnitude, success that
    /// falls gently, like a cliff, not at all, or against a single contrary run; both penalties and smaller ones.</summary>
    private static readonly Gen<(Observation[] Observations, double Lambda, LogisticCurve Start)> Hard = Gen.Select(
        Gen.ULong, Gen.Int[2, 60], Gen.Double[-40, 2], Gen.Double[-6.6, 16.6], Gen.Double[0, 6], Gen.Int[0, 3], Gen.Int[0, 5]).Select(one =>
    {
        var (stream, count, slope, horizon, orders, penalty, kind) = one;
        var lambda = ((double[])[1e-5, 0.1, 1e-7, 10])[penalty];
        var random = SeededRandom.Stream(Published.Seed, stream);
        var rows = new Observation[count];
        for (var i = 0; i < count; i++)
        {
            var x = kind == 5 ? Math.Round(-6.6 + (23.2 * random.NextUniform())) : -6.6 + (23.2 * random.NextUniform());
            var p = PortableMath.Logistic(slope * (x - horizon));
            var success = kind switch
            {
                0 => p, // a share for each task
                1 => random.NextUniform() < p ? 1 : 0,
                2 => x < horizon ? 1 : 0, // separated
                3 => i == 0 ? 1 : 0, // one success among failures
                4 => i == 0 ? 0 : 1,
                _ => Math.Round(5 * p) / 5,
            };
            rows[i] = new Observation(x, Math.Pow(10, -orders * random.NextUniform()), success);
        }

        var total = rows.Sum(row => row.Weight);
        rows = [.. rows.Select(row => row with { Weight = row.Weight / total })];
        rows[0] = rows[0] with { Success = rows.All(row => row.Success == 1) ? 0 : rows.All(row => row.Success == 0) ? 1 : rows[0].Success };
        return (rows, lambda, stream % 3 == 0 ? new LogisticCurve(100 * (random.NextUniform() - 0.5), 20 * (random.NextUniform() - 0.5)) : default);
    });

    [Fact]
    public void On_hard_instances_the_gradient_vanishes_at_the_solution() => Hard.Hold(
        one =>
        {
            var curve = LogisticSolver.Solve(one.Observations, one.Lambda, one.Start);
            var (byIntercept, bySlope) = Gradient(one.Observations, one.Lambda, curve);
            Assert.True(Math.Abs(byIntercept) < 1e-9 && Math.Abs(bySlope) < 1e-9, $"gradient {byIntercept:R}, {bySlope:R} at {curve}");
        },
        10_000);

    [Fact]
    public void The_solution_does_not_depend_on_the_start() => Hard.Hold(
        one =>
        {
            var (flat, other) = (LogisticSolver.Solve(one.Observations, one.Lambda, default), LogisticSolver.Solve(one.Observations, one.Lambda, one.Start));
            Assert.Equal(flat.Slope, other.Slope, 1e-6 * (1 + Math.Abs(flat.Slope)));
            Assert.Equal(flat.Intercept, other.Intercept, 1e-6 * (1 + Math.Abs(flat.Intercept)));
        },
        3_000);

    [Fact]
    public void The_loss_without_the_penalty_is_the_weighted_log_loss()
    {
        // At the flat curve every observation costs ln 2; at logit ±1000 the loss is the logit itself and nothing overflows.
        Observation[] rows = [new(0, 0.25, 1), new(1, 0.75, 0.5)];
        Assert.Equal(Math.Log(2), LogisticSolver.LogLoss(rows, default), 1e-15);
        Assert.Equal((0.25 * 0) + (0.75 * 0.5 * 1000), LogisticSolver.LogLoss(rows, new LogisticCurve(1000, 0)), 1e-10);
        Assert.Equal((0.25 * 1000) + (0.75 * 0.5 * 1000), LogisticSolver.LogLoss(rows, new LogisticCurve(-1000, 0)), 1e-10);
    }

    /// <summary>scikit-learn's own solver to its full precision, on scores between 0 and 1 as pairs.</summary>
    [Theory]
    [InlineData(1e-5)]
    [InlineData(0.1)]
    public void The_horizons_are_those_of_scikit_learn(double lambda)
    {
        const string Python = "/usr/bin/python3";
        if (!File.Exists(Python) || Run(Python, "import sklearn", "") is null)
        {
            Assert.Skip("scikit-learn is not installed; `apt-get install python3-sklearn`");
        }

        const string Program = """
            import json, sys
            import numpy as np
            from sklearn.linear_model import LogisticRegression
            given = json.load(sys.stdin)
            for rows in given["fits"]:
                x, w, s = np.array(rows).T
                x, y, w = np.r_[x, x], np.r_[np.ones(len(s)), np.zeros(len(s))], np.r_[w * s, w * (1 - s)]
                m = LogisticRegression(C=1 / given["lambda"], tol=1e-12, solver="newton-cholesky", max_iter=100).fit(x[w > 0, None], y[w > 0], sample_weight=w[w > 0])
                print(*[repr(float((np.log(p / (1 - p)) - m.intercept_[0]) / m.coef_[0][0])) for p in (0.5, 0.8)])
            """;
        var fits = Enumerable.Range(0, 40).Select(i =>
        {
            var world = new SimulatedWorld { Horizon = -2 + (i % 10), FamilySpread = i % 3, Tasks = 30 + (5 * i), Families = 10, RunsPerTask = 1 + (i % 6), Slope = -0.3 - (0.05 * i) };
            return RunDesign.Of(world.Draw(SeededRandom.Stream(Published.Seed, (ulong)i)), HorizonSettings.Horizon11).Cells[0].Select(cell => cell.Observation).ToArray();
        }).Append(RunDesign.Of(HorizonEstimatorTests.Reference(), HorizonSettings.Horizon11).Cells[1].Select(cell => cell.Observation).ToArray()).ToArray();
        string N(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        var given = $"{{\"lambda\": {N(lambda)}, \"fits\": [{string.Join(", ", fits.Select(fit => $"[{string.Join(", ", fit.Select(o => $"[{N(o.X)}, {N(o.Weight)}, {N(o.Success)}]"))}]"))}]}}";
        var answers = Run(Python, Program, given)!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(fits.Length, answers.Length);
        var worst = 0.0;
        foreach (var (fit, answer) in fits.Zip(answers))
        {
            var curve = LogisticSolver.Solve(fit, lambda, default);
            var theirs = answer.Split(' ').Select(value => Math.Pow(2, double.Parse(value, CultureInfo.InvariantCulture))).ToArray();
            double[] ours = [Math.Exp(curve.LogHorizon(new(0.5))), Math.Exp(curve.LogHorizon(new(0.8)))];
            worst = Math.Max(worst, ours.Zip(theirs, (a, b) => Math.Abs(a - b) / b).Max());
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"penalty {lambda}: at most {worst:E1} apart, relative, in {fits.Length} fits");
        Assert.InRange(worst, 0, 1e-6);
    }

    private static (double ByIntercept, double BySlope) Gradient(Observation[] rows, double lambda, LogisticCurve curve)
    {
        var (byIntercept, bySlope) = (0.0, lambda * curve.Slope);
        foreach (var o in rows)
        {
            var logit = curve.Intercept + (curve.Slope * o.X);
            var residual = logit > 0 ? (1 - o.Success) - (1 / (1 + Math.Exp(logit))) : (1 / (1 + Math.Exp(-logit))) - o.Success;
            byIntercept += o.Weight * residual;
            bySlope += o.Weight * residual * o.X;
        }

        return (byIntercept, bySlope);
    }

    /// <summary>What a program prints; nothing where it fails.</summary>
    private static string? Run(string python, string program, string input)
    {
        var start = new ProcessStartInfo(python, ["-c", program])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : input.Length == 0 ? null : throw new InvalidOperationException(errors.Result);
    }
}
