namespace Standstill.Protocol.Pacts.Coalitions.FixedPoint;

/// <summary>What a ladder measures of a tally.</summary>
internal enum Measure
{
    Parties,
    Jurisdictions,
    Compute,
}

/// <summary>The thresholds that are asked of one measure of one tally, in order, so that a change asks only those it crosses.</summary>
internal sealed class Ladder(Tally tally, Measure measure)
{
    private const double Epsilon = 1.0 / (1L << 52);

    private readonly Dictionary<double, int> rungOf = [];
    private readonly List<int> fresh = [];
    private double[] thresholds = [];
    private int[] rungs = [];
    private long exactVersion = -1;
    private double exact;

    public Tally Tally => tally;

    public Measure Measure => measure;

    /// <summary>What compute is a share of, in FLOP per second; NaN where it is not known, and nothing is reached.</summary>
    public double Whole { get; set; }

    /// <summary>How many of the ordered thresholds are reached.</summary>
    public int Reached { get; private set; }

    /// <summary>Whether any threshold is not reached.</summary>
    public bool HasAbove => fresh.Count > 0 || Reached < rungs.Length;

    /// <summary>The rung of a threshold.</summary>
    public int RungAt(double threshold, Pool<RungRecord> pool)
    {
        if (!rungOf.TryGetValue(threshold, out int rung))
        {
            rung = pool.Take(new RungRecord { Ladder = this, Threshold = threshold, FirstEdge = -1 });
            rungOf.Add(threshold, rung);
            fresh.Add(rung);
        }

        return rung;
    }

    /// <summary>Moves to where the tally stands, and reports each rung that is reached and, as its complement, each that no longer is.</summary>
    public void Settle(Pool<RungRecord> pool, ComputeOrder order, List<int> changed)
    {
        if (fresh.Count > 0)
        {
            Merge(pool, changed);
        }

        int now = ReachedNow(order);
        for (; Reached > now; Reached--)
        {
            Turn(pool, rungs[Reached - 1], on: false, changed);
        }

        for (; Reached < now; Reached++)
        {
            Turn(pool, rungs[Reached], on: true, changed);
        }
    }

    /// <summary>Whether a threshold could be reached by what the tally could come to at most. May say yes where no is right.</summary>
    public bool IsHoped(double threshold, int jurisdictions) => measure switch
    {
        Measure.Parties => tally.HopedParties >= threshold,
        Measure.Jurisdictions => jurisdictions >= threshold,
        _ => tally.HopedCompute * (1 + 1e-9) >= threshold * Whole * (1 - 1e-9),
    };

    private static void Turn(Pool<RungRecord> pool, int rung, bool on, List<int> changed)
    {
        pool[rung].IsOn = on;
        changed.Add(on ? rung : ~rung);
    }

    private int ReachedNow(ComputeOrder order)
    {
        if (measure != Measure.Compute)
        {
            return UpTo(measure == Measure.Parties ? tally.Parties : tally.Jurisdictions);
        }

        if (!(Whole > 0))
        {
            return 0;
        }

        // The simple evaluation adds the n terms in the order of names, with an error of n·u of the sum at most, and divides
        // with one rounding. Only where that could decide is it done.
        double value = tally.Compute.Value;
        double margin = tally.Compute.Error + (order.Total * (order.Count + 64) * Epsilon);
        int surely = UpTo((value - margin) / Whole);
        return surely == UpTo((value + margin) / Whole) ? surely : UpTo(Exactly(order) / Whole);
    }

    private double Exactly(ComputeOrder order)
    {
        if (exactVersion != tally.Version)
        {
            (exactVersion, exact) = (tally.Version, order.SumOf(tally));
        }

        return exact;
    }

    // How many thresholds are no greater than a value.
    private int UpTo(double value)
    {
        int low = 0;
        int high = thresholds.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = thresholds[middle] <= value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // The rungs that were reached are still the lowest: a fresh one among them is reached as well.
    private void Merge(Pool<RungRecord> pool, List<int> changed)
    {
        double highest = Reached > 0 ? thresholds[Reached - 1] : double.NegativeInfinity;
        int[] sorted = [.. rungs, .. fresh];
        double[] keys = [.. sorted.Select(r => pool[r].Threshold)];
        Array.Sort(keys, sorted);
        (thresholds, rungs) = (keys, sorted);
        Reached = UpTo(highest);
        foreach (int rung in fresh.Where(r => pool[r].Threshold <= highest))
        {
            Turn(pool, rung, on: true, changed);
        }

        fresh.Clear();
    }
}
