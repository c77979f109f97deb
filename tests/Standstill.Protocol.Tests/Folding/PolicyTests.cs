using Standstill.Protocol.Pacts;
using Standstill.Protocol.Triggers;
using Standstill.Testing;

using static Standstill.Protocol.Tests.Folding.RegistryTests;

namespace Standstill.Protocol.Tests.Folding;

/// <summary>Triggers and pacts as the world composes them.</summary>
public sealed class PolicyTests
{
    private static readonly PactId PauseId = new("pause");

    [Fact]
    public void A_trigger_is_policy_only_once_every_constituency_has_voted_for_it()
    {
        var story = PactStory.Founded().Tell("ash.key", "trigger-proposed", new { trigger = "other", text = PactStory.Trigger, rationale = "r" })
            .Tell("juniper.key", "trigger-voted", new { trigger = "other", version = 1, choice = "adopt" })
            .Tell("hazel.key", "trigger-voted", new { trigger = "other", version = 1, choice = "adopt" });

        Refused(story.Say("hazel.key", "trigger-adopted", new { trigger = "other", version = 1 }), "the panel has not adopted it");
        story.Tell("ivy.key", "trigger-voted", new { trigger = "other", version = 1, choice = "reject" });
        Refused(story.Say("hazel.key", "trigger-adopted", new { trigger = "other", version = 1 }), "the panel has not adopted it");
        story.Tell("ivy.key", "trigger-voted", new { trigger = "other", version = 1, choice = "adopt" });
        Scenario.Expect(story.Say("hazel.key", "trigger-adopted", new { trigger = "other", version = 1 }));
    }

    [Fact]
    public void The_votes_of_a_member_who_lost_accreditation_do_not_count()
    {
        var story = PactStory.Founded().Tell("ash.key", "trigger-proposed", new { trigger = "other", text = PactStory.Trigger, rationale = "r" });
        foreach (var member in new[] { "hazel", "ivy", "juniper" })
        {
            story.Tell(member + ".key", "trigger-voted", new { trigger = "other", version = 1, choice = "adopt" });
        }

        story.Tell("operator", "accreditation", new { party = "ivy", accredited = false, reason = "r" });
        Refused(story.Say("hazel.key", "trigger-adopted", new { trigger = "other", version = 1 }), "the panel has not adopted it");
    }

    [Fact]
    public void Versions_follow_one_another_and_the_later_supersedes()
    {
        var story = PactStory.Founded();
        Refused(story.Say("ash.key", "trigger-proposed", new { trigger = "long-work", text = PactStory.Trigger, rationale = "r" }), "version 1 does not follow version 1");
        story.Tell("ash.key", "trigger-proposed", new { trigger = "long-work", text = PactStory.Trigger.Replace("version 1", "version 2"), rationale = "r" });
        foreach (var member in new[] { "hazel", "ivy", "juniper" })
        {
            story.Tell(member + ".key", "trigger-voted", new { trigger = "long-work", version = 2, choice = "adopt" });
        }

        story.Tell("ivy.key", "trigger-adopted", new { trigger = "long-work", version = 2 });
        Assert.Equal(TriggerStage.Superseded, story.World.Triggers[(new TriggerId("long-work"), 1)].Stage);
        Assert.Equal(2, story.World.Adopted(new TriggerId("long-work"))!.Trigger.Version);
    }

    [Fact]
    public void All_are_bound_at_the_entry_of_the_last_commitment_and_nobody_before()
    {
        var story = PactStory.Founded()
            .Tell("ash.key", "commitment", new { pact = "pause", condition = "all of birch and at least 60% of accounted compute" })
            .Tell("cedar.key", "commitment", new { pact = "pause", condition = "all of ash, birch" });
        Assert.Empty(story.World.Pacts[PauseId].MembersBound);

        story.Tell("birch.key", "commitment", new { pact = "pause", condition = "at least 1 of ash, cedar" });
        var pact = story.World.Pacts[PauseId];
        Assert.Equal([new PartyId("ash"), new PartyId("birch"), new PartyId("cedar")], pact.MembersBound);
        Assert.All(pact.Members.Values, m => Assert.Equal(story.World.Size - 1, m.Standing.Since.Entry.Value));
    }

    [Fact]
    public void A_commitment_names_enrolled_parties_only() =>
        Refused(PactStory.Founded().Say("ash.key", "commitment", new { pact = "pause", condition = "all of birch, nobody-known" }), "`nobody-known` is not a party");

    [Fact]
    public void A_condition_that_is_not_monotone_is_refused_with_its_clause()
    {
        var story = PactStory.Founded();
        var thrown = Assert.Throws<InvalidOperationException>(() => story.Say("ash.key", "commitment", new { pact = "pause", condition = "at most 2 of birch, cedar" }));

        Assert.Contains("at most 2", thrown.Message);
    }

