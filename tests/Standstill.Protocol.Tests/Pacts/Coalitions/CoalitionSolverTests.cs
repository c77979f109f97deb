using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Testing;

namespace Standstill.Protocol.Tests.Pacts.Coalitions;

/// <summary>The solver that is kept up, beside trying every way to choose and beside solving from nothing.</summary>
public sealed class CoalitionSolverTests
{
    private const int Batch = 12_500;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void A_hundred_thousand_random_coalitions_are_those_that_trying_every_choice_finds(int batch)
    {
        for (int number = batch * Batch; number < (batch + 1) * Batch; number++)
        {
            GradedInstance instance = GradedInstance.Of(number);
            AssertSame(instance.Expected, Solver(instance).Degrees, number);
        }
    }

    [Fact]
    public void A_solver_that_followed_every_change_answers_as_one_from_nothing()
    {
        for (int number = 0; number < 3_000; number++)
        {
            Follow(number, changes: 25);
        }
    }

    [Fact]
    public void The_order_of_commitments_does_not_matter()
    {
        for (int number = 0; number < 3_000; number++)
        {
            GradedInstance instance = GradedInstance.Of(number);
            Draw draw = GradedInstance.DrawOf(number);
            Commitment[] shuffled = [.. instance.Commitments.OrderBy(_ => draw.Next(1_000))];
            AssertSame(
                Solver(instance).Degrees,
                new CoalitionSolver(shuffled, instance.Facts, instance.Incumbents).Degrees,
                number);
            var oneByOne = new CoalitionSolver([], instance.Facts, instance.Incumbents);
            foreach (Commitment commitment in shuffled)
            {
                oneByOne.Commit(commitment);
                _ = oneByOne.Count;
            }

            AssertSame(Solver(instance).Degrees, oneByOne.Degrees, number);
        }
    }

    [Fact]
    public void Nobody_slows_less_because_a_party_commits_is_verified_better_or_ends_its_probation()
    {
        for (int number = 0; number < 3_000; number++)
        {
            GradedInstance instance = GradedInstance.Of(number);
            Draw draw = GradedInstance.DrawOf(number);
            var solver = new CoalitionSolver([], instance.Facts, instance.Incumbents);
            ImmutableSortedDictionary<PartyId, int> before = solver.Degrees;
            foreach (Commitment commitment in instance.Commitments)
            {
                solver.Commit(commitment);
                before = AssertNoLess(before, solver.Degrees, number);
                int party = draw.Next(instance.Parties);
                solver.SetAssurance(GradedInstance.Names[party], Math.Max(instance.Known.Assurance[party], 90));
                before = AssertNoLess(before, solver.Degrees, number);
                solver.SetProbation(GradedInstance.Names[party], isOnProbation: false);
                before = AssertNoLess(before, solver.Degrees, number);
            }
        }
    }

    [Fact]
    public void A_share_at_the_very_threshold_is_decided_as_if_added_up_in_the_order_of_names()
    {
        // Sums of tenths that come to the same round apart in different orders: that of names decides, not that of joining.
        ImmutableSortedDictionary<PartyId, double> compute = Enumerable.Range(0, 40)
            .ToImmutableSortedDictionary(i => new PartyId($"p{i:00}"), i => ((i % 4) + 1) / 10.0);
        PartyFacts facts = PartyFacts.Of(new ComputeShares(compute));
        int differing = 0;
        for (int number = 0; number < 4_000; number++)
        {
            Draw draw = GradedInstance.DrawOf(number);
            PartyId[] signers = [.. compute.Keys.Where(_ => draw.Next(2) == 0).OrderBy(_ => draw.Next(1_000))];
            double inTurn = signers.Aggregate(0.0, (sum, p) => sum + compute[p]) / facts.Shares.Total;
            decimal percent = Math.Round((decimal)inTurn * 100, 4);
            percent = percent is > 0 and <= 100 ? percent : 1;
            var asker = new Commitment(new PartyId("z"), new Condition.Compute(percent), default);
            Commitment[] all = [.. signers.Select(s => new Commitment(s, new Condition.Always(), default)), asker];
            var solver = new CoalitionSolver([asker], facts, NoIncumbents);
            foreach (Commitment commitment in all[..^1])
            {
                solver.Commit(commitment);
                _ = solver.Count;
            }

            double share = facts.Shares.ShareOf(signers.ToHashSet());
            Assert.Equal(share >= (double)(percent / 100), solver.DegreeOf(asker.Party) > 0);
            differing += share >= (double)(percent / 100) != (inTurn >= (double)(percent / 100)) ? 1 : 0;
        }

        Assert.True(differing > 500, $"only {differing} cases tell the orders apart");
    }

