using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

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
/// Files that survive a loss of power: content is flushed before the file gets its name, names before <see cref="Sync"/> returns.
/// </summary>
/// <remarks>What waits to be flushed is flushed side by side: the file system commits it together, and each flush by itself would
/// wait for a commit of its own.</remarks>
/// <param name="root">The directory; everything named here is relative to it.</param>
/// <param name="observer">Told of each step once it is done, with the path; the fault matrix of the tests stops there.</param>
internal sealed partial class DurableDirectory(string root, Action<DurableStep, string>? observer)
{
    /// <summary>Where files are written before they get their names; never served, cleared at start.</summary>
    public const string Scratch = ".ledger/tmp";

    // Most files that wait for their names, each an open handle.
    private const int MaxWaiting = 64;

    private readonly List<(SafeFileHandle Handle, string Scratch, string Path)> _waiting = [];
    private readonly HashSet<string> _unsynced = [];

    // INVARIANT (known): these directories' own names are durable, and so are those of the directories above them.
    private readonly HashSet<string> _known = [""];
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

    /// <summary>Writes a file whole, into scratch. It has its place, durably, after <see cref="Sync"/>.</summary>
    public void Place(string path, ReadOnlySpan<byte> content)
    {
        var scratch = At($"{Scratch}/{++_serial}");
        var handle = File.OpenHandle(scratch, FileMode.Create, FileAccess.Write);
        _waiting.Add((handle, scratch, path));
        RandomAccess.Write(handle, content, 0);
        if (_waiting.Count == MaxWaiting)
        {
            PlaceWaiting();
        }
    }

    /// <summary>Makes the content and the names of all files placed so far durable.</summary>
    public void Sync()
    {
        PlaceWaiting();
        var directories = _unsynced.OrderByDescending(path => path.Length).ToList();
        SideBySide(directories, directory => FlushDirectory(At(directory)));
        foreach (var directory in directories)
        {
            observer?.Invoke(DurableStep.DirectorySynced, directory);
        }

        _known.UnionWith(directories);
        _unsynced.Clear();
    }

    /// <summary>Removes a directory of files, if it exists. Not durable: a removal that is lost is done again.</summary>
    public void Remove(string path)
    {
        if (Directory.Exists(At(path)))
        {
            Directory.Delete(At(path), recursive: true);
            _known.RemoveWhere(known => known == path || known.StartsWith($"{path}/", StringComparison.Ordinal));
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

    private void PlaceWaiting()
    {
        SideBySide(_waiting, file => RandomAccess.FlushToDisk(file.Handle));
        foreach (var (handle, scratch, path) in _waiting)
        {
            handle.Dispose();
            Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
            File.Move(scratch, At(path), overwrite: true);
            MarkUnsynced(path);
            observer?.Invoke(DurableStep.Placed, path);
        }

        _waiting.Clear();
    }

    private static void SideBySide<T>(List<T> items, Action<T> flush)
    {
        try
        {
            Parallel.ForEach(items, flush);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    // The directories above may be ones that this or an interrupted run made and did not flush: those that are not known are flushed too.
    private void MarkUnsynced(string path)
    {
        for (var parent = ParentOf(path); parent is not null; parent = ParentOf(parent))
        {
            _unsynced.Add(parent);
            if (_known.Contains(parent))
            {
                return;
            }
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
