using System.Collections.Immutable;
using CsCheck;
using Standstill.Protocol.Triggers;

namespace Standstill.Protocol.Tests.Triggers;

public static class PanelTests
{
    private static readonly ImmutableArray<Constituency> Panel = [new("labs", 5, 3), new("states", 4, 2)];

    private static ImmutableArray<PanelVote> Votes(params ReadOnlySpan<(string Constituency, string Party, VoteChoice Choice)> votes)
    {
        var list = ImmutableArray.CreateBuilder<PanelVote>();
        foreach (var (constituency, party, choice) in votes)
        {
            list.Add(new PanelVote(constituency, new PartyId(party), choice, new EntryIndex(list.Count)));
        }

        return list.ToImmutable();
    }

    [Fact]
    public static void Every_constituency_needs_its_own_quorum_and_its_own_majority()
    {
        var votes = Votes(
            ("labs", "a", VoteChoice.Adopt), ("labs", "b", VoteChoice.Adopt), ("labs", "c", VoteChoice.Reject),
            ("states", "d", VoteChoice.Adopt), ("states", "e", VoteChoice.Adopt));

        Assert.True(PanelTally.Of(Panel, votes, VoteChoice.Adopt).Carries);
        Assert.False(PanelTally.Of(Panel, votes.RemoveAt(2), VoteChoice.Adopt).Carries);
        Assert.False(PanelTally.Of(Panel, votes.SetItem(4, votes[4] with { Choice = VoteChoice.Reject }), VoteChoice.Adopt).Carries);
    }

    [Fact]
    public static void It_says_what_is_missing_where()
    {
        var votes = Votes(
            ("labs", "a", VoteChoice.Adopt), ("labs", "b", VoteChoice.Reject),
            ("states", "d", VoteChoice.Adopt), ("states", "e", VoteChoice.Adopt));

        Assert.Equal(
            "labs: 1 of 2 votes for it, quorum 3 of 5, missing 1, carries with 1 more; states: 2 of 2 votes for it, which carries",
            PanelTally.Of(Panel, votes, VoteChoice.Adopt).ToString());
        Assert.Equal(
            "labs: 0 of 3 votes for it, carries only if votes change",
            PanelTally.Of(
                [Panel[0]], Votes(("labs", "a", VoteChoice.Reject), ("labs", "b", VoteChoice.Reject), ("labs", "c", VoteChoice.Reject)), VoteChoice.Adopt).ToString());
    }

    [Fact]
    public static void A_later_vote_of_a_member_replaces_its_earlier_one()
    {
        var votes = Votes(
            ("states", "d", VoteChoice.Adopt), ("states", "e", VoteChoice.Adopt), ("states", "e", VoteChoice.Release), ("states", "d", VoteChoice.Release));

        Assert.True(PanelTally.Of([Panel[1]], votes, VoteChoice.Release).Carries);
        Assert.True(PanelTally.Of([Panel[1]], [.. votes.Reverse()], VoteChoice.Release).Carries);
        Assert.False(PanelTally.Of([Panel[1]], votes, VoteChoice.Adopt).Carries);
        Assert.Equal(2, PanelTally.Of([Panel[1]], votes, VoteChoice.Adopt).Constituencies[0].Cast);
    }

    [Fact]
    public static void Half_is_no_majority_and_an_empty_panel_carries_nothing()
    {
        Assert.False(PanelTally.Of([Panel[1]], Votes(("states", "d", VoteChoice.Retire), ("states", "e", VoteChoice.Adopt)), VoteChoice.Retire).Carries);
        Assert.False(PanelTally.Of([], [], VoteChoice.Adopt).Carries);
    }

    [Fact]
    public static void A_vote_for_a_constituency_that_does_not_exist_counts_nowhere() =>
        Assert.All(
            PanelTally.Of(Panel, Votes(("aliens", "z", VoteChoice.Adopt)), VoteChoice.Adopt).Constituencies, tally => Assert.Equal(0, tally.Cast));

    [Fact]
    public static void The_votes_said_to_be_missing_carry_it_and_one_fewer_does_not() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12], Gen.Int[0, 12], Gen.Int[0, 12]).Hold(
            one =>
            {
                var (seats, quorum, yes, no) = one;
                var constituency = new Constituency("c", seats, Math.Min(quorum, seats));
                ConstituencyTally With(int more) => PanelTally.Of(
                    [constituency],
                    [
                        .. Enumerable.Range(0, yes + more + no).Select(i => new PanelVote(
                            "c", new PartyId($"p{i}"), i < no ? VoteChoice.Reject : VoteChoice.Adopt, new EntryIndex(i))),
                    ],
                    VoteChoice.Adopt).Constituencies[0];

                var missing = With(0).MissingYes;
                Assert.True(With(missing).Carries);
                Assert.True(missing == 0 || !With(missing - 1).Carries);
            },
            500);
}
