using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Standstill.Node.Unlocking;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Bench;

/// <summary>What a proof of the fewest further signatures costs, among parties half of which are yet to sign.</summary>
internal static class Unlocking
{
    private const int Worlds = 40;

    public static int Run(int parties)
    {
        Console.WriteLine("| world | searches | proven | impossible | stopped at 10 s | most signatures | median s | most s |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var ease in (int[])[0, 1, 2, 3])
        {
            Measure(parties, ease);
        }

        return 0;
    }

    private static void Measure(int parties, int ease)
    {
        var seconds = new List<double>();
        int proven = 0, impossible = 0, stopped = 0, most = 0;
        for (var seed = 1; seed <= Worlds; seed++)
        {
            var maker = new PactMaker(parties, ease, seed);
            var facts = maker.Facts();
            Commitment[] commitments = [.. maker.Commitments().Where((_, i) => i % 2 == 0)];
            PartyId[] others = [.. facts.Shares.FlopPerSecond.Keys.Where((_, i) => i % 2 == 1)];
            var coalition = Coalition.Largest(commitments, facts, ImmutableSortedDictionary<PartyId, int>.Empty);
            PartyId[] waiting = [.. commitments.Select(c => c.Party).Where(p => !coalition.Members.Contains(p)).Take(3)];
            foreach (var party in (PartyId?[])[null, .. waiting])
            {
                var start = Stopwatch.GetTimestamp();
                var limit = TimeSpan.FromSeconds(10);
                var answer = party is { } one
                    ? UnlockingSearch.ToBringIn(coalition, others, one, limit)
                    : UnlockingSearch.ToSetInMotion(coalition, others, limit);
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                (proven, impossible, stopped, most) = answer switch
                {
                    UnlockingSearch.Proven p => (proven + 1, impossible, stopped, Math.Max(most, p.Signers.Length)),
                    UnlockingSearch.Impossible => (proven, impossible + 1, stopped, most),
                    _ => (proven, impossible, stopped + 1, most),
                };
            }
        }

        seconds.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {parties} parties, ease {ease} | {seconds.Count} | {proven} | {impossible} | {stopped} | {most} | {seconds[seconds.Count / 2]:0.000} | {seconds[^1]:0.00} |"));
    }
}
