using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts.Life;

public sealed class LiftingTests
{
    // L13: to 50 % after 30 days, to 20 % after 10 more, and to nothing after another 10.

    private static readonly PactLife InSteps = GivenLife.Plain with
    {
        Lifting = [new LiftingStep(50, TimeSpan.FromDays(30)), new LiftingStep(20, TimeSpan.FromDays(10))],
    };

    [Fact]
    public void The_release_level_of_the_trigger_ends_the_pause_where_the_terms_say_so()
    {
        Pact released = Releasing(GivenLife.InForce(null, ("a", "always")), 20);
        Assert.Equal(new PactStage.Released(Given.Day(20), ReleaseCause.Trigger), released.Stage);
        Assert.Equal(new Standing.Released(Given.Day(20)), released.Standing("a"));

        PactLife byMembers = GivenLife.Plain with { Release = new ReleaseRule(ByTrigger: false, MembersPercent: 100) };
        Assert.IsType<PactStage.InForce>(Releasing(GivenLife.InForce(byMembers, ("a", "always")), 20).Stage);
    }

    [Fact]
    public void So_many_of_the_members_end_the_pause_as_the_terms_ask_for()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always"), ("b", "always"), ("c", "always"), ("d", "always"));
        pact = pact.ReleaseBy(Given.Party("a"), Given.Day(20)).OrThrow().ReleaseBy(Given.Party("b"), Given.Day(20)).OrThrow();
        Assert.IsType<PactStage.InForce>(pact.Stage);

        pact = pact.ReleaseBy(Given.Party("c"), Given.Day(21)).OrThrow(); // 75 %

        Assert.Equal(new PactStage.Released(Given.Day(21), ReleaseCause.Members), pact.Stage);
        Assert.Equal("The pause is over: as many of the bound members agreed as the terms ask for.", pact.Told(21).Skip(1).First());
    }

    [Fact]
    public void Where_only_the_trigger_ends_the_pause_the_members_cannot() => GivenLife.Refused(
        PactRefusal.NotByMembers,
        GivenLife.InForce(GivenLife.Plain with { Release = new ReleaseRule(true, null) }, ("a", "always")).ReleaseBy(Given.Party("a"), Given.Day(20)));

    [Fact]
    public void A_release_while_preparing_ends_the_pact_with_nobody_bound()
    {
        Pact pact = Releasing(GivenLife.Called(InSteps, ("a", "always")), 3);

        Assert.IsType<PactStage.Released>(pact.Stage);
        Assert.Equal(new Standing.Lapsed(Given.Day(3)), pact.Standing("a"));
    }

    [Fact]
    public void A_release_in_notice_ends_the_pact_at_once_even_where_there_are_steps() =>
        Assert.IsType<PactStage.Released>(Releasing(GivenLife.Called(InSteps, ("a", "always")).Readying("a", 3), 4).Stage);

    [Fact]
    public void A_pause_is_lifted_step_by_step()
    {
        Pact pact = Releasing(GivenLife.InForce(InSteps, ("a", "always")), 20);

        Assert.Equal(100, Assert.Single(pact.Until(49.9).Obligations).Degree);
        Assert.Equal(50, Assert.Single(pact.Until(50).Obligations).Degree);
        Assert.Equal(20, Assert.Single(pact.Until(60).Obligations).Degree);
        Assert.Equal(Given.Start.AddDays(70), pact.Until(60).NextDeadline);
        Assert.IsType<PactStage.Released>(pact.Until(70).Stage);
        Assert.All(new[] { 20, 50, 60 }, day => Assert.Equal(Given.Start.AddDays(70), pact.Until(day).Obligations[0].Until));
    }

    [Fact]
    public void The_maximum_duration_starts_the_lifting_too_and_obligations_say_when_it_ends()
    {
        Pact pact = GivenLife.InForce(InSteps, ("a", "always"));
        Assert.Equal(Given.Start.AddDays(240), pact.Obligations[0].Until);

        Assert.Equal(ReleaseCause.MaximumDuration, Assert.IsType<PactStage.Lifting>(pact.Until(190).Stage).How);
        Assert.IsType<PactStage.Released>(pact.Until(240).Stage);
    }

    [Fact]
    public void Who_slows_by_less_than_the_step_asks_goes_on_as_before()
    {
        Pact called = GivenLife.Opened(InSteps).Promising("a", 1, (30, "always")).Calling(2);

        Assert.Equal(30, Releasing(called.Readying("a", 3).Until(10), 20).Until(50).Obligations[0].Degree);
    }

    [Fact]
    public void Nobody_commits_or_ends_the_pause_while_it_is_being_lifted()
    {
        Pact pact = Releasing(GivenLife.InForce(InSteps, ("a", "always")), 20);

        GivenLife.Refused(PactRefusal.BeingLifted, pact.Commit(Given.Party("b"), Given.Condition("always"), Given.Day(21)));
        GivenLife.Refused(PactRefusal.BeingLifted, pact.ReleaseBy(Given.Party("a"), Given.Day(21)));
    }

    [Fact]
    public void The_lifting_undoes_nobody_s_condition() =>
        Assert.Equal("a b", Releasing(GivenLife.InForce(InSteps, ("a", "all of b"), ("b", "all of a")), 20).Until(60).Bound());

    [Fact]
    public void A_breach_in_the_lifting_cascades_and_the_end_comes_early_when_nobody_is_left()
    {
        var run = new AllegationId("run-9");
        Pact pact = Releasing(GivenLife.InForce(InSteps, ("a", "all of b"), ("b", "all of a")), 20)
            .Allege(run, Given.Party("z"), Given.Party("a"), "a run", Given.Day(21)).OrThrow()
            .Rule(run, Ruling.Upheld, Given.Day(22)).OrThrow().Until(36);

        Assert.IsType<Standing.InBreach>(pact.Standing("a"));
        Assert.IsType<Standing.Lapsed>(pact.Standing("b"));
        Assert.Equal(ReleaseCause.Trigger, Assert.IsType<PactStage.Released>(pact.Stage).How);
    }

    private static Pact Releasing(Pact pact, double day) => pact.Observe(Verdict.NotMet, Verdict.Met, PartyFacts.None, Given.Day(day));
}
