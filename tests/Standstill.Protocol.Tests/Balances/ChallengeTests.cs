using Standstill.Testing;

using static Standstill.Protocol.Tests.Balances.AlarmTests;
using static Standstill.Protocol.Tests.Balances.BalanceStory;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>Inspection plans, challenges, answers and findings.</summary>
public sealed class ChallengeTests
{
    private static readonly PartyId Ash = new("ash");

    private static readonly ChallengeId Id = new("look");

    [Fact]
    public void A_challenge_is_due_so_many_hours_after_its_entry_and_assurance_falls_at_that_instant()
    {
        var world = Challenged().World;
        var due = world.Challenges[Id].Due;
        Assert.Equal(world.Challenges[Id].At.Time.AddHours(24), due);
        Assert.Contains(Findings.Of(world), f => f.Text == $"challenge `look` waits for its answer until {UtcTime.Format(due)}");

        Assert.Equal(80, world.AsOf(due.AddMilliseconds(-1)).Facts.Assurance[Ash]);
        var after = world.AsOf(due);
        Assert.Equal(0, after.Facts.Assurance[Ash]);
        Assert.Contains(Findings.Of(after), f => f.Text == $"challenge `look` was not answered by {UtcTime.Format(due)}" && f.Changes == "an answer, and the inspector's finding");
    }

    [Fact]
    public void An_answer_in_time_leaves_assurance_as_it_was()
    {
        var story = Answered(Challenged());

        Assert.Equal(80, story.World.Facts.Assurance[Ash]);
        Assert.Equal(80, story.World.AsOf(story.World.Now.AddDays(1.5)).Facts.Assurance[Ash]);
    }

    [Fact]
    public void An_answer_at_the_very_instant_that_it_is_due_is_in_time()
    {
        var story = Challenged();
        story.Clock = story.World.Challenges[Id].Due;

        Assert.Equal(80, Answered(story).World.Facts.Assurance[Ash]);
    }

    [Fact]
    public void A_late_answer_settles_nothing_until_an_inspector_confirms_it()
    {
        var story = Answered(Challenged().WaitDays(1.1));
        Assert.Equal(0, story.World.Facts.Assurance[Ash]);

        story.Tell("gorse.key", "inspection-finding", Found("confirmed"));
        Assert.Equal(80, story.World.Facts.Assurance[Ash]);
    }

    [Theory]
    [InlineData("discrepancy")]
    [InlineData("unresolved")]
    public void Another_finding_takes_assurance_away_until_a_later_one_confirms(string result)
    {
        var story = Answered(Challenged()).Tell("gorse.key", "inspection-finding", Found(result));
        Assert.Equal(0, story.World.Facts.Assurance[Ash]);
        Assert.Contains(Findings.Of(story.World), f => f.Text == $"challenge `look` ended with {result}" && f.Changes == "an inspector's later finding that it is confirmed");

        story.Tell("gorse.key", "inspection-finding", Found("confirmed"));
        Assert.Equal(80, story.World.Facts.Assurance[Ash]);
    }

    [Fact]
    public void What_is_not_answered_is_not_confirmed()
    {
        var story = Challenged();

        story.Refused("gorse.key", "inspection-finding", Found("confirmed"), "body.result: `look` is not answered, so nothing is confirmed; wait for the answer");
        story.Tell("gorse.key", "inspection-finding", Found("unresolved"));
    }

    [Fact]
    public void A_challenge_is_answered_once_and_by_whom_it_was_sent_to()
    {
        var story = Challenged();
        story.Refused("birch.key", "challenge-answered", Answer(), "body.challenge: `birch` has no challenge `look`; name one that it was sent");
        Answered(story).Refused("ash.key", "challenge-answered", Answer(), "body.challenge: `look` is answered already; nothing is to be done; what is wrong with it the inspector finds");
    }

    [Fact]
    public void A_challenge_s_name_is_taken_once() =>
        Challenged().Refused("gorse.key", "challenge", Challenge(1), "body.challenge: `look` is on record; choose another name");

    [Fact]
    public void The_draw_comes_from_a_checkpoint_that_is_there()
    {
        var story = One().Digest();
        var (digest, size) = (story.Entry(), story.World.Size);
        story.Refused("gorse.key", "challenge", Challenge(digest, size: size + 1), $"body.checkpointSize: the ledger has {size} entries; take a checkpoint that is there");

        // The entry above is on record, though it has no effect.
        story.Tell("gorse.key", "challenge", Challenge(digest, size: size + 1));
    }

    [Fact]
    public void The_draw_comes_from_a_checkpoint_that_is_later_than_what_is_opened()
    {
        var faults = BodyTests.Faults("challenge", Challenge(7, size: 7));

        Assert.Equal(["body.checkpointSize: the checkpoint is not later than the entry; take one that was made after it: nobody may know the draw when the entry is made"], faults);
        Assert.Empty(BodyTests.Faults("challenge", Challenge(7, size: 8)));
    }

    [Fact]
    public void What_is_opened_is_a_digest_of_the_party()
    {
        var story = One().Digest();
        var digest = story.Entry();
        story.Declare();
        story.Refused("gorse.key", "challenge", Challenge(digest + 1), $"body.entry: entry {digest + 1} is no digest of `ash`; name the entry of what is to be opened");
        story.Refused("gorse.key", "challenge", Challenge(digest, party: "birch"), $"body.entry: entry {digest} is no digest of `birch`; name the entry of what is to be opened");
    }

