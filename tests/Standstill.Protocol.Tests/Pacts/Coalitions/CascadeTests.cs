using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Testing;

namespace Standstill.Protocol.Tests.Pacts.Coalitions;

public sealed class CascadeTests
{
    [Fact]
    public void Who_relied_on_one_who_is_struck_out_is_struck_out_in_the_next_round()
    {
        // elm is not there, so dogwood cannot be in, so cedar, so birch; ash asks for nobody.
        var coalition = Given.Coalition(
            ("ash", "always"), ("birch", "all of cedar"), ("cedar", "all of dogwood"), ("dogwood", "all of elm"));

        var cascade = Cascade.Of(coalition);

        Assert.Equal(
            ["1 dogwood after ", "2 cedar after dogwood", "3 birch after cedar"],
            cascade.Rounds.SelectMany(r => r.Lowered.Select(l => $"{r.Number} {l.Party} after {Given.Names(l.After)}")));
        Assert.True(cascade.IsWhole);
        Assert.Equal("`all of dogwood` fails without dogwood", WhatIfText.Because(cascade.Rounds[1].Lowered[0]));
    }

    [Fact]
    public void Where_everybody_is_in_there_is_no_round() =>
        Assert.Empty(Cascade.Of(Given.Coalition(("ash", "all of birch"), ("birch", "all of ash"))).Rounds);

    [Fact]
    public void Who_still_slows_by_a_lower_step_is_lowered_and_not_struck_out()
    {
        var graded = CommitmentText.Parse("slow by 40% when always\nstop when all of birch").OrThrow();
        var coalition = Coalition.Largest([new Commitment(Given.Party("ash"), graded.Steps, default)], ComputeShares.None);

        var lowering = Assert.Single(Assert.Single(Cascade.Of(coalition).Rounds).Lowered);

        Assert.Equal((100, 40), (lowering.From, lowering.To));
    }

    [Fact]
    public void A_clause_on_compute_is_missed_by_whoever_took_compute_along()
    {
        var coalition = Coalition.Largest(
            [Given.Commitment("ash", "at least 60% of accounted compute"), Given.Commitment("birch", "all of cedar"), Given.Commitment("dogwood", "all of cedar")],
            Given.Compute(("ash", 50), ("birch", 30), ("elm", 20)));

        var cascade = Cascade.Of(coalition);

        Assert.Equal("birch dogwood", Given.Names(cascade.Rounds[0].Lowered.Select(l => l.Party)));
        Assert.Equal("birch", Given.Names(cascade.Rounds[1].Lowered.Single().After));
    }

    [Fact]
    public void The_rounds_end_in_the_coalition_that_the_model_finds()
    {
        for (int number = 0; number < 500; number++)
        {
            var instance = GradedInstance.Of(number, 10, 1 << 10);
            var coalition = Coalition.Largest(instance.Commitments, instance.Facts, instance.Incumbents);

            var cascade = Cascade.Of(coalition, rounds: 1000);
            var degrees = coalition.Candidates.ToDictionary(c => c.Party, c => c.Steps[^1].Degree);
            foreach (var lowering in cascade.Rounds.SelectMany(r => r.Lowered))
            {
                Assert.Equal(degrees[lowering.Party], lowering.From);
                degrees[lowering.Party] = lowering.To;
            }

            Assert.Equal(instance.Expected, degrees.Where(d => d.Value > 0).ToImmutableSortedDictionary());
            Assert.True(cascade.IsWhole);
        }
    }

    [Fact]
    public void A_long_chain_is_cut_short_and_says_so()
    {
        var chain = Enumerable.Range(0, 50).Select(i => ($"p{i:00}", $"all of p{i + 1:00}"));

        var cascade = Cascade.Of(Given.Coalition(chain), rounds: 10);

        Assert.Equal(10, cascade.Rounds.Length);
        Assert.False(cascade.IsWhole);
    }
}
