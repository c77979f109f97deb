using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Horizons;

/// <summary>Minimises Σ w·logloss + (λ/2)·slope² over intercept and slope.</summary>
/// <remarks>
/// <para>It is the objective of scikit-learn's <c>LogisticRegression(C=1/λ)</c> with sample weights, as METR's public analysis calls it.
/// It is strictly convex as soon as there is a success and a failure, since the intercept is then bounded by the data and the slope by
/// the penalty.</para>
/// <para>Newton's method. Let s be the most that a step moves the logit of an observation. Along the step no second derivative changes by
/// more than a factor e^(s·t) (the logistic loss is self-concordant in the sense of F. Bach, Electronic Journal of Statistics 4 (2010)
/// 384–414), from which follows:</para>
/// <para>INVARIANT (downhill): the share ln(1 + s)/s of a step always lowers the objective, by a share of what Newton's model promises
/// that does not shrink to zero. The whole step does too where s ≤ 1. Where s is greater a longer share is tried first, and kept only
/// if the objective falls as it should. So the method ends from every start.</para>
/// <para>INVARIANT (converged): after a whole step the next one moves no coefficient, in units of the logit, by more than about
/// s² · ac/(ac − b²), where a, b, c are the second derivatives. The method stops where that is below 1e-11.</para>
/// </remarks>
internal static class LogisticSolver
{
    private const double Tolerance = 1e-11;
    private const int MostSteps = 1000;

    /// <summary>Mean p(1 − p) at a start that is worse than the flat curve's ¼.</summary>
    private const double PoorStart = 1e-3;

    /// <summary>Mean p(1 − p) that no minimum has, unless the penalty is of that order.</summary>
    private const double Saturated = 1e-10;

    /// <summary>Solves from a starting curve. There is a success and a failure among the observations.</summary>
    public static LogisticCurve Solve(ReadOnlySpan<Observation> observations, double lambda, LogisticCurve start) =>
        Solve(Observations.Of(observations), lambda, start);

    /// <summary>Solves from a starting curve. There is a success and a failure among the observations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static LogisticCurve Solve(Observations observations, double lambda, LogisticCurve start)
    {
        observations.Columns(out var x, out var weight, out var success);

        // Around the mean length the two coefficients hardly interact, and Newton's steps stay well scaled.
        var (total, mean, least, most) = Spread(x, weight);
        var slope = start.Slope;
        var centre = start.Intercept + (start.Slope * mean);
        var flat = start == default;
        for (var step = 0; step < MostSteps; step++)
        {
            var at = Derivatives.At(x, weight, success, mean, lambda, centre, slope);
            if (!flat && !(at.Centre2 > (step == 0 ? PoorStart : Saturated) * total))
            {
                // So far from the minimum that these data hardly bend the objective: begin on the flat curve instead, from where steps
                // approach the minimum without passing far beyond it.
                (centre, slope, flat) = (0, 0, true);
                at = Derivatives.At(x, weight, success, mean, lambda, 0, 0);
            }

            var determinant = (at.Centre2 * at.Slope2) - (at.Cross * at.Cross);
            var deltaCentre = ((at.Cross * at.Slope1) - (at.Slope2 * at.Centre1)) / determinant;
            var deltaSlope = ((at.Cross * at.Centre1) - (at.Centre2 * at.Slope1)) / determinant;
            if (!(determinant > 0 && double.IsFinite(deltaCentre) && double.IsFinite(deltaSlope)))
            {
                // The second derivatives have drowned in rounding: along the slope the penalty alone still bends the objective.
                (deltaCentre, deltaSlope) = (-Math.Sign(at.Centre1), -at.Slope1 / at.Slope2);
            }

            var move = Math.Max(Math.Abs(deltaCentre + (deltaSlope * (least - mean))), Math.Abs(deltaCentre + (deltaSlope * (most - mean))));
            var share = move <= 1 ? 1 : Share(x, weight, success, mean, lambda, centre, slope, deltaCentre, deltaSlope, move, at);
            centre += share * deltaCentre;
            slope += share * deltaSlope;
            if (move * move * at.Centre2 * at.Slope2 <= Tolerance * determinant)
            {
                break;
            }
        }

        return new LogisticCurve(centre - (slope * mean), slope);
    }

    /// <summary>Σ w·logloss, without the penalty.</summary>
    public static double LogLoss(ReadOnlySpan<Observation> observations, LogisticCurve curve)
    {
        Observations.Of(observations).Columns(out var x, out var weight, out var success);
        return Loss(x, weight, success, 0, 0, curve.Intercept, curve.Slope);
    }