    [Fact]
    public void Accelerators_are_drawn_from_the_latest_count_with_serial_numbers()
    {
        var story = One();
        var first = story.Entry();
        var expected = $"body.entry: entry {first} is not the latest count of an area of `ash` with its serial numbers committed to; name the entry of what is to be opened";
        story.Refused("gorse.key", "challenge", Challenge(first, kind: "accelerators"), expected);

        story.Tell("ash.key", "area-counted", CountBody("a", 10, UtcTime.Format(story.Clock), new string('d', 64)));
        story.Refused("gorse.key", "challenge", Challenge(first, kind: "accelerators"), expected);
        story.Tell("gorse.key", "challenge", Challenge(story.World.Size - 2, draw: 10, kind: "accelerators"));
        Assert.Equal(10, story.World.Challenges[Id].Population);
    }

    [Fact]
    public void No_more_is_drawn_than_there_is()
    {
        var story = One().Digest();
        story.Refused("gorse.key", "challenge", Challenge(story.Entry(), draw: 25), "body.draw: more than the 24 that there are; draw at most all");
        Assert.Equal(24, story.Tell("gorse.key", "challenge", Challenge(story.World.Size - 2, draw: 24)).World.Challenges[Id].Population);
    }

    [Fact]
    public void A_plan_is_for_a_party_and_areas_that_are_there_under_a_name_of_its_own()
    {
        var story = One();
        story.Refused("gorse.key", "inspection-plan", Plan(party: "nobody"), "body.party: `nobody` is not a party of this registry; name an enrolled party");
        story.Refused("gorse.key", "inspection-plan", Plan(area: "b"), "body.strata: `ash/hall/b` is no balance area; name areas that are on record");
        story.Tell("gorse.key", "inspection-plan", Plan()).Refused("gorse.key", "inspection-plan", Plan(), "body.plan: `spring` is on record; choose another name");
        Assert.Equal(new PartyId("gorse"), Assert.Single(story.World.InspectionPlans.Values).Inspector);
    }

    [Fact]
    public void A_challenge_belongs_to_a_plan_for_its_party()
    {
        var story = One().Area("birch").Counted("birch").Tell("gorse.key", "inspection-plan", Plan(party: "birch")).Digest();
        var digest = story.Entry();
        story.Refused("gorse.key", "challenge", Challenge(digest, plan: "autumn"), "body.plan: `autumn` is no plan for `ash`; name a plan that is on record, or leave it out");
        story.Refused("gorse.key", "challenge", Challenge(digest, plan: "spring"), "body.plan: `spring` is no plan for `ash`; name a plan that is on record, or leave it out");
    }

    [Fact]
    public void A_finding_is_about_a_party_and_a_challenge_that_are_there()
    {
        var story = Challenged();
        story.Refused("gorse.key", "inspection-finding", Found("unresolved", party: "nobody"), "body.party: `nobody` is not a party of this registry; name an enrolled party");
        story.Refused("gorse.key", "inspection-finding", Found("unresolved", party: "birch"), "body.challenge: `birch` has no challenge `look`; name one that is on record");
        story.Refused("gorse.key", "inspection-finding", Found("unresolved", challenge: "other"), "body.challenge: `ash` has no challenge `other`; name one that is on record");
    }

    [Fact]
    public void A_challenge_of_a_party_without_an_area_of_its_own_stands_against_it_too()
    {
        // Its area has been given up since; what was asked is still owed.
        var story = Challenged().Area(closed: true);

        Assert.Equal(0, story.World.AsOf(story.World.Now.AddDays(2)).Facts.Assurance[Ash]);
    }

    private static Scenario Challenged()
    {
        var story = One().Tell("gorse.key", "assurance-assessed", Assessed("ash", 80)).Days(2);
        return story.Tell("gorse.key", "challenge", Challenge(story.World.DigestChunks.Keys.Max()!.Value));
    }

    private static Scenario Answered(Scenario story) => story.Tell("ash.key", "challenge-answered", Answer());

    private static object Answer() => new { challenge = "look", opening = new string('e', 64), bytes = 1000, text = "sample" };

    private static object Found(string result, string party = "ash", string challenge = "look") => new { party, challenge, result, text = "sample", evidence = Array.Empty<object>() };

    internal static object Challenge(long entry, int draw = 3, string party = "ash", long? size = null, string kind = "chunks", string? plan = null, string challenge = "look", int dueHours = 24) => new
    {
        challenge,
        party,
        kind,
        entry,
        draw,
        checkpointSize = size ?? entry + 1,
        checkpointRoot = new string('f', 64),
        dueHours,
        plan,
    };

    internal static object Plan(string plan = "spring", string party = "ash", string area = "a") => new
    {
        plan,
        party,
        from = "2025-01-01",
        to = "2025-12-31",
        visits = 2,
        challengesPerMonth = 4,
        chunksPerChallenge = 3,
        strata = new[] { new { facility = "hall", area, population = 10, defects = 1, identificationPercent = 90, sample = 5, costEach = 1 } },
        cost = 10,
        costUnit = "inspector-days",
        text = "sample",
    };
}
