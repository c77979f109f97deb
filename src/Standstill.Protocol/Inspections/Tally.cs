namespace Standstill.Protocol.Inspections;

/// <summary>The figures of <see cref="ChunkSums"/> while one chunk is added up.</summary>
internal sealed class Tally
{
    public long BusyMs { get; set; }

    public long LightMs { get; set; }

    public long IdleMs { get; set; }

    public long DarkMs { get; set; }

    public long ActiveMicroMs { get; set; }

    public long CounterMillijoules { get; set; }

    public long PowerMillijoules { get; set; }

    public long NodeMillijoules { get; set; }

    public long TrafficKilobytes { get; set; }

    public long Samples { get; set; }

    public long Gaps { get; set; }

    public long CounterResets { get; set; }

    public long OutOfOrder { get; set; }

    public long Unusable { get; set; }

    public long UtilisationSamples { get; set; }

    public long TensorSamples { get; set; }

    public long TensorSum { get; set; }

    public long TensorSquareSum { get; set; }

    public long PowerSamples { get; set; }

    public long PowerSum { get; set; }

    public long PowerSquareSum { get; set; }

    public long EnergyCounterSamples { get; set; }

    public long TrafficSamples { get; set; }

    public long LongestGapMs { get; set; }

    public long ClockStepMs { get; set; }

    public ChunkSums ToSums() => ChunkSums.FromFields(
    [
        BusyMs, LightMs, IdleMs, DarkMs, ActiveMicroMs,
        CounterMillijoules, PowerMillijoules, NodeMillijoules, TrafficKilobytes,
        Samples, Gaps, CounterResets, OutOfOrder, Unusable,
        UtilisationSamples, TensorSamples, TensorSum, TensorSquareSum,
        PowerSamples, PowerSum, PowerSquareSum, EnergyCounterSamples, TrafficSamples,
        LongestGapMs, ClockStepMs,
    ]);
}
