namespace Standstill.Cli.Plots;

/// <summary>Where a figure goes. Made before the work begins, so that a bad name does not cost the work.</summary>
internal sealed record PlotFile
{
    private readonly bool png;

    private PlotFile(string path, bool png)
    {
        Path = path;
        this.png = png;
    }

    public string Path { get; }

    /// <summary>Takes the form from the name's ending, `.svg` or `.png` in any case.</summary>
    /// <exception cref="UsageException">Another ending, or no such directory.</exception>
    public static PlotFile Parse(string path)
    {
        var ending = System.IO.Path.GetExtension(path);
        var png = string.Equals(ending, ".png", StringComparison.OrdinalIgnoreCase);
        if (!png && !string.Equals(ending, ".svg", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"--plot: `{path}` names no form of picture; let it end in `.svg` or `.png`");
        }

        var directory = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
        return Directory.Exists(directory)
            ? new PlotFile(path, png)
            : throw new UsageException($"--plot: there is no directory `{System.IO.Path.GetDirectoryName(path)}`; make it first");
    }

    /// <summary>Writes the figure; an older file of the name is replaced, as by every command that writes one.</summary>
    public void Save(Drawing drawing) => File.WriteAllBytes(Path, Bytes(drawing));

    public byte[] Bytes(Drawing drawing) => png ? PngFile.Write(drawing) : SvgFile.Write(drawing);
}
