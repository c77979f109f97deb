using System.Runtime.InteropServices;

namespace Standstill.Meter.Store;

/// <summary>Files and names that survive a loss of power.</summary>
/// <remarks>The ledger's own directory flushes names in the same way; the meter runs at a facility without a ledger and does not depend on that room, so the call
/// to the system stands here again.</remarks>
internal static partial class Durable
{
    /// <summary>Gives a written file its place: content first, then the name.</summary>
    public static void Place(string scratch, string path)
    {
        using (var handle = File.OpenHandle(scratch, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(scratch, path, overwrite: true);
        FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a directory, and its name durable, and those of the directories above it that were not there.</summary>
    public static void MakeDirectory(string path)
    {
        if (!Directory.Exists(path))
        {
            var parent = Path.GetDirectoryName(path)!;
            MakeDirectory(parent);
            Directory.CreateDirectory(path);
            FlushDirectory(parent);
        }
    }

    /// <summary>Flushes the names within a directory. .NET cannot open directories; Windows keeps its names in a journal.</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(path, 0);
        var failed = descriptor < 0 || Fsync(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        if (descriptor >= 0)
        {
            _ = Close(descriptor);
        }

        if (failed)
        {
            throw new IOException($"cannot flush the directory `{path}`: error {error}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