    private static (double Total, double Mean, double Least, double Most) Spread(ReadOnlySpan<double> x, ReadOnlySpan<double> weight)
    {
        var (total, moment) = (Vector512<double>.Zero, Vector512<double>.Zero);
        var (least, most) = (x[0], x[0]);
        for (var i = 0; i < x.Length; i += PortableVector.Lanes)
        {
            var w = Load(weight, i);
            total += w;
            moment = Vector512.FusedMultiplyAdd(w, Load(x, i), moment);
        }

        foreach (var length in x)
        {
            least = Math.Min(least, length);
            most = Math.Max(most, length);
        }

        var sum = PortableVector.Sum(total);
        return (sum, PortableVector.Sum(moment) / sum, least, most);
    }

    /// <summary>The longest of the shares 1, ½, ¼ … of a step that lowers the objective by a tenth of what its slope promises, or else the
    /// share that needs no trial.</summary>
    private static double Share(
        ReadOnlySpan<double> x, ReadOnlySpan<double> weight, ReadOnlySpan<double> success, double mean, double lambda,
        double centre, double slope, double deltaCentre, double deltaSlope, double move, Derivatives at)
    {
        var safe = PortableMath.Log(1 + move) / move;
        var before = Loss(x, weight, success, mean, lambda, centre, slope);
        var promise = (at.Centre1 * deltaCentre) + (at.Slope1 * deltaSlope);
        for (var share = Math.Min(1, 1000 / move); share > safe; share /= 2)
        {
            if (Loss(x, weight, success, mean, lambda, centre + (share * deltaCentre), slope + (share * deltaSlope)) <= before + (0.1 * share * promise))
            {
                return share;
            }
        }

        return safe;
    }

    private static double Loss(
        ReadOnlySpan<double> x, ReadOnlySpan<double> weight, ReadOnlySpan<double> success, double mean, double lambda, double centre, double slope)
    {
        var loss = lambda / 2 * slope * slope;
        for (var i = 0; i < x.Length; i++)
        {
            // y·ln(1 + e⁻ᶻ) + (1 − y)·ln(1 + eᶻ), written so that nothing overflows and nothing cancels.
            var logit = centre + (slope * (x[i] - mean));
            var wrong = logit > 0 ? (1 - success[i]) * logit : -success[i] * logit;
            loss += weight[i] * (wrong + PortableMath.Log(1 + PortableMath.Exp(-Math.Abs(logit))));
        }

        return loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(ReadOnlySpan<double> column, int at) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(column), (nuint)at);

    /// <summary>The first and second derivatives of the objective by the logit at the mean length and by the slope.</summary>
    private readonly record struct Derivatives(double Centre1, double Slope1, double Centre2, double Cross, double Slope2)
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static Derivatives At(
            ReadOnlySpan<double> x, ReadOnlySpan<double> weight, ReadOnlySpan<double> success, double mean, double lambda, double centre, double slope)
        {
            var (centre1, slope1) = (Vector512<double>.Zero, Vector512<double>.Zero);
            var (centre2, cross, slope2) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
            var one = Vector512.Create(1.0);
            for (var i = 0; i < x.Length; i += PortableVector.Lanes)
            {
                var (fromMean, w, y) = (Load(x, i) - Vector512.Create(mean), Load(weight, i), Load(success, i));
                var logit = Vector512.FusedMultiplyAdd(Vector512.Create(slope), fromMean, Vector512.Create(centre));
                var power = PortableVector.ExpOfNegative(-Vector512.Abs(logit));
                var likelier = one / (one + power);
                var rarer = power * likelier;

                // The chance less the score, without cancelling where the two are nearly equal.
                var off = Vector512.ConditionalSelect(Vector512.GreaterThan(logit, Vector512<double>.Zero), (one - y) - rarer, rarer - y);
                var residual = w * off;
                var bend = w * (likelier * rarer);
                var bendX = bend * fromMean;
                centre1 += residual;
                slope1 = Vector512.FusedMultiplyAdd(residual, fromMean, slope1);
                centre2 += bend;
                cross += bendX;
                slope2 = Vector512.FusedMultiplyAdd(bendX, fromMean, slope2);
            }

            return new Derivatives(
                PortableVector.Sum(centre1),
                PortableVector.Sum(slope1) + (lambda * slope),
                PortableVector.Sum(centre2),
                PortableVector.Sum(cross),
                PortableVector.Sum(slope2) + lambda);
        }
    }
}
