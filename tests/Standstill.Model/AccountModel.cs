namespace Standstill.Model;

/// <summary>Something that changes what stands in an area: a count, or a movement.</summary>
/// <param name="Minute">When.</param>
/// <param name="Count">What was counted; null for a movement.</param>
/// <param name="Change">By how much a movement changes it.</param>
public sealed record ModelEvent(int Minute, long? Count, long Change);

/// <summary>What is said of one period: chip-hours idle, down and declared.</summary>
public sealed record ModelPeriod(double Idle, double Down, double Declared);

/// <summary>An area of the model: what happened, in the order in which it was told, and its periods from one on.</summary>
/// <param name="Events">Everything that happened, in the order of telling. The first is the first count.</param>
/// <param name="First">The number of its first period.</param>
/// <param name="Periods">Its periods.</param>
public sealed record ModelArea(IReadOnlyList<ModelEvent> Events, int First, IReadOnlyList<ModelPeriod> Periods);

/// <summary>One balance: what was present, what is unaccounted for, and its standardised independent value.</summary>
public sealed record ModelBalance(int Period, double Present, double Cuf, double Standardised);

/// <summary>The account of areas, dense and slow: what is there is looked up minute by minute in everything that ever happened, and z is taken
/// from a Cholesky factor of the whole covariance. Nothing is shared with the code under test.</summary>
public static class AccountModel
{
    /// <summary>The balances of one area.</summary>
    public static IReadOnlyList<ModelBalance> Of(ModelArea area, int periodMinutes, double random, double systematic, double counting)
    {
        var rows = new List<(int Period, double Present, double Cuf, int Count)>();
        for (var i = 0; i < area.Periods.Count; i++)
        {
            var period = area.First + i;
            var present = PresentIn(area, period, periodMinutes);
            var said = area.Periods[i];
            rows.Add((period, present, present - said.Idle - said.Down - said.Declared, CountsBy(area, period * periodMinutes)));
        }

        return Standardised(rows, random, systematic, counting);
    }

    /// <summary>The balances of the sum over areas, of every period that any of them has.</summary>
    public static IReadOnlyList<ModelBalance> Sum(IReadOnlyList<ModelArea> areas, int periodMinutes, double random, double systematic, double counting)
    {
        var rows = new List<(int Period, double Present, double Cuf, int Count)>();
        var (before, count) = ("", 0);
        for (var period = areas.Min(a => a.First); period < areas.Max(a => a.First + a.Periods.Count); period++)
        {
            var there = areas.Where(a => period >= a.First && period < a.First + a.Periods.Count).ToArray();
            if (there.Length == 0)
            {
                continue;
            }

            // A bias of counting is drawn anew when any area is counted, or comes in or goes.
            var counts = string.Join(' ', areas.Select(a => there.Contains(a) ? CountsBy(a, period * periodMinutes) : 0));
            (before, count) = counts == before ? (before, count) : (counts, count + 1);
            var present = there.Sum(a => PresentIn(a, period, periodMinutes));
            var said = there.Select(a => a.Periods[period - a.First]).ToArray();
            rows.Add((period, present, present - said.Sum(s => s.Idle + s.Down + s.Declared), count));
        }

        return Standardised(rows, random, systematic, counting);
    }

    private static double PresentIn(ModelArea area, int period, int periodMinutes)
    {
        var chipMinutes = 0L;
        for (var minute = period * periodMinutes; minute < (period + 1) * periodMinutes; minute++)
        {
            chipMinutes += There(area, minute);
        }

        return chipMinutes / 60.0;
    }

    private static long There(ModelArea area, int minute)
    {
        var there = area.Events[0].Count!.Value;
        foreach (var e in area.Events.Where(e => e.Minute <= minute).OrderBy(e => e.Minute))
        {
            there = e.Count ?? there + e.Change;
        }

        return there;
    }

    private static int CountsBy(ModelArea area, int minute) => Math.Max(1, area.Events.Count(e => e.Count is not null && e.Minute <= minute));

    // Σ_tu = random² P_t² [t = u] + systematic² P_t P_u + counting² P_t P_u [same count], z = L⁻¹ CUF with Σ = L Lᵀ. Periods with nothing
    // present tell nothing of the errors, and are left out.
    private static List<ModelBalance> Standardised(List<(int Period, double Present, double Cuf, int Count)> rows, double random, double systematic, double counting)
    {
        var used = rows.Where(r => r.Present > 0).ToArray();
        var size = used.Length;
        var lower = new double[size, size];
        var z = new double[size];
        for (var t = 0; t < size; t++)
        {
            var rest = used[t].Cuf;
            for (var u = 0; u <= t; u++)
            {
                var both = used[t].Present * used[u].Present;
                var covariance = both * ((t == u ? random * random : 0) + (systematic * systematic) + (used[t].Count == used[u].Count ? counting * counting : 0));
                for (var i = 0; i < u; i++)
                {
                    covariance -= lower[t, i] * lower[u, i];
                }

                lower[t, u] = t == u ? Math.Sqrt(covariance) : covariance / lower[u, u];
                rest -= u < t ? lower[t, u] * z[u] : 0;
            }

            z[t] = rest / lower[t, t];
        }

        var at = 0;
        return [.. rows.Select(r => new ModelBalance(r.Period, r.Present, r.Cuf, r.Present > 0 ? z[at++] : 0))];
    }
}
