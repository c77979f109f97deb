using System.Runtime.InteropServices;

namespace Standstill.Ledger;

/// <summary>A step after which the disk holds something else than before.</summary>
internal enum DurableStep
{
    /// <summary>A file was renamed to its place; its content is durable, its name not yet.</summary>
    Placed,

    /// <summary>The names within a directory became durable.</summary>
    DirectorySynced,

    /// <summary>A file or directory was removed.</summary>
    Removed,
}

/// <summary>
/// Files that survive a loss of power: content is flushed before the file gets its name, names when <see cref="Sync"/> returns.
/// </summary>
/// <param name="root">The directory; everything named here is relative to it.</param>
/// <param name="observer">Told of each step once it is done, with the path; the fault matrix of the tests stops there.</param>
internal sealed partial class DurableDirectory(string root, Action<DurableStep, string>? observer)
{
    /// <summary>Where files are written before they get their names; never served, cleared at start.</summary>
    public const string Scratch = ".ledger/tmp";

    private readonly HashSet<string> _unsynced = [];
    private long _serial;

    /// <summary>Absolute path of a file.</summary>
    public string At(string path) => Path.Combine(root, path);

    /// <summary>Makes scratch empty.</summary>
    public void ClearScratch()
    {
        foreach (var file in Directory.EnumerateFiles(At(Scratch)))
        {
            File.Delete(file);
        }
    }

    /// <summary>Writes a file whole: into scratch, flushed, renamed. Its name is durable after <see cref="Sync"/>.</summary>
    public void Place(string path, ReadOnlySpan<byte> content)
    {
        var scratch = At($"{Scratch}/{++_serial}");
        using (var handle = File.OpenHandle(scratch, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, content, 0);
            RandomAccess.FlushToDisk(handle);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.Move(scratch, At(path), overwrite: true);
        MarkUnsynced(path);
        observer?.Invoke(DurableStep.Placed, path);
    }

    /// <summary>Makes the names of all files placed so far durable, the deepest directories first.</summary>
    public void Sync()
    {
        foreach (var directory in _unsynced.OrderByDescending(path => path.Length))
        {
            FlushDirectory(At(directory));
            observer?.Invoke(DurableStep.DirectorySynced, directory);
        }

        _unsynced.Clear();
    }

    /// <summary>Removes a directory of files, if it exists. Not durable: a removal that is lost is done again.</summary>
    public void Remove(string path)
    {
        if (Directory.Exists(At(path)))
        {
            Directory.Delete(At(path), recursive: true);
            observer?.Invoke(DurableStep.Removed, path);
        }
    }

    /// <summary>Moves a file out of the way, to the given path. That it is gone is durable after <see cref="Sync"/>.</summary>
    public void SetAside(string path, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(to))!);
        File.Move(At(path), At(to), overwrite: true);
        MarkUnsynced(path);
        observer?.Invoke(DurableStep.Removed, path);
    }

    /// <summary>Flushes the names within a directory. .NET cannot open directories; Windows keeps its names in a journal.</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(path, 0);
        if (descriptor < 0)
        {
            throw new IOException($"cannot open the directory `{path}` to flush it: error {Marshal.GetLastPInvokeError()}");
        }

        var failed = Fsync(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (failed)
        {
            throw new IOException($"cannot flush the directory `{path}`: error {error}");
        }
    }

    // The directories above may be ones that an interrupted run made and did not flush: all are flushed, each once a batch.
    private void MarkUnsynced(string path)
    {
        for (var parent = ParentOf(path); parent is not null; parent = ParentOf(parent))
        {
            _unsynced.Add(parent);
        }
    }

    private static string? ParentOf(string path) =>
        path.Length == 0 ? null : path.Contains('/') ? path[..path.LastIndexOf('/')] : "";

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
