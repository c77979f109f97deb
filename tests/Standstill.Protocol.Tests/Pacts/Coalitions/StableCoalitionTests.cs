using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Testing;

namespace Standstill.Protocol.Tests.Pacts.Coalitions;

public sealed class StableCoalitionTests
{
    [Fact]
    public void Two_who_rely_on_each_other_have_no_stable_part()
    {
        StableCoalition stable = StableCoalition.Of(Given.Coalition(("a", "all of b"), ("b", "all of a")));

        Assert.Empty(stable.Members);
        Assert.False(stable.IsWhole);
        Assert.Equal([("a", "b"), ("b", "a")], stable.Fragile.Select(f => (f.Party.Value, f.Leaver!.Value.Value)));
    }

    [Fact]
    public void Who_asks_for_fewer_than_there_are_stays_whoever_leaves() => Assert.True(StableCoalition.Of(Given.Coalition(
        "abcd".Select(c => (c.ToString(), "at least 3 of a, b, c, d")))).IsWhole);

    [Fact]
    public void A_member_with_a_spare_in_each_clause_stays_whoever_leaves()
    {
        StableCoalition stable = StableCoalition.Of(Given.Coalition(
            ("a", "always"), ("b", "always"), ("c", "at least 2 of a, b, c"), ("d", "all of c")));

        Assert.Equal("a b c", Given.Names(stable.Members));
        Assert.Equal("d c", Given.Names([stable.Fragile[0].Party, stable.Fragile[0].Leaver!.Value]));
    }

    [Fact]
    public void The_largest_stable_part_includes_every_stable_part()
    {
        int found = 0;
        for (int number = 0; number < 1_500; number++)
        {
            GradedInstance instance = GradedInstance.Of(number, mostParties: 6);
            Coalition coalition = Coalition.Largest(instance.Commitments, instance.Facts, instance.Incumbents);
            ImmutableArray<PartyId> members = [.. coalition.Members];
            ImmutableSortedSet<PartyId> union = [];
            for (int set = 0; set < 1 << members.Length; set++)
            {
                ImmutableSortedSet<PartyId> part = [.. members.Where((_, i) => (set & (1 << i)) != 0)];
                Coalition alone = coalition.Among(part);
                if (alone.Members.SetEquals(part) && part.All(p => alone.IfLeaves(p).Free.IsEmpty))
                {
                    union = union.Union(part);
                }
            }

            StableCoalition stable = StableCoalition.Of(coalition);
            Assert.True(union.SetEquals(stable.Members), $"case {number}: {Given.Names(union)} and {Given.Names(stable.Members)}");
            Assert.True(stable.IsProven);
            Assert.Equal(members.Length, stable.Members.Count + stable.Fragile.Length);
            found += !stable.IsWhole && stable.Members.Count > 0 ? 1 : 0;
        }

        Assert.True(found > 20, $"only {found} cases are in between");
    }

    [Fact]
    public void A_search_that_is_stopped_says_so()
    {
        StableCoalition stable = StableCoalition.Of(Given.Coalition(("a", "all of b"), ("b", "all of a")), departures: 1);

        Assert.False(stable.IsProven);
        Assert.False(stable.IsWhole);
    }
}
