namespace Standstill.Measurement.Adversary;

/// <summary>The days on which hidden work runs, counted from the start of the diversion.</summary>
/// <param name="Every">The length of a cycle in days, from 1 up.</param>
/// <param name="On">The days of each cycle on which it runs, the first ones; 1 to <paramref name="Every"/>.</param>
/// <param name="Until">The day before which it ends, from 1 up.</param>
public readonly record struct HiddenDays(int Every, int On, int Until)
{
    /// <summary>Every day from the start on.</summary>
    public static HiddenDays First(int days) => new(1, 1, days);

    /// <summary>Whether hidden work runs on a day, counted from 0.</summary>
    public bool Runs(int day) => day >= 0 && day < Until && day % Every < On;

    /// <summary>How many days it runs.</summary>
    public int Count => (Until / Every * On) + Math.Min(Until % Every, On);
}

/// <summary>What an hour of hidden work on one metered accelerator leaves behind.</summary>
public sealed record Traces
{
    /// <summary>Hours that the balance shows as unaccounted for: 1 where nothing covers them up, 0 where the books are made to close.</summary>
    public double Unaccounted { get; init; }

    /// <summary>Energy that the meter shows beyond what the reported activity explains, in units of an accelerator's active less idle power.
    /// Below 0 where less is metered than reported.</summary>
    public double UnexplainedEnergy { get; init; }

    /// <summary>The share of d′ that is left of the shape of training: 1 where it is plainly declared as inference, 0 where it is not
    /// declared as inference or not to be told from it.</summary>
    public double Shape { get; init; }

    /// <summary>Chunks of raw telemetry that are not what was measured, per share of the area's accelerators that work hidden.</summary>
    public double AlteredChunks { get; init; }

    /// <summary>The probability that an altered chunk, once opened, is recognised. An assumption for each way of altering.</summary>
    public Probability ChunkTell { get; init; }

    /// <summary>Accelerators that a visitor could find at other work than declared, per accelerator that works hidden.</summary>
    public double WrongChips { get; init; }

    /// <summary>Hours in which the party can put right what a visitor would see; a visit at shorter notice, on a day that nobody foresaw, finds it.</summary>
    public int HideHours { get; init; }

    /// <summary>Whether it needs accelerators with a meter: who falsifies readings needs some to falsify. Otherwise hidden work goes first to those
    /// that have none.</summary>
    public bool OnMeteredChips { get; init; }

    /// <summary>Declared hours that are not what was declared, per hidden hour: what recomputation may draw.</summary>
    public double Misdeclared { get; init; }
}

/// <summary>One way of carrying out a strategy: a point of the cheater's grid.</summary>
/// <param name="Choice">What was chosen, in words: `over 5 areas, 45 days`.</param>
/// <param name="Areas">How many of the party's areas it touches, the largest first.</param>
/// <param name="Days">When it runs.</param>
/// <param name="HiddenShare">The share of the touched areas' accelerators that work hidden while it runs.</param>
/// <param name="Overhead">Chip-hours spent over those that the training needs, from 1 up.</param>
/// <param name="Traces">What an hidden hour leaves behind.</param>
/// <param name="Rentals">Rental contracts that are not declared as what they are.</param>
/// <param name="Shipments">Shipments of accelerators that one end does not sign.</param>
/// <param name="Obstacle">Why the party cannot do it; absent where it can.</param>
public sealed record DiversionPlan(
    string Choice,
    int Areas,
    HiddenDays Days,
    double HiddenShare,
    double Overhead,
    Traces Traces,
    int Rentals,
    int Shipments,
    string? Obstacle);
