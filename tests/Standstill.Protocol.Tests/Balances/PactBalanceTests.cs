using Standstill.Protocol.Pacts;
using Standstill.Testing;

using static Standstill.Protocol.Tests.Balances.AlarmTests;
using static Standstill.Protocol.Tests.Balances.BalanceStory;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>What balances and inspections do to pacts.</summary>
public sealed class PactBalanceTests
{
    private static readonly PactId Id = new("standstill");

    internal static string Terms(string owed = "heartbeat every 300 days") => $"""
        pact "Standstill"
          stop      training runs above 1e26 FLOP
          allow     inference
          trigger   long-work
          prepare   within 7 days
          notice    0 days
          cure      14 days
          rulings   within 30 days
          silence   5 days
          owe       {owed}
          withdraw  with 30 days of notice
          blackout  0 days
          probation 60 days
          release   by trigger
        """;

    [Fact]
    public void A_coalition_that_rests_on_assurance_shrinks_at_the_very_entry_of_an_alarm_and_grows_at_that_of_the_finding()
    {
        var story = Relying();
        Assert.Equal("ash birch", Coalition(story.World));

        story.Digest().Declare(inference: 180.8);
        Assert.Equal(story.Entry(), Assert.Single(story.At().Line.Alarms).At.Entry.Value);
        Assert.Equal("", Coalition(story.World));
        Assert.Equal(story.Entry(), story.World.Pacts[Id].Circumstances.Facts.Assurance[new PartyId("ash")] == 0 ? story.Entry() : -1);

        story.Tell("gorse.key", "inspection-finding", Finding("confirmed", upTo: story.Entry()));
        Assert.Equal("ash birch", Coalition(story.World));
    }

    [Fact]
    public void A_bound_coalition_is_freed_by_time_alone_when_a_digest_is_overdue()
    {
        var story = Bound(Relying().Day());
        Assert.Equal("ash birch", string.Join(' ', story.World.Pacts[Id].MembersBound));
        var due = story.At().Due!.Value;

        Assert.Equal("ash birch", string.Join(' ', story.World.AsOf(due.AddMilliseconds(-1)).Pacts[Id].MembersBound));
        Assert.Empty(story.World.AsOf(due).Pacts[Id].MembersBound);
    }

    [Fact]
    public void A_bound_coalition_is_freed_by_time_alone_when_an_answer_is_overdue()
    {
        var story = Relying().Day();
        story = Bound(story.Tell("gorse.key", "challenge", ChallengeTests.Challenge(story.World.DigestChunks.Keys.Max()!.Value)));
        var due = story.World.Challenges.Values.Single().Due;

        Assert.Equal("ash birch", string.Join(' ', story.World.AsOf(due.AddMilliseconds(-1)).Pacts[Id].MembersBound));
        Assert.Empty(story.World.AsOf(due).Pacts[Id].MembersBound);
    }

    [Fact]
    public void A_balance_that_is_owed_is_discharged_by_a_sum_that_is_made()
    {
        // Bound on day 1; a balance is owed every 3 days, 5 days of silence.
        var idle = Bound(Owing("balance every 3 days"));
        Assert.IsType<Standing.Suspected>(Standing(idle.World.AsOf(idle.World.Now.AddDays(8.5))));

        var told = Bound(Owing("balance every 3 days"));
        for (var day = 1; day < 9; day++)
        {
            told.Day(day: day);
        }

        Assert.IsType<Standing.Bound>(Standing(told.World));
    }

    [Fact]
    public void A_balance_of_one_area_alone_discharges_nothing()
    {
        var story = Bound(Owing("balance every 3 days").Area(area: "b").Counted(area: "b").Digest(area: "b", day: 0));
        for (var day = 1; day < 9; day++)
        {
            story.Day(day: day);
        }

        Assert.IsType<Standing.Suspected>(Standing(story.World.AsOf(story.World.Now.AddDays(1))));
    }

    [Fact]
    public void An_inspection_that_is_owed_is_discharged_by_a_confirmed_finding_and_by_no_other()
    {
        Scenario Inspected(string result) =>
            Bound(Owing("inspection every 3 days")).WaitDays(2).Tell("gorse.key", "inspection-finding", new { party = "ash", facility = "hall", area = "a", result, text = "a visit", evidence = Array.Empty<object>() });

        var confirmed = Inspected("confirmed");
        Assert.IsType<Standing.Bound>(Standing(confirmed.World.AsOf(confirmed.World.Now.AddDays(7))));
        var unresolved = Inspected("unresolved");
        Assert.IsType<Standing.Suspected>(Standing(unresolved.World.AsOf(unresolved.World.Now.AddDays(7))));
    }

