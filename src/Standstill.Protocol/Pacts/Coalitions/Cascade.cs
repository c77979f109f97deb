using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>How a coalition comes about, told round by round: all who have committed are supposed to be in, and whoever's
/// condition then fails is struck out or slows less; in the next round whoever relied on those, and so on until all that are
/// left hold each other up.</summary>
/// <remarks>In each round all are judged by what the round before has left. That is the iteration of Tarski's theorem from the top,
/// so what is left after the last round is the largest coalition, whatever order a solver takes.</remarks>
/// <param name="Rounds">Oldest first; empty where everybody's highest step holds.</param>
/// <param name="IsWhole">Whether all rounds are told; a long chain is cut short.</param>
public sealed record Cascade(ImmutableArray<CascadeRound> Rounds, bool IsWhole)
{
    /// <summary>How many rounds are told at most.</summary>
    public const int MostRounds = 100;

    /// <summary>Tells the rounds that lead to a coalition.</summary>
    /// <param name="coalition">The coalition.</param>
    /// <param name="rounds">How many to tell at most.</param>
    public static Cascade Of(Coalition coalition, int rounds = MostRounds)
    {
        ImmutableArray<Commitment> candidates = [.. coalition.Candidates];
        ImmutableSortedDictionary<PartyId, int> degrees = candidates.ToImmutableSortedDictionary(c => c.Party, c => c.Steps[^1].Degree);
        ImmutableArray<CascadeRound>.Builder told = ImmutableArray.CreateBuilder<CascadeRound>();
        ImmutableArray<PartyId> before = [];
        while (told.Count < rounds)
        {
            var gathering = new Gathering(degrees, coalition.Facts);
            ImmutableArray<Lowering> lowered =
                [.. candidates.Where(c => degrees.ContainsKey(c.Party)).Select(c => Lowered(coalition, c, gathering, before)).OfType<Lowering>()];
            if (lowered.IsEmpty)
            {
                return new Cascade(told.ToImmutable(), IsWhole: true);
            }

            told.Add(new CascadeRound(told.Count + 1, lowered));
            before = [.. lowered.Select(l => l.Party)];
            degrees = degrees
                .RemoveRange(lowered.Where(l => l.To == 0).Select(l => l.Party))
                .SetItems(lowered.Where(l => l.To > 0).Select(l => KeyValuePair.Create(l.Party, l.To)));
        }

        bool isWhole = degrees.SequenceEqual(coalition.Degrees);
        return new Cascade(told.ToImmutable(), isWhole);
    }

    private static Lowering? Lowered(Coalition coalition, Commitment commitment, Gathering gathering, ImmutableArray<PartyId> before)
    {
        int from = gathering.Degrees[commitment.Party];
        CommitmentStep step = commitment.Steps.Last(s => s.Degree <= from);
        if (Holds(step))
        {
            return null;
        }

        int to = commitment.Steps.Where(s => s.Degree < from && Holds(s)).Select(s => s.Degree).DefaultIfEmpty(0).Max();
        ImmutableArray<ClauseFinding> because =
            new ClauseFindings(gathering, coalition.IsStaying(commitment.Party, step.Degree)).Of(step.Condition);
        return new Lowering(commitment.Party, from, to, because, [.. before.Where(p => Bears(because, p, coalition.Facts))]);

        bool Holds(CommitmentStep s) => s.Condition.Holds(gathering, coalition.IsStaying(commitment.Party, s.Degree));
    }

    // Whether one who was struck out just before is missed by a clause that fails: by name, or among whomever it counts.
    private static bool Bears(ImmutableArray<ClauseFinding> because, PartyId party, PartyFacts facts) => because.Any(f => f switch
    {
        ClauseFinding.OfParties named => named.Missing.Any(m => facts.PresentOf(m).Contains(party)),
        ClauseFinding.OfCompute => facts.Shares.FlopPerSecond.GetValueOrDefault(party) > 0,
        _ => true,
    });
}

/// <summary>One round of a cascade.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Lowered">Who is struck out or slows less, in the order of names.</param>
public sealed record CascadeRound(int Number, ImmutableArray<Lowering> Lowered);

/// <summary>One party struck out, or brought to a lower degree.</summary>
/// <param name="Party">Who.</param>
/// <param name="From">How far it was supposed to slow, in per cent.</param>
/// <param name="To">How far it slows after this round; 0 where it is struck out.</param>
/// <param name="Because">The clauses that fail.</param>
/// <param name="After">Those of the round before whom the failing clauses miss; empty in the first round.</param>
public sealed record Lowering(PartyId Party, int From, int To, ImmutableArray<ClauseFinding> Because, ImmutableArray<PartyId> After);
