namespace Standstill.Protocol.Inspections;

/// <summary>Busy, light, idle and dark time of one accelerator within a window.</summary>
internal static class AcceleratorStates
{
    // Tensor activity of 1 %, and utilisation of 5 % where no tensor counter tells: in millionths.
    private const int BusyTensor = 10_000;
    private const int BusyOther = 50_000;

    public static void Add(List<SeriesLine> accelerator, List<Tenure> tenures, ChunkWindow window, Tally tally)
    {
        var lines = accelerator.Where(l => QuantityRange.IsActivity(l.Series.Quantity)).ToArray();
        foreach (var tenure in tenures)
        {
            Add(lines, tenure, window, tally);
        }
    }

    private static void Add(SeriesLine[] lines, Tenure tenure, ChunkWindow window, Tally tally)
    {
        var from = Math.Max(tenure.From, window.FromMs);
        var to = Math.Min(tenure.To, window.ToMs);
        if (from >= to)
        {
            return;
        }

        // For each line the row in force: the last one at or before the moment, or one below the first of the tenure.
        var first = Array.ConvertAll(lines, l => l.FirstAt(tenure.From));
        var row = Array.ConvertAll(lines, l => l.FirstAt(from + 1) - 1);
        var wasDark = tenure.From < window.FromMs && !Covered(from - 1);
        for (var now = from; now < to;)
        {
            var next = to;
            int? tensor = null, other = null;
            var seen = tenure.From;
            for (var j = 0; j < lines.Length; j++)
            {
                var line = lines[j];
                if (row[j] + 1 < line.Count)
                {
                    next = Math.Min(next, line.Time(row[j] + 1));
                }

                if (row[j] < first[j])
                {
                    continue;
                }

                seen = Math.Max(seen, line.Time(row[j]));
                var until = line.Time(row[j]) + window.HoldMs;
                if (until > now)
                {
                    next = Math.Min(next, until);
                    var activity = QuantityRange.Millionths(line.Series.Quantity, line.Value(row[j]));
                    if (line.Series.Quantity == Quantity.TensorActivity)
                    {
                        tensor = Math.Max(tensor ?? 0, activity);
                    }
                    else
                    {
                        other = Math.Max(other ?? 0, activity);
                    }
                }
            }

            var isDark = tensor is null && other is null;
            if (isDark)
            {
                tally.DarkMs += next - now;
                tally.Gaps += wasDark ? 0 : 1;
                tally.LongestGapMs = Math.Max(tally.LongestGapMs, next - seen);
            }
            else
            {
                Lit(tensor, other, next - now, tally);
            }

            wasDark = isDark;
            now = next;
            for (var j = 0; j < lines.Length; j++)
            {
                row[j] += row[j] + 1 < lines[j].Count && lines[j].Time(row[j] + 1) <= now ? 1 : 0;
            }
        }

        bool Covered(long moment)
        {
            for (var j = 0; j < lines.Length; j++)
            {
                var last = lines[j].FirstAt(moment + 1) - 1;
                if (last >= first[j] && lines[j].Time(last) + window.HoldMs > moment)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static void Lit(int? tensor, int? other, long time, Tally tally)
    {
        var busy = tensor is { } t ? t >= BusyTensor : other >= BusyOther;
        var some = tensor > 0 || other > 0;
        tally.BusyMs += busy ? time : 0;
        tally.LightMs += !busy && some ? time : 0;
        tally.IdleMs += !busy && !some ? time : 0;
        tally.ActiveMicroMs += (tensor ?? other ?? 0) * time;
    }
}
