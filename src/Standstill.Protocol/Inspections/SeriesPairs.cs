namespace Standstill.Protocol.Inspections;

/// <summary>What follows from two neighbouring samples of a series: differences of counters, and integrals of rates.</summary>
/// <remarks>A pair belongs to the chunk that owns its later sample, and is rounded once, by itself: no division of the time changes it.</remarks>
internal static class SeriesPairs
{
    // W·ms to mJ is 1; rates are taken in mW and in bytes per second, so that a trapezoid ends in whole numbers.
    private const int MilliwattMsPerMillijoule = 1000;
    private const int ByteMsPerKilobyte = 1_000_000;

    public static void Add(SeriesLine line, List<SeriesLine> subject, List<Tenure> tenures, ChunkWindow window, Tally tally)
    {
        var quantity = line.Series.Quantity;
        if (quantity is not (Quantity.EnergyCounter or Quantity.TrafficCounter or Quantity.Power or Quantity.NodePower or Quantity.TrafficRate))
        {
            return;
        }

        for (var i = Math.Max(1, line.FirstAt(window.FromMs)); i < line.Count; i++)
        {
            var (earlier, later) = (line.Time(i - 1), line.Time(i));
            if (!InOneTenure(tenures, earlier, later))
            {
                continue;
            }

            switch (quantity)
            {
                case Quantity.EnergyCounter:
                    tally.CounterMillijoules += Difference((long)Math.Round(line.Value(i - 1)), (long)Math.Round(line.Value(i)), tally);
                    break;
                case Quantity.TrafficCounter:
                    tally.TrafficKilobytes += Difference((long)line.Value(i - 1) / 1000, (long)line.Value(i) / 1000, tally);
                    break;
                case Quantity.Power when later - earlier <= window.HoldMs && !HasCounter(subject, tenures, later):
                    tally.PowerMillijoules += Trapezoid(line, i, 1000, MilliwattMsPerMillijoule);
                    break;
                case Quantity.NodePower when later - earlier <= window.HoldMs:
                    tally.NodeMillijoules += Trapezoid(line, i, 1000, MilliwattMsPerMillijoule);
                    break;
                case Quantity.TrafficRate when later - earlier <= window.HoldMs:
                    tally.TrafficKilobytes += Trapezoid(line, i, 1, ByteMsPerKilobyte);
                    break;
                default:
                    break;
            }
        }
    }

    private static long Difference(long earlier, long later, Tally tally)
    {
        if (later >= earlier)
        {
            return later - earlier;
        }

        tally.CounterResets++;
        return later;
    }

    // Half up. 128 bits: 2 · 10¹³ bytes per second over 4 hours pass 2⁶³.
    private static long Trapezoid(SeriesLine line, int i, int scale, int divisor)
    {
        var height = (Int128)(long)Math.Round(line.Value(i - 1) * scale) + (long)Math.Round(line.Value(i) * scale);
        return (long)(((height * (line.Time(i) - line.Time(i - 1))) + divisor) / (2 * (Int128)divisor));
    }

    private static bool InOneTenure(List<Tenure> tenures, long earlier, long later)
    {
        foreach (var tenure in tenures)
        {
            if (earlier >= tenure.From && earlier < tenure.To)
            {
                return later < tenure.To;
            }
        }

        return false;
    }

    private static bool HasCounter(List<SeriesLine> subject, List<Tenure> tenures, long moment)
    {
        foreach (var tenure in tenures)
        {
            if (moment >= tenure.From && moment < tenure.To)
            {
                return subject.Exists(l => l.Series.Quantity == Quantity.EnergyCounter
                    && l.FirstAt(tenure.From) is var first && first < l.Count && l.Time(first) <= moment);
            }
        }

        return false;
    }
}
