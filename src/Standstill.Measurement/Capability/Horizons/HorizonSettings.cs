using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Capability.Horizons;

/// <summary>How the runs of one agent are weighted. In every case the weights of one agent sum to 1.</summary>
public enum TaskWeighting
{
    /// <summary>Every task counts the same: 1 / (runs in task). METR's <c>equal_task_weight</c>.</summary>
    EqualTask,

    /// <summary>A family counts as the root of its number of tasks: 1 / (runs in task × √tasks in family). METR's <c>invsqrt_task_weight</c>.</summary>
    InverseSquareRootFamily,
}

/// <summary>Which score is fitted.</summary>
public enum ScoreKind
{
    /// <summary>The binarised score.</summary>
    Binarised,

    /// <summary>The continuous score; the binarised one where a run has none.</summary>
    Continuous,
}

/// <summary>What is done with a run that is alleged to have cheated, or that ended in a fatal error.</summary>
public enum DoubtfulRuns
{
    /// <summary>Its score stands.</summary>
    AsScored,

    /// <summary>It counts as a failure.</summary>
    Failed,

    /// <summary>It counts as a success.</summary>
    Succeeded,

    /// <summary>It is left out.</summary>
    LeftOut,
}

/// <summary>What the bootstrap draws anew. docs/capability/coverage.md says how often the intervals of each hold the truth.</summary>
public enum Resampling
{
    /// <summary>METR's: families with replacement, tasks within each drawn family, runs within each task and agent.</summary>
    /// <remarks>The spread among families already holds that among their tasks, and that among their runs, so that drawing those again
    /// counts it up to three times: 95 % intervals hold the truth in 97 to 100 % of simulated worlds.</remarks>
    Hierarchical,

    /// <summary>Families whole, with replacement, four fewer than there are: families are what is independent, and everything within them
    /// stays as it was. 95 % intervals hold the truth in about 95 % of simulated worlds with 40 families or more.</summary>
    /// <remarks>With fewer than <see cref="HorizonSettings.LeastFamilies"/> families every draw is not-a-number.</remarks>
    Families,
}

/// <summary>How horizons are estimated from runs.</summary>
/// <remarks>The defaults are METR's for time horizon 1.1, the form of the bootstrap included.</remarks>
public sealed record HorizonSettings
{
    /// <summary>METR's settings for time horizon 1.1, as in its tables of March and April 2026: penalty 1e-5.</summary>
    public static HorizonSettings Horizon11 { get; } = new();

    /// <summary>METR's settings for time horizon 1.0 (March 2025): penalty 0.1.</summary>
    public static HorizonSettings Horizon10 { get; } = new() { Lambda = 0.1 };

    /// <summary>The fewest families from which <see cref="Resampling.Families"/> draws.</summary>
    public const int LeastFamilies = 8;

    /// <summary>How runs are weighted.</summary>
    public TaskWeighting Weighting { get; init; } = TaskWeighting.InverseSquareRootFamily;

    /// <summary>The penalty λ on half the squared slope, above zero. The intercept is free.</summary>
    public double Lambda
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "the penalty is finite and above zero");
    }
        = 1e-5;

    /// <summary>What the bootstrap draws anew.</summary>
    public Resampling Resampling { get; init; } = Resampling.Hierarchical;

    /// <summary>Which score is fitted.</summary>
    public ScoreKind Score { get; init; } = ScoreKind.Binarised;

    /// <summary>What is done with runs that are alleged to have cheated.</summary>
    public DoubtfulRuns Alleged { get; init; } = DoubtfulRuns.AsScored;

    /// <summary>What is done with runs that ended in a fatal error.</summary>
    public DoubtfulRuns Fatal { get; init; } = DoubtfulRuns.AsScored;

    /// <summary>The score of a run under these settings; absent where the run is left out. An allegation goes before an error.</summary>
    internal double? ScoreOf(RunGroup run)
    {
        var doubt = run.Alleged && Alleged != DoubtfulRuns.AsScored ? Alleged : run.Fatal ? Fatal : DoubtfulRuns.AsScored;
        return doubt switch
        {
            DoubtfulRuns.Failed => 0,
            DoubtfulRuns.Succeeded => 1,
            DoubtfulRuns.LeftOut => null,
            _ => Score == ScoreKind.Continuous ? run.Continuous ?? run.Score : run.Score,
        };
    }
}
