using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Sampling;

/// <summary>A way to look at one item: it measures how much of the item's declared amount is there, with an error.</summary>
/// <remarks>For an accelerator the amount is its declared hours: counting it sees only what is missing whole, reading its counters
/// sees a large part, recomputing its work sees a small one.</remarks>
/// <param name="Name">What is done: `count`, `counters`, `recompute`.</param>
/// <param name="RelativeError">σ: the standard deviation of the measured amount, as a share of the declared one; above 0.</param>
/// <param name="Threshold">k: a shortfall beyond k·σ is called a defect; above 0. Three is usual.</param>
/// <param name="Cost">What one item costs, in any unit of money or effort; above 0.</param>
public sealed record InspectionMethod(string Name, double RelativeError, double Threshold, double Cost)
{
    /// <summary>q(γ) = Φ(γ/σ − k): the probability that an item from which the share γ is missing is called a defect.</summary>
    /// <remarks>Jaech and Russell, IAEA STR-261 (1991): the difference between declared and measured is normal with mean γ and deviation
    /// σ. One-sided, since what is missing matters.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside (0, 1].</exception>
    public Probability Identification(double share)
    {
        if (!(share > 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "a defect is a share in (0, 1]");
        }

        return new Probability(PortableMath.NormalCdf((share / RelativeError) - Threshold));
    }
}
