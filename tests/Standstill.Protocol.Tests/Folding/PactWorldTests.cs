using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Testing;

namespace Standstill.Protocol.Tests.Folding;

/// <summary>What a world makes of statements about pacts of version 2 and of what their conditions rest on.</summary>
public sealed class PactWorldTests
{
    private const string Terms = """
        pact "Standstill"
          stop      training runs above 1e26 FLOP
          allow     inference
          trigger   long-work
          prepare   within 7 days
          notice    0 days
          cure      14 days
          rulings   within 30 days
          silence   5 days
          owe       heartbeat every 10 days
          withdraw  with 30 days of notice
          blackout  0 days
          probation 60 days
          release   by trigger
        """;

    private static readonly PactId Standstill = new("standstill");

    [Fact]
    public void Rented_compute_counts_once_and_with_the_tenant_as_soon_as_both_have_said_so()
    {
        var story = PactStory.Founded();
        var total = story.World.Shares.Total;
        story.Tell("elm.key", "compute-rented", new { lessor = "elm", tenant = "ash", flopPerSecond = 2e16 });
        Assert.Equal((500e15, 50e15), (Flop(story, "ash"), Flop(story, "elm")));

        story.Tell("ash.key", "compute-rented", new { lessor = "elm", tenant = "ash", flopPerSecond = 3e16 });
        Assert.Equal((520e15, 30e15, total), (Flop(story, "ash"), Flop(story, "elm"), story.World.Shares.Total));

        story.Tell("elm.key", "compute-rented", new { lessor = "elm", tenant = "ash", flopPerSecond = 0 });
        Assert.Equal((500e15, 50e15), (Flop(story, "ash"), Flop(story, "elm")));
    }

    [Fact]
    public void A_lessor_cannot_rent_out_more_than_it_has()
    {
        var story = PactStory.Founded()
            .Tell("elm.key", "compute-rented", new { lessor = "elm", tenant = "ash", flopPerSecond = 1e18 })
            .Tell("ash.key", "compute-rented", new { lessor = "elm", tenant = "ash", flopPerSecond = 1e18 });

        Assert.Equal((550e15, 0), (Flop(story, "ash"), Flop(story, "elm")));
    }

    [Fact]
    public void Nobody_else_says_what_two_parties_rent() =>
        Refused(PactStory.Founded(), "birch.key", "compute-rented", new { lessor = "elm", tenant = "ash", flopPerSecond = 1e15 }, "each of the two speaks for itself");

    [Fact]
    public void Compute_handed_to_an_outsider_stays_in_the_denominator_until_and_after_the_next_count()
    {
        var story = PactStory.Founded().Tell("ash.key", "hand-over", new { what = "compute", to = "somebody", facility = "hall", flopPerSecond = 1e17, text = "sample" });
        Assert.Equal((400e15, 100e15), (Flop(story, "ash"), story.World.OutsideFlopPerSecond));

        story.Tell("ash.key", "inventory", new { facility = "hall", counted = "2025-01-01", accelerators = new[] { new { accelerator = "H100", count = 400, peakFlopPerSecond = 1e15 } } });
        Assert.Equal((400e15, 100e15), (Flop(story, "ash"), story.World.OutsideFlopPerSecond));
    }

    [Fact]
    public void A_unilateral_pause_changes_nobody_s_condition()
    {
        var story = Opened().Tell("ash.key", "commitment-v2", new { pact = "standstill", text = "stop when all of birch" });
        var (facts, before) = (story.World.Facts, story.World.Pacts[Standstill]);
        story.Tell("birch.key", "unilateral-pause", new { begins = true, text = "by ourselves" });

        Assert.Same(facts, story.World.Facts);
        Assert.Same(before, story.World.Pacts[Standstill]);
        Assert.Contains(Findings.Of(story.World), f => f.Text == "birch pauses by itself, which changes nobody's condition");
        story.Tell("birch.key", "unilateral-pause", new { begins = false, text = "over" });
        Assert.Empty(story.World.UnilateralPauses);
    }

