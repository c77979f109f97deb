using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>The profile likelihood interval of one agent's horizon.</summary>
/// <remarks>
/// <para>The curve is written with the horizon h (log2 minutes) at level p as a parameter: logit P(x) = logit p + slope·(x − h), slope
/// ≤ 0. For each h the objective of the fit is minimised over the slope; the interval holds every h whose deviance
/// 2·n·(minimum at h − minimum) is at most the quantile of χ² with one degree of freedom (D. J. Venzon and S. H. Moolgavkar, "A method for
/// computing profile-likelihood-based confidence intervals", Applied Statistics 37 (1988) 87–94). The penalty is part of the objective,
/// so that the estimate is where the deviance is 0.</para>
/// <para>The fit's weights sum to 1 and carry no amount of evidence: n is <see cref="Units"/>, Kish's effective number of tasks or runs.
/// Tasks of one family are taken as independent, so that the hierarchical bootstrap is wider where families are large.</para>
/// <para>The objective is convex in intercept and slope, so that the accepted curves are a convex set and their horizons one interval.
/// It is unbounded exactly where a level curve on that side of p is accepted: as h → ±∞ the curves tend to those.</para>
/// </remarks>
/// <param name="Estimate">ln(minutes) of the fit; absent where it gives only bounds.</param>
/// <param name="Low">The least ln(minutes) in the interval; −∞ where it is unbounded.</param>
/// <param name="High">The greatest; +∞ where it is unbounded. The interval holds the bounds of <see cref="HorizonFit.Horizon"/>.</param>
/// <param name="Units">The effective number of tasks or runs.</param>
public sealed record ProfileInterval(double? Estimate, double Low, double High, double Units)
{
    /// <summary>Doublings of a minute past which a horizon counts as unbounded: no <see cref="Minutes"/> is longer.</summary>
    private const double Reach = 1000;

    /// <summary>One interval for each agent, in the order of <see cref="RunSet.Agents"/>.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="settings">How they are fitted.</param>
    /// <param name="level">The success level, above 0 and below 1.</param>
    /// <param name="mass">The nominal coverage, such as 0.95, above 0 and below 1.</param>
    /// <param name="unit">What counts as one piece of evidence.</param>
    public static ImmutableArray<ProfileInterval> Of(
        RunSet runs, HorizonSettings settings, Probability level, Probability mass, EvidenceUnit unit = EvidenceUnit.Task)
    {
        Inside(level, nameof(level));
        Inside(mass, nameof(mass));
        return [.. RunDesign.Of(runs, settings).Cells.Select(cells => One(cells, settings.Lambda, level, mass, unit))];
    }

