using System.Collections.Immutable;
using Standstill.Measurement.Adversary.Strategies;

namespace Standstill.Measurement.Adversary;

/// <summary>A way of hiding training.</summary>
/// <remarks>The library is closed: an assurance names the library it was computed with, and a new strategy is a new version of it.</remarks>
public abstract record Strategy
{
    private protected Strategy()
    {
    }

    /// <summary>All strategies, in the order in which they are listed.</summary>
    public static ImmutableArray<Strategy> All { get; } =
    [
        new UndeclaredChips(),
        new DeclaredIdle(),
        new TrainingAsInference(),
        new SlowDrip(),
        new ManySmallRuns(),
        new BurstsBetweenInspections(),
        new ReplayedTelemetry(),
        new ScaledTelemetry(),
        new SpoofedCounters(),
        new SpoofedEnergy(),
        new ClockGames(),
        new OverDeclaredRuns(),
        new SplitRollouts(),
        new LowCommunicationTraining(),
        new PowerSmoothing(),
        new CloudCollusion(),
    ];

    /// <summary>Its name, as commands take it: `declared-idle`.</summary>
    public abstract string Name { get; }

    /// <summary>What is done, in a sentence.</summary>
    public abstract string What { get; }

    /// <summary>What it costs the cheater, in a sentence.</summary>
    public abstract string Cost { get; }

    /// <summary>The ways of carrying it out that the cheater chooses among: at least one, the feasible ones first if there are any.</summary>
    /// <param name="measures">What is in place; the cheater knows it.</param>
    /// <param name="diversion">What is wanted.</param>
    public abstract ImmutableArray<DiversionPlan> Plans(MeasuresInPlace measures, Diversion diversion);

    /// <summary>The strategy of a name; absent where there is none.</summary>
    public static Strategy? Named(string name) => All.FirstOrDefault(strategy => strategy.Name == name);
}
