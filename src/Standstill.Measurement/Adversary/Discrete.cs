namespace Standstill.Measurement.Adversary;

/// <summary>The measures that draw and look, draw by draw. A finding of theirs is confirmed before it counts, so that none is by chance.</summary>
internal static class Discrete
{
    private const int SegmentsPerDay = 24;

    /// <summary>Numbers kept apart for one event of a stream.</summary>
    private const long Stride = 1L << 20;

    /// <summary>Challenges: at random times, each on one of the last 30 days' digests; chunks drawn one after the other without replacement.</summary>
    public static void Challenges(StudyShape shape, ulong key, PlanSignal signal, ref int first)
    {
        var traces = signal.Plan.Traces;
        if (shape.Measures.Challenges is not { PerYear: > 0 } plan || traces.AlteredChunks <= 0 || traces.ChunkTell.Value <= 0)
        {
            return;
        }

        for (var i = 0; i < signal.Plan.Areas; i++)
        {
            var altered = Rounded(plan.ChunksPerDay, traces.AlteredChunks * signal.MeteredShare[i]);
            var stream = LayerStream.Of(key, i, Layer.Challenges);
            for (var year = 0; altered > 0 && year * 365 < shape.WindowDays; year++)
            {
                for (var n = 0; n < plan.PerYear; n++)
                {
                    var at = (((year * 4096L) + n) * Stride) + 1;
                    var day = (year * 365) + (int)(stream.Uniform(at) * 365);
                    var challenged = day - (int)(stream.Uniform(at + 1) * 30);
                    if (day < shape.WindowDays && day + 1 < first && signal.Plan.Days.Runs(challenged)
                        && Finds(stream, at + 2, plan.ChunksPerDay, altered, plan.ChunksEach, traces.ChunkTell.Value))
                    {
                        first = day + 1;
                    }
                }
            }
        }
    }

    /// <summary>Visits to the party, each to one area, looking at accelerators drawn without replacement.</summary>
    public static void Visits(StudyShape shape, ulong key, PlanSignal signal, ref int first)
    {
        var plan = signal.Plan;
        if (shape.Measures.Visits is not { PerYear: > 0 } visits || plan.Traces.WrongChips <= 0
            || plan.Traces.HideHours <= Foresight(visits))
        {
            return;
        }

        var stream = LayerStream.Of(key, int.MaxValue, Layer.Visits);
        for (var year = 0; year * 365 < shape.WindowDays; year++)
        {
            for (var n = 0; n < visits.PerYear; n++)
            {
                var at = (((year * 4096L) + n) * Stride) + 1;
                var day = (year * 365) + (visits.RandomTiming ? (int)(stream.Uniform(at) * 365) : n * 365 / visits.PerYear);
                var area = (int)(stream.Uniform(at + 1) * shape.Areas.Length);
                if (day < shape.WindowDays && day + 1 < first && area < plan.Areas && plan.Days.Runs(day))
                {
                    var chips = shape.Areas[area].Area.Chips;
                    var wrong = Rounded(chips, plan.HiddenShare * plan.Traces.WrongChips);
                    if (Finds(stream, at + 2, chips, wrong, Math.Min(visits.LookedAt, chips), visits.Identification.Value))
                    {
                        first = day + 1;
                    }
                }
            }
        }
    }

    /// <summary>Shipments that one end did not sign, each at a random day of the window.</summary>
    public static void Movements(StudyShape shape, ulong key, DiversionPlan plan, ref int first)
    {
        if (shape.Measures.MovementIdentification is not { } seen)
        {
            return;
        }

        var stream = LayerStream.Of(key, int.MaxValue, Layer.Movements);
        for (var n = 0; n < plan.Shipments; n++)
        {
            if (stream.Uniform(2 * n) < seen.Value)
            {
                first = Math.Min(first, 1 + (int)(stream.Uniform((2 * n) + 1) * shape.WindowDays));
            }
        }
    }

    /// <summary>Contracts, begun at random days of the window's first half and matched at the end of their month.</summary>
    public static void Rentals(StudyShape shape, ulong key, DiversionPlan plan, ref int first)
    {
        var stream = LayerStream.Of(key, int.MaxValue, Layer.Rentals);
        for (var n = 0; n < plan.Rentals; n++)
        {
            if (stream.Uniform(2 * n) < shape.Measures.RentalsReconciled)
            {
                var begun = (int)(stream.Uniform((2 * n) + 1) * shape.WindowDays / 2);
                var matched = ((begun / 30) + 1) * 30;
                first = matched <= shape.WindowDays ? Math.Min(first, matched) : first;
            }
        }
    }

    /// <summary>Segments of an hour, each drawn or not by itself; a day's are taken together.</summary>
    public static void Recomputation(StudyShape shape, ulong key, PlanSignal signal, ref int first)
    {
        var traces = signal.Plan.Traces;
        if (shape.Measures.Recomputation is not { Share: > 0 } plan || traces.Misdeclared <= 0)
        {
            return;
        }

        for (var i = 0; i < signal.Plan.Areas; i++)
        {
            var use = shape.Areas[i].Area.Use;
            var wrong = Math.Min(1, signal.Plan.HiddenShare * traces.Misdeclared / Math.Max(use.Training + use.Inference, 1e-9));
            var missed = 1.0;
            for (var n = 0; n < SegmentsPerDay; n++)
            {
                missed *= 1 - (plan.Share * wrong * plan.Identification.Value);
            }

            var stream = LayerStream.Of(key, i, Layer.Recomputation);
            for (var day = 0; day + 1 < Math.Min(first, shape.WindowDays + 1); day++)
            {
                if (signal.Plan.Days.Runs(day) && stream.Uniform(day) > missed)
                {
                    first = day + 1;
                }
            }
        }
    }

    /// <summary>Draws without replacement until all are drawn or one is wrong and recognised.</summary>
    internal static bool Finds(LayerStream stream, long at, int population, int wrong, int drawn, double recognised)
    {
        for (var j = 0; j < drawn && wrong > 0; j++)
        {
            if (stream.Uniform(at + (2 * j)) * (population - j) < wrong)
            {
                wrong--;
                if (stream.Uniform(at + (2 * j) + 1) < recognised)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Hours before the first look at which the party knows of a visit.</summary>
    private static int Foresight(VisitPlan visits) => visits.RandomTiming ? visits.NoticeHours : 24 * 14;

    /// <summary>A share of a number, rounded up: what is touched at all is at least one.</summary>
    private static int Rounded(int of, double share) => (int)Math.Min(of, Math.Ceiling((of * share) - 1e-9));
}
