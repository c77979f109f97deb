using System.Text.Json;
using Standstill.Protocol.Statements.Bodies;
using Standstill.Testing;

namespace Standstill.Protocol.Tests.Folding;

public sealed class RegistryTests
{
    [Fact]
    public void A_name_and_a_key_are_enrolled_once()
    {
        var story = PactStory.Founded();

        Refused(story.Say("ash.fresh", "party-enrolled", new { name = "Ash again", kind = "lab" }), "`ash` is taken");
    }

    [Fact]
    public void A_kind_that_the_charter_does_not_admit_cannot_enrol() =>
        Refused(PactStory.Founded().Say("witness", "party-enrolled", new { name = "W", kind = "witness" }), "the charter admits no party of kind `witness`");

    [Fact]
    public void A_panel_member_sits_for_a_constituency_of_the_charter() =>
        Refused(PactStory.Founded().Say("kale", "party-enrolled", new { name = "K", kind = "panel-member", constituency = "nobody" }), "`nobody` is not a constituency");

    [Fact]
    public void No_more_panel_members_are_accredited_than_there_are_seats()
    {
        var story = PactStory.Founded().Enrol("kale", "panel-member", "research");
        Scenario.Expect(story.Say("lime", "party-enrolled", new { name = "L", kind = "panel-member", constituency = "research" }));

        Refused(story.Say("operator", "accreditation", new { party = "lime", accredited = true, reason = "r" }), "every seat of `research` is taken");
    }

    [Fact]
    public void Nobody_enrols_a_key_without_holding_it()
    {
        var story = PactStory.Founded();
        var stolen = story.Signer("birch.new").PublicKey;
        var proofOfAnother = KeyProof.Make(story.World.Registry!.Value, new PartyId("birch"), story.Signer("birch.new"));

        Refused(story.Say("ash", "role-key", new { key = stolen.Text, roles = new[] { "operations" }, proof = proofOfAnother }), "not the new key's signature");
    }

    [Fact]
    public void The_role_root_is_not_handed_out()
    {
        var story = PactStory.Founded();
        var signer = story.Signer("ash.new");
        var outcome = story.Fold(RawEntry(story, "ash", "role-key"), "ash");

        Assert.IsType<Outcome.Effective>(outcome);
        Assert.Throws<InvalidOperationException>(() => story.Say("ash", "role-key", new { key = signer.PublicKey.Text, roles = new[] { "root" }, proof = "x" }));
    }

    [Fact]
    public void A_rotated_key_is_silent_and_its_successor_has_its_roles()
    {
        var story = PactStory.Founded();
        var fresh = story.Signer("ash.fresh");
        story.Tell("ash", "key-rotated", new { replaces = story.Signer("ash.key").PublicKey.Text, key = fresh.PublicKey.Text, proof = KeyProof.Make(story.World.Registry!.Value, new PartyId("ash"), fresh) });

        HeaderTests.Expect(story.Say("ash.key", "heartbeat", new { }), VoidReason.KeyRevoked);
        Scenario.Expect(story.Say("ash.fresh", "heartbeat", new { }));
    }

    [Fact]
    public void A_rotated_root_key_hands_the_party_over()
    {
        var story = PactStory.Founded();
        var fresh = story.Signer("ash.root2");
        story.Tell("ash", "key-rotated", new { replaces = story.Signer("ash").PublicKey.Text, key = fresh.PublicKey.Text, proof = KeyProof.Make(story.World.Registry!.Value, new PartyId("ash"), fresh) });

        Assert.Equal(fresh.PublicKey, story.World.Parties[new PartyId("ash")].RootKey);
        HeaderTests.Expect(story.Say("ash", "key-revoked", new { key = story.Signer("ash.key").PublicKey.Text, reason = "r" }), VoidReason.KeyRevoked);
        story.Tell("ash.root2", "key-revoked", new { key = story.Signer("ash.key").PublicKey.Text, reason = "r" });
        HeaderTests.Expect(story.Say("ash.key", "heartbeat", new { }), VoidReason.KeyRevoked);
    }

    [Fact]
    public void A_party_cannot_revoke_its_own_root_key_or_another_party_s_key()
    {
        var story = PactStory.Founded();

        Refused(story.Say("ash", "key-revoked", new { key = story.Signer("ash").PublicKey.Text, reason = "r" }), "a root key is not revoked by itself");
        Refused(story.Say("ash", "key-revoked", new { key = story.Signer("birch.key").PublicKey.Text, reason = "r" }), "is not a good key of `ash`");
    }

