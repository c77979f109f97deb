using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>Success that never exceeds a ceiling: P = (1 − lapse) / (1 + exp(−(intercept + slope · log2 minutes))).</summary>
/// <param name="Intercept">As in <see cref="LogisticCurve"/>.</param>
/// <param name="Slope">As in <see cref="LogisticCurve"/>.</param>
/// <param name="Lapse">The chance of failing for a reason that has nothing to do with length, in [0, 1).</param>
public readonly record struct CeilingCurve(double Intercept, double Slope, double Lapse)
{
    /// <summary>The chance of success at a length.</summary>
    public Probability At(Minutes length) =>
        new((1 - Lapse) * PortableMath.Logistic(Intercept + (Slope * PortableMath.Log2(length.Value))));

    /// <summary>ln(minutes) at which the whole curve passes <paramref name="p"/>; absent where the ceiling is not above it.</summary>
    /// <remarks>A length only where <see cref="Slope"/> is below zero.</remarks>
    public double? LogHorizon(Probability p) =>
        p.Value < 1 - Lapse ? LogisticCurve.Ln2 * ((PortableMath.Logit(p.Value / (1 - Lapse)) - Intercept) / Slope) : null;
}

/// <summary>The fit of a curve with a ceiling, beside the plain one.</summary>
/// <remarks>
/// <para>A lapse rate as in psychometric functions: F. A. Wichmann and N. J. Hill, "The psychometric function: I. Fitting, sampling, and
/// goodness of fit", Perception &amp; Psychophysics 63 (2001) 1293–1313. There is no guess rate: nobody finishes such a task by guessing.</para>
/// <para>Minimises Σ w·logloss + (λ/2)·slope² over intercept, slope and lapse in [0, most], with the weights of the plain fit. Where the
/// plain fit is no falling curve through overlapping successes and failures, its answer stands and there is no ceiling curve.</para>
/// </remarks>
/// <param name="Plain">The fit without a ceiling.</param>
/// <param name="Curve">The curve with one; absent where the plain fit gives only bounds.</param>
/// <param name="PlainLoss">Σ w·logloss of the plain curve, 0 where there is none.</param>
/// <param name="Loss">Σ w·logloss of the curve with a ceiling, 0 where there is none.</param>
/// <param name="Shortest">The shortest task that was tried; absent without runs.</param>
public sealed record CeilingFit(HorizonFit Plain, CeilingCurve? Curve, double PlainLoss, double Loss, Minutes? Shortest)
{
    /// <summary>The greatest lapse allowed by default. An assumption: of short tasks the agents on record fail less than one in five.</summary>
    public static Probability DefaultMostLapse { get; } = new(0.2);

    /// <summary>By how much the ceiling lowers the weighted loss, in nats per task of average weight.</summary>
    public double Improvement => PlainLoss - Loss;

    /// <summary>One fit for each agent, in the order of <see cref="RunSet.Agents"/>.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="settings">Weights, scores and penalty.</param>
    /// <param name="mostLapse">The greatest lapse, below 1; at 0 the fit is the plain one.</param>
    public static ImmutableArray<CeilingFit> Of(RunSet runs, HorizonSettings settings, Probability mostLapse)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(mostLapse.Value, 1, nameof(mostLapse));
        return
        [
            .. RunDesign.Of(runs, settings).Cells.Select(cells => One(
                [.. cells.Select(cell => cell.Observation)],
                settings.Lambda,
                mostLapse.Value,
                cells.IsEmpty ? null : cells.Select(cell => runs.Tasks[cell.Task].Human).MinBy(human => human.Value))),
        ];
    }

    /// <summary>What is known of the horizon at a success level, on the whole curve.</summary>
    /// <remarks>Where the ceiling is not above the level there is no such length: at most the shortest task.</remarks>
    public HorizonKnown Horizon(Probability success)
    {
        if (Curve is not { } curve)
        {
            return Plain.Horizon(success);
        }

        return curve.LogHorizon(success) is { } log
            ? new HorizonKnown(log, log, log)
            : new HorizonKnown(null, double.NegativeInfinity, PortableMath.Log(Shortest!.Value.Value));
    }

    private static CeilingFit One(Observation[] observations, double lambda, double mostLapse, Minutes? shortest)
    {
        var plain = HorizonEstimator.Fit(observations, lambda);
        if (plain is not HorizonFit.Fitted fitted)
        {
            return new CeilingFit(plain, null, 0, 0, shortest);
        }

        var (curve, loss) = CeilingSolver.Solve(observations, lambda, mostLapse, fitted.Falling);
        return curve.Slope < 0
            ? new CeilingFit(plain, curve, fitted.Loss, loss, shortest)
            : new CeilingFit(plain, null, 0, 0, shortest);
    }
}
