using System.Collections.Immutable;

namespace Standstill.Meter.Formats;

/// <summary>One run of a job in Slurm's accounting. A job that was requeued has several, with the same number.</summary>
/// <param name="Id">The job's raw number, `JobIDRaw`.</param>
/// <param name="State">The first word of its state: `RUNNING`, `COMPLETED`, `CANCELLED`…</param>
/// <param name="Start">When it started; null while it waits.</param>
/// <param name="End">When it ended; null while it runs.</param>
/// <param name="Gpus">Accelerators allocated to it, over all nodes.</param>
/// <param name="GpuTypes">Their types with counts, as Slurm names them, in the order of the names; empty where Slurm does not type them.</param>
/// <param name="Nodes">Nodes allocated to it; 0 where the column is missing.</param>
/// <param name="Partition">The partition, or empty.</param>
/// <param name="Account">The account that is charged, or empty.</param>
/// <param name="User">The user, or empty.</param>
public sealed record SlurmJob(
    string Id, string State, DateTimeOffset? Start, DateTimeOffset? End, long Gpus, ImmutableArray<(string Type, long Count)> GpuTypes,
    long Nodes, string Partition, string Account, string User)
{
    /// <summary>Whether Slurm says that the job holds its accelerators still.</summary>
    public bool Holds => State is "RUNNING" or "COMPLETING" or "SUSPENDED" or "STOPPED" or "SIGNALING" or "STAGE_OUT" or "RESIZING";

    /// <summary>Accelerator-hours that fall into a period. A job that runs still counts up to the time of the accounting.</summary>
    /// <param name="from">Start of the period.</param>
    /// <param name="to">End of the period, not before its start.</param>
    /// <param name="asOf">When the accounting was asked.</param>
    /// <remarks>A suspended job holds its accelerators, and its hours count.</remarks>
    public double GpuHours(DateTimeOffset from, DateTimeOffset to, DateTimeOffset asOf)
    {
        if (to < from)
        {
            throw new ArgumentException("a period ends after it starts", nameof(to));
        }
        if (Start is not { } start)
        {
            return 0;
        }
        var end = End ?? (Holds ? asOf : start);
        var first = start > from ? start : from;
        var last = end < to ? end : to;
        return last > first ? Gpus * (last - first).TotalHours : 0;
    }
}

/// <summary>What one account used in a partition.</summary>
/// <param name="Account">The account that is charged.</param>
/// <param name="Partition">The partition.</param>
/// <param name="GpuHours">Accelerator-hours within the period.</param>
/// <param name="Jobs">Runs of jobs that have some.</param>
public sealed record SlurmUse(string Account, string Partition, double GpuHours, int Jobs)
{
    /// <summary>Use within a period by account and partition, in the order of the names: evidence for a party's declared use.</summary>
    public static ImmutableArray<SlurmUse> Of(IEnumerable<SlurmJob> jobs, DateTimeOffset from, DateTimeOffset to, DateTimeOffset asOf) =>
    [
        .. from job in jobs
           let hours = job.GpuHours(@from, to, asOf)
           where hours > 0
           group hours by (job.Account, job.Partition) into use
           orderby use.Key.Account, use.Key.Partition
           select new SlurmUse(use.Key.Account, use.Key.Partition, use.Sum(), use.Count()),
    ];
}