    [Fact]
    public void A_chain_of_ten_thousand_unravels_when_its_end_leaves_and_forms_again_when_it_returns()
    {
        const int Length = 10_000;
        Commitment[] chain = [.. Enumerable.Range(0, Length).Select(i => new Commitment(
            new PartyId($"p{i:00000}"),
            i == Length - 1 ? new Condition.Always() : new Condition.Everyone([new PartyId($"p{i + 1:00000}")]),
            default))];
        var solver = new CoalitionSolver(chain, PartyFacts.None, NoIncumbents);
        Assert.Equal(Length, solver.Count);
        solver.Withdraw(chain[^1].Party);
        Assert.Equal(0, solver.Count);
        solver.Commit(chain[^1]);
        Assert.Equal(Length, solver.Count);
        solver.Withdraw(chain[Length / 2].Party);
        Assert.Equal((Length / 2) - 1, solver.Count);
    }

    [Fact]
    public void A_party_has_one_commitment()
    {
        var solver = new CoalitionSolver([Given.Commitment("a", "always")], PartyFacts.None, NoIncumbents);
        Assert.Throws<ArgumentException>(() => solver.Commit(Given.Commitment("a", "always")));
        Assert.Throws<KeyNotFoundException>(() => solver.Withdraw(Given.Party("b")));
    }

    private static readonly ImmutableSortedDictionary<PartyId, int> NoIncumbents = ImmutableSortedDictionary<PartyId, int>.Empty;

    private static CoalitionSolver Solver(GradedInstance instance) => new(instance.Commitments, instance.Facts, instance.Incumbents);

    private static void Follow(int number, int changes)
    {
        GradedInstance instance = GradedInstance.Of(number);
        Draw draw = GradedInstance.DrawOf(number);
        PartyFacts facts = instance.Facts;
        Dictionary<PartyId, Commitment> standing = instance.Commitments.ToDictionary(c => c.Party);
        var solver = new CoalitionSolver(standing.Values, facts, instance.Incumbents);
        for (int change = 0; change < changes; change++)
        {
            PartyId party = GradedInstance.Names[draw.Next(instance.Parties)];
            switch (draw.Next(7))
            {
                case 0 or 1 or 2 when standing.Remove(party):
                    solver.Withdraw(party);
                    break;
                case 0 or 1 or 2:
                    GradedInstance other = GradedInstance.Of((number * 100) + change + 1_000_000);
                    Commitment commitment = Others(other, draw, party, instance);
                    standing.Add(party, commitment);
                    solver.Commit(commitment);
                    break;
                case 3:
                    double compute = draw.Next(6);
                    facts = facts with { Shares = new ComputeShares(facts.Shares.FlopPerSecond.SetItem(party, compute)) };
                    solver.SetFlopPerSecond(party, compute);
                    break;
                case 4:
                    int assurance = draw.Next(100);
                    facts = facts with { Assurance = facts.Assurance.SetItem(party, assurance) };
                    solver.SetAssurance(party, assurance);
                    break;
                case 5:
                    bool isOn = draw.Next(3) == 0;
                    facts = facts with { OnProbation = isOn ? facts.OnProbation.Add(party) : facts.OnProbation.Remove(party) };
                    solver.SetProbation(party, isOn);
                    break;
                default:
                    facts = facts with { OutsideFlopPerSecond = draw.Next(10), World = draw.Next(2) == 0 ? PartyFacts.None.World : instance.Facts.World };
                    solver.SetOutside(facts.OutsideFlopPerSecond);
                    solver.SetWorld(facts.World);
                    break;
            }

            // Some changes are settled together.
            if (draw.Next(4) > 0)
            {
                AssertSame(new CoalitionSolver(standing.Values, facts, instance.Incumbents).Degrees, solver.Degrees, number);
            }
        }

        AssertSame(Coalition.Largest(standing.Values, facts, instance.Incumbents).Degrees, solver.Degrees, number);
    }

    // What a party of another case asks, as far as it names nobody beyond this one.
    private static Commitment Others(GradedInstance other, Draw draw, PartyId party, GradedInstance instance)
    {
        Commitment[] fitting = [.. other.Commitments.Where(c => c.Steps.All(s =>
            s.Condition.Parties.All(p => GradedInstance.Names.IndexOf(p) < instance.Parties)))];
        return fitting.Length == 0
            ? new Commitment(party, new Condition.Always(), default)
            : new Commitment(party, fitting[draw.Next(fitting.Length)].Steps, default);
    }

    private static ImmutableSortedDictionary<PartyId, int> AssertNoLess(
        ImmutableSortedDictionary<PartyId, int> before, ImmutableSortedDictionary<PartyId, int> after, int number)
    {
        Assert.All(before, b => Assert.True(after.GetValueOrDefault(b.Key) >= b.Value, $"case {number}: {b.Key} slows less"));
        return after;
    }

    private static void AssertSame(ImmutableSortedDictionary<PartyId, int> expected, ImmutableSortedDictionary<PartyId, int> actual, int number) =>
        Assert.True(
            expected.SequenceEqual(actual),
            $"case {number}: expected {string.Join(' ', expected.Select(d => $"{d.Key}={d.Value}"))}, was {string.Join(' ', actual.Select(d => $"{d.Key}={d.Value}"))}");
}
