using CsCheck;
using Standstill.Protocol.Assurance;
using Standstill.Protocol.Balances;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>Whatever parties, meters and inspectors say, in whatever order.</summary>
public sealed class BalanceFoldPropertyTests
{
    private static readonly string[] ChainTypes = ["keys", "parties"];

    [Fact]
    public void No_sequence_of_statements_makes_the_fold_throw_and_each_leaves_the_world_in_order() => Gen.ULong.Sample(
        seed =>
        {
            var random = new RandomStatements(seed);
            var world = RandomStatements.Ground;
            for (var i = 0; i < 6; i++)
            {
                (world, _) = Fold.Apply(world, random.Next(world));
                InOrder(world);
            }

            _ = WorldDocument.DigestOf(world);
            _ = Findings.Of(world);
            _ = Reconciliation.Of(world);
        },
        seed: "0000KOIPe036",
        iter: 20_000);

    [Fact]
    public void Long_sequences_fold_again_to_the_same_digest_and_a_void_entry_changes_nothing_but_its_key_s_chain() => Gen.ULong.Sample(
        seed =>
        {
            var random = new RandomStatements(seed);
            var world = RandomStatements.Ground;
            var entries = new List<EntryReading>();
            for (var i = 0; i < 150; i++)
            {
                var entry = random.Next(world);
                entries.Add(entry);
                var (next, outcome) = Fold.Apply(world, entry);
                if (outcome is Outcome.Void)
                {
                    Assert.Equal(Bare(Fold.Advance(world, next.Now)), Bare(next));
                }

                world = next;
                InOrder(world);
            }

            var again = entries.Aggregate(RandomStatements.Ground, (w, e) => Fold.Apply(w, e).World);
            Assert.Equal(WorldDocument.DigestOf(world), WorldDocument.DigestOf(again));
            var later = world.Now.AddDays(100);
            Assert.Equal(WorldDocument.DigestOf(world.AsOf(later)), WorldDocument.DigestOf(world.AsOf(world.Now.AddDays(33)).AsOf(later)));
            _ = Findings.Of(world.AsOf(later));
        },
        seed: "0000KOIPe036",
        iter: 60);

    [Fact]
    public void Random_statements_reach_every_rule_with_and_without_effect()
    {
        var effective = new HashSet<string>(StringComparer.Ordinal);
        var refusals = new HashSet<string>(StringComparer.Ordinal);
        var alarms = new HashSet<string>(StringComparer.Ordinal);
        var (periods, sums, freed) = (0L, 0L, 0);
        for (ulong seed = 0; seed < 150; seed++)
        {
            var random = new RandomStatements(seed);
            var world = RandomStatements.Ground;
            for (var i = 0; i < 60; i++)
            {
                var entry = random.Next(world);
                (world, var outcome) = Fold.Apply(world, entry);
                if (outcome is Outcome.Void refused)
                {
                    refusals.Add(entry.Statement!.Type!.Name + " " + refused.Faults[0].Place);
                }
                else
                {
                    effective.Add(entry.Statement!.Type!.Name);
                }
            }

            periods += world.Areas.Values.Sum(a => a.Line.Periods);
            sums += world.PartyBalances.Values.Sum(b => b.Line.Periods);
            freed += world.Pacts[new PactId("standstill")].MembersBound.IsEmpty ? 1 : 0;
            alarms.UnionWith(world.Areas.Values.SelectMany(a => a.Line.Alarms).Select(a => a.Test));
        }

        Assert.Equal(
            [
                "area-counted", "assurance-assessed-v2", "balance-area", "balance-design", "challenge", "challenge-answered", "compute-digest",
                "hand-over-v2", "inspection-finding", "inspection-plan", "movement", "rental-commitments", "tick", "use-declared",
            ],
            effective.Order(StringComparer.Ordinal));
        Assert.True(periods > 300 && sums > 100 && freed > 20, $"{periods} {sums} {freed}");
        Assert.True(refusals.Count >= 30, string.Join('\n', refusals.Order(StringComparer.Ordinal)));
        Assert.True(alarms.Count >= 6, string.Join(' ', alarms));
    }

    private static void InOrder(World world)
    {
        // What is overdue is what is due by now, and every other deadline is waited for.
        Assert.True(world.Overdue.SetEquals(world.Areas.Values.Where(a => a.Due <= world.Now).Select(a => a.Key)));
        Assert.True(world.DigestsDue.SetEquals(world.Areas.Values.Where(a => a.Due > world.Now).Select(a => (a.Due!.Value, a.Key))));
        foreach (var area in world.Areas.Values)
        {
            Assert.True(area.Stock.Events.All(e => e.On > (area.BalancedTo ?? DateTimeOffset.MinValue) || e.On == area.BalancedTo));
            Assert.True(area.Digests.IsEmpty || area.Uses.IsEmpty);
            Assert.All(area.Line.Entries, e => Assert.True(e.Period.Present.Value >= 0 && e.Period.To - e.Period.From == area.Period));
            Assert.All(area.Line.Alarms, a => Assert.True(double.IsFinite(a.Statistic) && a.To <= world.Now));
        }

        foreach (var party in world.AreaNames.Keys)
        {
            var percent = world.Facts.Assurance.TryGetValue(party, out var judged) ? judged : -1;
            var isNil = world.Assessments.Any(a => a.Body.Party == party && a.Body.Percent == 0);
            Assert.True(Unsettled.Of(world, party, world.Now).IsEmpty ? percent != 0 || isNil : percent == 0);
        }
    }

    private static string Bare(World world)
    {
        var document = WorldDocument.Write(world with { Size = 0, VoidEntries = 0 });
        foreach (var chain in ChainTypes)
        {
            document.Remove(chain);
        }

        return document.ToJsonString();
    }
}
