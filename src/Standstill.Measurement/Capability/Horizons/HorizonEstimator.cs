using System.Collections.Immutable;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Horizons;

/// <summary>Estimates the time horizon of each agent from its runs.</summary>
/// <remarks>
/// <para>Kwa et al., "Measuring AI ability to complete long tasks", METR 2025 (arXiv 2503.14499), section 4.1: logistic regression of
/// success on log2(human minutes), weights as in <see cref="TaskWeighting"/>, objective Σ w·logloss + (λ/2)·slope² with the intercept
/// free; a fractional score counts as a success and a failure that share the weight.</para>
/// <para>A further success lifts the 50 % horizon h, unless it lies so far off that it tilts the curve against it: the sign is that of
/// 1 + (h − m)(x − m)/v, where x is log2 of the task's length, and m and v are mean and variance of log2 length where the curve bends. A
/// lucky success at a very long task, for an agent with a short horizon, flattens the curve and lowers the estimate. That is so of every
/// logistic fit.</para>
/// </remarks>
public static class HorizonEstimator
{
    /// <summary>One fit for each agent, in the order of <see cref="RunSet.Agents"/>.</summary>
    public static ImmutableArray<HorizonFit> Fit(RunSet runs, HorizonSettings settings) =>
        [.. RunDesign.Of(runs, settings).Cells.Select(cells => Fit([.. cells.Select(cell => cell.Observation)], settings.Lambda))];

    internal static HorizonFit Fit(ReadOnlySpan<Observation> observations, double lambda)
    {
        var (longest, shortest) = (double.NegativeInfinity, double.PositiveInfinity);
        var (longestSuccess, shortestFailure) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var o in observations)
        {
            longest = Math.Max(longest, o.X);
            shortest = Math.Min(shortest, o.X);
            longestSuccess = o.Success > 0 ? Math.Max(longestSuccess, o.X) : longestSuccess;
            shortestFailure = o.Success < 1 ? Math.Min(shortestFailure, o.X) : shortestFailure;
        }

        if (observations.IsEmpty)
        {
            return new HorizonFit.NoRuns();
        }

        if (double.IsPositiveInfinity(shortestFailure))
        {
            return new HorizonFit.AllSucceeded(Length(longest));
        }

        if (double.IsNegativeInfinity(longestSuccess))
        {
            return new HorizonFit.AllFailed(Length(shortest));
        }

        var curve = LogisticSolver.Solve(observations, lambda, default);
        return !(curve.Slope < 0) ? new HorizonFit.NotFalling(curve)
            : longestSuccess <= shortestFailure ? new HorizonFit.Separated(Length(longestSuccess), Length(shortestFailure), curve)
            : new HorizonFit.Fitted(curve, LogisticSolver.LogLoss(observations, curve));
    }

    private static Minutes Length(double log2) => new(PortableMath.Exp(log2 * LogisticCurve.Ln2));
}
