using Standstill.Protocol.Statements.Bodies;

using static Standstill.Protocol.Tests.Balances.BalanceStory;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>Balance areas are put on record, amended and given up.</summary>
public sealed class AreaTests
{
    [Fact]
    public void An_area_stands_at_a_facility_of_the_party() => Founded().Refused(
        "ash.key", "balance-area", AreaBody(facility: "shed"), "body.facility: `shed` is not a facility of `ash`; put it on record first");

    [Fact]
    public void An_area_names_a_good_key_of_its_party_with_the_role_compute()
    {
        const string expected = "body.meterKey: not a good key of the party with role `compute`; enrol the meter's key with a `role-key` statement first";
        var story = Founded();
        story.AddKey("ash", "ash.other", "evidence");
        story.Refused("ash.key", "balance-area", AreaBody(meter: Meter("birch")), expected);
        story.Refused("ash.key", "balance-area", AreaBody(meter: story.Signer("ash.other").PublicKey.Text), expected);
        story.Refused("ash.key", "balance-area", AreaBody(meter: "ed25519:" + new string('1', 64)), expected);

        story.Tell("ash", "key-revoked", new { key = Meter("ash"), reason = "lost" });
        story.Refused("ash.key", "balance-area", AreaBody(), expected);
    }

    [Fact]
    public void All_areas_of_a_party_have_one_balance_period() => One().Refused(
        "ash.key", "balance-area", AreaBody(area: "b", minutes: 60), "body.periodMinutes: 60, where `ash/hall/a` has 1440; give all areas of a party one balance period, so that they can be summed");

    [Fact]
    public void Another_party_may_have_another_period() => Assert.Equal(60, One().Area("birch", minutes: 60).At("birch").Body.PeriodMinutes);

    [Fact]
    public void An_area_without_periods_may_still_change_its_own() => Assert.Equal(60, One().Area(minutes: 60).At().Body.PeriodMinutes);

    [Fact]
    public void An_area_with_periods_keeps_its_period_and_its_kind()
    {
        const string expected = "body.area: period or kind differs from the area whose balances are on record; close it, and put another area on record";
        var story = One().Digest();
        story.Refused("ash.key", "balance-area", AreaBody(minutes: 60), expected);
        story.Refused("ash.key", "balance-area", AreaBody(accelerator: "B200"), expected);
    }

    [Fact]
    public void The_period_that_tests_are_set_for_is_kept() => Tested().Refused(
        "ash.key", "balance-area", AreaBody(minutes: 60), "body.periodMinutes: 60, where its tests are set for 1440; close it, and put another area on record");

    [Fact]
    public void A_meter_whose_key_was_rotated_closes_no_period_until_the_area_names_the_new_key()
    {
        var story = One().Digest();
        var signer = story.Signer("ash.new");
        story.Tell("ash", "key-rotated", new { replaces = Meter("ash"), key = signer.PublicKey.Text, proof = KeyProof.Make(story.World.Registry!.Value, new PartyId("ash"), signer) });
        story.Until(2).Refused(
            "ash.new", "compute-digest", DigestBody(from: 1, to: 2), "predicate.key: not the meter's key of this area; leave digests to the meter, or amend the area with a new meter's key");

        story.Tell("ash.key", "balance-area", AreaBody(meter: signer.PublicKey.Text)).Tell("ash.new", "compute-digest", DigestBody(from: 1, to: 2));
        Assert.Equal(Start.AddDays(2), story.At().DigestedTo);
    }

    [Fact]
    public void A_meter_whose_key_was_revoked_is_not_heard()
    {
        var story = One().Tell("ash", "key-revoked", new { key = Meter("ash"), reason = "stolen" }).Until(1);

        Assert.Equal(VoidReason.KeyRevoked, Assert.IsType<Outcome.Void>(story.Say("ash.meter", "compute-digest", DigestBody())).Reason);
    }

    [Fact]
    public void Every_other_key_of_the_party_is_refused_a_digest() => One().Until(1).Refused(
        "ash.key", "compute-digest", DigestBody(), "predicate.key: not the meter's key of this area; leave digests to the meter, or amend the area with a new meter's key");

    [Fact]
    public void An_area_that_is_given_up_takes_no_more_periods()
    {
        const string expected = "body.area: `ash/hall/a` is given up; put another area on record";
        var story = One().Day().Area(closed: true).Until(2);
        story.Refused("ash.meter", "compute-digest", DigestBody(from: 1, to: 2), expected);
        story.Refused("ash.key", "use-declared", UseBody(from: 1, to: 2), expected);
    }

    [Fact]
    public void An_area_that_is_given_up_is_never_overdue()
    {
        var story = One().Day().Until(10).Area(closed: true);

        Assert.Empty(story.World.Overdue);
        Assert.Empty(story.World.AsOf(Start.AddDays(100)).Overdue);
    }

    [Fact]
    public void An_area_that_is_given_up_with_accelerators_in_it_is_a_finding_until_they_have_gone_somewhere()
    {
        var story = One().Day().Area(closed: true);
        const string text = "ash/hall/a is given up with 10 accelerators that have gone nowhere on record";
        Assert.Contains(Findings.Of(story.World), f => f.Text == text && f.Weight == Weight.Grave);

        story.Until(2).Tell("ash.key", "movement", new { movement = "scrap", step = "retired", accelerator = "H100", count = 10, on = Time(1.5), facility = "hall", area = "a" });
        Assert.DoesNotContain(Findings.Of(story.World), f => f.Text.Contains("is given up", StringComparison.Ordinal));
    }

    [Fact]
    public void An_area_that_comes_back_goes_on_where_it_stopped()
    {
        var story = One().Day().Area(closed: true).Until(5).Area().Until(6);
        story.Refused(
            "ash.meter", "compute-digest", DigestBody(from: 5, to: 6), "body.from: `2025-01-07T00:00:00.000Z` is not where the period before ended, `2025-01-03T00:00:00.000Z`; send the periods in their order, none left out and none twice");
        Assert.Contains(Key(), story.World.Overdue);
    }

    [Fact]
    public void An_area_that_has_not_begun_is_told() =>
        Assert.Contains(Findings.Of(One().World), f => f.About == "area ash/hall/a" && f.Text == "ash/hall/a has no digest and no declared use yet");

    [Fact]
    public void An_area_without_a_design_is_told_as_balanced_and_not_tested()
    {
        Assert.Contains(Findings.Of(One().World), f => f.Text == "ash/hall/a is balanced and not tested");
        Assert.DoesNotContain(Findings.Of(Tested().World), f => f.Text == "ash/hall/a is balanced and not tested");
    }

    [Fact]
    public void A_ledger_without_these_statements_has_none_of_their_sections_in_its_world_document()
    {
        var document = WorldDocument.Write(Founded().World);

        Assert.All(["balanceAreas", "partyBalances", "movements", "rentalCommitments", "inspectionPlans", "challenges", "inspectionFindings"], s => Assert.False(document.ContainsKey(s)));
    }
}