    [Fact]
    public void An_inventory_needs_its_facility_and_the_order_of_days()
    {
        var story = PactStory.Founded();
        object Count(string facility, string day) => new { facility, counted = day, accelerators = Array.Empty<object>() };

        Refused(story.Say("ash.key", "inventory", Count("nowhere", "2025-01-01")), "is not a facility of `ash`");
        Refused(story.Say("ash.key", "inventory", Count("hall", "2024-12-31")), "lies before the count on record, 2025-01-01");
        Refused(story.Say("ash.key", "inventory", Count("hall", "2099-01-01")), "lies in the future");
    }

    [Fact]
    public void Shares_are_of_the_compute_of_accredited_parties()
    {
        var story = PactStory.Founded();

        Assert.Equal(0.5, story.World.Shares.ShareOf(new HashSet<PartyId> { new("ash") }));
        story.Tell("operator", "accreditation", new { party = "ash", accredited = false, reason = "r" });
        Assert.Equal(0.6, story.World.Shares.ShareOf(new HashSet<PartyId> { new("birch") }), 12);
    }

    [Fact]
    public void A_run_s_operations_do_not_fall_and_a_closed_run_stays_closed()
    {
        var story = PactStory.Founded()
            .Tell("ash.key", "run-declared", new { run = "one", facility = "hall", purpose = "research", plannedFlop = 1e24, starts = "2025-01-02" })
            .Tell("ash.key", "run-updated", new { run = "one", flopSoFar = 5e23 });

        Refused(story.Say("ash.key", "run-declared", new { run = "one", facility = "hall", purpose = "research", plannedFlop = 1e24, starts = "2025-01-02" }), "is declared already");
        Refused(story.Say("ash.key", "run-updated", new { run = "one", flopSoFar = 4e23 }), "less than the 5e+23 on record");
        story.Tell("ash.key", "run-closed", new { run = "one", totalFlop = 9e23, ended = "2025-01-09" });
        Refused(story.Say("ash.key", "run-updated", new { run = "one", flopSoFar = 1e24 }), "is not an open run of `ash`");
    }

    [Fact]
    public void An_evaluator_reports_under_one_independence_group()
    {
        var story = PactStory.Report(PactStory.Founded(), "model-a", 60, 50, 70);

        Refused(story.Say("fern.key", "capability-result", new { source = "other", citation = "c", model = "m", released = "2025-01-01", p50Minutes = 1, censoring = "none" }), "`fern` reports under `fern`");
    }

    [Fact]
    public void Nobody_reports_under_another_party_s_name() =>
        Refused(PactStory.Founded().Say("fern.key", "capability-result", new { source = "ash", citation = "c", model = "m", released = "2025-01-01", p50Minutes = 1, censoring = "none" }), "`ash` is the name of another party");

    [Fact]
    public void A_lab_reports_on_itself_alone()
    {
        var story = PactStory.Founded();
        object Report(string source, string lab) => new { source, citation = "c", lab, indicator = "code per engineer", measured = "2025-01-01", value = 2, censoring = "none" };

        Refused(story.Say("ash.key", "indicator-report", Report("ash", "birch")), "a lab reports on itself alone");
        Scenario.Expect(story.Say("ash.key", "indicator-report", Report("ash", "ash")));
    }

    [Fact]
    public void A_later_figure_of_the_same_source_and_model_replaces_the_earlier()
    {
        var story = PactStory.Report(PactStory.Report(PactStory.Founded(), "model-a", 60, 50, 70), "model-a", 90, 80, 100);

        Assert.Equal(90, Assert.Single(story.World.Horizons.Values).Figure.P50.Value);
    }

    private static byte[] RawEntry(Scenario story, string voice, string type)
    {
        var signer = story.Signer(voice + ".spare");
        return story.Write(voice, type, JsonSerializer.SerializeToElement(new { key = signer.PublicKey.Text, roles = new[] { "operations" }, proof = KeyProof.Make(story.World.Registry!.Value, new PartyId(voice), signer) }));
    }

    internal static void Refused(Outcome outcome, string message)
    {
        var why = Assert.IsType<Outcome.Void>(outcome);
        Assert.Equal(VoidReason.RefusedByRule, why.Reason);
        Assert.Contains(message, why.Faults[0].ToString());
    }
}
