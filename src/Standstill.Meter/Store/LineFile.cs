namespace Standstill.Meter.Store;

/// <summary>A file of lines that only grows, each line whole once it ends in a line feed.</summary>
internal static class LineFile
{
    /// <summary>Reads the whole lines, cuts off what a kill left of one, and stands at the end.</summary>
    public static void Read(FileStream file, Action<int, ReadOnlyMemory<byte>> line)
    {
        var all = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(all);
        var (start, number) = (0, 0);
        for (var end = Array.IndexOf(all, (byte)'\n'); end >= 0; end = Array.IndexOf(all, (byte)'\n', start))
        {
            line(number++, all.AsMemory(start, end - start));
            start = end + 1;
        }

        Cut(file, start);
    }

    /// <summary>Cuts the file to a length, durably, and stands at the end.</summary>
    public static void Cut(FileStream file, long length)
    {
        if (file.Length != length)
        {
            file.SetLength(length);
            file.Flush(flushToDisk: true);
        }

        file.Position = length;
    }
}