    private static void Inside(Probability value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value.Value, 0, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value.Value, 1, name);
    }

    private static ProfileInterval One(ImmutableArray<RunCell> cells, double lambda, Probability level, Probability mass, EvidenceUnit unit)
    {
        Observation[] observations = [.. cells.Select(cell => cell.Observation)];
        var units = EffectiveSize.Of(cells, unit);
        var fit = HorizonEstimator.Fit(observations, lambda);
        var known = fit.Horizon(level);
        var z = PortableMath.NormalQuantile((1 + mass.Value) / 2);
        var profile = new Profile(observations, lambda, PortableMath.Logit(level.Value), z * z / (2 * units));
        var (low, high) = fit switch
        {
            HorizonFit.Fitted or HorizonFit.Separated => profile.Around(fit.Curve!.Value),
            HorizonFit.AllSucceeded all => (profile.Edge(PortableMath.Log2(all.Longest.Value), -1, 0), double.PositiveInfinity),
            HorizonFit.AllFailed all => (double.NegativeInfinity, profile.Edge(PortableMath.Log2(all.Shortest.Value), +1, 0)),
            _ => (double.NegativeInfinity, double.PositiveInfinity),
        };
        return new ProfileInterval(
            known.Estimate, Math.Min(low * LogisticCurve.Ln2, known.Low), Math.Max(high * LogisticCurve.Ln2, known.High), units);
    }

    /// <summary>The objective as a function of the horizon, minimised over the slope.</summary>
    /// <param name="observations">What is fitted.</param>
    /// <param name="lambda">The penalty.</param>
    /// <param name="logit">logit of the level.</param>
    /// <param name="slack">By how much the objective of an accepted curve may exceed the least.</param>
    private sealed class Profile(Observation[] observations, double lambda, double logit, double slack)
    {
        public (double Low, double High) Around(LogisticCurve curve)
        {
            var least = lambda / 2 * curve.Slope * curve.Slope;
            foreach (var o in observations)
            {
                least += o.Weight * LogisticLoss.At(curve.Intercept + (curve.Slope * o.X), o.Success);
            }

            var horizon = (logit - curve.Intercept) / curve.Slope;
            return (Edge(horizon, -1, least), Edge(horizon, +1, least));
        }

        /// <summary>The last accepted horizon from an accepted one in one direction; <paramref name="start"/> itself where it is not accepted.</summary>
        public double Edge(double start, int direction, double least)
        {
            if (AtLevel(direction) - least <= slack)
            {
                return direction * double.PositiveInfinity;
            }

            if (Least(start) - least > slack)
            {
                return start;
            }

            var inside = start;
            var step = 1.0;
            double outside;
            while (Least(outside = start + (direction * step)) - least <= slack)
            {
                inside = outside;
                step *= 2;
                if (Math.Abs(outside) > Reach)
                {
                    return direction * double.PositiveInfinity;
                }
            }

            while (Math.Abs(outside - inside) > 1e-12 * (1 + Math.Abs(inside)))
            {
                var middle = inside + ((outside - inside) / 2);
                if (Least(middle) - least <= slack)
                {
                    inside = middle;
                }
                else
                {
                    outside = middle;
                }
            }

            return inside;
        }

        /// <summary>The least objective among level curves on one side of the level: what the profile tends to.</summary>
        private double AtLevel(int direction)
        {
            var (weight, success) = (0.0, 0.0);
            foreach (var o in observations)
            {
                weight += o.Weight;
                success += o.Weight * o.Success;
            }

            var rate = success / weight;
            var p = PortableMath.Logistic(logit);
            var q = direction > 0 ? Math.Max(p, rate) : Math.Min(p, rate);
            return -weight * ((rate > 0 ? rate * PortableMath.Log(q) : 0) + (rate < 1 ? (1 - rate) * PortableMath.Log(1 - q) : 0));
        }

        /// <summary>The least objective over slopes ≤ 0 at one horizon: Newton's method on the derivative, kept within a bracket.</summary>
        private double Least(double horizon)
        {
            var slope = 0.0;
            if (Derivative(horizon, 0).First > 0)
            {
                // The derivative increases with the slope, and the penalty makes it negative in the end.
                var (low, high) = (-1.0, 0.0);
                while (Derivative(horizon, low).First > 0)
                {
                    high = low;
                    low *= 2;
                }

                slope = low + ((high - low) / 2);
                for (var step = 0; step < 200; step++)
                {
                    var (first, second) = Derivative(horizon, slope);
                    (low, high) = first > 0 ? (low, slope) : (slope, high);
                    var next = slope - (first / second);
                    next = next > low && next < high ? next : low + ((high - low) / 2);
                    var moved = Math.Abs(next - slope);
                    slope = next;
                    if (moved <= 1e-11 * Math.Abs(slope))
                    {
                        break;
                    }
                }
            }

            var loss = lambda / 2 * slope * slope;
            foreach (var o in observations)
            {
                loss += o.Weight * LogisticLoss.At(logit + (slope * (o.X - horizon)), o.Success);
            }

            return loss;
        }

        private (double First, double Second) Derivative(double horizon, double slope)
        {
            var (first, second) = (lambda * slope, lambda);
            foreach (var o in observations)
            {
                var x = o.X - horizon;
                var p = PortableMath.Logistic(logit + (slope * x));
                first += o.Weight * (p - o.Success) * x;
                second += o.Weight * p * (1 - p) * x * x;
            }

            return (first, second);
        }
    }
}
