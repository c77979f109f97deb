using System.Diagnostics;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace Standstill.Bench;

/// <summary>What the machine can do at most, measured in the same run as what is held against it.</summary>
internal static class Limits
{
    private const int Keys = 256;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(1.5);

    /// <summary>Ed25519 verifications a second, of messages as long as a statement, with nothing else around them.</summary>
    public static double Verifications(int threads, int messageBytes)
    {
        var signed = Enumerable.Range(0, Keys).Select(_ =>
        {
            using var key = Key.Create(SignatureAlgorithm.Ed25519);
            var message = RandomNumberGenerator.GetBytes(messageBytes);
            return (key.PublicKey, Message: message, Signature: SignatureAlgorithm.Ed25519.Sign(key, message));
        }).ToArray();
        var counts = new long[threads];
        var time = Stopwatch.StartNew();
        var runners = Enumerable.Range(0, threads).Select(t => new Thread(() =>
        {
            var done = 0L;
            while (time.Elapsed < Span)
            {
                var (key, message, signature) = signed[done++ % Keys];
                if (!SignatureAlgorithm.Ed25519.Verify(key, message, signature))
                {
                    throw new InvalidOperationException("a good signature does not verify");
                }
            }

            counts[t] = done;
        })).ToArray();
        Array.ForEach(runners, r => r.Start());
        Array.ForEach(runners, r => r.Join());
        return counts.Sum() / time.Elapsed.TotalSeconds;
    }

    /// <summary>Writes of 4 KiB a second, each flushed to the disk before the next.</summary>
    public static double Flushes(string directory)
    {
        var path = Path.Combine(directory, "flush");
        var block = new byte[4096];
        var done = 0;
        var time = Stopwatch.StartNew();
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            while (time.Elapsed < Span)
            {
                RandomAccess.Write(file, block, done++ * (long)block.Length);
                RandomAccess.FlushToDisk(file);
            }
        }

        File.Delete(path);
        return done / time.Elapsed.TotalSeconds;
    }
}
