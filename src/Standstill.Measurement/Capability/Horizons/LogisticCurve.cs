using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Horizons;

/// <summary>Success as a function of length: P(success) = 1 / (1 + exp(−(intercept + slope · log2 minutes))).</summary>
/// <param name="Intercept">The logit of success at one minute.</param>
/// <param name="Slope">The change of the logit for each doubling of the length; negative where longer tasks are harder.</param>
public readonly record struct LogisticCurve(double Intercept, double Slope)
{
    /// <summary>ln 2.</summary>
    internal const double Ln2 = 0.6931471805599453;

    /// <summary>The chance of success at a length.</summary>
    public Probability At(Minutes length) => new(PortableMath.Logistic(Intercept + (Slope * PortableMath.Log2(length.Value))));

    /// <summary>ln(minutes) at which success has probability <paramref name="p"/>: ln 2 · (logit p − intercept) / slope.</summary>
    /// <remarks>A length only where <see cref="Slope"/> is below zero.</remarks>
    public double LogHorizon(Probability p) => Ln2 * ((PortableMath.Logit(p.Value) - Intercept) / Slope);
}
