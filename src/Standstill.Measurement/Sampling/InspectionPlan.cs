using System.Collections.Immutable;

namespace Standstill.Measurement.Sampling;

/// <summary>What an inspector looks at in one stratum at each visit.</summary>
/// <param name="Stratum">The stratum.</param>
/// <param name="Size">How many of its items.</param>
public sealed record PlannedStratum(Stratum Stratum, int Size);

/// <summary>A plan of inspections for a stretch of time.</summary>
/// <param name="Strata">What is looked at at each visit.</param>
/// <param name="Schedule">The scheme of the dates, which is public.</param>
/// <param name="Dates">The dates, which only the seed tells.</param>
/// <param name="CostPerVisit">What the items of one visit cost.</param>
/// <param name="Cost">What all visits cost.</param>
/// <param name="Visit">The worst diversion for one visit that falls into it.</param>
/// <param name="Detection">The probability that a diversion of the goal amount and the stated length is found, at its worst place in
/// the strata and in time.</param>
public sealed record InspectionPlan(
    ImmutableArray<PlannedStratum> Strata,
    InspectionSchedule Schedule,
    ImmutableArray<DateTimeOffset> Dates,
    double CostPerVisit,
    double Cost,
    WorstDiversion Visit,
    Probability Detection)
{
    /// <summary>Makes a plan: the best sizes within a budget for each visit, and dates from a seed.</summary>
    /// <param name="strata">The strata.</param>
    /// <param name="budgetPerVisit">The budget of one visit.</param>
    /// <param name="goal">The goal amount in units of the strata's worth.</param>
    /// <param name="schedule">The scheme of the dates.</param>
    /// <param name="length">How long the diverted items can be found.</param>
    /// <param name="seed">The seed of the dates.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The instant after the last.</param>
    /// <exception cref="ArgumentException">There is a <see cref="StrataGame.Fault"/>, or a number is out of its range.</exception>
    public static InspectionPlan Make(
        ImmutableArray<Stratum> strata,
        double budgetPerVisit,
        int goal,
        InspectionSchedule schedule,
        TimeSpan length,
        Seed seed,
        DateTimeOffset from,
        DateTimeOffset to)
    {
        var sizes = StrataPlan.Best(strata, budgetPerVisit, goal);
        var dates = SampleDraw.Dates(seed, schedule, from, to);
        return new InspectionPlan(
            [.. strata.Select((s, k) => new PlannedStratum(s, sizes.Sizes[k]))],
            schedule,
            dates,
            sizes.Cost,
            sizes.Cost * dates.Length,
            sizes.Worst,
            schedule.Detection(length, sizes.Worst.Detection));
    }

    /// <summary>The items of one visit: positions in each stratum, drawn from a seed that became known after the plan.</summary>
    /// <remarks>Each visit has a seed of its own: the hash of a checkpoint later than the plan.</remarks>
    public ImmutableArray<(string Stratum, ImmutableArray<int> Positions)> Draw(Seed visit) =>
        [.. Strata.Select(s => (s.Stratum.Name, SampleDraw.Positions(visit, s.Stratum.Name, s.Stratum.Items, s.Size)))];
}
