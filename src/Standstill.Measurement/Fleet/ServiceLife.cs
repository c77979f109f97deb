using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Fleet;

/// <summary>How long accelerators stay in use: a Weibull life.</summary>
/// <remarks>No table says what has been retired. The two parameters are the assumption, and are printed with every figure that rests on
/// them.</remarks>
/// <param name="ScaleYears">The age at which 1 − 1/e = 63 % are retired; above 0.</param>
/// <param name="Shape">1: the same share each year. Above 1: more as they age. Above 0.</param>
public sealed record ServiceLife(double ScaleYears, double Shape)
{
    /// <summary>63 % retired by the age of seven, few before the age of four.</summary>
    public static ServiceLife Assumed { get; } = new(7, 3);

    /// <summary>The share that is still in use at an age: exp(−(age/scale)^shape).</summary>
    public double InUse(double years) =>
        years <= 0 ? 1 : PortableMath.Exp(-PortableMath.Exp(Shape * PortableMath.Log(years / ScaleYears)));

    /// <summary>What share of a cumulative count is still in use on a day: what was added by each date is as old as the middle of its
    /// stretch.</summary>
    /// <param name="counts">Cumulative counts by last day, rising in time.</param>
    /// <param name="from">The first day of all.</param>
    /// <param name="asOf">The day asked about.</param>
    internal double ShareInUse(IReadOnlyList<(DateOnly To, double Cumulative)> counts, DateOnly from, DateOnly asOf)
    {
        var (before, start, made, used) = (0.0, from, 0.0, 0.0);
        foreach (var (to, cumulative) in counts)
        {
            // A median that falls back a little between two estimates adds nothing.
            var added = Math.Max(0, cumulative - before);
            var middle = (start.DayNumber + to.DayNumber) / 2.0;
            made += added;
            used += added * InUse((asOf.DayNumber - middle) / 365.25);
            (before, start) = (Math.Max(before, cumulative), to);
        }

        return made > 0 ? used / made : 1;
    }
}
