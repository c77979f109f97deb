using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Bench;

/// <summary>What the largest coalition of very many parties costs: from nothing, and after a change.</summary>
internal static class PactSolving
{
    private const int Rounds = 7;
    private const int Changes = 2_000;

    /// <summary>Prints a table for worlds in which less and less is asked.</summary>
    public static int Run(int parties)
    {
        Console.WriteLine("| what | in | from nothing, ms | simple loop, ms | × | withdraw or commit, median ms | 99 % | most | with compute, median | other facts, median |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var ease in (int[])[1, 2, 3, 5])
        {
            Measure(new PactMaker(parties, ease), $"{parties:#,0} parties, ease {ease}");
        }

        return 0;
    }

    private static void Measure(PactMaker maker, string what)
    {
        var facts = maker.Facts();
        var commitments = maker.Commitments();
        var terms = commitments.Sum(c => c.Steps.Sum(s => Terms(s.Condition)));
        CoalitionSolver? solver = null;
        var fromNothing = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            GC.Collect();
            fromNothing.Add(Milliseconds(() => solver = FromNothing(commitments, facts)));
        }

        var inside = solver!.Count;
        var loop = new SimpleLoop(commitments, facts);
        Dictionary<PartyId, int>? simple = null;
        var simply = Milliseconds(() => simple = loop.Solve());
        foreach (var commitment in commitments)
        {
            if (simple![commitment.Party] != solver.DegreeOf(commitment.Party))
            {
                throw new InvalidDataException($"the simple loop disagrees about `{commitment.Party}`");
            }
        }

        var changes = new List<double>();
        var withCompute = new List<double>();
        var ofFacts = new List<double>();
        for (var change = 0; change < Changes; change++)
        {
            var commitment = commitments[(int)((long)change * 7_919 % commitments.Length)];
            var party = commitment.Party;
            double[] both =
            [
                Milliseconds(() =>
                {
                    solver.Withdraw(party);
                    solver.DegreeOf(party);
                }),
                Milliseconds(() =>
                {
                    solver.Commit(commitment);
                    solver.DegreeOf(party);
                }),
            ];
            changes.AddRange(both);
            if (commitment.Steps.Any(s => s.Condition is Condition.And and && and.Terms.Any(t => t is Condition.Compute)))
            {
                withCompute.AddRange(both);
            }

            var compute = facts.Shares.FlopPerSecond[party];
            foreach (var factor in (double[])[1.5, 1])
            {
                ofFacts.Add(Milliseconds(() =>
                {
                    solver.SetFlopPerSecond(party, factor * compute);
                    solver.SetAssurance(party, factor > 1 ? 99 : facts.Assurance.GetValueOrDefault(party));
                    solver.DegreeOf(party);
                }));
            }
        }

        if (solver.Count != inside)
        {
            throw new InvalidDataException("changes that were undone have left a trace");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what}, {terms:#,0} terms | {inside:#,0} | {Quantile(fromNothing, 0.5):0} | {simply:0} in {loop.Rounds} rounds | {simply / Quantile(fromNothing, 0.5):0.0} | {Quantile(changes, 0.5):0.000} | {Quantile(changes, 0.99):0.00} | {changes.Max():0.0} | {Quantile(withCompute, 0.5):0.000} | {Quantile(ofFacts, 0.5):0.000} |"));
    }

    private static CoalitionSolver FromNothing(Commitment[] commitments, PartyFacts facts)
    {
        var solver = new CoalitionSolver(commitments, facts, ImmutableSortedDictionary<PartyId, int>.Empty);
        solver.DegreeOf(commitments[0].Party);
        return solver;
    }

    private static int Terms(Condition condition) => condition switch
    {
        Condition.And and => and.Terms.Sum(Terms),
        Condition.Or or => or.Terms.Sum(Terms),
        _ => Math.Max(1, condition.Parties.Count),
    };

    private static double Milliseconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Quantile(List<double> values, double at)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(at * (sorted.Length - 1))];
    }
}
