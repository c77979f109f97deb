using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>Minimises Σ w·logloss + (λ/2)·slope² of a logistic curve under a ceiling 1 − lapse.</summary>
/// <remarks>
/// <para>For each of 21 lapses intercept and slope are found by Fisher scoring with step halving, each from the one before. The loss is
/// not convex for a lapse above 0, so that the best of the grid is kept, and the lapse is then refined by false position on the derivative of
/// the profile, which at the inner minimum is the partial derivative.</para>
/// <para>With σ the logistic function at z and P = (1 − lapse)·σ: loss = softplus(z) − y·(ln(1 − lapse) + z) − (1 − y)·softplus(z + ln lapse),
/// ∂/∂z = (P − y)(1 − σ)/(1 − P), expected information (1 − lapse)·σ(1 − σ)²/(1 − P), ∂/∂lapse = (y − P)/((1 − lapse)(1 − P)).</para>
/// </remarks>
internal static class CeilingSolver
{
    private const int GridSteps = 20;
    private const int MostRefinements = 60;
    private const int MostSteps = 200;
    private const double Tolerance = 1e-10;

    /// <summary>Steps this short are taken whole: the objective's rounding hides whether they go downhill.</summary>
    private const double Close = 1e-5;

    public static (CeilingCurve Curve, double Loss) Solve(ReadOnlySpan<Observation> observations, double lambda, double mostLapse, LogisticCurve start)
    {
        var (weight, mean) = (0.0, 0.0);
        foreach (var o in observations)
        {
            weight += o.Weight;
            mean += o.Weight * o.X;
        }

        mean /= weight;
        var grid = new Point[GridSteps + 1];
        var best = 0;
        var point = new Point(start.Intercept + (start.Slope * mean), start.Slope, 0, double.PositiveInfinity);
        for (var i = 0; i <= GridSteps; i++)
        {
            grid[i] = point = Inner(observations, lambda, mean, point with { Lapse = mostLapse * i / GridSteps });
            best = grid[i].Objective < grid[best].Objective ? i : best;
        }

        point = grid[best];
        var falling = LapseDerivative(observations, mean, point) < 0;
        var other = best + (falling ? 1 : -1);
        if (mostLapse > 0 && other is >= 0 and <= GridSteps)
        {
            var (low, high) = falling ? (grid[best], grid[other]) : (grid[other], grid[best]);
            point = Refine(observations, lambda, mean, low, high);

            // A grid point on the far side of a rise may be better than the minimum beside it.
            point = point.Objective <= grid[best].Objective ? point : grid[best];
        }

        var loss = point.Objective - (lambda / 2 * point.Slope * point.Slope);
        return (new CeilingCurve(point.Centre - (point.Slope * mean), point.Slope, point.Lapse), loss);
    }

    /// <summary>The lapse between two others at which the derivative of the profile passes zero, by the Illinois variant of regula falsi.</summary>
    private static Point Refine(ReadOnlySpan<Observation> observations, double lambda, double mean, Point low, Point high)
    {
        var (atLow, atHigh) = (LapseDerivative(observations, mean, low), LapseDerivative(observations, mean, high));
        var point = low;
        var (x, y) = (low.Lapse, high.Lapse);
        if (!(atLow < 0 && atHigh > 0))
        {
            // Downhill all the way to the better end, or a rise between: the ends are what there is to choose from.
            return low.Objective <= high.Objective ? low : high;
        }

        for (var i = 0; i < MostRefinements && y - x > 1e-13; i++)
        {
            var middle = x - (atLow * (y - x) / (atHigh - atLow));
            middle = middle > x && middle < y && double.IsFinite(middle) ? middle : x + ((y - x) / 2);
            point = Inner(observations, lambda, mean, point with { Lapse = middle });
            var derivative = LapseDerivative(observations, mean, point);
            if (Math.Abs(derivative) < 1e-14)
            {
                break;
            }

            if (derivative < 0)
            {
                (x, atLow, atHigh) = (middle, derivative, atHigh / 2);
            }
            else
            {
                (y, atHigh, atLow) = (middle, derivative, atLow / 2);
            }
        }

        return point;
    }

