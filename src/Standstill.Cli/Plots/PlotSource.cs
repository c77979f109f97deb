using System.Collections.Immutable;
using System.Globalization;

namespace Standstill.Cli.Plots;

/// <summary>Where a figure comes from; its caption.</summary>
/// <param name="Method">The method and its settings, a short sentence without a period.</param>
/// <param name="Digest">SHA-256 of the file in hex, several joined by commas; the figure shows the first twelve digits of each.</param>
/// <param name="Draws">How many draws are behind the intervals; 0 for none.</param>
/// <param name="Seed">The seed's text; where it is the digest, the figure says so.</param>
internal sealed record PlotSource(string Method, string Digest, int Draws, string Seed)
{
    private const int ShortDigest = 12;

    /// <summary>The caption, with what the figure has to add.</summary>
    public string Caption(ImmutableArray<string> notes)
    {
        string?[] parts =
        [
            Lettering.Clean(Method),
            Digest.Length == 0 ? null : "sha256 " + Digests(),
            Draws == 0 ? null : Draws.ToString("N0", CultureInfo.InvariantCulture) + " draws",
            Draws == 0 ? null : Seed == Digest ? "seed: the digest" : $"seed `{Lettering.Fit(Lettering.Clean(Seed), Ink.CaptionSize, 140)}`",
            .. notes,
        ];
        return string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    private string Digests()
    {
        var all = Digest.Split(',');
        var first = string.Join(", ", all.Take(3).Select(digest => Lettering.Clean(digest.Length > ShortDigest ? digest[..ShortDigest] : digest)));
        return all.Length > 3 ? $"{first} and {(all.Length - 3).ToString(CultureInfo.InvariantCulture)} more" : first;
    }
}
