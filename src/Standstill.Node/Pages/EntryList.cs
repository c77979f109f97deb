using System.Globalization;
using Standstill.Protocol;

namespace Standstill.Node.Pages;

/// <summary>A page of entries, newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Before">The index above the newest of them.</param>
/// <param name="Size">Entries in the ledger.</param>
public sealed record EntryList(IReadOnlyList<EntryRecord> Entries, long Before, long Size)
{
    /// <summary>Entries on one page.</summary>
    public const int PageLength = 50;

    /// <summary>How far back a party's latest statements are looked for.</summary>
    public const int LookBack = 1024;

    private const int Bundle = 256;

    /// <summary>Reads a page; what is no number, or beyond the ledger, asks for the newest entries.</summary>
    public static async Task<EntryList> ReadAsync(EntryBook book, long size, string? before)
    {
        var top = long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked >= 1 && asked < size ? asked : size;
        var from = Math.Max(0, top - PageLength);
        var entries = await book.ReadAsync(from, (int)(top - from));
        return new EntryList([.. entries.Reverse()], top, size);
    }

    /// <summary>The latest statements of a party among the last <see cref="LookBack"/> entries, newest first, at most 20.</summary>
    public static async Task<IReadOnlyList<EntryRecord>> LatestOfAsync(EntryBook book, long size, PartyId party)
    {
        var found = new List<EntryRecord>();
        for (var top = size; top > Math.Max(0, size - LookBack) && found.Count < 20; top -= Bundle)
        {
            var from = Math.Max(0, top - Bundle);
            var entries = await book.ReadAsync(from, (int)(top - from));
            found.AddRange(entries.Reverse().Where(e => e.Reading.Statement?.Party == party));
        }

        return [.. found.Take(20)];
    }
}
