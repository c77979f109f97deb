using System.Collections.Immutable;

namespace Standstill.Meter.Dcgm;

/// <summary>Which accelerator a series is about, from its labels.</summary>
/// <param name="Key">What tells it from every other: its UUID, else host and index.</param>
/// <param name="Uuid">The UUID that the vendor burnt in, or null.</param>
/// <param name="Host">The node, or empty.</param>
/// <param name="Index">Its number within the node, or empty.</param>
/// <param name="Model">The vendor's name for its kind, or empty.</param>
/// <param name="Partition">The number of the partition (MIG) that the series is about, or null for the whole accelerator.</param>
/// <remarks>
/// dcgm-exporter writes <c>UUID</c>, <c>gpu</c>, <c>device</c>, <c>modelName</c>, <c>Hostname</c>, and <c>GPU_I_ID</c> for partitions. Labels of the workload
/// (<c>pod</c>, <c>namespace</c>, <c>container</c>) change while the accelerator stays, and are no part of it. Series of switches and of host
/// processors have neither UUID nor <c>gpu</c>, and are about no accelerator.
/// </remarks>
public sealed record Accelerator(string Key, string? Uuid, string Host, string Index, string Model, string? Partition)
{
    /// <summary>The accelerator of a series, or null when its labels name none.</summary>
    public static Accelerator? Of(ImmutableArray<Label> labels)
    {
        string? uuid = null, lowerUuid = null, gpu = null, device = null, host = null, lowerHost = null, instance = null, model = null, partition = null;
        foreach (var (name, value) in labels)
        {
            if (value.Length == 0 || value.StartsWith("<<<", StringComparison.Ordinal))
            {
                continue; // DCGM's blanks for texts: <<<NULL>>>, <<<NOT_SUPPORTED>>>
            }
            switch (name)
            {
                case "UUID": uuid = value; break;
                case "uuid": lowerUuid = value; break;
                case "gpu": gpu = value; break;
                case "device": device = value; break;
                case "Hostname": host = value; break;
                case "hostname": lowerHost = value; break;
                case "instance": instance = value; break;
                case "modelName": model = value; break;
                case "GPU_I_ID": partition = value; break;
            }
        }

        uuid ??= lowerUuid;
        host ??= lowerHost ?? instance ?? "";
        if (uuid is null && gpu is null)
        {
            return null;
        }
        return new Accelerator(uuid ?? host + "/" + gpu, uuid, host, gpu ?? device ?? "", model ?? "", partition);
    }
}
