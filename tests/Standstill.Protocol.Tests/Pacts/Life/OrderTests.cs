using System.Collections.Immutable;
using CsCheck;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts.Life;

public sealed class OrderTests
{
    // L22

    [Fact]
    public void The_order_of_commitments_before_the_call_does_not_matter() =>
        Gen.Select(Conditions.Random.Array[8], Gen.Shuffle(Conditions.Parties.ToArray()), Conditions.Shares, Gen.Int[0, 100]).Hold(1_000, (conditions, order, shares, _) =>
        {
            Pact opened = GivenLife.Opened().Seeing(0, _ => PartyFacts.Of(shares));
            ImmutableSortedDictionary<PartyId, Condition> by = Conditions.Parties.Zip(conditions).ToImmutableSortedDictionary(c => c.First, c => c.Second);

            Assert.Equal(
                Standings(Conditions.Parties.Aggregate(opened, (pact, p) => pact.Commit(p, by[p], Given.Day(1)).OrThrow()).Calling(2)),
                Standings(order.Aggregate(opened, (pact, p) => pact.Commit(p, by[p], Given.Day(1)).OrThrow()).Calling(2)));
        });

    [Fact]
    public void The_order_of_confirmations_does_not_matter() =>
        Gen.Select(Conditions.Random.Array[8], Gen.Shuffle(Conditions.Parties.ToArray()), Conditions.Shares, Gen.Int[0, 8]).Hold(1_000, (conditions, order, shares, few) =>
        {
            Pact called = Conditions.Parties.Zip(conditions).Aggregate(
                GivenLife.Opened().Seeing(0, _ => PartyFacts.Of(shares)),
                (pact, c) => pact.Commit(c.First, c.Second, Given.Day(1)).OrThrow()).Calling(2);
            PartyId[] ready = [.. order.Where(p => called.MembersPledged.Contains(p)).Take(few)];

            Assert.Equal(Standings(Confirming(called, ready).Until(9)), Standings(Confirming(called, [.. ready.Order()]).Until(9)));
        });

    [Fact]
    public void The_order_of_evidence_shown_does_not_matter()
    {
        (string, DutyKind)[] shown = [("a", DutyKind.Heartbeat), ("b", DutyKind.Heartbeat), ("a", DutyKind.Inspection), ("b", DutyKind.Inspection)];
        PactLife life = GivenLife.Watched with { Owed = [new Duty(DutyKind.Heartbeat, TimeSpan.FromDays(1)), new Duty(DutyKind.Inspection, TimeSpan.FromDays(2))] };
        Pact suspected = GivenLife.InForce(life, ("a", "always"), ("b", "all of a")).Until(18);
        string expected = Standings(Showing(suspected, shown));
        Assert.Contains("a Bound", expected, StringComparison.Ordinal);

        Gen.Shuffle(shown).Hold(24, order => Assert.Equal(expected, Standings(Showing(suspected, order))));
    }

    [Fact]
    public void Who_leaves_at_the_instant_at_which_the_preparation_ends_is_never_bound()
    {
        Pact pact = GivenLife.Armed(null, ("a", "always"), ("b", "always"), ("c", "all of a"), ("d", "always"))
            .Withdraw(Given.Party("a"), Given.Day(1)).OrThrow().Calling(24)
            .Readying("a", 25).Readying("b", 25).Readying("c", 25).Until(31);

        Assert.IsType<Standing.Withdrawn>(pact.Standing("a"));
        Assert.DoesNotContain(pact.History, t => t.What is PactChange.BoundTogether together && together.Members.Contains(Given.Party("a")));
    }

    [Fact]
    public void A_cure_period_that_ends_with_the_pause_ends_in_breach()
    {
        var run = new AllegationId("run-9");
        Pact pact = GivenLife.InForce(null, ("a", "always"), ("b", "always"))
            .Allege(run, Given.Party("z"), Given.Party("a"), "a run", Given.Day(170)).OrThrow()
            .Rule(run, Ruling.Upheld, Given.Day(176)).OrThrow().Until(190);

        Assert.IsType<Standing.InBreach>(pact.Standing("a"));
        Assert.IsType<Standing.Released>(pact.Standing("b"));
    }

    private static Pact Confirming(Pact pact, IEnumerable<PartyId> ready) => ready.Aggregate(pact, (next, p) => next.Readying(p.Value, 3));

    private static Pact Showing(Pact pact, IEnumerable<(string Party, DutyKind Kind)> shown) =>
        shown.Aggregate(pact, (next, s) => next.Shown(s.Party, s.Kind, 18));

    private static string Standings(Pact pact) =>
        pact.Stage.GetType().Name + ": " + string.Join(", ", pact.Members.Select(m => $"{m.Key} {m.Value.Standing.GetType().Name} {m.Value.Degree}"));
}
