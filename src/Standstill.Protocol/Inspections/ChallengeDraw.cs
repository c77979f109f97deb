using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Standstill.Measurement;
using Standstill.Measurement.Numerics;
using Standstill.Measurement.Sampling;

namespace Standstill.Protocol.Inspections;

/// <summary>Which chunks a challenge opens.</summary>
/// <remarks>The draw follows from the challenge's name and the root hash of a checkpoint later than the digest. The facility had committed to
/// its chunks before that hash existed, and the inspector cannot choose it: neither can aim the draw. Whoever signs checkpoints could try several, so
/// the checkpoint is one that others have countersigned or a time has fixed.</remarks>
public static class ChallengeDraw
{
    /// <summary>The positions drawn, in rising order, each once: all where there are no more than <paramref name="count"/> chunks.</summary>
    /// <param name="checkpointRoot">Root hash of the checkpoint.</param>
    /// <param name="challengeId">The challenge's name.</param>
    /// <param name="chunks">Number of chunks of the period, at least 0.</param>
    /// <param name="count">How many to open, at least 0.</param>
    /// <remarks>
    /// Seed: SHA-256(name in UTF-8 ‖ the 32 bytes of the root). Partial Fisher–Yates (Knuth, The Art of Computer Programming, volume 2,
    /// algorithm 3.4.2P, from the front): for i = 0 … count − 1, change places i and i + (a number below chunks − i).
    /// </remarks>
    public static ImmutableArray<int> Positions(Digest checkpointRoot, string challengeId, int chunks, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chunks);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var seed = new Seed(SHA256.HashData([.. Encoding.UTF8.GetBytes(challengeId), .. checkpointRoot.ToBytes()]));
        return SampleDraw.Positions(new SeededRandom(seed), chunks, Math.Min(count, chunks));
    }
}
