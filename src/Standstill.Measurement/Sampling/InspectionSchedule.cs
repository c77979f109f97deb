using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Sampling;

/// <summary>When inspections happen, as far as the diverter can know.</summary>
/// <remarks>The diverter knows the scheme, not the dates, and cannot react to a visit. A diversion occupies one stretch of time; each
/// inspection in it finds it with probability q, independently.</remarks>
public abstract record InspectionSchedule
{
    private InspectionSchedule()
    {
    }

    /// <summary>Equally spaced, from a first date that is uniform over one spacing.</summary>
    /// <param name="Spacing">τ, above 0.</param>
    public sealed record Periodic(TimeSpan Spacing) : InspectionSchedule;

    /// <summary>A number of dates, each uniform over the span and independent of the others.</summary>
    /// <param name="Count">k, 0 or more.</param>
    /// <param name="Span">T, above 0.</param>
    public sealed record Independent(int Count, TimeSpan Span) : InspectionSchedule;

    /// <summary>One date in each of equal intervals, uniform within it: no long stretch is without a visit.</summary>
    /// <param name="Interval">τ, above 0.</param>
    public sealed record OnePerInterval(TimeSpan Interval) : InspectionSchedule;

    /// <summary>At any time with the same chance, whatever came before: nothing is learnt from past dates.</summary>
    /// <param name="PerYear">λ per 365.25 days, 0 or more.</param>
    public sealed record Poisson(double PerYear) : InspectionSchedule;

    private const double DaysPerYear = 365.25;

    /// <summary>The probability that a diversion of a length is found, where the diverter starts it at the worst time for the
    /// inspector.</summary>
    /// <param name="length">How long it can be found, above 0. For independent dates it is cut to the span.</param>
    /// <param name="identification">q of one inspection.</param>
    public Probability Detection(TimeSpan length, Probability identification)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        var q = identification.Value;
        return new Probability(1 - this switch
        {
            Periodic p => MissedPeriodic(Ratio(length, p.Spacing), q),
            Independent i => Power(1 - (q * Math.Min(1, Ratio(length, i.Span))), i.Count),
            OnePerInterval o => MissedOnePer(Ratio(length, o.Interval), q),
            Poisson p => PortableMath.Exp(-p.PerYear * q * length.TotalDays / DaysPerYear),
            _ => throw new InvalidOperationException("an unknown schedule"),
        });
    }

    /// <summary>How many inspections there are in a year on average.</summary>
    public double PerYearOnAverage => this switch
    {
        Periodic p => DaysPerYear / p.Spacing.TotalDays,
        Independent i => i.Count * DaysPerYear / i.Span.TotalDays,
        OnePerInterval o => DaysPerYear / o.Interval.TotalDays,
        Poisson p => p.PerYear,
        _ => throw new InvalidOperationException("an unknown schedule"),
    };

    // ⌊l⌋ visits are certain, one more with the chance of the rest.
    private static double MissedPeriodic(double l, double q)
    {
        var certain = (int)Math.Min(1_000_000, Math.Floor(l));
        return Power(1 - q, certain) * (1 - (q * (l - certain)));
    }

    // A stretch of l intervals covers m whole ones and parts a + b = l − m at its ends: (1 − qa)(1 − qb) is greatest at a = b, where
    // both parts are at most 1. Which m the diverter takes is tried.
    private static double MissedOnePer(double l, double q)
    {
        var most = (int)Math.Min(1_000_000, Math.Floor(l));
        var missed = 0.0;
        for (var m = Math.Max(0, most - 2); m <= most; m++)
        {
            var part = (l - m) / 2;
            if (part <= 1)
            {
                missed = Math.Max(missed, Power(1 - q, m) * (1 - (q * part)) * (1 - (q * part)));
            }
        }

        return missed;
    }

    private static double Ratio(TimeSpan length, TimeSpan unit) =>
        unit > TimeSpan.Zero ? (double)length.Ticks / unit.Ticks : throw new ArgumentOutOfRangeException(nameof(unit), unit, "a spacing is above 0");

    private static double Power(double x, int times) => x switch
    {
        _ when times == 0 => 1,
        <= 0 => 0,
        _ => PortableMath.Exp(times * PortableMath.Log(x)),
    };
}
