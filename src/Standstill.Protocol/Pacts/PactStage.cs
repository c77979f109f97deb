namespace Standstill.Protocol.Pacts;

/// <summary>How far a pact has come.</summary>
/// <param name="Since">When it came there.</param>
public abstract record PactStage(Moment Since)
{
    /// <summary>No coalition exists; nobody is bound.</summary>
    public sealed record Open(Moment Since) : PactStage(Since);

    /// <summary>A coalition exists; its members are bound and wait for the trigger.</summary>
    public sealed record Armed(Moment Since) : PactStage(Since);

    /// <summary>The trigger is met; notice runs.</summary>
    /// <param name="Since">When the pact was called.</param>
    /// <param name="Until">When the pause begins.</param>
    public sealed record InNotice(Moment Since, DateTimeOffset Until) : PactStage(Since);

    /// <summary>The pause holds.</summary>
    /// <param name="Since">When it began.</param>
    /// <param name="Until">When the maximum duration ends it; null where there is none.</param>
    public sealed record InForce(Moment Since, DateTimeOffset? Until) : PactStage(Since);

    /// <summary>The pause is over, and the pact with it.</summary>
    /// <param name="Since">When it ended.</param>
    /// <param name="How">What ended it.</param>
    public sealed record Released(Moment Since, ReleaseCause How) : PactStage(Since);
}

/// <summary>What ended a pause.</summary>
public enum ReleaseCause
{
    /// <summary>The trigger's release level was met.</summary>
    Trigger,

    /// <summary>Every bound member agreed.</summary>
    Unanimous,

    /// <summary>The maximum duration was over.</summary>
    MaximumDuration,
}
