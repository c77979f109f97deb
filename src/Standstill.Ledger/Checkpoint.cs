using System.Diagnostics.CodeAnalysis;

namespace Standstill.Ledger;

/// <summary>The state of a ledger at one size (c2sp.org/tlog-checkpoint).</summary>
/// <param name="Origin">The ledger's identity: not empty, one line; by convention a URL without its scheme.</param>
/// <param name="Size">Number of entries, at least 0.</param>
/// <param name="Root">Root of the Merkle tree over them.</param>
//
//     <origin>\n
//     <size, decimal, no leading zeros>\n
//     <root, base64>\n
//     [<extension line, not empty>\n]...
public sealed record Checkpoint(string Origin, long Size, MerkleHash Root)
{
    /// <summary>The extension lines, each with its line end, or the empty string. Opaque; ours never write any.</summary>
    public string Extension { get; init; } = "";

    /// <summary>
    /// Reads the text of a checkpoint's note. Refused: fewer than three lines, an empty line,
    /// a size that is not canonical decimal below 2⁶³, a root that is not a hash.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? checkpoint, [NotNullWhen(false)] out string? error)
    {
        checkpoint = null;
        var parts = text.Split('\n', 4);
        if (parts.Length != 4)
        {
            error = "the checkpoint has fewer than three lines: origin, size and root";
            return false;
        }

        var extension = parts[3];
        if (parts[0].Length == 0 || extension.StartsWith('\n') || extension.Contains("\n\n") || (extension.Length > 0 && !extension.EndsWith('\n')))
        {
            error = "the checkpoint has an empty line or ends within one";
            return false;
        }

        if (!StrictText.TryReadDecimal(parts[1], out var size))
        {
            error = $"the checkpoint has the size {StrictText.Quote(parts[1])}: a size is decimal without leading zeros, below 2^63";
            return false;
        }

        if (!MerkleHash.TryParse(parts[2], out var root, out error))
        {
            error = $"the checkpoint's root: {error}";
            return false;
        }

        checkpoint = new Checkpoint(parts[0], size, root) { Extension = extension };
        return true;
    }

    /// <summary>The text that is signed.</summary>
    public override string ToString() => $"{Origin}\n{Size}\n{Root}\n{Extension}";
}
