using System.Text;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol.Tests.Pacts.Life;

public sealed class PreparationTests
{
    private static readonly (string, string)[] Three = [("a", "all of b, c"), ("b", "all of a"), ("c", "always")];

    // L1

    [Fact]
    public void A_party_that_commits_while_a_coalition_is_being_prepared_waits_and_is_no_part_of_the_hash()
    {
        Pact called = GivenLife.Called(null, Three);

        Pact pact = called.Promising("d", "always", 3);

        Assert.Equal("d", pact.Waiting());
        Assert.Equal(called.CoalitionHash, pact.CoalitionHash);
    }

    [Fact]
    public void Who_committed_while_the_coalition_was_being_prepared_is_bound_in_the_same_instant_after_all_are()
    {
        Pact pact = GivenLife.Called(null, ("a", "all of b"), ("b", "all of a")).Promising("d", "all of a", 3).Readying("a", 4).Readying("b", 5);

        Assert.Equal("a b d", pact.Bound());
        Assert.Equal(
            [
                "b confirmed that it is ready.",
                "a and b are bound together, at one instant. The pause begins at 2027-03-13 12:00:00 UTC.",
                "d is bound as well.",
            ],
            pact.Told(5));
    }

    [Fact]
    public void Who_commits_in_notice_or_in_force_is_bound_at_once_for_the_commitment_is_its_readiness()
    {
        Pact notice = GivenLife.Called(null, ("a", "always")).Readying("a", 3).Promising("d", "all of a", 4);
        Assert.Equal(new Standing.Bound(Given.Day(4)), notice.Standing("d"));

        Pact pact = notice.Until(10).Promising("e", "all of a, d", 20).Promising("f", "all of z", 21);

        Assert.Equal("a d e", pact.Bound());
        Assert.Equal("f", pact.Waiting());
    }

    [Fact]
    public void Nobody_commits_twice() =>
        GivenLife.Refused(PactRefusal.AlreadyCommitted, GivenLife.Called(null, Three).Commit(Given.Party("a"), Given.Condition("always"), Given.Day(3)));

    [Fact]
    public void A_pact_of_version_1_takes_no_commitment_by_degrees()
    {
        Pact first = Pact.Open(new PactId("hold"), Given.Terms, Given.Party("a"), Given.Day(0));

        GivenLife.Refused(
            PactRefusal.NeedsVersionTwo,
            first.Commit(Given.Party("a"), [new CommitmentStep(50, Given.Condition("always"))], Given.Day(1)));
    }

    // L2

    [Fact]
    public void The_members_of_an_armed_pact_are_pledged_and_nobody_is_bound()
    {
        Pact pact = GivenLife.Armed(null, Three);

        Assert.Equal(new PactStage.Armed(Given.Day(1)) { Pledged = true }, pact.Stage);
        Assert.Equal("a b c", pact.Pledged());
        Assert.Empty(pact.MembersBound);
        Assert.Empty(pact.Obligations);
    }

    [Fact]
    public void A_pledged_party_whose_condition_fails_since_the_facts_change_waits_again()
    {
        Pact pact = GivenLife.Opened()
            .Seeing(1, _ => PartyFacts.Of(Given.Compute(("a", 6), ("b", 2), ("z", 4))))
            .Promising("a", "at least 50% of accounted compute", 1).Promising("b", "always", 1);
        Assert.Equal("a b", pact.Pledged());

        pact = pact.Seeing(2, _ => PartyFacts.Of(Given.Compute(("a", 6), ("b", 2), ("z", 14))));

        Assert.Equal("b", pact.Pledged());
        Assert.Equal("a", pact.Waiting());
    }

