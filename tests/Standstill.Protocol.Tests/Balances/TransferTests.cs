using Standstill.Protocol.Balances;
using Standstill.Testing;

using static Standstill.Protocol.Tests.Balances.BalanceStory;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>Movements between two parties, by the word of each end.</summary>
public sealed class TransferTests
{
    [Fact]
    public void Both_ends_meet_under_one_name_whoever_speaks_first()
    {
        var one = Moved(("ash", "shipped", "birch", 8), ("birch", "received", "ash", 8));
        var other = Moved(("birch", "received", "ash", 8), ("ash", "shipped", "birch", 8));

        Assert.All([one, other], s => Assert.True(Only(s).Agrees));
        Assert.Equal(one.World.Transfers.Keys, other.World.Transfers.Keys);
        Assert.DoesNotContain(Findings.Of(one.World), f => f.About == "movement lorry");
    }

    [Fact]
    public void A_difference_between_shipper_and_receiver_is_a_grave_finding()
    {
        var story = Moved(("ash", "shipped", "birch", 8), ("birch", "received", "ash", 7));

        Assert.Equal(1, Only(story).Difference);
        Assert.Contains(Findings.Of(story.World), f => f.Text == "`lorry` between ash and birch: ash says 8, birch says 7" && f.Weight == Weight.Grave);
    }

    [Fact]
    public void Other_kinds_or_serial_numbers_are_a_grave_finding_too()
    {
        var story = Founded().Tell("ash.key", "movement", Movement("lorry", "shipped", "birch")).Tell("birch.key", "movement", Movement("lorry", "received", "ash", root: 'b'));

        Assert.False(Only(story).Agrees);
        Assert.Contains(Findings.Of(story.World), f => f.Text == "`lorry` between ash and birch: the two ends name different kinds or serial numbers" && f.Weight == Weight.Grave);
    }

    [Fact]
    public void Thirty_days_of_silence_of_the_other_end_are_a_finding()
    {
        var world = Moved(("ash", "shipped", "birch", 8)).World;
        var said = Assert.Single(world.Transfers.Values).Ends[0].At.Time;
        Assert.DoesNotContain(Findings.Of(world.AsOf(said.AddDays(30))), f => f.About == "movement lorry");

        Assert.Contains(Findings.Of(world.AsOf(said.AddDays(30).AddMilliseconds(1))), f => f.Text == "`lorry` between ash and birch is on record from ash alone" && f.Changes == "the word of the other end");
    }

    [Fact]
    public void Each_end_speaks_once()
    {
        var story = Moved(("ash", "shipped", "birch", 8));
        story.Refused(
            "ash.key", "movement", Movement("lorry", "shipped", "birch", 9), "body.movement: `lorry` is on record from this end; choose another name; a wrong figure is set right by a further movement");
    }

    [Fact]
    public void The_giver_ships_and_the_taker_receives()
    {
        Moved(("ash", "shipped", "birch", 8)).Refused("birch.key", "movement", Movement("lorry", "shipped", "ash", 8), "body.step: `ash` says `shipped` too; the giver ships, the taker receives");
        Moved(("ash", "received", "birch", 8)).Refused("birch.key", "movement", Movement("lorry", "received", "ash", 8), "body.step: `ash` says `received` too; the giver ships, the taker receives");
    }

    [Fact]
    public void Both_say_rented_and_both_say_returned_and_the_two_are_not_one()
    {
        var story = Moved(("elm", "rented", "ash", 8), ("ash", "rented", "elm", 8), ("ash", "returned", "elm", 8));

        Assert.Equal([(TransferKind.Rental, 2), (TransferKind.Return, 1)], story.World.Transfers.Values.Select(t => (t.Key.Kind, t.Ends.Length)));
    }

    [Fact]
    public void Nobody_moves_accelerators_to_itself_or_to_a_stranger()
    {
        var story = Founded();
        story.Refused("ash.key", "movement", Movement("lorry", "shipped", "ash"), "body.counterparty: nobody moves accelerators to itself; name the other end, an enrolled party");
        story.Refused("ash.key", "movement", Movement("lorry", "shipped", "nobody"), "body.counterparty: `nobody` is not a party of this registry; name the other end, an enrolled party");
    }

    [Fact]
    public void A_step_with_one_end_has_a_name_of_its_own()
    {
        var story = Founded().Tell("ash.key", "movement", Movement("batch", "made", null));
        story.Refused("ash.key", "movement", Movement("batch", "made", null), "body.movement: `batch` is on record with this step; choose another name");
        story.Tell("ash.key", "movement", Movement("batch", "retired", null)).Tell("birch.key", "movement", Movement("batch", "made", null));

        Assert.Equal(3, story.World.Movements.Count);
    }

    [Fact]
    public void What_is_shipped_out_of_an_area_leaves_its_stock()
    {
        var story = One().Until(1).Tell("ash.key", "movement", new { movement = "lorry", step = "shipped", counterparty = "birch", accelerator = "H100", count = 4, on = Time(0.5), facility = "hall", area = "a" });

        Assert.Equal((10, 6), (story.At().Stock.On(Start), story.At().Stock.On(Start.AddDays(0.5))));
        Assert.Equal(4, Only(story).Ends[0].Body.Count);
    }

    internal static object Movement(string movement, string step, string? counterparty, long count = 8, char root = 'a') => new
    {
        movement,
        step,
        counterparty,
        accelerator = "H100",
        count,
        on = "2025-01-01T00:00:00Z",
        serialsRoot = new string(root, 64),
    };

    private static TransferRecord Only(Scenario story) => Assert.Single(story.World.Transfers.Values);

    private static Scenario Moved(params (string Party, string Step, string Other, long Count)[] steps) =>
        steps.Aggregate(Founded(), (story, s) => story.Tell(s.Party + ".key", "movement", Movement("lorry", s.Step, s.Other, s.Count)));
}
