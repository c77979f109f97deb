using Standstill.Measurement.Numerics;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>An estimate of all AI compute that there is, accounted for or not.</summary>
/// <remarks>Above the middle it is log-normal with the 95 % quantile that was given.</remarks>
/// <param name="Low">The 5 % quantile, in FLOP per second.</param>
/// <param name="Middle">The 50 % quantile.</param>
/// <param name="High">The 95 % quantile.</param>
public sealed record WorldComputeEstimate(double Low, double Middle, double High)
{
    private const double NormalAt95 = 1.6448536269514722; // the standard normal's 95 % quantile

    /// <summary>A quantile from the middle upwards, in FLOP per second.</summary>
    /// <param name="percent">From 50 to 95.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public double Quantile(int percent) => percent switch
    {
        50 => Middle,
        95 => High,
        > 50 and < 95 => Middle * PortableMath.Exp(PortableMath.NormalQuantile(percent / 100.0) / NormalAt95 * PortableMath.Log(High / Middle)),
        _ => throw new ArgumentOutOfRangeException(nameof(percent), percent, "a confidence lies in 50 to 95 per cent"),
    };
}
