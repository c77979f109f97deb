using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Pacts;

/// <summary>A party that has committed to a pact.</summary>
/// <param name="Commitment">Its latest commitment.</param>
/// <param name="Standing">Where that has led.</param>
/// <param name="LeavesAt">When the notice of its withdrawal has run; null where no notice runs. Until then it is bound or pledged.</param>
public sealed record Member(Commitment Commitment, Standing Standing, DateTimeOffset? LeavesAt)
{
    /// <summary>How far it slows while it is bound, or would when it is pledged, in per cent: 100 is a stop.</summary>
    public int Degree { get; init; } = 100;

    /// <summary>Until when it counts for nobody, having come back after breach or dropping out; null where it counts.</summary>
    public DateTimeOffset? ProbationUntil { get; init; }

    /// <summary>When it is in breach unless all overdue evidence has come; null where it is not suspected. A suspicion outlasts being
    /// freed: otherwise the party would count as verified again because others could no longer rely on it.</summary>
    public DateTimeOffset? SuspectedUntil { get; init; }

    /// <summary>The evidence that was overdue when it was freed under suspicion, and that it still has to show.</summary>
    public ImmutableSortedSet<DutyKind> Owing { get; init; } = [];

    /// <summary>When it last showed the evidence that it owes, by kind, since the pause began for it.</summary>
    public ImmutableSortedDictionary<DutyKind, DateTimeOffset> Shown { get; init; } = ImmutableSortedDictionary<DutyKind, DateTimeOffset>.Empty;

    /// <summary>Whether it has confirmed a coalition of this preparation that changed afterwards, and no later one. If it drops out, that
    /// is kept: there may have been no time for another confirmation, and to give the first was all that could be asked of it.</summary>
    public bool ConfirmedInVain { get; init; }

    /// <summary>Bound, be it suspected, in cure or under notice of withdrawal.</summary>
    public bool IsBound => Standing is Standing.Bound or Standing.InCure or Standing.Suspected;

    /// <summary>Pledged to be bound once all are ready, be it ready itself or not.</summary>
    public bool IsPledged => Standing is Standing.Pledged or Standing.Ready;

    /// <summary>Whether its commitment counts when the coalition is solved.</summary>
    public bool IsCandidate => IsBound || IsPledged || Standing is Standing.Waiting;
}