    [Fact]
    public void The_part_of_the_world_s_compute_that_nobody_accounts_for_is_in_the_denominator()
    {
        // ash, birch and cedar have 950 of 1000 accounted: 95 %; of a world of 1.9e18 they have exactly half.
        var story = Committed("stop when at least 50% of world compute");
        Assert.Empty(Coalition(story));
        Assert.Contains("no estimate", PactText.Of(story.World.Pacts[Standstill].WaitsFor(new PartyId("ash"))), StringComparison.Ordinal);

        story.Tell("fern.key", "world-compute-estimated", new { low = 1.5e18, middle = 1.9e18, high = 2.5e18, effective = "2025-01-01", citation = "sample", method = "sample" });
        Assert.Equal("ash birch cedar", Coalition(story));
    }

    [Fact]
    public void Confidence_asks_for_the_share_of_a_larger_world()
    {
        var story = Committed("stop when at least 50% of world compute with confidence 95%")
            .Tell("fern.key", "world-compute-estimated", new { low = 1.5e18, middle = 1.8e18, high = 2.5e18, effective = "2025-01-01", citation = "sample", method = "sample" });
        Assert.Empty(Coalition(story));
        story.Tell("fern.key", "world-compute-estimated", new { low = 1.5e18, middle = 1.8e18, high = 1.9e18, effective = "2025-01-01", citation = "sample", method = "sample" });
        Assert.Equal("ash birch cedar", Coalition(story));
    }

    [Fact]
    public void An_assurance_counts_while_it_is_valid_and_the_lowest_judgement_counts()
    {
        var story = Committed("stop when all of ash, birch, cedar with assurance at least 80%");
        foreach (var party in new[] { "ash", "birch", "cedar" })
        {
            story.Tell("gorse.key", "assurance-assessed", Assessed(party, 85));
        }

        Assert.Equal("ash birch cedar", Coalition(story));
        story.Tell("fern.key", "assurance-assessed", Assessed("birch", 70));
        Assert.Empty(Coalition(story));
        story.Tell("fern.key", "assurance-assessed", Assessed("birch", 90));
        Assert.Equal("ash birch cedar", Coalition(story));
        Assert.Empty(story.World.AsOf(story.World.Now.AddDays(31)).Pacts[Standstill].Solve().Members);
    }

    [Fact]
    public void Evidence_that_is_taken_back_counts_no_more_and_what_was_binding_stays_on_record()
    {
        var story = Verified();
        var entry = story.World.Assessments.First(a => a.Body.Party.Value == "birch").At.Entry.Value;
        var then = story.World;
        story.Tell("gorse.key", "evidence-revoked", new { entry, reason = "a meter was not sealed" });

        Assert.Empty(Coalition(story));
        var hindsight = Hindsight.Of(then, story.World, Standstill);
        Assert.Equal(3, hindsight.AsOf.Members.Count);
        Assert.Empty(hindsight.AsKnown.Members);
    }

    [Fact]
    public void Evidence_that_comes_late_counts_as_known_for_the_time_that_it_is_of()
    {
        var story = Committed("stop when all of ash, birch, cedar with assurance at least 80%").WaitDays(20).Tell("ash.key", "heartbeat", new { });
        var then = story.World;
        story.WaitDays(1);
        foreach (var party in new[] { "ash", "birch", "cedar" })
        {
            story.Tell("gorse.key", "assurance-assessed", Assessed(party, 85));
        }

        var hindsight = Hindsight.Of(then, story.World, Standstill);
        Assert.Empty(hindsight.AsOf.Members);
        Assert.Equal(3, hindsight.AsKnown.Members.Count);
    }

    [Fact]
    public void Only_who_has_put_evidence_on_record_takes_it_back()
    {
        var story = Verified();
        var entry = story.World.Assessments[0].At.Entry.Value;

        Refused(story, "fern.key", "evidence-revoked", new { entry, reason = "not mine" }, "no evidence of `fern`");
        Refused(story, "gorse.key", "evidence-revoked", new { entry = 0, reason = "no evidence" }, "no evidence of `gorse`");
    }

    [Fact]
    public void A_horizon_that_is_taken_back_is_evidence_no_more()
    {
        var story = PactStory.Report(PactStory.Founded(), "model-x", 720, 600, 900);
        var entry = story.World.Horizons.Values.Single().Entry.Value;
        story.Tell("fern.key", "evidence-revoked", new { entry, reason = "wrong file" });

        Assert.Empty(story.World.Horizons);
        Assert.Empty(story.World.Evidence.Frontier);
    }

