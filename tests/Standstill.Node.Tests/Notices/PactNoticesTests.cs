using Standstill.Node.Notices;
using Standstill.Protocol;
using Standstill.Testing;

namespace Standstill.Node.Tests.Notices;

public sealed class PactNoticesTests
{
    private static readonly PactId Pause = new("pause");

    [Fact]
    public void What_happens_to_a_pact_is_told_in_order_once_each()
    {
        var world = PactStory.Told().World;

        Assert.Equal(
            [
                "pact.opened", "pact.committed", "pact.committed", "pact.committed", "pact.armed", "pact.called", "pact.in-force",
                "pact.accused", "pact.cure-started", "pact.breached", "pact.withdrawal-noticed", "pact.release-agreed", "pact.released",
            ],
            PactNotices.Of(world, world.Pacts[Pause]).Where(n => n.Position.Due.Length == 0).Select(n => n.About));
    }

    [Fact]
    public void Entry_by_entry_the_same_notices_come_as_at_once_each_after_all_before()
    {
        var (told, place) = (new List<Notice>(), default(NoticePosition));
        var world = World.Empty;
        foreach (var entry in PactStory.Told().Entries)
        {
            (world, _) = Fold.Apply(world, entry);
            var further = PactNotices.After(world, place, _ => true, int.MaxValue);
            Assert.All(further, n => Assert.True(n.Position.CompareTo(NoticePosition.After(world)) < 0));
            told.AddRange(further);
            place = NoticePosition.After(world);
        }

        Assert.Equal(told.OrderBy(n => n.Position), told);
        Assert.Equal(told.Count, told.Select(n => n.Id).Distinct().Count());
        Assert.Equal(
            PactNotices.After(world, default, _ => true, int.MaxValue).Select(n => n.Id),
            told.Where(n => n.Position.Due.Length == 0).Select(n => n.Id));
    }

    [Fact]
    public void A_date_is_told_of_seven_days_and_one_day_before_by_the_first_entry_from_then_on()
    {
        var story = PactStory.Called();
        var ends = story.World.Now.AddDays(14);
        List<(DateTimeOffset, string)> told = [];
        for (var place = NoticePosition.After(story.World); story.World.Now < ends.AddHours(-1); place = NoticePosition.After(story.World))
        {
            Scenario.Expect(story.Wait(TimeSpan.FromHours(6)).Tick());
            told.AddRange(PactNotices.After(story.World, place, _ => true, int.MaxValue).Select(n => (n.Time, n.About)));
        }

        Assert.Equal(
            [(ends.AddDays(-7), "deadline.notice-ends"), (ends.AddDays(-1), "deadline.notice-ends"), (ends, "pact.in-force")],
            told);
    }

    [Fact]
    public void A_date_set_less_than_seven_days_before_is_not_told_of_as_seven_days_away()
    {
        var story = PactStory.InForce();
        story.Tell("birch.key", "allegation", new { allegation = "big-run", pact = "pause", accused = "cedar", text = "it trains", evidence = Array.Empty<object>() })
            .Tell("gorse.key", "ruling", new { allegation = "big-run", decision = "upheld", text = "it does" });

        Assert.DoesNotContain(PactNotices.Of(story.World, story.World.Pacts[Pause]), n => n.About.StartsWith("deadline.", StringComparison.Ordinal));
        Scenario.Expect(story.WaitDays(20.5).Tick());
        Assert.Equal(
            ["In 7 days", "In 1 day,"],
            PactNotices.Of(story.World, story.World.Pacts[Pause]).Where(n => n.About == "deadline.cure-ends").Select(n => n.Text[..9]));
    }

    [Fact]
    public void A_settled_date_is_not_told_of()
    {
        var story = PactStory.InForce();
        story.Tell("birch.key", "allegation", new { allegation = "big-run", pact = "pause", accused = "cedar", text = "it trains", evidence = Array.Empty<object>() })
            .Tell("gorse.key", "ruling", new { allegation = "big-run", decision = "upheld", text = "it does" })
            .Tell("gorse.key", "ruling", new { allegation = "big-run", decision = "cured", text = "it has stopped" });
        Scenario.Expect(story.WaitDays(20).Tick());

        Assert.DoesNotContain(PactNotices.Of(story.World, story.World.Pacts[Pause]), n => n.About.StartsWith("deadline.", StringComparison.Ordinal));
    }

    [Fact]
    public void An_id_is_pact_entry_and_line_and_has_no_full_stop()
    {
        var world = PactStory.Called().World;
        var called = PactNotices.Of(world, world.Pacts[Pause]).Single(n => n.About == "pact.called");

        Assert.Equal($"pause_{world.Size - 1}_{world.Pacts[Pause].History.Count - 1}", called.Id);
        Assert.All(PactNotices.Of(world, world.Pacts[Pause]), n => Assert.DoesNotContain('.', n.Id));
    }

    [Fact]
    public void Only_the_pacts_that_are_asked_for_are_told_of()
    {
        var world = PactStory.Told().World;

        Assert.Empty(PactNotices.After(world, default, id => id == new PactId("another"), int.MaxValue));
    }
}
