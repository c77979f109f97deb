using System.Collections.Immutable;
using Standstill.Measurement.Accounting;

namespace Standstill.Measurement.Adversary;

/// <summary>One area as the simulation has it.</summary>
internal sealed record ShapedArea(AreaInPlace Area, TestedSequence? Chips, TestedSequence? Energy, TestedSequence? Features)
{
    /// <summary>Metered power above idle that one hidden share adds, over expected power.</summary>
    public double EnergyPerShare
    {
        get
        {
            if (Area.Balance?.Power is not { } power)
            {
                return 0;
            }

            var swing = power.ActiveKilowatts - power.IdleKilowatts;
            return swing / (power.IdleKilowatts + (swing * Area.Use.Activity));
        }
    }

    /// <summary>Idle power over expected power: by how much a miscounted accelerator shifts the energy expected.</summary>
    public double IdleOfExpected => Area.Balance?.Power is not { } power
        ? 0
        : power.IdleKilowatts / (power.IdleKilowatts + ((power.ActiveKilowatts - power.IdleKilowatts) * Area.Use.Activity));
}

/// <summary>What is the same in all draws: the areas, the largest first, their tests and the calendar.</summary>
internal sealed class StudyShape
{
    /// <summary>Days of quiet before a diversion starts: the tests have then learned the biases as far as they can.</summary>
    public const int HistoryDays = 180;

    private StudyShape(MeasuresInPlace measures, int periodsPerDay, int windowDays, ImmutableArray<ShapedArea> areas, TestedSequence? global)
    {
        Measures = measures;
        PeriodsPerDay = periodsPerDay;
        WindowDays = windowDays;
        Areas = areas;
        Global = global;
    }

    public MeasuresInPlace Measures { get; }

    public int PeriodsPerDay { get; }

    public int WindowDays { get; }

    public int Start => HistoryDays * PeriodsPerDay;

    public int Periods => (HistoryDays + WindowDays) * PeriodsPerDay;

    public ImmutableArray<ShapedArea> Areas { get; }

    public TestedSequence? Global { get; }

    public bool Counted(int period) => period % (Measures.CountEveryDays * PeriodsPerDay) == 0;

    public static StudyShape Of(MeasuresInPlace measures, int windowDays, Tunings tunings)
    {
        if (measures.Areas.IsDefaultOrEmpty)
        {
            throw new ArgumentException("a party has at least one area", nameof(measures));
        }

        var perYear = measures.Areas.Where(area => area.Balance is not null).Select(area => area.Balance!.PeriodsPerYear).Distinct().ToArray();
        if (perYear.Length > 1 || perYear.Any(periods => periods < 365 || periods % 365 != 0))
        {
            throw new ArgumentException("all areas have the same number of periods a year, a multiple of 365", nameof(measures));
        }

        var periodsPerDay = perYear.Length == 0 ? 1 : perYear[0] / 365;
        var shapes = measures.Features is { } features ? tunings.Of(features, periodsPerDay) : null;
        var areas = Placement.LargestFirst(measures).Select(area => Shaped(area, shapes, tunings)).ToImmutableArray();
        return new StudyShape(measures, periodsPerDay, windowDays, areas, GlobalOf(measures, areas, periodsPerDay, tunings));
    }

    private static ShapedArea Shaped(AreaInPlace area, TestedSequence? shapes, Tunings tunings)
    {
        var tests = area.Balance is { } design && area.MeteredShare > 0 ? tunings.Of(design) : null;
        return new ShapedArea(
            area,
            tests is null ? null : TestedSequence.Balance(tests),
            tests is null ? null : TestedSequence.Energy(tests),
            area.Use.Inference > 0 && area.MeteredShare > 0 ? shapes : null);
    }

    private static TestedSequence? GlobalOf(MeasuresInPlace measures, ImmutableArray<ShapedArea> areas, int periodsPerDay, Tunings tunings)
    {
        if (measures.GlobalFalseAlarmsPerYear is not { } rate || areas.All(area => area.Chips is null))
        {
            return null;
        }

        var errors = ErrorModel.OfSum(areas.Where(area => area.Chips is not null).Select(area => (area.Chips!.Errors, new ChipHours(Metered(area)))));
        return TestedSequence.Balance(tunings.Of(new BalanceDesign(errors, null, rate, 365 * periodsPerDay)));
    }

    public static double Metered(ShapedArea area) => area.Area.Chips * area.Area.MeteredShare;
}
