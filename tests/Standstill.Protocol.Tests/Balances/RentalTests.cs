using Standstill.Protocol.Balances;
using Standstill.Protocol.Statements;

using static Standstill.Protocol.Tests.Balances.BalanceStory;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>Rentals behind salted commitments are matched, and no third customer is seen.</summary>
public sealed class RentalTests
{
    [Fact]
    public void What_lessor_and_tenant_both_have_is_matched_and_the_rest_is_counted()
    {
        var all = Reconciled(("elm", "abc"), ("ash", "ab"), ("birch", "d"));

        Assert.Equal((2, 1), (all["elm"].Matched[new PartyId("ash")], all["elm"].Unmatched));
        Assert.Equal((2, 0), (all["ash"].Matched[new PartyId("elm")], all["ash"].Unmatched));
        Assert.Equal((0, 1), (all["birch"].Matched.Count, all["birch"].Unmatched));
    }

    [Fact]
    public void A_commitment_that_three_have_is_matched_with_each_so_that_a_copy_is_seen()
    {
        var all = Reconciled(("elm", "a"), ("ash", "a"), ("birch", "a"));

        Assert.All(all.Values, r => Assert.Equal((2, 0), (r.Matched.Count, r.Unmatched)));
    }

    [Fact]
    public void Only_sets_of_the_very_same_period_are_held_together()
    {
        var story = Founded().WaitDays(90).Tell("elm.key", "rental-commitments", Rentals("a")).Tell("ash.key", "rental-commitments", Rentals("a", "2025-01-01", "2025-02-01"));

        Assert.All(Reconciliation.Of(story.World), r => Assert.Equal((0, 1), (r.Matched.Count, r.Unmatched)));
    }

    [Fact]
    public void Each_period_is_sent_once_and_when_it_is_over()
    {
        var story = Founded();
        story.Refused("elm.key", "rental-commitments", Rentals("a"), "body.to: lies in the future; send it once the period is over");
        story.WaitDays(31).Tell("elm.key", "rental-commitments", Rentals("a"));
        story.Refused("elm.key", "rental-commitments", Rentals("ab"), "body.from: rentals from 2025-01-01 on are on record; send each period once: what is matched must not be changed to match");
    }

    [Fact]
    public void Nothing_but_commitments_is_on_record_of_a_third_customer()
    {
        // The line that a commitment hides names the customer; without the salt the commitment does not.
        var line = "elm fern 2025-01-01 2025-01-31 64 H100"u8.ToArray();
        var commitment = Digest.Of([.. new byte[32], .. line]);
        var story = Founded().WaitDays(90).Tell("elm.key", "rental-commitments", new { from = "2025-01-01", to = "2025-01-31", commitments = new[] { new { sha256 = commitment.Hex } } });
        var document = WorldDocument.Write(story.World)["rentalCommitments"]!.ToJsonString();

        Assert.Equal(
            $$$"""[{"party":"elm","from":"2025-01-01","to":"2025-01-31","commitments":["{{{commitment.Hex}}}"],"at":{"time":"{{{UtcTime.Format(story.World.Now)}}}","entry":{{{story.Entry()}}}}}]""",
            document);
        Assert.Equal(["from", "to", "commitments", "commitments[].sha256"], PredicateType.FindName("rental-commitments")!.Fields.Select(f => f.Path));
    }

    private static object Rentals(string letters, string from = "2025-01-01", string to = "2025-01-31") =>
        new { from, to, commitments = letters.Select(c => new { sha256 = new string(c, 64) }) };

    private static Dictionary<string, Reconciliation> Reconciled(params (string Party, string Letters)[] sets) =>
        Reconciliation.Of(sets.Aggregate(Founded().WaitDays(90), (s, x) => s.Tell(x.Party + ".key", "rental-commitments", Rentals(x.Letters))).World).ToDictionary(r => r.Party.Value);
}
