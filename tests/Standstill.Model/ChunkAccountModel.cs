namespace Standstill.Model;

/// <summary>
/// What raw samples add up to, one second at a time: for each second of the window it looks at all samples again. All times are whole
/// seconds.
/// </summary>
public static class ChunkAccountModel
{
    /// <summary>A sample. Kinds: known, tensor, engine, utilisation, energy-counter, power, node-power, traffic-rate, traffic-counter, other.</summary>
    public sealed record Sample(int Series, string Subject, string Kind, long Second, double Value);

    /// <summary>The figures that the model has an opinion on.</summary>
    public sealed record Figures(long Busy, long Light, long Idle, long Dark, decimal Active, long Counter, long Power, long Node, long Traffic, long Samples, long Gaps, long Resets, long LongestGap);

    public static Figures Of(IReadOnlyList<Sample> samples, long from, long to, long hold)
    {
        long busy = 0, light = 0, idle = 0, dark = 0, gaps = 0, longest = 0;
        var active = 0m;
        foreach (var chip in samples.Where(s => s.Kind is not ("node-power" or "other")).Select(s => s.Subject).Distinct())
        {
            var own = samples.Where(s => s.Subject == chip).ToList();
            string? before = null;
            for (var second = Math.Min(from, own.Min(s => s.Second)); second < to; second++)
            {
                if (TenureAt(own, second) is not { } since)
                {
                    before = null;
                    continue;
                }

                before = since == second ? null : before;

                var held = own.Where(s => s.Kind is "tensor" or "engine" or "utilisation")
                    .GroupBy(s => s.Series)
                    .Select(g => g.Where(s => s.Second >= since && s.Second <= second).OrderByDescending(s => s.Second).FirstOrDefault())
                    .OfType<Sample>().ToList();
                var lit = held.Where(s => s.Second + hold > second).Select(s => (s.Kind, Value: (decimal)s.Value / (s.Kind == "utilisation" ? 100 : 1))).ToList();
                var tensor = lit.Where(l => l.Kind == "tensor").Select(l => (decimal?)l.Value).Max();
                var other = lit.Where(l => l.Kind != "tensor").Select(l => (decimal?)l.Value).Max();
                var state = lit.Count == 0 ? "dark"
                    : (tensor ?? other) >= (tensor is null ? 0.05m : 0.01m) ? "busy"
                    : tensor > 0 || other > 0 ? "light" : "idle";
                if (second >= from)
                {
                    busy += state == "busy" ? 1 : 0;
                    light += state == "light" ? 1 : 0;
                    idle += state == "idle" ? 1 : 0;
                    dark += state == "dark" ? 1 : 0;
                    active += state == "dark" ? 0 : tensor ?? other ?? 0;
                    if (state == "dark")
                    {
                        gaps += before == "dark" ? 0 : 1;
                        longest = Math.Max(longest, second + 1 - held.Select(s => s.Second).Append(since).Max());
                    }
                }

                before = state;
            }
        }

        long counter = 0, power = 0, node = 0, traffic = 0, resets = 0;
        foreach (var series in samples.GroupBy(s => s.Series))
        {
            var rows = series.OrderBy(s => s.Second).ToList();
            var own = samples.Where(s => s.Subject == rows[0].Subject).ToList();
            foreach (var (a, b) in rows.Zip(rows.Skip(1)).Where(p => p.Second.Second >= from && p.Second.Second < to))
            {
                var retired = own.Exists(s => s.Kind == "known" && s.Value == 0 && s.Second > a.Second && s.Second <= b.Second);
                var area = ((decimal)a.Value + (decimal)b.Value) / 2 * (b.Second - a.Second);
                var near = b.Second - a.Second <= hold;
                switch (retired ? "" : a.Kind)
                {
                    case "energy-counter":
                        counter += (long)(b.Value >= a.Value ? b.Value - a.Value : b.Value);
                        resets += b.Value < a.Value ? 1 : 0;
                        break;
                    case "traffic-counter":
                        traffic += (long)b.Value / 1000 - (b.Value >= a.Value ? (long)a.Value / 1000 : 0);
                        resets += b.Value < a.Value ? 1 : 0;
                        break;
                    case "power" when near && !own.Exists(s => s.Kind == "energy-counter" && s.Second <= b.Second && TenureAt(own, s.Second) == TenureAt(own, b.Second)):
                        power += (long)Math.Floor((area * 1000) + 0.5m);
                        break;
                    case "node-power" when near:
                        node += (long)Math.Floor((area * 1000) + 0.5m);
                        break;
                    case "traffic-rate" when near:
                        traffic += (long)Math.Floor((area / 1000) + 0.5m);
                        break;
                    default:
                        break;
                }
            }
        }

        return new Figures(busy, light, idle, dark, active, counter, power, node, traffic, samples.Count(s => s.Kind != "known" && s.Second >= from && s.Second < to), gaps, resets, longest);
    }

    /// <summary>Since when the accelerator is on the roster at a moment, or null: its first sign after it was last retired.</summary>
    private static long? TenureAt(List<Sample> own, long second)
    {
        var retired = own.Where(s => s.Kind == "known" && s.Value == 0 && s.Second <= second).Select(s => s.Second).DefaultIfEmpty(long.MinValue).Max();
        return own.Where(s => s.Kind != "other" && (s.Kind != "known" || s.Value == 1) && s.Second >= retired && s.Second <= second).Select(s => (long?)s.Second).Min();
    }
}
