using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary;

/// <summary>How one measure, or all together, see a plan.</summary>
/// <param name="Detected">Worlds with an alarm within the days of the diversion, where the plan is at work; chance alarms among them.</param>
/// <param name="Chance">Worlds in which the same tests alarm with nothing diverted.</param>
/// <param name="Caused">Of the worlds in which they are quiet with nothing diverted, those in which the diversion sets off an alarm. This is
/// what the measures do: without a diversion it is 0, and more false alarms do not raise it.</param>
/// <param name="MedianDays">Days from the start until the diversion has set off an alarm in half of those worlds; absent where that is not in time.</param>
/// <param name="NinetyDays">Days until it has in nine of ten; absent likewise.</param>
public sealed record Seen(DrawnShare Detected, DrawnShare Chance, DrawnShare Caused, int? MedianDays, int? NinetyDays);

/// <summary>What came of one strategy.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Plan">The cheater's best answer within it: the feasible plan that least often sets off an alarm, and of equals the one that does latest.
/// Where nothing is feasible, the first of its plans.</param>
/// <param name="Feasible">Whether the party can do it at all.</param>
/// <param name="All">All measures together; absent where it is not feasible.</param>
/// <param name="Alone">Each measure alone, in the order of <see cref="Measure"/>; empty where it is not feasible.</param>
public sealed record StrategyResult(Strategy Strategy, DiversionPlan Plan, bool Feasible, Seen? All, ImmutableArray<Seen> Alone)
{
    /// <summary>By draw: whether any measure alarmed with the diversion, and without.</summary>
    internal ImmutableArray<(bool Detected, bool Chance)> Worlds { get; init; } = [];
}

/// <summary>What a study found.</summary>
public sealed record DetectionResult
{
    internal DetectionResult()
    {
    }

    /// <summary>What was in place.</summary>
    public required MeasuresInPlace Measures { get; init; }

    /// <summary>What was wanted.</summary>
    public required Diversion Diversion { get; init; }

    /// <summary>How many worlds were drawn.</summary>
    public required int Draws { get; init; }

    /// <summary>One result for each strategy, in the order given.</summary>
    public required ImmutableArray<StrategyResult> Strategies { get; init; }

    /// <summary>False alarms of the party a year with nothing diverted, by measure, in the order of <see cref="Measure"/>.</summary>
    public required ImmutableArray<YearlyRate> FalseAlarms { get; init; }

    /// <summary>False alarms of the party a year, of all measures.</summary>
    public required YearlyRate AllFalseAlarms { get; init; }

    /// <summary>The feasible strategy that least often sets off an alarm (<see cref="Seen.Caused"/>); absent where none is feasible. Chips of the world's remainder are
    /// left aside: see <see cref="Undetected"/>.</summary>
    public StrategyResult? Weakest => Strategies.Where(result => result.Feasible)
        .OrderBy(result => result.All!.Caused.Value.Value)
        .ThenByDescending(result => result.All!.MedianDays ?? int.MaxValue)
        .FirstOrDefault();
}