    private readonly record struct Point(double Centre, double Slope, double Lapse, double Objective);

    private static Point Inner(ReadOnlySpan<Observation> observations, double lambda, double mean, Point start)
    {
        var (centre, slope, lapse) = (start.Centre, start.Slope, start.Lapse);
        var objective = Objective(observations, lambda, mean, centre, slope, lapse);
        for (var step = 0; step < MostSteps; step++)
        {
            var (gradientCentre, gradientSlope) = (0.0, lambda * slope);
            var (hCentre, hCross, hSlope) = (0.0, 0.0, lambda);
            foreach (var o in observations)
            {
                var x = o.X - mean;
                var z = centre + (slope * x);
                var (p, q) = LogisticLoss.Shares(z);
                var failure = q + (lapse * p);
                var residual = failure > 0 ? o.Weight * (((1 - lapse) * p) - o.Success) * (q / failure) : 0;
                gradientCentre += residual;
                gradientSlope += residual * x;
                var information = failure > 0 ? o.Weight * (1 - lapse) * p * q * (q / failure) : 0;
                hCentre += information;
                hCross += information * x;
                hSlope += information * x * x;
            }

            var determinant = (hCentre * hSlope) - (hCross * hCross);
            var deltaCentre = ((hSlope * gradientCentre) - (hCross * gradientSlope)) / determinant;
            var deltaSlope = ((hCentre * gradientSlope) - (hCross * gradientCentre)) / determinant;
            if (!double.IsFinite(deltaCentre) || !double.IsFinite(deltaSlope))
            {
                (deltaCentre, deltaSlope) = (gradientCentre, gradientSlope);
            }

            var scale = Math.Min(1, 4 / Math.Max(Math.Abs(deltaCentre), Math.Abs(deltaSlope)));
            double next;
            while ((next = Objective(observations, lambda, mean, centre - (scale * deltaCentre), slope - (scale * deltaSlope), lapse)) > objective
                && scale * Math.Max(Math.Abs(deltaCentre), Math.Abs(deltaSlope)) > Close)
            {
                scale /= 2;
            }

            centre -= scale * deltaCentre;
            slope -= scale * deltaSlope;
            objective = next;
            if (Math.Abs(deltaCentre) <= Tolerance * (1 + Math.Abs(centre)) && Math.Abs(deltaSlope) <= Tolerance * (1 + Math.Abs(slope)))
            {
                break;
            }
        }

        return new Point(centre, slope, lapse, objective);
    }

    private static double Objective(ReadOnlySpan<Observation> observations, double lambda, double mean, double centre, double slope, double lapse)
    {
        var (logCeiling, logLapse) = (PortableMath.Log(1 - lapse), PortableMath.Log(lapse));
        var sum = lambda / 2 * slope * slope;
        foreach (var o in observations)
        {
            var z = centre + (slope * (o.X - mean));
            sum += o.Weight * (LogisticLoss.Softplus(z) - (o.Success * (logCeiling + z)) - ((1 - o.Success) * LogisticLoss.Softplus(z + logLapse)));
        }

        return sum;
    }

    private static double LapseDerivative(ReadOnlySpan<Observation> observations, double mean, Point at)
    {
        var sum = 0.0;
        foreach (var o in observations)
        {
            var z = at.Centre + (at.Slope * (o.X - mean));
            var (p, q) = LogisticLoss.Shares(z);
            var odds = (1 - at.Lapse) * p / (q + (at.Lapse * p));
            sum += o.Weight * (o.Success - (o.Success < 1 ? (1 - o.Success) * odds : 0)) / (1 - at.Lapse);
        }

        return sum;
    }
}
