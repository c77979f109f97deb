using System.Collections.Immutable;
using Standstill.Measurement;

namespace Standstill.Protocol.Triggers;

/// <summary>What a trigger calls for, from the mildest to the last.</summary>
public enum TriggerLevel
{
    /// <summary>Look more closely.</summary>
    Watch,

    /// <summary>Prepare.</summary>
    Warn,

    /// <summary>Stop what the pacts say.</summary>
    Pause,

    /// <summary>Go on again.</summary>
    Release,
}

/// <summary>What an undetermined level counts as.</summary>
public enum WhenUndetermined
{
    /// <summary>The last verdict that the evidence settled; where there never was one, it stays undetermined.</summary>
    HoldsTheLastVerdict,

    /// <summary>Met: silence is no way out.</summary>
    CountsAsMet,

    /// <summary>Not met: nobody stops without proof.</summary>
    CountsAsNotMet,
}

/// <summary>One level and the condition under which it is met.</summary>
/// <param name="Level">The level.</param>
/// <param name="Condition">Its condition.</param>
public sealed record LevelClause(TriggerLevel Level, Condition Condition);

/// <summary>What a comparison demands of the evidence before it answers at all.</summary>
/// <param name="Sources">How many independent sources it takes: 1 to 100.</param>
/// <param name="OldestDays">A source counts while it is at most that many days old: 1 to 3650; absent, age does not matter.</param>
public sealed record EvidenceClause(int Sources, int? OldestDays)
{
    /// <summary>One source of any age.</summary>
    public static EvidenceClause Default { get; } = new(1, null);
}

/// <summary>A frontier horizon that a trigger compares with a length, for drawing it into a chart.</summary>
/// <param name="Level">The level that asks.</param>
/// <param name="Success">The success rate of the horizon: 0.5 or 0.8.</param>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Length">The length.</param>
/// <param name="Clause">The comparison as the trigger writes it.</param>
public sealed record HorizonThreshold(TriggerLevel Level, Probability Success, Comparison Comparison, Minutes Length, string Clause);

/// <summary>Under which measured conditions something is called for: a readable text with an exact meaning.</summary>
/// <remarks>Read by <see cref="TriggerParser"/>, written by <see cref="TriggerFormatter"/>, answered by <see cref="TriggerEvaluator"/>.</remarks>
public sealed record Trigger
{
    /// <summary>The longest text, in characters.</summary>
    public const int MostCharacters = 8192;

    /// <summary>The most comparisons and panel clauses.</summary>
    public const int MostAtoms = 64;

    /// <summary>The deepest nesting of parentheses.</summary>
    public const int MostNesting = 32;

    /// <summary>Makes a trigger whose parts are known to be good.</summary>
    /// <param name="name">1 to 100 printable characters, not blank, without double quotes.</param>
    /// <param name="version">1 to 1,000,000.</param>
    /// <param name="levels">Each level at most once, in order, and one besides release at least.</param>
    /// <param name="evidence">What is demanded of the evidence.</param>
    /// <param name="undetermined">What an undetermined level counts as.</param>
    /// <exception cref="ArgumentException">A part breaks a rule of the language.</exception>
    public Trigger(string name, int version, ImmutableArray<LevelClause> levels, EvidenceClause evidence, WhenUndetermined undetermined)
        : this(TriggerValidator.Checked(new TriggerDraft(name, version, levels, evidence, undetermined)))
    {
    }

    /// <summary>Makes a trigger of parts that break no rule.</summary>
    internal Trigger(TriggerDraft draft)
    {
        Name = draft.Name;
        Version = draft.Version;
        Levels = draft.Levels;
        Evidence = draft.Evidence;
        Undetermined = draft.Undetermined;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The version, from 1.</summary>
    public int Version { get; }

    /// <summary>The levels, in order.</summary>
    public ImmutableArray<LevelClause> Levels { get; }

    /// <summary>What is demanded of the evidence.</summary>
    public EvidenceClause Evidence { get; }

    /// <summary>What an undetermined level counts as.</summary>
    public WhenUndetermined Undetermined { get; }

    /// <summary>The lengths with which frontier horizons are compared, in the order of the text, each once a level.</summary>
    public ImmutableArray<HorizonThreshold> HorizonThresholds() =>
    [
        .. Levels
            .SelectMany(
                clause => clause.Condition.Atoms().OfType<Condition.Compare>(),
                (clause, atom) => atom.Indicator is Indicator.FrontierHorizon horizon
                    ? new HorizonThreshold(
                        clause.Level, horizon.Success, atom.Comparison, new Minutes(atom.Threshold.InBase), TriggerFormatter.Format(atom))
                    : null)
            .OfType<HorizonThreshold>()
            .Distinct(),
    ];

    /// <inheritdoc/>
    public bool Equals(Trigger? other) =>
        other is not null
        && Name == other.Name
        && Version == other.Version
        && Levels.SequenceEqual(other.Levels)
        && Evidence == other.Evidence
        && Undetermined == other.Undetermined;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Version, Levels.Length, Evidence, Undetermined);

    /// <summary>The canonical text.</summary>
    public override string ToString() => TriggerFormatter.Format(this);
}

/// <summary>The parts of a trigger before they are held against the rules.</summary>
internal sealed record TriggerDraft(
    string Name, int Version, ImmutableArray<LevelClause> Levels, EvidenceClause Evidence, WhenUndetermined Undetermined);
