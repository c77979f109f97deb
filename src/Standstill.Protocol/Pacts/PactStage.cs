namespace Standstill.Protocol.Pacts;

/// <summary>How far a pact has come.</summary>
/// <param name="Since">When it came there.</param>
public abstract record PactStage(Moment Since)
{
    /// <summary>No coalition exists; nobody is bound.</summary>
    public sealed record Open(Moment Since) : PactStage(Since);

    /// <summary>A coalition exists and waits for the trigger; its members are bound or, in a pact of version 2, pledged.</summary>
    public sealed record Armed(Moment Since) : PactStage(Since)
    {
        /// <summary>Whether the members are pledged, and bound only once all have confirmed that they are ready.</summary>
        public bool Pledged { get; init; }
    }

    /// <summary>The trigger is met; the pledged members confirm that they are ready, and nobody is bound yet.</summary>
    /// <param name="Since">When the pact was called.</param>
    /// <param name="Coalition">The hash of the coalition that is being prepared, which a confirmation names.</param>
    /// <param name="Until">When who has not confirmed drops out.</param>
    public sealed record Preparing(Moment Since, Digest Coalition, DateTimeOffset Until) : PactStage(Since);

    /// <summary>The trigger is met; notice runs.</summary>
    /// <param name="Since">When the pact was called or, in a pact of version 2, when all were bound.</param>
    /// <param name="Until">When the pause begins.</param>
    public sealed record InNotice(Moment Since, DateTimeOffset Until) : PactStage(Since);

    /// <summary>The pause holds.</summary>
    /// <param name="Since">When it began.</param>
    /// <param name="Until">When the maximum duration ends it; null where there is none.</param>
    public sealed record InForce(Moment Since, DateTimeOffset? Until) : PactStage(Since);

    /// <summary>The pause is being lifted in steps.</summary>
    /// <param name="Since">When the release was decided.</param>
    /// <param name="Step">How many steps have been taken.</param>
    /// <param name="Degree">How far the members slow at most in this step, in per cent; 100 before the first.</param>
    /// <param name="Until">When the next step is taken, or the pause ends.</param>
    /// <param name="Began">When the pause began.</param>
    /// <param name="How">What ended it.</param>
    public sealed record Lifting(Moment Since, int Step, int Degree, DateTimeOffset Until, DateTimeOffset Began, ReleaseCause How) : PactStage(Since);

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

    /// <summary>So many of the bound members agreed as the terms ask for.</summary>
    Members,
}
