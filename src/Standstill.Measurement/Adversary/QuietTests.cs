namespace Standstill.Measurement.Adversary;

/// <summary>The tests on a world without diversion: where their sums stand when one would start, and how often they alarmed.</summary>
internal sealed class QuietTests
{
    private QuietTests(int areas)
    {
        Chips = new RunningSums[areas];
        Energy = new RunningSums[areas];
        Features = new RunningSums[areas];
    }

    public RunningSums[] Chips { get; }

    public RunningSums[] Energy { get; }

    public RunningSums[] Features { get; }

    public RunningSums Global { get; private set; }

    /// <summary>Alarms in the days of the window, by measure.</summary>
    public long[] Alarms { get; } = new long[Detection.Measures];

    public static QuietTests Of(StudyShape shape, DrawnWorld world)
    {
        var tests = new QuietTests(shape.Areas.Length);
        for (var i = 0; i < shape.Areas.Length; i++)
        {
            var area = shape.Areas[i];
            tests.Chips[i] = tests.Run(shape, area.Chips, world.Chips[i], Measure.LocalBalance);
            tests.Energy[i] = tests.Run(shape, area.Energy, world.Energy[i], Measure.Energy);
            tests.Features[i] = tests.Run(shape, area.Features, world.Features[i], Measure.Features);
        }

        tests.Global = tests.Run(shape, shape.Global, world.Global, Measure.GlobalBalance);
        return tests;
    }

    private RunningSums Run(StudyShape shape, TestedSequence? test, Residuals? residuals, Measure measure)
    {
        if (test is null || residuals is null)
        {
            return default;
        }

        var sums = RunningSums.Of(test);
        var atStart = sums;
        var alarms = 0L;
        for (var t = 0; t < residuals.Standardised.Length; t++)
        {
            if (t == shape.Start)
            {
                atStart = sums;
            }

            var passed = sums.Step(residuals.Standardised[t], test);
            alarms += t < shape.Start ? 0 : passed;
        }

        Alarms[(int)measure] += alarms;
        foreach (var sum in residuals.YearSums)
        {
            Alarms[(int)Measure.CumulativeBalance] += Math.Abs(sum) >= test.CumulativeLimit ? 1 : 0;
        }

        return atStart;
    }
}
