namespace Standstill.Measurement.Adversary;

/// <summary>When each measure first sees a plan in one world: the day of the first alarm, counted from 1 at the start of the diversion.</summary>
/// <remarks>An alarm counts where the plan is at work: at the areas it touches, and of the party as a whole. An alarm elsewhere leads an
/// inspector to nothing.</remarks>
internal static class Detection
{
    /// <summary>How many measures there are.</summary>
    public const int Measures = 10;

    /// <summary>Not within the window.</summary>
    public const int Never = int.MaxValue;

    /// <summary>The days by measure, with the plan at work.</summary>
    public static int[] FirstDays(StudyShape shape, DrawnWorld world, QuietTests quiet, PlanSignal signal)
    {
        var first = Statistical(shape, world, quiet, signal.Plan.Areas, signal);
        Discrete.Challenges(shape, world.Key, signal, ref first[(int)Measure.Challenges]);
        Discrete.Visits(shape, world.Key, signal, ref first[(int)Measure.Inspections]);
        Discrete.Movements(shape, world.Key, signal.Plan, ref first[(int)Measure.Movements]);
        Discrete.Rentals(shape, world.Key, signal.Plan, ref first[(int)Measure.Rentals]);
        Discrete.Recomputation(shape, world.Key, signal, ref first[(int)Measure.Recomputation]);
        return first;
    }

    /// <summary>The days by measure of the same tests in the same world with nothing diverted: chance alarms.</summary>
    public static int[] ChanceDays(StudyShape shape, DrawnWorld world, QuietTests quiet, int areas) =>
        Statistical(shape, world, quiet, areas, signal: null);

    /// <summary>The earliest of the days.</summary>
    public static int Earliest(int[] days)
    {
        var earliest = Never;
        foreach (var day in days)
        {
            earliest = Math.Min(earliest, day);
        }

        return earliest;
    }

    private static int[] Statistical(StudyShape shape, DrawnWorld world, QuietTests quiet, int areas, PlanSignal? signal)
    {
        var first = new int[Measures];
        Array.Fill(first, Never);
        for (var i = 0; i < areas; i++)
        {
            var area = shape.Areas[i];
            First(shape, area.Chips, world.Chips[i], signal?.Chips[i], quiet.Chips[i], first, Measure.LocalBalance);
            First(shape, area.Energy, world.Energy[i], signal?.Energy[i], quiet.Energy[i], first, Measure.Energy);
            First(shape, area.Features, world.Features[i], signal?.Features[i], quiet.Features[i], first, Measure.Features);
        }

        First(shape, shape.Global, world.Global, signal?.Global, quiet.Global, first, Measure.GlobalBalance);
        return first;
    }

    private static void First(
        StudyShape shape, TestedSequence? test, Residuals? world, Residuals? signal, RunningSums sums, int[] first, Measure measure)
    {
        if (test is null || world is null)
        {
            return;
        }

        var end = first[(int)measure] == Never ? shape.Periods : shape.Start + ((first[(int)measure] - 1) * shape.PeriodsPerDay);
        for (var t = shape.Start; t < end; t++)
        {
            if (sums.Step(world.Standardised[t] + (signal is null ? 0 : signal.Standardised[t]), test) > 0)
            {
                first[(int)measure] = ((t - shape.Start) / shape.PeriodsPerDay) + 1;
                break;
            }
        }

        for (var year = 0; year < world.YearSums.Length; year++)
        {
            var closes = ((year + 1) * 365) - StudyShape.HistoryDays;
            if (closes > 0 && Math.Abs(world.YearSums[year] + (signal is null ? 0 : signal.YearSums[year])) >= test.CumulativeLimit)
            {
                first[(int)Measure.CumulativeBalance] = Math.Min(first[(int)Measure.CumulativeBalance], closes);
            }
        }
    }
}
