using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Testing;

namespace Standstill.Protocol.Tests.Pacts.Coalitions;

public sealed class SensitivityTests
{
    // By hand: (x + 40) / (x + 70) = 0.6 at x = 5, and 70 / (70 + y) = 0.6 at y = 46.67.
    [Fact]
    public void The_compute_at_which_a_coalition_breaks_is_found_by_hand_and_by_walk()
    {
        Coalition coalition = Solved([("a", "at least 60% of accounted compute"), ("b", "at least 60% of accounted compute")], ("a", 30), ("b", 40), ("c", 30));

        Sensitivity sensitivity = Sensitivity.Of(coalition);

        Assert.Equal(5, At(sensitivity, "a").Down.Value, 1e-9);
        Assert.Equal("a b", Given.Names(At(sensitivity, "a").Down.Freed));
        Assert.IsType<Breakpoint.Never>(Of(sensitivity, "a").Compute.Up);
        Assert.Equal((70 / 0.6) - 70, Assert.IsType<Breakpoint.At>(Of(sensitivity, "c").Compute.Up).Value, 1e-9);
        Assert.IsType<Breakpoint.Never>(Of(sensitivity, "c").Compute.Down);
    }

    [Fact]
    public void The_assurance_at_which_a_member_no_longer_counts_is_found()
    {
        Coalition coalition = Coalition.Largest(
            [Two("a", "all of b with assurance at least 80%"), Two("b", "always")],
            PartyFacts.None with { Assurance = PartyFacts.None.Assurance.Add(Given.Party("b"), 90) },
            PartyFacts.None.Assurance);

        Leeway assurance = Of(Sensitivity.Of(coalition), "b").Assurance;

        Breakpoint.At down = Assert.IsType<Breakpoint.At>(assurance.Down);
        Assert.Equal(79, down.Value);
        Assert.Equal("a", Given.Names(down.Freed));
        Assert.IsType<Breakpoint.Never>(assurance.Up);
    }

    [Fact]
    public void The_growth_of_world_compute_that_a_coalition_bears_is_found()
    {
        Coalition coalition = Coalition.Largest(
            [Two("a", "at least 50% of world compute")],
            PartyFacts.Of(Given.Compute(("a", 60))) with { World = PartyFacts.None.World.Add("source", new WorldComputeEstimate(80, 100, 140)) },
            PartyFacts.None.Assurance);

        Leeway world = Sensitivity.Of(coalition).World!;

        Assert.Equal(1.2, Assert.IsType<Breakpoint.At>(world.Up).Value, 1e-9);
        Assert.IsType<Breakpoint.Never>(world.Down);
    }

    [Fact]
    public void The_coalition_is_the_same_up_to_a_breakpoint_and_another_at_it()
    {
        int seen = 0;
        for (int number = 0; number < 150; number++)
        {
            GradedInstance instance = GradedInstance.Of(number, mostParties: 5);
            Coalition coalition = Coalition.Largest(instance.Commitments, instance.Facts, instance.Incumbents);
            foreach (PartySensitivity party in Sensitivity.Of(coalition).Parties)
            {
                foreach ((Breakpoint side, double end) in new[] { (party.Compute.Down, 0d), (party.Compute.Up, 1e6) })
                {
                    double until = side is Breakpoint.At at ? at.Value : end;
                    seen += side is Breakpoint.At ? 1 : 0;
                    Assert.IsNotType<Breakpoint.NotFoundUpTo>(side);
                    for (int step = 0; step < 20; step++)
                    {
                        double value = party.Compute.Present + ((until - party.Compute.Present) * step / 20);
                        Assert.True(value == until || coalition.Degrees.SequenceEqual(With(coalition, party.Party, value).Degrees), $"case {number}, {party.Party} at {value}");
                    }

                    if (side is Breakpoint.At)
                    {
                        Assert.False(coalition.Degrees.SequenceEqual(With(coalition, party.Party, until).Degrees), $"case {number}, {party.Party} at {until}");
                    }
                }
            }
        }

        Assert.True(seen > 50, $"only {seen} breakpoints were seen");
    }

    private static Coalition With(Coalition coalition, PartyId party, double flopPerSecond) => coalition.IfKnown(coalition.Facts with
    {
        Shares = new ComputeShares(coalition.Facts.Shares.FlopPerSecond.SetItem(party, flopPerSecond)),
    });

    private static Coalition Solved((string Party, string Condition)[] commitments, params (string Party, double FlopPerSecond)[] compute) =>
        Coalition.Largest(commitments.Select(c => Two(c.Party, c.Condition)), Given.Compute(compute));

    private static Commitment Two(string party, string condition) =>
        new(Given.Party(party), Condition.Parse(condition, ConditionVersion.Two).OrThrow(), default);

    private static PartySensitivity Of(Sensitivity sensitivity, string party) => sensitivity.Parties.Single(p => p.Party == Given.Party(party));

    private static (Breakpoint.At Down, Breakpoint Up) At(Sensitivity sensitivity, string party) =>
        (Assert.IsType<Breakpoint.At>(Of(sensitivity, party).Compute.Down), Of(sensitivity, party).Compute.Up);
}
