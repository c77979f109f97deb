using System.Collections.Immutable;
using CsCheck;
using Standstill.Model;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Tests.Pacts;

public sealed class CoalitionTests
{
    [Fact]
    public void Nobody_has_to_go_first() =>
        Assert.Equal("a b c", Given.Names(Given.Coalition(("a", "all of b, c"), ("b", "all of a, c"), ("c", "all of a, b")).Members));

    [Fact]
    public void One_refusal_unravels_those_who_rest_on_it() =>
        Assert.Equal("d", Given.Names(Given.Coalition(("a", "all of b"), ("b", "all of c"), ("d", "always")).Members));

    [Fact]
    public void A_member_counts_itself_in_lists_and_in_compute()
    {
        Coalition coalition = Coalition.Largest(
            [Given.Commitment("a", "at least 1 of a, b"), Given.Commitment("c", "at least 50% of accounted compute")],
            Given.Compute(("a", 1), ("b", 4), ("c", 5)));

        Assert.Equal("a c", Given.Names(coalition.Members));
    }

    [Fact]
    public void The_solver_agrees_with_trying_every_set() => Instances.Hold(20_000, instance =>
    {
        (Wish?[] wishes, int[] compute) = instance;
        Assert.Equal(
            Conditions.Members(CoalitionModel.Largest(wishes, compute)),
            Solve(wishes, compute).Members);
    });

    [Fact]
    public void The_smallest_further_signatures_are_as_few_as_trying_every_set_finds() => Instances.Hold(300, instance =>
    {
        (Wish?[] wishes, int[] compute) = instance;
        Coalition coalition = Solve(wishes, compute);
        ImmutableArray<PartyId> uncommitted = [.. Conditions.Parties.Take(wishes.Length).Where((_, i) => wishes[i] is null)];
        for (int waiting = 0; waiting < wishes.Length; waiting++)
        {
            if (wishes[waiting] is not null)
            {
                SignatureSearch found = SignatureSearch.ToBringIn(coalition, uncommitted, Conditions.Parties[waiting]);
                int fewest = CoalitionModel.SmallestHelp(wishes, compute, waiting);
                if (fewest < 0)
                {
                    Assert.IsType<SignatureSearch.Impossible>(found);
                }
                else
                {
                    ImmutableArray<PartyId> signers = Assert.IsType<SignatureSearch.Found>(found).Signers;
                    Assert.Equal(fewest, signers.Length);
                    Assert.Contains(Conditions.Parties[waiting], coalition.IfSign(signers).Members);
                }
            }
        }
    });

    [Fact]
    public void The_order_of_commitments_does_not_matter() => Gen.Select(Instances, Gen.Int[0, 7]).Hold(2_000, (instance, turn) =>
    {
        Commitment[] commitments = [.. Commitments(instance.Wishes)];
        Commitment[] turned = [.. commitments.Reverse().Skip(turn % (commitments.Length + 1)), .. commitments.Reverse().Take(turn % (commitments.Length + 1))];
        ComputeShares shares = Shares(instance.Compute);
        Assert.Equal(Coalition.Largest(commitments, shares).Members, Coalition.Largest(turned, shares).Members);
    });

    [Fact]
    public void Another_commitment_never_shrinks_the_coalition() => Instances.Hold(5_000, instance =>
    {
        Commitment[] commitments = [.. Commitments(instance.Wishes)];
        ComputeShares shares = Shares(instance.Compute);
        ImmutableSortedSet<PartyId> before = [];
        for (int count = 0; count <= commitments.Length; count++)
        {
            ImmutableSortedSet<PartyId> after = Coalition.Largest(commitments.Take(count), shares).Members;
            Assert.Superset(before.ToHashSet(), after.ToHashSet());
            before = after;
        }
    });

