using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability;

/// <summary>The split normal of the logarithm of a horizon: see <see cref="IndicatorDistribution.FromPublished"/>.</summary>
/// <param name="Log">ln(minutes) of the figure.</param>
/// <param name="SigmaLow">The spread below it; 0 where it is unknown.</param>
/// <param name="SigmaHigh">The spread above it; 0 where it is unknown.</param>
internal readonly record struct LogError(double Log, double SigmaLow, double SigmaHigh)
{
    public static LogError Of(Minutes figure, HorizonLimits? limits95)
    {
        var log = PortableMath.Log(figure.Value);
        return limits95 is { } limits
            ? new LogError(log, (log - PortableMath.Log(limits.Low.Value)) / PublishedEdge.Z, (PortableMath.Log(limits.High.Value) - log) / PublishedEdge.Z)
            : new LogError(log, 0, 0);
    }

    /// <summary>ln(minutes) at a standard normal number.</summary>
    public double Draw(double z) => Log + (z * (z < 0 ? SigmaLow : SigmaHigh));
}
