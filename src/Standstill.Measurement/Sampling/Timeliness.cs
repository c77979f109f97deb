using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Sampling;

/// <summary>How long a diversion that goes on runs until an inspection finds it.</summary>
public static class Timeliness
{
    /// <summary>The mean delay under equally spaced inspections of unknown phase: τ·(1/q − ½).</summary>
    /// <exception cref="ArgumentOutOfRangeException">q is 0: it is never found.</exception>
    public static TimeSpan MeanDelay(InspectionSchedule.Periodic schedule, Probability identification) =>
        schedule.Spacing * ((1 / Positive(identification)) - 0.5);

    /// <summary>The mean delay under inspections at a constant rate: 1 / (λ·q).</summary>
    /// <exception cref="ArgumentOutOfRangeException">q or the rate is 0: it is never found.</exception>
    public static TimeSpan MeanDelay(InspectionSchedule.Poisson schedule, Probability identification) =>
        schedule.PerYear > 0
            ? TimeSpan.FromDays(365.25 / (schedule.PerYear * Positive(identification)))
            : throw new ArgumentOutOfRangeException(nameof(schedule), schedule.PerYear, "a rate of 0 finds nothing");

    /// <summary>The date of the one interim inspection between two routine ones that makes the diverter's start indifferent.</summary>
    /// <remarks>
    /// <para>On a period of length 1 that ends with a routine inspection, a visit at t with density 1/(1 − t) on [0, 1 − 1/e], t = 1 − e⁻ᵘ
    /// for u uniform: whenever in that stretch the diversion starts, it goes on 1/e = 0.368 of the period on average, while a
    /// visit at a known date cannot do better than ½. M. J. Canty and R. Avenhaus, "The inspector who got something for nothing" (1991);
    /// Avenhaus and Canty, "Compliance Quantified" (1996), chapter 5. Derived again: with F the distribution of the visit, the delay
    /// from a start s is ∫ₛ (t − s)dF + F(s)·(1 − s), whose slope in s is 0 for this density.</para>
    /// </remarks>
    /// <param name="u">A uniform number in [0, 1].</param>
    /// <returns>The place of the visit in the period, in [0, 1 − 1/e].</returns>
    public static double EqualisingVisit(Probability u) => 1 - PortableMath.Exp(-u.Value);

    private static double Positive(Probability q) =>
        q.Value > 0 ? q.Value : throw new ArgumentOutOfRangeException(nameof(q), q, "what is never identified is never found");
}
