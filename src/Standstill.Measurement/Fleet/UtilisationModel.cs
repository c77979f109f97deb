using Standstill.Measurement.Accounting;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Fleet;

/// <summary>What is believed of the share of the peak that work reaches: lognormal.</summary>
/// <param name="Median">The median, in (0, 1].</param>
/// <param name="LogSigma">σ of the natural logarithm, above 0.</param>
public sealed record UtilisationModel(double Median, double LogSigma)
{
    private const double SecondsPerHour = 3600;

    /// <summary>What 257 published training runs show, robustly: half of them reach 0.32 or more, and the middle half spreads as a
    /// lognormal with σ = 0.30 would.</summary>
    /// <remarks>See <see cref="UtilisationSpread"/>: <see cref="UtilisationSpread.QuartileSigma"/> of the runs of Epoch AI's reconciliation.</remarks>
    public static UtilisationModel Published { get; } = new(0.32, 0.30);

    /// <summary>The work that chip-time can have done, with a central interval.</summary>
    /// <param name="time">The chip-time, not negative.</param>
    /// <param name="peak">The peak of one accelerator.</param>
    /// <param name="confidence">How likely the interval holds the truth, below 1: 0.95.</param>
    public FlopEstimate Work(ChipHours time, FlopPerSecond peak, Probability confidence)
    {
        var whole = time.Value * SecondsPerHour * peak.Value;
        var reach = PortableMath.Exp(LogSigma * PortableMath.NormalQuantile(0.5 + (confidence.Value / 2)));
        return new FlopEstimate(new Flop(whole * Median / reach), new Flop(whole * Median), new Flop(whole * Math.Min(1, Median * reach)));
    }

    /// <summary>The share of the peak that work would have needed; above 1 it cannot have been done.</summary>
    /// <exception cref="ArgumentException">There is no time, or no peak.</exception>
    public static double Implied(Flop work, ChipHours time, FlopPerSecond peak)
    {
        // In this order the published figures come out to the last digit.
        var whole = time.Value * SecondsPerHour * peak.Value;
        return whole > 0 ? work.Value / whole : throw new ArgumentException("no chip-time or no peak", nameof(time));
    }

    /// <summary>How many σ a utilisation lies above the median.</summary>
    public double StandardScore(double utilisation) => (PortableMath.Log(utilisation) - PortableMath.Log(Median)) / LogSigma;
}

/// <summary>An amount of work with its interval.</summary>
/// <param name="Low">The lower limit.</param>
/// <param name="Median">The median.</param>
/// <param name="High">The upper limit, at most what the accelerators can do at their peak.</param>
public sealed record FlopEstimate(Flop Low, Flop Median, Flop High);