    [Fact]
    public void A_figure_that_meets_the_trigger_calls_the_pact_at_its_entry()
    {
        var story = PactStory.Armed();
        PactStory.Report(story, "model-small", 30, 20, 40);
        Assert.IsType<PactStage.Armed>(story.World.Pacts[PauseId].Stage);

        PactStory.Report(story, "model-x", 720, 600, 900);
        var notice = Assert.IsType<PactStage.InNotice>(story.World.Pacts[PauseId].Stage);
        Assert.Equal(story.World.Size - 1, notice.Since.Entry.Value);
    }

    [Fact]
    public void A_deadline_passes_by_time_without_an_entry()
    {
        var world = PactStory.Called().World;
        var notice = (PactStage.InNotice)world.Pacts[PauseId].Stage;

        Assert.IsType<PactStage.InNotice>(world.AsOf(notice.Until.AddMilliseconds(-1)).Pacts[PauseId].Stage);
        Assert.IsType<PactStage.InForce>(world.AsOf(notice.Until).Pacts[PauseId].Stage);
    }

    [Fact]
    public void Evidence_that_grows_too_old_leaves_the_last_verdict_standing()
    {
        var world = PactStory.Called().World.AsOf(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var pause = world.Adopted(new TriggerId("long-work"))!.Levels.First(l => l.Level == TriggerLevel.Pause);

        Assert.Equal(Verdict.Undetermined, pause.Raw);
        Assert.Equal(Verdict.Met, pause.Effective);
    }

    [Fact]
    public void A_breach_shrinks_the_coalition_to_those_whose_conditions_still_hold()
    {
        var story = PactStory.InForce()
            .Tell("birch.key", "allegation", new { allegation = "a", pact = "pause", accused = "ash", text = "it trains" })
            .Tell("gorse.key", "ruling", new { allegation = "a", decision = "upheld", text = "it does" });
        Assert.Equal(3, story.World.Pacts[PauseId].MembersBound.Length);

        var after = story.World.AsOf(story.World.Now.AddDays(21)).Pacts[PauseId];
        Assert.IsType<Standing.InBreach>(after.Members[new PartyId("ash")].Standing);
        Assert.Empty(after.MembersBound);
        Assert.IsType<PactStage.Open>(after.Stage);
    }

    [Fact]
    public void Nobody_rules_on_an_allegation_of_its_own()
    {
        var story = PactStory.InForce().Tell("gorse.key", "allegation", new { allegation = "a", pact = "pause", accused = "ash", text = "it trains" });

        Refused(story.Say("gorse.key", "ruling", new { allegation = "a", decision = "upheld", text = "t" }), "nobody rules on an allegation of its own");
    }

    [Fact]
    public void The_panel_releases_and_the_pause_ends_at_the_last_vote_it_needs()
    {
        var story = PactStory.Told();

        Assert.Equal(ReleaseCause.Trigger, Assert.IsType<PactStage.Released>(story.World.Pacts[PauseId].Stage).How);
        Assert.Equal(story.World.Size - 1, story.World.Pacts[PauseId].Stage.Since.Entry.Value);
    }

    [Fact]
    public void A_vote_for_release_can_be_taken_back()
    {
        var story = PactStory.InForce();
        foreach (var (member, choice) in new[] { ("hazel", "release"), ("hazel", "adopt"), ("ivy", "adopt"), ("juniper", "release") })
        {
            story.Tell(member + ".key", "trigger-voted", new { trigger = "long-work", version = 1, choice });
        }

        Assert.IsType<PactStage.InForce>(story.World.Pacts[PauseId].Stage);
        Refused(story.Say("hazel.key", "trigger-voted", new { trigger = "long-work", version = 1, choice = "reject" }), "`reject` is no choice on a version that is adopted");
    }

    [Fact]
    public void New_compute_elsewhere_can_break_a_condition_on_shares()
    {
        var story = PactStory.Armed();
        story.Tell("elm.key", "inventory", new { facility = "hall", counted = "2025-01-01", accelerators = new[] { new { accelerator = "H100", count = 5000, peakFlopPerSecond = 1e15 } } });

        Assert.DoesNotContain(new PartyId("ash"), story.World.Pacts[PauseId].MembersBound);
    }

    [Fact]
    public void Findings_say_what_holds_since_when_and_what_would_change_it()
    {
        var findings = Findings.Of(PactStory.InForce().World);

        Assert.Contains(findings, f => f.About == "pact pause" && f.Text.Contains("In force since") && f.Weight == Weight.Grave);
        Assert.Contains(findings, f => f.Changes.Contains("If birch leaves, ash and cedar are free"));
        Assert.Contains(findings, f => f.About == "trigger long-work" && f.Text.EndsWith("pause: met", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.Text.Contains("bound and silent"));
        Assert.All(findings, f => Assert.False(string.IsNullOrWhiteSpace(f.Changes)));
    }

    [Fact]
    public void A_bound_member_s_own_declaration_shows_what_it_should_not_do()
    {
        var story = PactStory.InForce().Tell("cedar.key", "run-declared", new { run = "big", facility = "hall", purpose = "pretraining", plannedFlop = 3e26, starts = "2025-02-01" });

        Assert.Contains(Findings.Of(story.World), f => f.Text.Contains("cedar has an open run `big` of 3e+26 FLOP"));
    }
}
