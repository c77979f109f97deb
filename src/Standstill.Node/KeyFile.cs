using System.Text;

namespace Standstill.Node;

/// <summary>A private key on disk: one line, readable by its owner alone, never written over.</summary>
public static class KeyFile
{
    /// <summary>Writes a key durably under a name that is not there yet.</summary>
    /// <exception cref="IOException">The file is there already.</exception>
    public static void Write(string file, string text)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(directory);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // A kill while writing must not leave half a key under the final name.
        var scratch = Path.Combine(directory, $".{Path.GetFileName(file)}.{Guid.NewGuid():N}");
        using (var stream = new FileStream(scratch, options))
        {
            stream.Write(Encoding.UTF8.GetBytes(text + "\n"));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(scratch, file, overwrite: false);
        }
        catch (IOException)
        {
            File.Delete(scratch);
            throw;
        }
    }
}
