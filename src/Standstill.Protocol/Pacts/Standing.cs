using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts;

/// <summary>Where a member stands.</summary>
/// <param name="Since">Since when; for a bound member, since when it has been bound.</param>
public abstract record Standing(Moment Since)
{
    /// <summary>Committed, its condition not met.</summary>
    public sealed record Waiting(Moment Since) : Standing(Since);

    /// <summary>In the coalition of an armed pact of version 2, and not bound before all have confirmed that they are ready.</summary>
    public sealed record Pledged(Moment Since) : Standing(Since);

    /// <summary>It has confirmed that it is ready to be bound in the coalition that is being prepared.</summary>
    public sealed record Ready(Moment Since) : Standing(Since);

    /// <summary>Bound.</summary>
    public sealed record Bound(Moment Since) : Standing(Since);

    /// <summary>Bound, and evidence that it owes has been missing for too long: it counts as unverified.</summary>
    /// <param name="Since">Since when it has been bound.</param>
    /// <param name="Until">When it is in breach unless all that is overdue has come.</param>
    public sealed record Suspected(Moment Since, DateTimeOffset Until) : Standing(Since);

    /// <summary>Bound, an allegation against it upheld; it may be suspected as well.</summary>
    /// <param name="Since">Since when it has been bound.</param>
    /// <param name="Until">When it is in breach unless a ruling says that it has cured: the earliest end, if several periods run.</param>
    public sealed record InCure(Moment Since, DateTimeOffset Until) : Standing(Since);

    /// <summary>Its cure period ended without a cure. It may commit again.</summary>
    public sealed record InBreach(Moment Since) : Standing(Since);

    /// <summary>It has left. It may commit again.</summary>
    public sealed record Withdrawn(Moment Since) : Standing(Since);

    /// <summary>It did not confirm in time that it is ready, and its commitment is gone. It may commit again.</summary>
    public sealed record DroppedOut(Moment Since) : Standing(Since);

    /// <summary>It has merged or split, and others stand in its place.</summary>
    /// <param name="Since">Since when.</param>
    /// <param name="By">Who.</param>
    public sealed record Succeeded(Moment Since, ImmutableSortedSet<PartyId> By) : Standing(Since)
    {
        /// <inheritdoc/>
        public bool Equals(Succeeded? other) => other is not null && Since == other.Since && By.SetEquals(other.By);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Since, By.Count);
    }

    /// <summary>It was bound to the end of the pause, or to the end of the time that it had agreed to.</summary>
    public sealed record Released(Moment Since) : Standing(Since);

    /// <summary>It was not bound when the pact ended.</summary>
    public sealed record Lapsed(Moment Since) : Standing(Since);
}
