using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>The logarithmic loss of a logistic curve, written so that nothing overflows and nothing cancels.</summary>
internal static class LogisticLoss
{
    /// <summary>ln(1 + e^z).</summary>
    public static double Softplus(double z) =>
        z > 0 ? z + PortableMath.Log(1 + PortableMath.Exp(-z)) : PortableMath.Log(1 + PortableMath.Exp(z));

    /// <summary>−y·ln P − (1 − y)·ln(1 − P) at logit P = <paramref name="z"/>.</summary>
    public static double At(double z, double success) => Softplus(z) - (success * z);

    /// <summary>The chances of success and of failure at a logit, each to full precision.</summary>
    public static (double Success, double Failure) Shares(double z)
    {
        var power = PortableMath.Exp(-Math.Abs(z));
        var (large, small) = (1 / (1 + power), power / (1 + power));
        return z >= 0 ? (large, small) : (small, large);
    }
}