    [Fact]
    public void Each_member_rests_on_clauses_that_hold_and_each_other_on_clauses_that_fail() => Instances.Hold(2_000, instance =>
    {
        Coalition coalition = Solve(instance.Wishes, instance.Compute);
        foreach (PartyExplanation party in CoalitionExplanation.Of(coalition).Parties.Values)
        {
            Assert.Equal(coalition.Members.Contains(party.Party), party.IsIn);
            Assert.NotEmpty(party.Decisive);
            Assert.All(party.Decisive, f => Assert.Equal(party.IsIn, f.Holds));
            Assert.All(party.WaitingFor, p => Assert.DoesNotContain(p, coalition.Members));
        }
    });

    [Fact]
    public void A_departure_frees_exactly_those_whom_solving_without_the_leaver_leaves_out() => Instances.Hold(2_000, instance =>
    {
        Coalition coalition = Solve(instance.Wishes, instance.Compute);
        foreach (PartyId leaver in coalition.Members)
        {
            Departure departure = coalition.IfLeaves(leaver);
            ImmutableSortedSet<PartyId> without = Coalition.Largest(coalition.Candidates.Where(c => c.Party != leaver), coalition.Facts.Shares).Members;
            Assert.Equal(without, [.. departure.Staying]);
            Assert.Equal(coalition.Members.Remove(leaver).Except(without), [.. departure.Free]);
        }
    });

    [Fact]
    public void Snap_back_is_shown_beforehand()
    {
        CoalitionExplanation explanation = CoalitionExplanation.Of(
            Given.Coalition(("a", "always"), ("b", "all of a"), ("c", "all of b"), ("d", "always")));

        Assert.Equal(
            ["If a leaves, b and c are free, d stays.", "If b leaves, c is free, a and d stay."],
            explanation.Pivotal.Select(PactText.Of));
    }

    [Fact]
    public void An_explanation_names_those_whom_a_party_waits_for()
    {
        Coalition coalition = Coalition.Largest(
            [
                Given.Commitment("a", "always"),
                Given.Commitment("b", "all of a, c and at least 2 of a, d, e"),
                Given.Commitment("f", "at least 50% of accounted compute or all of a, g"),
                Given.Commitment("h", "all of a or all of g"),
            ],
            Given.Compute(("a", 1), ("f", 2), ("z", 5)));
        ImmutableSortedDictionary<PartyId, PartyExplanation> parties = CoalitionExplanation.Of(coalition).Parties;

        Assert.Equal(
            [
                "a is in: it asks for nothing.",
                "b is out: `all of a, c` fails without c; `at least 2 of a, d, e` fails without 1 more of d and e.",
                "f is out: `at least 50% of accounted compute` fails at 37.5%; `all of a, g` fails without g.",
                "h is in: `all of a` holds through a.",
            ],
            parties.Values.Select(PactText.Of));
        Assert.Equal("c d e", Given.Names(parties[Given.Party("b")].WaitingFor));
    }

    [Fact]
    public void The_signatures_that_would_set_a_pact_in_motion_are_named()
    {
        Coalition coalition = Given.Coalition(("a", "all of x, y"), ("b", "all of z and all of a"), ("c", "at least 3 of x, y, z"));
        ImmutableArray<PartyId> others = [.. "wxyz".Select(c => Given.Party(c.ToString()))];

        Assert.Equal("The signatures of x and y would do, and no fewer.", PactText.Of(SignatureSearch.ToSetInMotion(coalition, others)));
        Assert.Equal("The signatures of x, y and z would do, and no fewer.", PactText.Of(SignatureSearch.ToBringIn(coalition, others, Given.Party("b"))));
        Assert.Equal("No further signatures would do.", PactText.Of(SignatureSearch.ToBringIn(coalition, others.Take(2), Given.Party("c"))));
    }

