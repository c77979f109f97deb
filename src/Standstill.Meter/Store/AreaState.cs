namespace Standstill.Meter.Store;

/// <summary>What the writer knows of a balance area.</summary>
internal sealed class AreaState(AreaRule rule)
{
    private IntakeCounts _refused;
    private long _accepted;
    private long _late;

    public AreaRule Rule { get; } = rule;

    /// <summary>End of the time that chunks own, ms; null before the first sample.</summary>
    public long? OwnedTo { get; set; }

    /// <summary>Time of the latest sample, ms.</summary>
    public long Watermark { get; set; } = long.MinValue;

    /// <summary>End of the last closed period, ms.</summary>
    public long ClosedTo { get; set; } = long.MinValue;

    /// <summary>What was taken and refused since the last closing.</summary>
    public IntakeCounts Counts
    {
        get => _refused with { Accepted = _accepted, Late = _late };
        set => (_refused, _accepted, _late) = (value, value.Accepted, value.Late);
    }

    /// <summary>Takes note of an accepted sample. The first ever begins the time that chunks own, at a multiple of their length.</summary>
    public void Accept(long timeMs, long chunkMs, ref long late)
    {
        OwnedTo ??= timeMs - AreaRule.Modulo(timeMs, chunkMs);
        Watermark = Math.Max(Watermark, timeMs);
        _accepted++;
        if (timeMs < OwnedTo)
        {
            _late++;
            late++;
        }
    }
}