    [Fact]
    public void In_hindsight_an_alarm_counts_for_the_time_from_its_period_s_end_on()
    {
        var story = Relying().Digest().Until(2).Digest(day: 1).Until(2.5).Tell("ash.key", "heartbeat", new { });
        var then = story.World;
        var before = then.AsOf(then.Now);
        story.Declare(inference: 180.8);

        var hindsight = Hindsight.Of(then, story.World, Id);
        Assert.Equal("ash birch", string.Join(' ', hindsight.AsOf.Members));
        Assert.Empty(hindsight.AsKnown.Members);
        Assert.Equal(WorldDocument.DigestOf(then), WorldDocument.DigestOf(before));
    }

    [Fact]
    public void In_hindsight_an_alarm_says_nothing_of_the_time_before_its_period_ended()
    {
        var story = Relying();
        var then = story.World;
        story.Day(missing: 19.2);

        Assert.Equal("ash birch", string.Join(' ', Hindsight.Of(then, story.World, Id).AsKnown.Members));
    }

    [Fact]
    public void In_hindsight_what_is_overdue_today_was_not_overdue_then()
    {
        var story = Relying().Day();
        var then = story.World;
        var later = then.AsOf(Start.AddDays(20));
        Assert.Contains(Key(), later.Overdue);

        Assert.Equal("ash birch", string.Join(' ', Hindsight.Of(then, later, Id).AsKnown.Members));
    }

    [Fact]
    public void In_hindsight_a_challenge_says_nothing_of_the_time_before_it()
    {
        var story = Relying().Day();
        var then = story.World;
        story.Tell("gorse.key", "challenge", ChallengeTests.Challenge(then.DigestChunks.Keys.Max()!.Value))
            .Tell("gorse.key", "inspection-finding", new { party = "ash", challenge = "look", result = "discrepancy", text = "sample", evidence = Array.Empty<object>() });
        Assert.Equal("", Coalition(story.World));

        Assert.Equal("ash birch", string.Join(' ', Hindsight.Of(then, story.World, Id).AsKnown.Members));
    }

    [Fact]
    public void A_judgement_of_version_2_counts_like_one_of_version_1()
    {
        var story = Founded().Tell("gorse.key", "assurance-assessed", Assessed("ash", 80)).Tell("gorse.key", "assurance-assessed-v2", BodyTests.AssessedV2(70));

        Assert.Equal(70, story.World.Facts.Assurance[new PartyId("ash")]);
    }

    /// <summary>ash and birch each stop with both, if a diversion at either would be seen with 60 %; ash has a tested area.</summary>
    private static Scenario Relying()
    {
        var story = Tested().Tell("ash.key", "pact-opened-v2", new { pact = "standstill", text = Terms() });
        foreach (var party in new[] { "ash", "birch" })
        {
            story.Tell("gorse.key", "assurance-assessed", Assessed(party, 80))
                .Tell(party + ".key", "commitment-v2", new { pact = "standstill", text = "stop when all of ash, birch with assurance at least 60%" });
        }

        return story;
    }

    private static Scenario Owing(string owed)
    {
        var story = One().Tell("ash.key", "pact-opened-v2", new { pact = "standstill", text = Terms(owed) }).Days(1);
        foreach (var party in new[] { "ash", "birch" })
        {
            story.Tell(party + ".key", "commitment-v2", new { pact = "standstill", text = "stop when all of ash, birch" });
        }

        return story;
    }

    private static Scenario Bound(Scenario story)
    {
        PactStory.Report(story, "model-x", 720, 600, 900);
        foreach (var party in new[] { "ash", "birch" })
        {
            story.Tell(party + ".key", "readiness", new { pact = "standstill", coalition = story.World.Pacts[Id].CoalitionHash!.Value.Hex });
        }

        return story;
    }

    private static Standing Standing(World world) => world.Pacts[Id].Members[new PartyId("ash")].Standing;

    private static string Coalition(World world) => string.Join(' ', world.Pacts[Id].Solve().Members);
}