    [Fact]
    public void Nobody_vouches_for_itself() =>
        Refused(PactStory.Founded(), "gorse.key", "assurance-assessed", Assessed("gorse", 90), "nobody vouches for itself");

    [Fact]
    public void A_pact_counts_as_a_party_of_a_later_one_while_it_has_bound_members()
    {
        var story = PactStory.Founded()
            .Tell("ash.key", "pact-opened-v2", new { pact = "standstill", text = Terms + "\n  count pact pause" })
            .Tell("cedar.key", "commitment-v2", new { pact = "standstill", text = "stop when all of pact pause" });
        Assert.Empty(Coalition(story));

        story.Tell("ash.key", "commitment", new { pact = "pause", condition = "all of birch" }).Tell("birch.key", "commitment", new { pact = "pause", condition = "all of ash" });
        Assert.Equal("cedar", Coalition(story));

        story.Tell("ash.key", "withdrawal", new { pact = "pause", reason = "sample" }).WaitDays(31).Tick();
        Assert.Empty(Coalition(story));
    }

    [Fact]
    public void A_pact_counts_only_older_ones_and_a_condition_names_only_those_that_its_pact_counts()
    {
        Refused(PactStory.Founded(), "ash.key", "pact-opened-v2", new { pact = "standstill", text = Terms + "\n  count pact unborn" }, "a pact counts only older ones");
        Refused(Opened(), "ash.key", "commitment-v2", new { pact = "standstill", text = "stop when all of pact pause" }, "does not count the pact `pause`");
    }

    [Fact]
    public void A_heartbeat_discharges_what_is_owed_in_every_pact()
    {
        var story = Bound();
        story.WaitDays(9).Tell("ash.key", "heartbeat", new { }).Tell("birch.key", "heartbeat", new { }).Tell("cedar.key", "heartbeat", new { });
        Assert.DoesNotContain(story.World.AsOf(story.World.Now.AddDays(14)).Pacts[Standstill].Members.Values, m => m.Standing is Standing.Suspected);
        Assert.Equal(3, story.World.AsOf(story.World.Now.AddDays(16)).Pacts[Standstill].Members.Values.Count(m => m.Standing is Standing.Suspected));
    }

    [Fact]
    public void A_merger_holds_once_the_successor_has_accepted_and_its_compute_is_the_successor_s()
    {
        var story = Bound().Tell("cedar", "succession", new { kind = "merger", successors = new[] { new { party = "birch" } }, text = "merged" });
        Assert.True(story.World.Pacts[Standstill].IsBound(new PartyId("cedar")));

        story.Tell("birch", "succession-accepted", new { predecessor = "cedar" });
        Assert.Equal("ash birch", string.Join(' ', story.World.Pacts[Standstill].MembersBound));
        Assert.Equal(450e15, Flop(story, "birch"));
    }

    [Fact]
    public void A_hand_over_of_weights_while_the_pause_holds_is_an_allegation_by_the_party_s_own_word()
    {
        var story = Bound().WaitDays(1).Tell("ash.key", "heartbeat", new { });
        story.Tell("ash.key", "hand-over", new { what = "weights", to = "somebody", text = "sample" });

        Assert.IsType<Standing.InCure>(story.World.Pacts[Standstill].Members[new PartyId("ash")].Standing);
    }

    [Fact]
    public void States_and_regulators_enrol_under_version_2_and_only_there()
    {
        var story = PactStory.Founded();
        Assert.Contains("not one of its values", Assert.Throws<InvalidOperationException>(() => story.Say("kale", "party-enrolled", new { name = "Sample authority", kind = "regulator" })).Message, StringComparison.Ordinal);
        story.Tell("kale", "party-enrolled-v2", new { name = "Sample authority", kind = "regulator" });

        Assert.Null(story.World.Parties[new PartyId("kale")].Accredited);
    }