    [Fact]
    public void A_search_that_stops_early_says_so()
    {
        Coalition coalition = Given.Coalition(("a", "all of x, y, z"));
        ImmutableArray<PartyId> others = [.. "xyz".Select(c => Given.Party(c.ToString()))];

        Assert.Equal(new SignatureSearch.NotFoundWithin(7), SignatureSearch.ToSetInMotion(coalition, others, 7));
        Assert.Equal(new SignatureSearch.Found(others), SignatureSearch.ToSetInMotion(coalition, others, 8));
        Assert.Equal(
            "All further signatures together would do; the 7 smallest sets that were tried would not.",
            PactText.Of(new SignatureSearch.NotFoundWithin(7)));
    }

    [Fact]
    public void A_thousand_parties_in_a_chain_unravel_one_by_one()
    {
        Commitment[] chain = [.. Enumerable.Range(0, 1000).Select(i =>
            Given.Commitment($"p{i:0000}", $"all of p{i + 1:0000} and at least 0.1% of accounted compute"))];
        ComputeShares shares = Given.Compute(Enumerable.Range(0, 1000).Select(i => ($"p{i:0000}", 1.0)));

        Assert.Empty(Coalition.Largest(chain, shares).Members);
        Assert.Equal(1000, Coalition.Largest([.. chain[..^1], Given.Commitment("p0999", "always")], shares).Members.Count);
    }

    private static Gen<Wish> WishAt(int depth)
    {
        Gen<Wish> clause = Gen.OneOf(
            Gen.Const<Wish>(new Wish.Nothing()),
            Gen.Select(Gen.Int[1, 255], Gen.Int[0, 7]).Select((mask, n) =>
            {
                int[] of = [.. Enumerable.Range(0, 8).Where(i => (mask & (1 << i)) != 0)];
                return (Wish)new Wish.Some(1 + (n % of.Length), of);
            }),
            Gen.Int[1, 100].Select(n => (Wish)new Wish.Hundredths(n)));
        if (depth == 0)
        {
            return clause;
        }

        Gen<Wish> inner = WishAt(depth - 1);
        return Gen.OneOf(
            clause,
            Gen.Select(inner, inner).Select((l, r) => (Wish)new Wish.Both(l, r)),
            Gen.Select(inner, inner).Select((l, r) => (Wish)new Wish.Either(l, r)));
    }

    private static Gen<(Wish?[] Wishes, int[] Compute)> Instances { get; } =
        Gen.Int[1, 8].SelectMany(parties => Gen.Select(
            Gen.Select(Gen.Int[0, 3], WishAt(2)).Select((missing, wish) => missing == 0 ? null : wish).Array[parties],
            Gen.Int[0, 5].Array[parties]));

    private static Coalition Solve(Wish?[] wishes, int[] compute) => Coalition.Largest(Commitments(wishes), Shares(compute));

    private static IEnumerable<Commitment> Commitments(Wish?[] wishes)
    {
        for (int i = 0; i < wishes.Length; i++)
        {
            if (wishes[i] is { } wish)
            {
                yield return new Commitment(Conditions.Parties[i], Written(wish), new EntryIndex(i));
            }
        }
    }

    private static ComputeShares Shares(int[] compute) =>
        new(compute.Select((units, i) => (Conditions.Parties[i], (double)units)).ToImmutableSortedDictionary(p => p.Item1, p => p.Item2));

    private static Condition Written(Wish wish) => wish switch
    {
        Wish.Nothing => new Condition.Always(),
        Wish.Some some when some.Count == some.Of.Count => new Condition.Everyone([.. some.Of.Select(i => Conditions.Parties[i])]),
        Wish.Some some => new Condition.AtLeast(some.Count, [.. some.Of.Select(i => Conditions.Parties[i])]),
        Wish.Hundredths hundredths => new Condition.Compute(hundredths.Least),
        Wish.Both both => Condition.AllOf(Written(both.Left), Written(both.Right)),
        Wish.Either either => Condition.AnyOf(Written(either.Left), Written(either.Right)),
        _ => throw new InvalidOperationException("a wish without a text"),
    };
}
