using System.Collections.Immutable;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts.Life;

public sealed class SuccessionTests
{
    // L15

    private static readonly AllegationId Run = new("run-9");

    [Fact]
    public void A_merged_party_s_commitment_and_standing_pass_to_its_successor()
    {
        Pact pact = Succeeding(GivenLife.InForce(null, ("a", "all of b"), ("b", "all of a")), "a", ["n"]);

        Assert.Equal("b n", pact.Bound()); // b asked for a, in whose place n stands
        Assert.Equal(new Standing.Bound(Given.Day(3)), pact.Standing("n"));
        Assert.Equal("all of b", pact.Members[Given.Party("n")].Commitment.ToString());
        Assert.Equal(new Standing.Succeeded(Given.Day(20), [Given.Party("n")]), pact.Standing("a"));
        Assert.Equal("n stands in the place of a.", pact.Told(20).Single());
    }

    [Fact]
    public void It_just_ends_where_the_successor_has_a_commitment_of_its_own()
    {
        Pact pact = Succeeding(GivenLife.InForce(null, ("a", "always"), ("b", "all of a"), ("n", "always")), "a", ["n"]);

        Assert.Equal("b n", pact.Bound());
        Assert.Equal("always", pact.Members[Given.Party("n")].Commitment.ToString());
    }

    [Fact]
    public void A_split_party_s_commitment_passes_to_every_successor_and_its_name_holds_while_all_are_in()
    {
        Pact pact = Succeeding(GivenLife.InForce(null, ("a", "always"), ("b", "all of a")), "a", ["m", "n"]);
        Assert.Equal("b m n", pact.Bound());

        pact = pact.Withdraw(Given.Party("m"), Given.Day(70)).OrThrow().Until(100);

        Assert.Equal("n", pact.Bound());
    }

    [Fact]
    public void A_party_from_which_a_part_is_split_off_keeps_its_own_commitment()
    {
        Pact pact = Succeeding(GivenLife.InForce(null, ("a", "always")), "a", ["a", "n"]);

        Assert.Equal("a n", pact.Bound());
        Assert.Equal(new Standing.Bound(Given.Day(3)), pact.Standing("a"));
    }

    [Fact]
    public void What_is_alleged_passes_too_and_every_successor_answers_for_it()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always"), ("c", "always")).Allege(Run, Given.Party("z"), Given.Party("a"), "a run", Given.Day(19)).OrThrow();
        pact = Succeeding(pact, "a", ["m", "n"]);
        Assert.Equal("m n", Given.Names(pact.Allegations[Run].Answering));

        pact = pact.Rule(Run, Ruling.Upheld, Given.Day(21)).OrThrow();
        Assert.IsType<Standing.InCure>(pact.Standing("m"));

        pact = pact.Until(35);