    [Fact]
    public void A_party_is_pledged_by_its_highest_step_that_holds()
    {
        Pact pact = GivenLife.Opened().Promising("a", 1, (50, "all of b"), (100, "all of b, c")).Promising("b", "all of a", 1);
        Assert.Empty(pact.MembersPledged); // b asks for a stop, and a stops only with c

        pact = pact.Promising("c", "always", 2);
        Assert.Equal("a b c", pact.Pledged());

        pact = GivenLife.Opened().Promising("a", 1, (50, "all of b"), (100, "all of b, c")).Promising("b", "always", 1);
        Assert.Equal(50, pact.Members[Given.Party("a")].Degree);
        Assert.Contains("a committed to slow by 50% when `all of b` and to stop when `all of b, c`.", pact.Told(0));
    }

    // L3

    [Fact]
    public void The_call_starts_the_time_to_prepare_and_binds_nobody()
    {
        Pact pact = GivenLife.Called(null, Three);

        Assert.Equal(new PactStage.Preparing(Given.Day(2), pact.CoalitionHash!.Value, Given.Start.AddDays(9)), pact.Stage);
        Assert.Equal(Given.Start.AddDays(9), pact.NextDeadline);
        Assert.Empty(pact.MembersBound);
    }

    [Fact]
    public void A_pact_is_not_called_while_the_release_level_is_met() =>
        Assert.IsType<PactStage.Armed>(GivenLife.Armed(null, Three).Observe(Verdict.Met, Verdict.Met, PartyFacts.None, Given.Day(2)).Stage);

    [Fact]
    public void The_hash_is_over_the_canonical_json_of_the_pact_and_of_each_member_s_degree_and_commitment()
    {
        Pact pact = GivenLife.Opened().Promising("b", 1, (50, "all of a")).Promising("a", "always", 1).Observing(Verdict.Met, 2);

        string json = """{"members":[{"commitment":11,"degree":100,"party":"a"},{"commitment":11,"degree":50,"party":"b"}],"pact":"hold"}""";
        Assert.Equal(Digest.Of(Encoding.UTF8.GetBytes(json)), pact.CoalitionHash);
    }

    [Fact]
    public void There_is_a_hash_only_while_a_coalition_is_being_prepared()
    {
        Assert.Null(GivenLife.Armed(null, Three).CoalitionHash);
        Assert.Null(GivenLife.InForce(null, Three).CoalitionHash);
    }

    // L4

    [Fact]
    public void A_confirmation_is_refused_when_nothing_is_prepared_by_strangers_and_twice()
    {
        Pact called = GivenLife.Called(null, Three).Promising("w", "always", 3);
        Digest hash = called.CoalitionHash!.Value;

        GivenLife.Refused(PactRefusal.NotPreparing, GivenLife.Armed(null, Three).Ready(Given.Party("a"), hash, Given.Day(2)));
        GivenLife.Refused(PactRefusal.NotPledged, called.Ready(Given.Party("z"), hash, Given.Day(3)));
        GivenLife.Refused(PactRefusal.NotPledged, called.Ready(Given.Party("w"), hash, Given.Day(3)));
        GivenLife.Refused(PactRefusal.AlreadyReady, called.Readying("a", 3).Ready(Given.Party("a"), hash, Given.Day(4)));
    }

    [Fact]
    public void A_confirmation_of_another_coalition_is_refused_and_told_the_present_one()
    {
        Pact called = GivenLife.Called(null, Three);
        var other = Digest.Of("another"u8);

        PactOutcome.Refused refused = GivenLife.Refused(PactRefusal.OtherCoalition, called.Ready(Given.Party("a"), other, Given.Day(3)));

        Assert.Equal($"the coalition that is being prepared is `{called.CoalitionHash}`, not `{other}`", refused.Message);
    }

    // L5

    [Fact]
    public void All_are_bound_at_the_one_entry_at_which_the_last_is_ready()
    {
        Pact pact = GivenLife.Called(null, Three).Readying("a", 3).Readying("c", 4);
        Assert.Empty(pact.MembersBound);
        Assert.Equal(new Standing.Ready(Given.Day(3)), pact.Standing("a"));

        pact = pact.Readying("b", 5);

        Assert.All(pact.Members.Values, m => Assert.Equal(new Standing.Bound(Given.Day(5)), m.Standing));
        Assert.Equal(new PactStage.InNotice(Given.Day(5), Given.Start.AddDays(12)), pact.Stage);
    }