    [Fact]
    public void Who_could_see_a_disclosed_value_is_known_for_every_party_and_since_when()
    {
        var story = PactStory.Founded()
            .Tell("kale", "party-enrolled-v2", new { name = "Sample authority", kind = "regulator" })
            .Tell("ash.key", "disclosure", new { sha256 = Digest.Of("location"u8).Hex, tier = "regulator", to = new[] { new { party = "birch" } }, text = "a location" });
        var disclosed = story.World.Disclosures.Single().At;
        Assert.Empty(Sight.Of(story.World, new PartyId("kale")));
        Assert.Equal(disclosed, Sight.Of(story.World, new PartyId("birch")).Single().Since);
        Assert.Empty(Sight.Of(story.World, new PartyId("cedar")));

        story.WaitDays(3).Tell("operator", "accreditation", new { party = "kale", accredited = true, reason = "sample" });
        Assert.Equal(story.World.Parties[new PartyId("kale")].Accredited, Sight.Of(story.World, new PartyId("kale")).Single().Since);
    }

    [Fact]
    public void Two_rival_pacts_bind_a_common_member_by_both_and_leaving_one_does_not_free_it_from_the_other()
    {
        var story = Bound()
            .Tell("ash.key", "commitment", new { pact = "pause", condition = "all of birch" })
            .Tell("birch.key", "commitment", new { pact = "pause", condition = "all of ash" })
            .Tell("ash.key", "withdrawal", new { pact = "pause", reason = "sample" });
        Assert.Equal("ash birch", string.Join(' ', RivalPacts.Of(story.World.Pacts[Standstill], story.World.Pacts[new PactId("pause")]).Common.Select(c => c.Party)));
        for (var tens = 0; tens < 4; tens++)
        {
            story.WaitDays(8).Tell("ash.key", "heartbeat", new { }).Tell("birch.key", "heartbeat", new { }).Tell("cedar.key", "heartbeat", new { });
        }

        Assert.Empty(story.World.Pacts[new PactId("pause")].MembersBound);
        Assert.True(story.World.Pacts[Standstill].IsBound(new PartyId("ash")));
        Assert.Empty(RivalPacts.Of(story.World.Pacts[Standstill], story.World.Pacts[new PactId("pause")]).Common);
    }

    [Fact]
    public void The_world_document_of_a_ledger_without_these_statements_has_none_of_their_sections()
    {
        var document = WorldDocument.Write(PactStory.Armed().World);

        Assert.All(["assessments", "estimates", "revokedEvidence", "rentals", "handOvers", "successions", "unilateralPauses", "trusteeKeys", "sealed", "disclosures"], s => Assert.False(document.ContainsKey(s)));
    }

    private static Scenario Opened() => PactStory.Founded().Tell("ash.key", "pact-opened-v2", new { pact = "standstill", text = Terms });

    private static Scenario Committed(string text)
    {
        var story = Opened();
        foreach (var party in new[] { "ash", "birch", "cedar" })
        {
            story.Tell(party + ".key", "commitment-v2", new { pact = "standstill", text });
        }

        return story;
    }

    private static Scenario Verified()
    {
        var story = Committed("stop when all of ash, birch, cedar with assurance at least 80%");
        foreach (var party in new[] { "ash", "birch", "cedar" })
        {
            story.Tell("gorse.key", "assurance-assessed", Assessed(party, 85));
        }

        return story;
    }

    /// <summary>Three bound together, the pause in force.</summary>
    private static Scenario Bound()
    {
        var story = PactStory.Report(Committed("stop when at least 2 parties"), "model-x", 720, 600, 900);
        foreach (var party in new[] { "ash", "birch", "cedar" })
        {
            story.Tell(party + ".key", "readiness", new { pact = "standstill", coalition = story.World.Pacts[Standstill].CoalitionHash!.Value.Hex });
        }

        return story;
    }

    private static object Assessed(string party, int percent) => new
    {
        party,
        percent,
        diversionFlop = 1e25,
        withinDays = 30,
        effective = "2025-01-01",
        validDays = 30,
        method = "sample",
    };

    private static double Flop(Scenario story, string party) => story.World.Shares.FlopPerSecond.GetValueOrDefault(new PartyId(party));

    private static string Coalition(Scenario story) => string.Join(' ', story.World.Pacts[Standstill].Solve().Members);

    private static void Refused(Scenario story, string voice, string type, object body, string part)
    {
        var outcome = Assert.IsType<Outcome.Void>(story.Say(voice, type, body));
        Assert.Contains(part, string.Join("; ", outcome.Faults), StringComparison.Ordinal);
    }
}
