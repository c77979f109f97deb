using System.Globalization;
using Standstill.Protocol;

namespace Standstill.Node.Notices;

/// <summary>How much a notice matters.</summary>
public enum NoticeWeight
{
    /// <summary>Something was said that binds nobody further.</summary>
    Routine,

    /// <summary>Somebody is bound, free or in breach, a pause begins or ends, or a date is a day away.</summary>
    Important,
}

/// <summary>The place of a notice in the order in which they are given: by time, then entry, then pact, then within the pact.</summary>
/// <remarks>INVARIANT (order): what a further entry brings to light stands after everything that was there before. An entry's changes
/// bear its time and index; a deadline that passes before it bears a time after the last entry's; so does a date that has come near.</remarks>
/// <param name="Time">When it happened.</param>
/// <param name="Entry">The latest entry on record then; -1 for a date that has come near, for which no entry is needed.</param>
/// <param name="Pact">The pact; none in a place between two entries.</param>
/// <param name="Ordinal">Which line of the pact's history.</param>
/// <param name="Due">Which date has come near, and how near; empty for a line of the history.</param>
public readonly record struct NoticePosition(DateTimeOffset Time, long Entry, PactId Pact, int Ordinal, string Due) : IComparable<NoticePosition>
{
    /// <summary>The place after everything that a world tells and before everything that a further entry will.</summary>
    public static NoticePosition After(World world) => new(world.Now, world.Size, default, 0, "");

    /// <inheritdoc/>
    public int CompareTo(NoticePosition other) =>
        Time.CompareTo(other.Time) is var time && time != 0 ? time
        : Entry.CompareTo(other.Entry) is var entry && entry != 0 ? entry
        : Pact.CompareTo(other.Pact) is var pact && pact != 0 ? pact
        : Ordinal.CompareTo(other.Ordinal) is var ordinal && ordinal != 0 ? ordinal
        : string.CompareOrdinal(Due, other.Due);
}

/// <summary>That something has happened to a pact, or is near. Derived from the ledger, and never stored.</summary>
/// <param name="Position">Its place in the order of all notices.</param>
/// <param name="Entry">The entry to look at: the latest on record when it happened, or the one that set the date.</param>
/// <param name="About">What kind of thing: `pact.called`, `deadline.notice-ends`.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The whole, in plain text.</param>
/// <param name="Weight">How much it matters.</param>
public sealed record Notice(NoticePosition Position, EntryIndex Entry, string About, string Subject, string Text, NoticeWeight Weight)
{
    /// <summary>When it happened.</summary>
    public DateTimeOffset Time => Position.Time;

    /// <summary>The pact.</summary>
    public PactId Pact => Position.Pact;

    /// <summary>The same for as long as the ledger is, at every node: pact, entry, and the line of the history or the date that is near.
    /// Without a full stop, as Standard Webhooks asks.</summary>
    public string Id => Position.Due.Length > 0
        ? $"{Pact}_{Position.Due}"
        : string.Create(CultureInfo.InvariantCulture, $"{Pact}_{Entry.Value}_{Position.Ordinal}");

    /// <summary>Where to read on, below the node's address.</summary>
    public string Link => $"/pacts/{Pact}";
}
