namespace Standstill.Protocol.Pacts;

/// <summary>A party that has committed to a pact.</summary>
/// <param name="Commitment">Its latest commitment.</param>
/// <param name="Standing">Where that has led.</param>
/// <param name="LeavesAt">When the notice of its withdrawal has run; null where no notice runs. Until then it is bound.</param>
public sealed record Member(Commitment Commitment, Standing Standing, DateTimeOffset? LeavesAt)
{
    /// <summary>Bound, be it in cure or under notice of withdrawal.</summary>
    public bool IsBound => Standing is Standing.Bound or Standing.InCure;

    /// <summary>Whether its commitment counts when the coalition is solved.</summary>
    public bool IsCandidate => IsBound || Standing is Standing.Waiting;
}

/// <summary>Where a member stands.</summary>
/// <param name="Since">Since when; for a bound member, since when it has been bound.</param>
public abstract record Standing(Moment Since)
{
    /// <summary>Committed, its condition not met.</summary>
    public sealed record Waiting(Moment Since) : Standing(Since);

    /// <summary>Bound.</summary>
    public sealed record Bound(Moment Since) : Standing(Since);

    /// <summary>Bound, an allegation against it upheld.</summary>
    /// <param name="Since">Since when it has been bound.</param>
    /// <param name="Until">When it is in breach unless a ruling says that it has cured: the earliest end, if several periods run.</param>
    public sealed record InCure(Moment Since, DateTimeOffset Until) : Standing(Since);

    /// <summary>Its cure period ended without a cure. It may commit again.</summary>
    public sealed record InBreach(Moment Since) : Standing(Since);

    /// <summary>It has left. It may commit again.</summary>
    public sealed record Withdrawn(Moment Since) : Standing(Since);

    /// <summary>It was bound to the end of the pause.</summary>
    public sealed record Released(Moment Since) : Standing(Since);

    /// <summary>It was still waiting when the pact ended.</summary>
    public sealed record Lapsed(Moment Since) : Standing(Since);
}
