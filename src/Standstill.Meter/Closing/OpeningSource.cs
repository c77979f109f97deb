using System.IO.Compression;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Closing;

/// <summary>The files of an opening that somebody sent: a folder or a zip archive. Nothing in it is believed.</summary>
/// <remarks>
/// Names are never used as paths: what is looked for is `opening.json` and `chunk-N.parquet`, N being a drawn position, and what else is there is named
/// and left alone. Links are refused. Nothing is read beyond the length that the signed digest commits to, whatever an archive claims or unpacks to.
/// </remarks>
internal sealed class OpeningSource : IDisposable
{
    private readonly string? _folder;
    private readonly ZipArchive? _archive;

    private OpeningSource(string? folder, ZipArchive? archive) => (_folder, _archive) = (folder, archive);

    /// <summary>Most entries of an archive: more are no opening.</summary>
    public const int MaximumEntries = 4 * Challenge.MaximumCount;

    public static Parsed<OpeningSource> Open(string path)
    {
        if (Directory.Exists(path))
        {
            return Parsed<OpeningSource>.Good(new OpeningSource(path, null));
        }

        if (!File.Exists(path))
        {
            return Parsed<OpeningSource>.Bad("", $"`{path}` does not exist", "name the folder or the archive of the opening");
        }

        try
        {
            var archive = ZipFile.OpenRead(path);
            if (archive.Entries.Count <= MaximumEntries)
            {
                return Parsed<OpeningSource>.Good(new OpeningSource(null, archive));
            }

            archive.Dispose();
            return Parsed<OpeningSource>.Bad("", $"the archive has more than {MaximumEntries} entries", "send the opening alone");
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return Parsed<OpeningSource>.Bad("", $"`{path}` is no zip archive", "send the folder of the opening, or a zip archive of it");
        }
    }

    /// <summary>Copies a file of the opening, or says why not. Copies no more than the limit and one byte.</summary>
    public Fault? Copy(string name, Stream to, long limit)
    {
        try
        {
            using var from = Read(name, out var fault);
            if (from is null)
            {
                return fault;
            }

            var buffer = new byte[81_920];
            for (var copied = 0L; ;)
            {
                var read = from.Read(buffer, 0, (int)Math.Min(buffer.Length, limit + 1 - copied));
                if (read == 0)
                {
                    return null;
                }

                copied += read;
                if (copied > limit)
                {
                    return new Fault(name, $"the file is longer than {limit} bytes", "send the file as the meter wrote it");
                }

                to.Write(buffer, 0, read);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new Fault(name, "the file cannot be read", "send it again");
        }
    }

    public void Dispose() => _archive?.Dispose();

    private Stream? Read(string name, out Fault? fault)
    {
        fault = new Fault(name, "the opening lacks this file", "send every file of the opening");
        if (_archive is not null)
        {
            var entries = _archive.Entries.Where(e => e.FullName == name).Take(2).ToList();
            if (entries.Count == 2)
            {
                fault = new Fault(name, "the archive has two files of this name", "send each file once");
            }

            return entries.Count == 1 ? entries[0].Open() : null;
        }

        var file = new FileInfo(Path.Combine(_folder!, name));
        if (file.Exists && file.LinkTarget is not null)
        {
            fault = new Fault(name, "the file is a link", "send the file itself");
            return null;
        }

        return file.Exists && (file.Attributes & (FileAttributes.Device | FileAttributes.Directory)) == FileAttributes.None ? file.OpenRead() : null;
    }
}
