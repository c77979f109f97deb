namespace Standstill.Cli.Demo;

/// <summary>The fold's time of the demo: it stands where the story puts it, and once the story is told it runs on from there.</summary>
internal sealed class StoryClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset told = start;
    private long? runningSince;

    public void MoveTo(DateTimeOffset time) => told = time > told ? time : told;

    public void Run() => runningSince = GetTimestamp();

    public override DateTimeOffset GetUtcNow() => runningSince is { } since ? told + GetElapsedTime(since) : told;
}
