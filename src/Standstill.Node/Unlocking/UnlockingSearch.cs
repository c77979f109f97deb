using System.Collections.Immutable;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Node.Unlocking;

/// <summary>The answer to "what is the fewest further signatures that would do it?", with a proof that there are none fewer.</summary>
/// <remarks>
/// <para>A signer stops without a condition. What is found was tried with the solver that decides: it does. That fewer do not
/// is proven by CP-SAT (Google OR-Tools) on a model that lets through at least every set that does: its sums of compute are
/// whole numbers rounded in favour of the signers. A set that only the rounding let through is ruled out, with all its subsets,
/// and the search goes on; so rounding touches neither half of the answer. The proof covers the commitments and facts of the
/// coalition and signatures of the parties that were named, and rests on CP-SAT for the lower bound alone.</para>
/// <para>The search runs on one thread with a fixed seed. Which of several smallest sets is named is the same on every run of
/// one version; whether time is up is not, so no finding of the ledger may rest on <see cref="Stopped"/>:
/// <see cref="SignatureSearch"/> is there for those.</para>
/// </remarks>
public abstract record UnlockingSearch
{
    private UnlockingSearch()
    {
    }

    /// <summary>The fewest further signatures that bring in a party that has committed.</summary>
    /// <param name="coalition">The coalition as it stands.</param>
    /// <param name="uncommitted">Who could sign.</param>
    /// <param name="waiting">The party to bring in, a candidate.</param>
    /// <param name="limit">How long the proof may take. A set is found in any case.</param>
    /// <exception cref="KeyNotFoundException">The waiting party is not a candidate.</exception>
    /// <exception cref="ArgumentException">A party that could sign is a candidate.</exception>
    public static UnlockingSearch ToBringIn(Coalition coalition, IEnumerable<PartyId> uncommitted, PartyId waiting, TimeSpan limit)
    {
        _ = coalition.CommitmentOf(waiting);
        return Search(coalition, uncommitted, [waiting], limit);
    }

    /// <summary>The fewest further signatures that bring in any party that has committed; none where somebody is in.</summary>
    /// <inheritdoc cref="ToBringIn"/>
    public static UnlockingSearch ToSetInMotion(Coalition coalition, IEnumerable<PartyId> uncommitted, TimeSpan limit) =>
        Search(coalition, uncommitted, [.. coalition.Candidates.Select(c => c.Party)], limit);

    private static UnlockingSearch Search(Coalition coalition, IEnumerable<PartyId> uncommitted, ImmutableArray<PartyId> targets, TimeSpan limit)
    {
        ImmutableArray<PartyId> signers = [.. uncommitted.Distinct().Order()];
        CoalitionSolver solver = coalition.ToSolver();
        if (Does())
        {
            return new Proven([]);
        }

        foreach (var signer in signers)
        {
            solver.Commit(Signature(signer));
        }

        if (!Does())
        {
            return new Impossible();
        }

        var best = Thinned();
        var model = new UnlockingModel(coalition, signers, targets);
        var atLeast = 1;
        var left = limit;
        while (atLeast < best.Length)
        {
            var answer = left > TimeSpan.Zero ? model.Fewest(best.Length - 1, ref left) : new UnlockingModel.Answer(null, atLeast, IsDone: false);
            atLeast = Math.Max(atLeast, Math.Min(answer.AtLeast, best.Length));
            if (answer.Signers is { } found)
            {
                SignOnly(found);
                if (Does())
                {
                    best = found;
                }
                else
                {
                    model.RuleOut(found);
                }
            }

            if (!answer.IsDone)
            {
                return new Stopped(best, atLeast);
            }
        }

        return new Proven(best);

        bool Does() => targets.Any(t => solver.DegreeOf(t) > 0);

        // From all signatures, one after the other is left out where the rest still do: no subset of what remains does.
        ImmutableArray<PartyId> Thinned()
        {
            var needed = signers.ToBuilder();
            foreach (var signer in signers)
            {
                solver.Withdraw(signer);
                if (Does())
                {
                    needed.Remove(signer);
                }
                else
                {
                    solver.Commit(Signature(signer));
                }
            }

            SignOnly([]);
            return needed.ToImmutable();
        }

        void SignOnly(ImmutableArray<PartyId> some)
        {
            foreach (var signer in signers)
            {
                if (some.Contains(signer) && !solver.HasCommitted(signer))
                {
                    solver.Commit(Signature(signer));
                }
                else if (!some.Contains(signer) && solver.HasCommitted(signer))
                {
                    solver.Withdraw(signer);
                }
            }
        }
    }

    private static Commitment Signature(PartyId party) => new(party, new Condition.Always(), default);

    /// <summary>This set does, and no smaller one.</summary>
    /// <param name="Signers">In the order of names; empty where nothing is missing.</param>
    public sealed record Proven(ImmutableArray<PartyId> Signers) : UnlockingSearch
    {
        /// <inheritdoc/>
        public bool Equals(Proven? other) => other is not null && Signers.SequenceEqual(other.Signers);

        /// <inheritdoc/>
        public override int GetHashCode() => Signers.Length;
    }

    /// <summary>Not even all of them together would do.</summary>
    public sealed record Impossible : UnlockingSearch;

    /// <summary>Time was up: this set does, and whether a smaller one does is open.</summary>
    /// <param name="Signers">The smallest set that was found, in the order of names: none of its subsets does.</param>
    /// <param name="AtLeast">No set of fewer signers does; at most the number found.</param>
    public sealed record Stopped(ImmutableArray<PartyId> Signers, int AtLeast) : UnlockingSearch
    {
        /// <inheritdoc/>
        public bool Equals(Stopped? other) => other is not null && AtLeast == other.AtLeast && Signers.SequenceEqual(other.Signers);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Signers.Length, AtLeast);
    }
}
