using System.Collections.Immutable;
using System.Globalization;

namespace Standstill.Protocol.Pacts;

/// <summary>An allegation's name within one pact.</summary>
public readonly record struct AllegationId : IComparable<AllegationId>
{
    /// <summary>Takes a name that is known to be well formed.</summary>
    /// <exception cref="ArgumentException">It is not: see <see cref="Slug.Rule"/>.</exception>
    public AllegationId(string value) => Value = Slug.Require(value);

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public int CompareTo(AllegationId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The word of a party that a bound member has not stopped what it promised to stop.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Accuser">Who says so; a member may report itself.</param>
/// <param name="Accused">The member.</param>
/// <param name="Text">What is alleged.</param>
/// <param name="At">When.</param>
/// <param name="State">What became of it.</param>
public sealed record Allegation(AllegationId Id, PartyId Accuser, PartyId Accused, string Text, Moment At, AllegationState State)
{
    /// <summary>The longest text, in characters.</summary>
    public const int Characters = 4096;

    private const string HandOverPrefix = "handover-";

    /// <summary>Who answers for it: the accused or, after a merger or a split, all who came in its place.</summary>
    public ImmutableSortedSet<PartyId> Answering { get; init; } = [Accused];

    /// <summary>Whether a ruling is still to come.</summary>
    public bool IsPending => State is AllegationState.Open or AllegationState.Upheld;

    /// <summary>The name of the allegation that a hand-over to an outsider amounts to.</summary>
    /// <param name="entry">The entry in which the party says so.</param>
    public static AllegationId OfHandOver(EntryIndex entry) => new(HandOverPrefix + entry.Value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public bool Equals(Allegation? other) => other is not null
        && (Id, Accuser, Accused, Text, At, State) == (other.Id, other.Accuser, other.Accused, other.Text, other.At, other.State)
        && Answering.SetEquals(other.Answering);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, State);

    internal static bool IsKeptForHandOvers(AllegationId id) => id.Value.StartsWith(HandOverPrefix, StringComparison.Ordinal);
}

/// <summary>What became of an allegation.</summary>
public abstract record AllegationState
{
    private AllegationState()
    {
    }

    /// <summary>No ruling yet.</summary>
    public sealed record Open : AllegationState;

    /// <summary>Upheld; the cure period runs.</summary>
    /// <param name="CureUntil">When it ends in breach.</param>
    public sealed record Upheld(DateTimeOffset CureUntil) : AllegationState;

    /// <summary>Dismissed.</summary>
    public sealed record Dismissed : AllegationState;

    /// <summary>Upheld, and cured in time.</summary>
    public sealed record Cured : AllegationState;

    /// <summary>Upheld, and not cured in time.</summary>
    public sealed record Breached : AllegationState;

    /// <summary>The accused was no longer bound, the pause had ended, or the time for a ruling was over, before it was settled.</summary>
    public sealed record Lapsed : AllegationState;
}

/// <summary>What a ruling says.</summary>
public enum Ruling
{
    /// <summary>The allegation is true: the cure period begins.</summary>
    Upheld,

    /// <summary>It is not.</summary>
    Dismissed,

    /// <summary>It was true and has been put right: the cure period ends.</summary>
    Cured,
}
