using System.Collections.Immutable;
using Standstill.Model;
using Standstill.Node.Unlocking;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Testing;

namespace Standstill.Node.Tests.Unlocking;

/// <summary>The fewest further signatures, beside trying every set of them.</summary>
public sealed class UnlockingSearchTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromMinutes(5);

    [Fact]
    public void The_fewest_signatures_are_as_few_as_trying_every_set_finds()
    {
        int proven = 0;
        for (int number = 0; number < 400; number++)
        {
            GradedInstance instance = Waiting(number);
            Coalition coalition = CoalitionOf(instance);
            int[] free = Free(instance);
            ImmutableArray<PartyId> uncommitted = [.. free.Select(p => GradedInstance.Names[p])];
            int[] candidates = [.. Enumerable.Range(0, instance.Parties).Except(free)];

            proven += Agree(
                GradedCoalitionModel.SmallestHelp(instance.Steps, instance.Known, instance.Bound, free, d => candidates.Any(c => d[c] > 0)),
                UnlockingSearch.ToSetInMotion(coalition, uncommitted, Ample),
                set => coalition.IfSign(set).Members.Any(m => candidates.Contains(GradedInstance.Names.IndexOf(m))),
                number);
            foreach (int waiting in candidates)
            {
                proven += Agree(
                    GradedCoalitionModel.SmallestHelp(instance.Steps, instance.Known, instance.Bound, free, d => d[waiting] > 0),
                    UnlockingSearch.ToBringIn(coalition, uncommitted, GradedInstance.Names[waiting], Ample),
                    set => coalition.IfSign(set).Members.Contains(GradedInstance.Names[waiting]),
                    number);
            }
        }

        Assert.True(proven > 200, $"only {proven} cases had anything to find");
    }

    [Fact]
    public void A_search_that_stops_early_says_between_which_numbers_the_answer_lies()
    {
        for (int number = 0; number < 200; number++)
        {
            GradedInstance instance = Waiting(number);
            Coalition coalition = CoalitionOf(instance);
            ImmutableArray<PartyId> uncommitted = [.. Free(instance).Select(p => GradedInstance.Names[p])];
            UnlockingSearch inTime = UnlockingSearch.ToSetInMotion(coalition, uncommitted, Ample);
            UnlockingSearch early = UnlockingSearch.ToSetInMotion(coalition, uncommitted, TimeSpan.Zero);
            if (early is UnlockingSearch.Stopped stopped)
            {
                int fewest = Assert.IsType<UnlockingSearch.Proven>(inTime).Signers.Length;
                Assert.InRange(fewest, stopped.AtLeast, stopped.Signers.Length);
                Assert.Contains(coalition.IfSign(stopped.Signers).Members, m => !stopped.Signers.Contains(m));
            }
            else
            {
                Assert.Equal(inTime.GetType(), early.GetType());
            }
        }
    }

    [Fact]
    public void Time_that_is_up_at_once_leaves_a_set_that_does_and_the_least_that_is_known()
    {
        Coalition coalition = Coalition.Largest(
            [Commitment("a", new Condition.Everyone([.. Parties("w", "x", "y", "z")])), Commitment("b", new Condition.AtLeast(2, [.. Parties("w", "x", "y", "z")]))],
            ComputeShares.None);

        Assert.Equal(
            new UnlockingSearch.Stopped([.. Parties("y", "z")], 1),
            UnlockingSearch.ToSetInMotion(coalition, Parties("w", "x", "y", "z"), TimeSpan.Zero));
        Assert.Equal(2, Assert.IsType<UnlockingSearch.Proven>(UnlockingSearch.ToSetInMotion(coalition, Parties("w", "x", "y", "z"), Ample)).Signers.Length);
    }

    [Fact]
    public void Where_all_signatures_together_would_not_do_it_is_impossible()
    {
        Coalition coalition = Coalition.Largest(
            [Commitment("a", new Condition.Everyone([.. Parties("x", "stranger")])), Commitment("b", new Condition.Number(4, 4, Standard.Stopped))],
            ComputeShares.None);

        Assert.IsType<UnlockingSearch.Impossible>(UnlockingSearch.ToSetInMotion(coalition, Parties("x", "y"), Ample));
        Assert.Equal(
            new UnlockingSearch.Proven([.. Parties("w", "x", "y")]),
            UnlockingSearch.ToBringIn(coalition, Parties("w", "x", "y"), Parties("b").Single(), Ample));
    }

    [Fact]
    public void Where_somebody_is_in_nothing_is_missing()
    {
        Coalition coalition = Coalition.Largest([Commitment("a", new Condition.Always())], ComputeShares.None);
        Assert.Equal(new UnlockingSearch.Proven([]), UnlockingSearch.ToSetInMotion(coalition, Parties("x"), Ample));
    }

    [Fact]
    public void A_share_that_only_rounding_in_favour_of_the_signers_reaches_does_not_do()
    {
        // x and y together are one part in 10^12 below 60 %: in whole units of compute that is nothing.
        var shares = new ComputeShares(new[] { ("w", 5e19), ("x", 3e20), ("y", 3e20 * (1 - 2e-12)), ("z", 3.5e20) }
            .ToImmutableSortedDictionary(s => new PartyId(s.Item1), s => s.Item2));
        Coalition coalition = Coalition.Largest([Commitment("a", new Condition.Compute(60))], shares);
        Assert.DoesNotContain(new PartyId("a"), coalition.IfSign(Parties("x", "y")).Members);

        Assert.Equal(
            new UnlockingSearch.Proven([.. Parties("w", "x", "y")]),
            UnlockingSearch.ToSetInMotion(coalition, Parties("w", "x", "y"), Ample));
    }

    [Fact]
    public void Only_who_has_not_committed_can_sign_and_only_who_has_can_be_brought_in()
    {
        Coalition coalition = Coalition.Largest([Commitment("a", new Condition.Everyone([.. Parties("x")]))], ComputeShares.None);
        Assert.Throws<ArgumentException>(() => UnlockingSearch.ToSetInMotion(coalition, Parties("a"), Ample));
        Assert.Throws<KeyNotFoundException>(() => UnlockingSearch.ToBringIn(coalition, Parties("x"), Parties("y").Single(), Ample));
    }

    private static int Agree(int fewest, UnlockingSearch answer, Func<ImmutableArray<PartyId>, bool> does, int number)
    {
        if (fewest < 0)
        {
            Assert.IsType<UnlockingSearch.Impossible>(answer);
            return 0;
        }

        ImmutableArray<PartyId> signers = Assert.IsType<UnlockingSearch.Proven>(answer).Signers;
        Assert.True(signers.Length == fewest, $"case {number}: {fewest} would do, {signers.Length} were named");
        Assert.True(does(signers), $"case {number}: those who were named do not do");
        return fewest > 0 ? 1 : 0;
    }

    // A case in which every other party is yet to commit.
    private static GradedInstance Waiting(int number)
    {
        GradedInstance instance = GradedInstance.Of(number, mostParties: 8, mostWays: 300);
        return instance with { Steps = [.. instance.Steps.Select((s, p) => p % 2 == 1 ? [] : s)] };
    }

    private static int[] Free(GradedInstance instance) => [.. Enumerable.Range(0, instance.Parties).Where(p => instance.Steps[p].Count == 0)];

    private static Coalition CoalitionOf(GradedInstance instance) => Coalition.Largest(instance.Commitments, instance.Facts, instance.Incumbents);

    private static Commitment Commitment(string party, Condition condition) => new(new PartyId(party), condition, default);

    private static IEnumerable<PartyId> Parties(params string[] names) => names.Select(n => new PartyId(n));
}