    [Fact]
    public void Without_notice_the_pause_holds_in_the_instant_in_which_all_are_bound()
    {
        Pact pact = Pact.Open(
            new PactId("at-once"),
            Standstill.Protocol.Pacts.Terms.PactTerms.Check("At once", Given.Terms.Scope, Given.Terms.Trigger, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, null).OrThrow() with { Life = GivenLife.Plain },
            Given.Party("a"),
            Given.Day(0));
        pact = pact.Promising("a", "always", 1).Observing(Verdict.Met, 2).Readying("a", 3);

        Assert.Equal(new PactStage.InForce(Given.Day(3), null), pact.Stage);
    }

    // L6

    [Fact]
    public void Who_is_not_ready_at_the_deadline_drops_out_and_those_who_relied_on_it_are_free()
    {
        Pact pact = GivenLife.Called(null, ("a", "all of b"), ("b", "all of a"), ("c", "always"), ("d", "all of c"))
            .Readying("b", 3).Readying("c", 3).Readying("d", 3).Until(9);

        Assert.IsType<Standing.DroppedOut>(pact.Standing("a"));
        Assert.IsType<Standing.Waiting>(pact.Standing("b"));
        Assert.Equal("c d", pact.Bound());
        Assert.Equal(
            [
                "a did not confirm in time and drops out.",
                "b is free: `all of a` fails without a.",
                "c and d are bound together, at one instant. The pause begins at 2027-03-17 12:00:00 UTC.",
            ],
            pact.Told(9));
    }

    [Fact]
    public void Who_had_confirmed_a_coalition_that_changed_too_late_for_another_confirmation_drops_out_without_probation()
    {
        // b, pledged, has given notice before the call, and leaves at the very instant of the deadline.
        Pact pact = GivenLife.Armed(null, ("a", "always"), ("b", "always"), ("c", "always"), ("d", "always")).Until(2)
            .Withdraw(Given.Party("b"), Given.Day(2)).OrThrow().Calling(25)
            .Readying("a", 26).Readying("b", 26).Until(32);

        Assert.IsType<Standing.DroppedOut>(pact.Standing("a"));
        Assert.IsType<Standing.DroppedOut>(pact.Standing("c"));
        pact = pact.Promising("a", "always", 33).Promising("c", "always", 33);
        Assert.Null(pact.Members[Given.Party("a")].ProbationUntil);
        Assert.Equal(Given.Start.AddDays(213), pact.Members[Given.Party("c")].ProbationUntil);
    }

    [Fact]
    public void To_have_confirmed_before_a_commitment_was_withdrawn_is_nothing_to_the_next_preparation()
    {
        // a confirms in vain, is free when b leaves, and drops out of the next preparation, which it never confirmed.
        Pact pact = GivenLife.Armed(null, ("a", "all of b"), ("b", "always")).Withdraw(Given.Party("b"), Given.Day(2)).OrThrow().Calling(28)
            .Readying("a", 29).Until(32).Promising("b", "always", 33);
        Assert.Equal("a b", pact.Pledged());

        pact = pact.Readying("b", 34).Until(40).Promising("a", "always", 41);

        Assert.Equal(Given.Start.AddDays(221), pact.Members[Given.Party("a")].ProbationUntil);
    }

    [Fact]
    public void Nobody_is_bound_alone_when_the_other_did_not_confirm()
    {
        Pact pact = GivenLife.Called(null, ("a", "all of b"), ("b", "all of a")).Readying("b", 3).Until(9);

        Assert.Empty(pact.MembersBound);
        Assert.IsType<PactStage.Open>(pact.Stage);
        Assert.Equal("b", pact.Waiting());
    }

