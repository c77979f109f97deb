namespace Standstill.Protocol.Inspections;

/// <summary>What the raw samples of a chunk add up to: the figures that its leaf in the <see cref="SumTree"/> states.</summary>
/// <remarks>
/// <para>Time and samples are owned, so that the sums over any division of the time into chunks are the sums over the whole:</para>
/// <list type="bullet">
/// <item>States (busy, light, idle, dark) belong to the time within the window. A sample of activity holds until the next one of its series, and no
/// longer than <see cref="ChunkWindow.HoldMs"/>; without one, an accelerator on the roster is dark.</item>
/// <item>Differences of a counter, and rates integrated by trapezoid, belong to the later of their two samples, which the window must hold. The
/// earlier one may be carried over. A trapezoid spans at most <see cref="ChunkWindow.HoldMs"/>; a counter spans any time.</item>
/// <item>A counter that goes back has restarted from 0: its difference is the value it shows.</item>
/// <item>Power is integrated for accelerators without an energy counter up to then, so that no energy is in two sums.</item>
/// <item>A gap is counted where the accelerator goes dark; its length where it ends, or as far as the window goes.</item>
/// </list>
/// <para><see cref="ChunkSums.OutOfOrder"/> alone depends on the files: it counts what stands out of order within one. Such samples
/// take their place in time; of two with one time the first holds.</para>
/// </remarks>
public static class ChunkAccount
{
    /// <summary>The sums of a chunk.</summary>
    /// <exception cref="ArgumentException">The window is out of its bounds, the columns differ in length, or a row names no series.</exception>
    /// <exception cref="OverflowException">A sum leaves 64 bits.</exception>
    public static ChunkSums Of(ChunkColumns chunk, ChunkWindow window)
    {
        if (!window.IsGood)
        {
            throw new ArgumentException("a chunk's window goes forward, in milliseconds from 1970 to 2200, with a scrape interval of 1 ms to 1 h", nameof(window));
        }

        var lines = SeriesLine.Gather(chunk, window.ToMs);
        var tally = new Tally();
        foreach (var line in lines)
        {
            Count(line, window, tally);
        }

        foreach (var subject in SeriesLine.BySubject(lines))
        {
            var tenures = Tenure.Of(subject);
            if (Tenure.IsAccelerator(subject))
            {
                AcceleratorStates.Add(subject, tenures, window, tally);
            }

            foreach (var line in subject)
            {
                SeriesPairs.Add(line, subject, tenures, window, tally);
            }
        }

        return tally.ToSums();
    }

    /// <summary>The times of the first and the last sample within the window; its start where there is none.</summary>
    public static (long FirstMs, long LastMs) Span(ChunkColumns chunk, ChunkWindow window)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (var time in chunk.TimeMs.Span)
        {
            if (time >= window.FromMs && time < window.ToMs)
            {
                (first, last) = (Math.Min(first, time), Math.Max(last, time));
            }
        }

        return first > last ? (window.FromMs, window.FromMs) : (first, last);
    }

    private static void Count(SeriesLine line, ChunkWindow window, Tally tally)
    {
        // INVARIANT (roster): rows of the roster and the clock are the meter's own remarks, not samples.
        var quantity = line.Series.Quantity;
        var latest = long.MinValue;
        for (var i = 0; i < line.Arrivals.Length; i++)
        {
            var time = line.Arrivals[i];
            var owned = time >= window.FromMs && quantity is not (Quantity.Known or Quantity.ClockStep);
            tally.Samples += owned ? 1 : 0;
            tally.OutOfOrder += owned && time <= latest ? 1 : 0;
            tally.Unusable += owned && !double.IsNaN(line.Arrived[i]) && !QuantityRange.Holds(quantity, line.Arrived[i]) ? 1 : 0;
            latest = Math.Max(latest, time);
        }

        for (var i = line.FirstAt(window.FromMs); i < line.Count; i++)
        {
            var value = line.Value(i);
            switch (quantity)
            {
                case Quantity.ClockStep:
                    tally.ClockStepMs = Math.Max(tally.ClockStepMs, (long)Math.Abs(value));
                    break;
                case Quantity.TensorActivity:
                    var share = (long)Math.Round(value * 10_000);
                    tally.TensorSamples++;
                    tally.TensorSum += share;
                    tally.TensorSquareSum += share * share;
                    break;
                case Quantity.Utilisation:
                    tally.UtilisationSamples++;
                    break;
                case Quantity.EnergyCounter:
                    tally.EnergyCounterSamples++;
                    break;
                case Quantity.Power:
                    var watts = (long)Math.Round(value);
                    tally.PowerSamples++;
                    tally.PowerSum += watts;
                    tally.PowerSquareSum += watts * watts;
                    break;
                case Quantity.TrafficRate or Quantity.TrafficCounter:
                    tally.TrafficSamples++;
                    break;
                default:
                    break;
            }
        }
    }
}
