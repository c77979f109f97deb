using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts.Sealing;

/// <summary>What trustees reach together: the key of a sealed commitment, or why they do not.</summary>
public abstract record SealRecovery
{
    private SealRecovery()
    {
    }

    /// <summary>The key.</summary>
    /// <param name="Key">It has the digest that the commitment states.</param>
    /// <param name="Altered">Trustees who brought another share than the one that was sealed for them, as the digests tell.</param>
    /// <param name="Unfit">Trustees for whom no share of this key was sealed: the sealer's doing.</param>
    public sealed record Recovered(SealKey Key, ImmutableArray<PartyId> Altered, ImmutableArray<PartyId> Unfit) : SealRecovery;

    /// <summary>There are not enough shares that were sealed.</summary>
    /// <param name="Good">How many there are.</param>
    /// <param name="Needed">How many it takes.</param>
    /// <param name="Altered">Trustees who brought another share than the one that was sealed for them.</param>
    public sealed record TooFew(int Good, int Needed, ImmutableArray<PartyId> Altered) : SealRecovery;

    /// <summary>There are enough, as they were sealed, and no set of them gives the key: the sealer dealt false shares.</summary>
    /// <param name="Through">The trustees whose shares were tried.</param>
    /// <param name="Altered">Trustees who brought another share than the one that was sealed for them.</param>
    public sealed record FalselyDealt(ImmutableArray<PartyId> Through, ImmutableArray<PartyId> Altered) : SealRecovery;

    /// <summary>Recovers a key from the shares that trustees bring, trying sets of as many as it takes in the order of names.</summary>
    /// <exception cref="ArgumentException">Two shares are at one point, or one is at no trustee's.</exception>
    public static SealRecovery Of(SealedCommitment commitment, IReadOnlyList<Share> brought)
    {
        ImmutableArray<Share> all = [.. brought.OrderBy(s => s.Point)];
        if (all.Any(s => s.Point < 1 || s.Point > commitment.Shares.Length) || all.Select(s => s.Point).Distinct().Count() < all.Length)
        {
            throw new ArgumentException("one share at most for each trustee", nameof(brought));
        }

        ImmutableArray<Share> good = [.. all.Where(commitment.IsTrue)];
        ImmutableArray<PartyId> altered = Names(all.Except(good));
        int needed = commitment.Trustees.Threshold;
        if (good.Length < needed)
        {
            return new TooFew(good.Length, needed, altered);
        }

        foreach (ImmutableArray<Share> set in Sets(good, needed))
        {
            SealKey key = SealKey.FromBytes(SecretSharing.Combine(set));
            if (key.Digest == commitment.KeyDigest)
            {
                return new Recovered(key, altered, Names(good.Where(s => !SecretSharing.At(s.Point, set).AsSpan().SequenceEqual(s.Value.Span))));
            }
        }

        return new FalselyDealt(Names(good), altered);

        ImmutableArray<PartyId> Names(IEnumerable<Share> shares) => [.. shares.Select(s => commitment.Shares[s.Point - 1].Trustee.Party)];
    }

    // All sets of one size, in lexicographic order.
    private static IEnumerable<ImmutableArray<Share>> Sets(ImmutableArray<Share> from, int size)
    {
        int[] chosen = [.. Enumerable.Range(0, size)];
        while (true)
        {
            yield return [.. chosen.Select(i => from[i])];
            int last = size - 1;
            while (last >= 0 && chosen[last] == from.Length - size + last)
            {
                last--;
            }

            if (last < 0)
            {
                yield break;
            }

            chosen[last]++;
            for (int i = last + 1; i < size; i++)
            {
                chosen[i] = chosen[i - 1] + 1;
            }
        }
    }
}