    [Fact]
    public void A_pact_whose_preparation_failed_arms_and_is_called_again_when_those_who_wait_form_a_coalition()
    {
        Pact pact = GivenLife.Called(null, ("a", "always"), ("b", "all of a")).Promising("c", "all of b or all of d", 3).Promising("d", "all of c", 3).Until(9);

        Assert.Equal("c d", pact.Pledged());
        Assert.Equal(Given.Start.AddDays(16), Assert.IsType<PactStage.Preparing>(pact.Stage).Until);
        Assert.IsType<Standing.DroppedOut>(pact.Standing("a"));
    }

    [Fact]
    public void A_confirmation_at_the_instant_of_the_deadline_is_too_late() => GivenLife.Refused(
        PactRefusal.NotPreparing,
        GivenLife.Called(null, ("a", "always")) is var called ? called.Ready(Given.Party("a"), called.CoalitionHash!.Value, Given.Day(9)) : throw new InvalidOperationException());

    // L7

    [Fact]
    public void When_a_condition_fails_while_preparing_the_coalition_is_taken_again_and_every_confirmation_is_void()
    {
        Pact called = GivenLife.Opened()
            .Seeing(1, _ => PartyFacts.Of(Given.Compute(("a", 6), ("z", 4))))
            .Promising("a", "at least 60% of accounted compute", 1).Promising("b", "always", 1).Promising("c", "all of b", 1)
            .Observing(Verdict.Met, 2).Readying("b", 3);
        Digest before = called.CoalitionHash!.Value;

        Pact pact = called.Seeing(4, _ => PartyFacts.Of(Given.Compute(("a", 6), ("z", 9))));

        Assert.Equal("b c", pact.Pledged());
        Assert.Equal(new Standing.Pledged(Given.Day(4)), pact.Standing("b"));
        Assert.NotEqual(before, pact.CoalitionHash);
        Assert.Equal(Given.Start.AddDays(9), Assert.IsType<PactStage.Preparing>(pact.Stage).Until);
        GivenLife.Refused(PactRefusal.OtherCoalition, pact.Ready(Given.Party("b"), before, Given.Day(5)));
    }

    [Fact]
    public void A_coalition_that_is_being_prepared_does_not_grow()
    {
        Pact called = GivenLife.Opened()
            .Seeing(1, _ => PartyFacts.Of(Given.Compute(("a", 5), ("z", 5))))
            .Promising("a", 1, (50, "always"), (100, "at least 50% of accounted compute")).Promising("b", "all of z", 1)
            .Seeing(1, _ => PartyFacts.Of(Given.Compute(("a", 5), ("z", 9)))).Observing(Verdict.Met, 2);
        Assert.Equal(50, called.Members[Given.Party("a")].Degree);

        Pact pact = called.Promising("z", "always", 3).Seeing(4, _ => PartyFacts.Of(Given.Compute(("a", 9), ("z", 1))));
        Assert.Equal(called.CoalitionHash, pact.CoalitionHash);
        Assert.Equal("b z", pact.Waiting());

        pact = pact.Readying("a", 5);

        Assert.Equal("a b z", pact.Bound());
        Assert.Equal(100, pact.Members[Given.Party("a")].Degree);
    }

    [Fact]
    public void A_withdrawal_notice_that_ends_while_preparing_takes_its_party_out_of_the_coalition()
    {
        Pact pact = GivenLife.Armed(null, Three).Withdraw(Given.Party("c"), Given.Day(1)).OrThrow().Observing(Verdict.Met, 28);
        Digest before = pact.CoalitionHash!.Value;
        Assert.Equal("a b c", pact.Pledged());

        pact = pact.Until(31);

        Assert.Null(pact.CoalitionHash); // a asked for c, and b for a
        Assert.Equal("a b", pact.Waiting());
        Assert.NotEqual(default, before);
    }
}