        Assert.Equal("c", pact.Bound());
        Assert.IsType<Standing.InBreach>(pact.Standing("n"));
    }

    [Fact]
    public void A_cure_period_that_runs_goes_on_for_a_bound_party_that_takes_over_the_accused()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always"), ("n", "always"))
            .Allege(Run, Given.Party("z"), Given.Party("a"), "a run", Given.Day(18)).OrThrow().Rule(Run, Ruling.Upheld, Given.Day(19)).OrThrow();

        Assert.Equal(new Standing.InCure(Given.Day(3), Given.Start.AddDays(33)), Succeeding(pact, "a", ["n"]).Standing("n"));
    }

    [Fact]
    public void A_merger_while_preparing_makes_every_confirmation_void_since_the_hash_names_parties()
    {
        Pact called = GivenLife.Called(null, ("a", "all of b"), ("b", "all of a")).Readying("a", 3);

        Pact pact = Succeeding(called, "a", ["n"], 4);

        Assert.Equal("b n", pact.Pledged());
        Assert.All(pact.Members.Values.Where(m => m.IsPledged), m => Assert.IsType<Standing.Pledged>(m.Standing));
        Assert.NotEqual(called.CoalitionHash, pact.CoalitionHash);
    }

    [Fact]
    public void A_breach_passes_too_so_that_a_merger_is_no_way_around_probation()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always"), ("c", "always"))
            .Allege(Run, Given.Party("z"), Given.Party("a"), "a run", Given.Day(11)).OrThrow().Rule(Run, Ruling.Upheld, Given.Day(12)).OrThrow().Until(26);

        pact = Succeeding(pact, "a", ["n"], 27).Promising("n", "always", 28);

        Assert.Equal(Given.Start.AddDays(208), pact.Members[Given.Party("n")].ProbationUntil);
    }

    [Fact]
    public void What_is_bound_passes_even_where_the_successor_waits_by_a_commitment_of_its_own()
    {
        Pact pact = Succeeding(GivenLife.InForce(null, ("a", "all of b"), ("b", "all of a")).Promising("n", "all of z", 15), "a", ["n"]);

        Assert.Equal("b n", pact.Bound());
        Assert.Equal("all of b", pact.Members[Given.Party("n")].Commitment.ToString());
    }

    [Fact]
    public void In_a_pact_of_version_1_a_successor_s_own_commitment_stands_whatever_passes()
    {
        Pact pact = Pact.Open(new PactId("hold"), Given.Terms, Given.Party("a"), Given.Day(0))
            .Promising("a", "always", 1).Promising("b", "always", 1).Promising("n", "all of z", 1);
        Assert.Equal("a b", pact.Bound());

        pact = Succeeding(pact, "a", ["n"]);

        Assert.Equal("b", pact.Bound());
        Assert.Equal("n", pact.Waiting());
    }

    [Fact]
    public void What_waits_does_not_pass_where_the_successor_is_bound()
    {
        Pact pact = Succeeding(GivenLife.InForce(null, ("b", "always"), ("n", "always")).Promising("a", "all of z", 15), "a", ["n"]);

        Assert.Equal("b n", pact.Bound());
        Assert.Equal("always", pact.Members[Given.Party("n")].Commitment.ToString());
    }

    [Fact]
    public void A_party_in_breach_that_takes_over_a_bound_member_is_bound_as_that_was_so_that_who_relies_on_it_still_can()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always"), ("b", "all of c"), ("c", "always"))
            .Allege(Run, Given.Party("z"), Given.Party("a"), "a run", Given.Day(11)).OrThrow().Rule(Run, Ruling.Upheld, Given.Day(12)).OrThrow().Until(26);

        pact = Succeeding(pact, "c", ["a"], 27);

        Assert.Equal("a b", pact.Bound());
        Assert.Null(pact.Members[Given.Party("a")].ProbationUntil);
    }

    [Fact]
    public void A_party_that_dropped_out_and_takes_over_a_pledged_member_is_on_probation()
    {
        Pact pact = GivenLife.Called(null, ("a", "always"), ("b", "all of a")).Readying("b", 3).Until(9).Promising("c", "always", 10);
        Assert.Equal("c", pact.Pledged());

        pact = Succeeding(pact, "c", ["a"], 11);

        Assert.Equal("a", pact.Pledged());
        Assert.Equal(Given.Start.AddDays(191), pact.Members[Given.Party("a")].ProbationUntil);
    }

    [Fact]
    public void A_suspicion_stays_with_a_party_that_takes_over_a_bound_member()
    {
        // a is freed on day 65, when both it and c fall silent; b has shown what it owed.
        PactLife life = GivenLife.Plain with { Silence = TimeSpan.FromDays(5), Owed = [new Duty(DutyKind.Balance, TimeSpan.FromDays(50))] };
        Pact pact = GivenLife.Opened(life).Verifying(1, ("a", 60), ("c", 60))
            .Promising("a", Condition.Parse("all of c with assurance at least 50%", ConditionVersion.Two).OrThrow(), 1).Promising("b", "always", 1).Promising("c", "always", 1).Calling(2)
            .Readying("a", 3).Readying("b", 3).Readying("c", 3).Shown("b", DutyKind.Balance, 50).Until(65);
        Assert.Equal("a", pact.Waiting());

        pact = Succeeding(pact, "b", ["a"], 70);

        Assert.Equal(new Standing.Suspected(Given.Day(3), Given.Start.AddDays(79)), pact.Standing("a"));
        Assert.IsType<Standing.InBreach>(pact.Until(79).Standing("a"));
    }

    [Fact]
    public void A_breach_is_not_forgotten_by_taking_over_a_party_that_has_withdrawn()
    {
        // d has dropped out, come back on probation and withdrawn; a is in breach on day 32.
        Pact pact = GivenLife.Called(null, ("a", "always"), ("c", "always"), ("d", "always")).Readying("a", 3).Readying("c", 3).Until(16)
            .Promising("d", "all of z", 17).Withdraw(Given.Party("d"), Given.Day(17.5)).OrThrow()
            .Allege(Run, Given.Party("z"), Given.Party("a"), "a run", Given.Day(17.5)).OrThrow().Rule(Run, Ruling.Upheld, Given.Day(18)).OrThrow().Until(32);

        pact = Succeeding(pact, "d", ["a"], 33);

        Assert.IsType<Standing.Succeeded>(pact.Standing("d"));
        Assert.IsType<Standing.InBreach>(pact.Standing("a"));
        Assert.Equal(Given.Start.AddDays(214), pact.Promising("a", "always", 34).Members[Given.Party("a")].ProbationUntil);
    }

    [Fact]
    public void What_is_owed_is_counted_from_the_old_party_s_evidence()
    {
        Pact pact = GivenLife.InForce(GivenLife.Watched, ("a", "always")).Shown("a", DutyKind.Heartbeat, 11);

        Assert.Equal(Given.Start.AddDays(12), Succeeding(pact, "a", ["n"], 11.5).Obligations[0].Due[0].By);
    }

    [Fact]
    public void A_merger_of_parties_that_never_committed_changes_nothing()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always"));

        Assert.Same(pact, pact.Succeed(Given.Party("x"), [Given.Party("y")], Given.Day(20)));
    }

    private static Pact Succeeding(Pact pact, string old, ImmutableArray<string> successors, double day = 20)
    {
        ImmutableSortedSet<PartyId> names = [.. successors.Select(Given.Party)];
        return pact.Succeed(Given.Party(old), names, Given.Day(day))
            .Seeing(day, f => f with { Successors = PartyFacts.None.Successors.Add(Given.Party(old), names) });
    }
}
