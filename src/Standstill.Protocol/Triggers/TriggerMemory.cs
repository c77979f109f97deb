using System.Collections.Immutable;

namespace Standstill.Protocol.Triggers;

/// <summary>Which comparison a run belongs to.</summary>
/// <param name="Level">The level.</param>
/// <param name="Atom">The comparison's number among the atoms of the level, from 0, in the order of the text.</param>
/// <param name="Lab">The lab, within a count of labs.</param>
public readonly record struct SustainedKey(TriggerLevel Level, int Atom, PartyId? Lab) : IComparable<SustainedKey>
{
    /// <inheritdoc/>
    public int CompareTo(SustainedKey other) =>
        Level != other.Level ? Level.CompareTo(other.Level)
        : Atom != other.Atom ? Atom.CompareTo(other.Atom)
        : string.CompareOrdinal(Lab?.Value, other.Lab?.Value);
}

/// <summary>For how long a comparison has been shown met since it was last shown not met.</summary>
/// <remarks>A moment at which it is undetermined neither advances the run nor ends it: a gap in the evidence shows nothing in either
/// direction, and nobody gains by letting evidence lapse. Only a moment at which it is shown not met ends the run.</remarks>
/// <param name="Banked">The time from before the last gap.</param>
/// <param name="MetSince">Since when it has been met without a gap, UTC; absent within a gap.</param>
public sealed record SustainedRun(TimeSpan Banked, DateTimeOffset? MetSince)
{
    /// <summary>The length as of a time.</summary>
    public TimeSpan Length(DateTimeOffset asOf) => MetSince is { } since ? Banked + (asOf - since) : Banked;

    internal SustainedRun Continue(DateTimeOffset asOf) => MetSince is null ? this with { MetSince = asOf.ToUniversalTime() } : this;

    internal SustainedRun Suspend(DateTimeOffset asOf) => new(Length(asOf), null);
}

/// <summary>What one trigger carries from one evaluation to the next.</summary>
public sealed class TriggerMemory : IEquatable<TriggerMemory>
{
    internal TriggerMemory(ImmutableSortedDictionary<SustainedKey, SustainedRun> runs, ImmutableSortedDictionary<TriggerLevel, Verdict> last)
    {
        Runs = runs;
        Last = last;
    }

    /// <summary>The memory of a trigger that was never evaluated.</summary>
    public static TriggerMemory Empty { get; } = new(
        ImmutableSortedDictionary<SustainedKey, SustainedRun>.Empty, ImmutableSortedDictionary<TriggerLevel, Verdict>.Empty);

    /// <summary>The comparisons that have to last and have not been shown not met since they were last met.</summary>
    public ImmutableSortedDictionary<SustainedKey, SustainedRun> Runs { get; }

    /// <summary>For each level the last verdict that the evidence settled.</summary>
    public ImmutableSortedDictionary<TriggerLevel, Verdict> Last { get; }

    /// <inheritdoc/>
    public bool Equals(TriggerMemory? other) => other is not null && Runs.SequenceEqual(other.Runs) && Last.SequenceEqual(other.Last);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TriggerMemory);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Runs.Count, Last.Count);
}
