using Standstill.Testing;

using static Standstill.Protocol.Tests.Balances.AlarmTests;
using static Standstill.Protocol.Tests.Balances.BalanceStory;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>A digest or a declaration that does not come takes assurance away by time alone.</summary>
public sealed class OverdueTests
{
    private static readonly PartyId Ash = new("ash");

    private static Scenario Assured() => One().Tell("gorse.key", "assurance-assessed", Assessed("ash", 80));

    [Fact]
    public void Forty_eight_hours_after_a_period_s_end_assurance_falls_without_an_entry()
    {
        // The period from day 1 to day 2 is owed by day 4.
        var world = Assured().Day().World;
        Assert.Equal(Start.AddDays(4), world.Areas[Key()].Due);

        var before = world.AsOf(Start.AddDays(4).AddMilliseconds(-1));
        Assert.Equal((80, 0), (before.Facts.Assurance[Ash], before.Overdue.Count));
        var after = world.AsOf(Start.AddDays(4));
        Assert.Equal((0, 1), (after.Facts.Assurance[Ash], after.Overdue.Count));
        Assert.Contains(Findings.Of(after), f => f.Text == $"digest or declared use of ash/hall/a is overdue since {Time(4)}" && f.Changes == "the digest and the declaration" && f.Weight == Weight.Grave);
    }

    [Fact]
    public void It_comes_back_with_what_was_owed_and_not_with_half_of_it()
    {
        var story = Assured().Day().Until(4.5).Digest(day: 1);
        Assert.Equal(0, story.World.Facts.Assurance[Ash]);

        story.Declare(day: 1);
        Assert.Equal((80, 0), (story.World.Facts.Assurance[Ash], story.World.Overdue.Count));
    }

    [Fact]
    public void It_stays_away_while_the_period_after_is_owed_too()
    {
        var story = Assured().Day().Until(5.5).Day(day: 1);

        Assert.Equal((0, 1), (story.World.Facts.Assurance[Ash], story.World.Overdue.Count));
        story.Day(day: 2);
        Assert.Equal((80, 0), (story.World.Facts.Assurance[Ash], story.World.Overdue.Count));
    }

    [Fact]
    public void An_area_that_has_not_begun_owes_nothing()
    {
        var world = Assured().World.AsOf(Start.AddDays(60));

        Assert.Null(world.Areas[Key()].Due);
        Assert.Equal(80, world.Facts.Assurance[Ash]);
    }

    [Fact]
    public void A_declaration_alone_begins_an_area_too() => Assert.Equal(0, Assured().Declare().World.AsOf(Start.AddDays(3)).Facts.Assurance[Ash]);

    [Fact]
    public void A_first_period_of_long_ago_is_overdue_at_once()
    {
        var story = Assured().Until(30).Digest();

        Assert.Equal((0, 1), (story.World.Facts.Assurance[Ash], story.World.Overdue.Count));
    }

    [Fact]
    public void Time_passes_the_same_in_one_step_as_in_many()
    {
        var world = Assured().Day().World;
        var there = Start.AddDays(9);

        Assert.Equal(WorldDocument.DigestOf(world.AsOf(there)), WorldDocument.DigestOf(world.AsOf(Start.AddDays(3.9)).AsOf(Start.AddDays(4)).AsOf(there)));
    }

    [Fact]
    public void Nobody_else_s_assurance_falls() =>
        Assert.Equal(70, Assured().Tell("gorse.key", "assurance-assessed", Assessed("birch", 70)).Day().World.AsOf(Start.AddDays(9)).Facts.Assurance[new PartyId("birch")]);
}
