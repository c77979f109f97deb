using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Standstill.EndToEnd;

/// <summary>
/// The C2SP and RFC forms written down once more, slowly and from the specs alone: it shares no code with the product,
/// so that what both say is so.
/// </summary>
internal static class PlainLog
{
    /// <summary>A checkpoint's three lines, once its signature holds (c2sp.org/signed-note, c2sp.org/tlog-checkpoint).</summary>
    public sealed record Head(string Origin, long Size, byte[] Root);

    /// <summary>Reads a signed note of exactly one signature and verifies it with a `name+hash+base64` key.</summary>
    public static Head Open(byte[] note, string verifierKey)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(note);
        var blank = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        var signed = text[..(blank + 1)];
        var signature = text[(blank + 2)..];
        Assert.EndsWith("\n", signature, StringComparison.Ordinal);
        Assert.Equal(1, signature.Count(c => c == '\n'));

        // "name+hash+base64(type ‖ key)"; the name has no plus sign.
        var key = verifierKey.Split('+', 3);
        var typed = Convert.FromBase64String(key[2]);
        Assert.Equal(1, typed[0]);
        var hash = SHA256.HashData([.. Encoding.UTF8.GetBytes(key[0] + "\n"), .. typed])[..4];
        Assert.Equal(key[1], Convert.ToHexStringLower(hash));

        var words = signature.TrimEnd('\n').Split(' ');
        Assert.Equal(["—", key[0]], words[..2]);
        var bytes = Convert.FromBase64String(words[2]);
        Assert.Equal(hash, bytes[..4]);
        var publicKey = PublicKey.Import(SignatureAlgorithm.Ed25519, typed.AsSpan(1), KeyBlobFormat.RawPublicKey);
        Assert.True(SignatureAlgorithm.Ed25519.Verify(publicKey, Encoding.UTF8.GetBytes(signed), bytes.AsSpan(4)), "the signature does not hold");

        var lines = signed.Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Equal(key[0], lines[0]);
        return new Head(lines[0], long.Parse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture), Convert.FromBase64String(lines[2]));
    }

    /// <summary>The entries of a bundle (c2sp.org/tlog-tiles, "Log entries").</summary>
    public static IEnumerable<byte[]> Entries(byte[] bundle)
    {
        for (var at = 0; at < bundle.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(at));
            yield return bundle[(at + 2)..(at + 2 + length)];
            at += 2 + length;
        }
    }

    /// <summary>RFC 6962, section 2.1, as it is written there.</summary>
    public static byte[] LeafHash(byte[] entry) => SHA256.HashData([0, .. entry]);

    /// <summary>MTH over leaf hashes, by the recursion of RFC 6962, section 2.1.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 0)
        {
            return SHA256.HashData([]);
        }

        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        var k = 1;
        while (k * 2 < leaves.Length)
        {
            k *= 2;
        }

        return NodeHash(Root(leaves[..k]), Root(leaves[k..]));
    }

    /// <summary>The hash of an inner node.</summary>
    public static byte[] NodeHash(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    /// <summary>The path of a tile of a log below a million tiles a level (c2sp.org/tlog-tiles).</summary>
    public static string TilePath(string level, long index, int width)
    {
        var number = index < 1000 ? $"{index:000}" : $"x{index / 1000:000}/{index % 1000:000}";
        return $"tile/{level}/{number}{(width == 256 ? "" : $".p/{width}")}";
    }
}
