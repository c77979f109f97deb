using System.Runtime.InteropServices;

namespace Standstill.Bench;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe(string directory)
    {
        var processor = Line("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        var memory = Line("/proc/meminfo", "MemTotal") is { } text ? $"{long.Parse(text.Split(' ')[0]) / 1_048_576.0:0} GiB" : "unknown memory";
        var drive = DriveInfo.GetDrives()
            .Where(d => Path.GetFullPath(directory).StartsWith(d.Name, StringComparison.Ordinal))
            .MaxBy(d => d.Name.Length);
        return $"{processor}, {Environment.ProcessorCount} cores, {memory}; {RuntimeInformation.OSDescription.Trim()}; "
            + $"{RuntimeInformation.FrameworkDescription}; {drive?.DriveFormat ?? "unknown file system"}; load at the start {Load()}";
    }

    /// <summary>Processes that run or want to, on average over the last minute.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string? Line(string file, string name) => !File.Exists(file) ? null
        : File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
