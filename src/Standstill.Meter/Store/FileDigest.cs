using System.Security.Cryptography;
using Standstill.Protocol;

namespace Standstill.Meter.Store;

/// <summary>SHA-256 of files of any size, read as streams: an opening may pass the 2 GB that an array holds.</summary>
public static class FileDigest
{
    /// <summary>The digest of a file.</summary>
    public static Digest Of(string path)
    {
        using var file = File.OpenRead(path);
        return Of(file);
    }

    /// <summary>The digest of what is left of a stream.</summary>
    public static Digest Of(Stream stream) =>
        Digest.TryParse(Convert.ToHexStringLower(SHA256.HashData(stream)), out var digest) ? digest : throw new InvalidOperationException("SHA-256 has 64 digits");
}
