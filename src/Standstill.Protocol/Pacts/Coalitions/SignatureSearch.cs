using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>The answer to "whose signatures would do it?", for signatures without a condition.</summary>
public abstract record SignatureSearch
{
    private SignatureSearch()
    {
    }

    /// <summary>The sets of signers that one search tries at most.</summary>
    public const int WorkLimit = 5_000;

    /// <summary>The smallest set of further signatures that brings in a party that has committed.</summary>
    /// <param name="coalition">The coalition as it stands.</param>
    /// <param name="uncommitted">Who has not committed.</param>
    /// <param name="waiting">The party to bring in, a candidate.</param>
    /// <param name="sets">How many sets to try at most.</param>
    /// <exception cref="KeyNotFoundException">The waiting party is not a candidate.</exception>
    /// <exception cref="ArgumentException">An uncommitted party is a candidate.</exception>
    public static SignatureSearch ToBringIn(Coalition coalition, IEnumerable<PartyId> uncommitted, PartyId waiting, int sets = WorkLimit)
    {
        _ = coalition.CommitmentOf(waiting);
        return Search(coalition, uncommitted, members => members.Contains(waiting), sets);
    }

    /// <summary>The smallest set of further signatures that brings in any party that has committed, where nobody is in yet.</summary>
    /// <remarks>Signers without a condition always form a coalition of their own; that is not what is asked. Where the
    /// coalition is not empty, the answer is the empty set.</remarks>
    /// <param name="coalition">The coalition as it stands.</param>
    /// <param name="uncommitted">Who has not committed.</param>
    /// <param name="sets">How many sets to try at most.</param>
    /// <exception cref="ArgumentException">An uncommitted party is a candidate.</exception>
    public static SignatureSearch ToSetInMotion(Coalition coalition, IEnumerable<PartyId> uncommitted, int sets = WorkLimit) =>
        Search(coalition, uncommitted, members => coalition.Candidates.Any(c => members.Contains(c.Party)), sets);

    // Exact: sets are tried in the order of size, then of names. All together are tried first, since by monotonicity
    // no smaller set can do what they cannot.
    private static SignatureSearch Search(Coalition coalition, IEnumerable<PartyId> uncommitted, Func<ImmutableSortedSet<PartyId>, bool> does, int sets)
    {
        ImmutableArray<PartyId> signers = [.. uncommitted.Distinct().Order().Where(Matters(coalition))];
        if (!does(coalition.IfSign(signers).Members))
        {
            return new Impossible();
        }

        int tried = 0;
        for (int size = 0; size <= signers.Length; size++)
        {
            foreach (int[] chosen in Choices(signers.Length, size))
            {
                if (tried == sets)
                {
                    return new NotFoundWithin(sets);
                }

                tried++;
                PartyId[] set = [.. chosen.Select(i => signers[i])];
                if (does(coalition.IfSign(set).Members))
                {
                    return new Found([.. set]);
                }
            }
        }

        throw new InvalidOperationException("all together do, and all together were tried");
    }

    // A signature that no waiting party asks for, by name, by compute or by number, is in no smallest set.
    private static Func<PartyId, bool> Matters(Coalition coalition)
    {
        Condition[] waiting = [.. coalition.Candidates.Where(c => !coalition.Members.Contains(c.Party)).Select(c => c.Condition)];
        HashSet<PartyId> named = [.. waiting.SelectMany(c => c.Parties)];
        named.UnionWith(named.ToArray().SelectMany(coalition.Facts.PresentOf));
        bool anyone = waiting.Any(Coalition.CountsAnyone);
        bool compute = waiting.Any(Coalition.CountsCompute);
        return p => anyone || named.Contains(p) || (compute && coalition.Facts.Shares.FlopPerSecond.GetValueOrDefault(p) > 0);
    }

    private static IEnumerable<int[]> Choices(int count, int size)
    {
        int[] chosen = [.. Enumerable.Range(0, size)];
        while (true)
        {
            yield return chosen;
            int last = size - 1;
            while (last >= 0 && chosen[last] == count - size + last)
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

    /// <summary>This set does, and no smaller one.</summary>
    /// <param name="Signers">In the order of names; empty where nothing is missing.</param>
    public sealed record Found(ImmutableArray<PartyId> Signers) : SignatureSearch
    {
        /// <inheritdoc/>
        public bool Equals(Found? other) => other is not null && Signers.SequenceEqual(other.Signers);

        /// <inheritdoc/>
        public override int GetHashCode() => Signers.Length;
    }

    /// <summary>Not even all of them together would do.</summary>
    public sealed record Impossible : SignatureSearch;

    /// <summary>All of them together would do; no smaller set was found among the first ones tried.</summary>
    /// <param name="Sets">How many sets were tried, smallest first.</param>
    public sealed record NotFoundWithin(int Sets) : SignatureSearch;
}
