using System.Collections.Immutable;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol.Tests.Pacts.Coalitions;

public sealed class ExplanationTests
{
    private static readonly PartyFacts Known = PartyFacts.None with
    {
        Shares = Given.Compute(("sample-ash", 1.5e21), ("sample-birch", 1e21), ("sample-cedar", 0.7e21)),
        World = PartyFacts.None.World.Add("epoch", new WorldComputeEstimate(3e21, 3.5e21, 4.1e21)),
        Jurisdictions = Of(("sample-ash", "Freedonia"), ("sample-birch", "Sylvania")),
        Assurance = Of(("sample-ash", 90), ("sample-birch", 60)),
    };

    [Theory]
    [InlineData(
        "all of sample-birch, sample-cedar with assurance at least 80%",
        "sample-ash is out: `all of sample-birch, sample-cedar with assurance at least 80%` fails without sample-birch and sample-cedar (sample-birch counts only when verified at 80%: 60% is on record, sample-cedar slows by 50% and 100% is asked).")]
    [InlineData(
        "at least 3 parties",
        "sample-ash is out: `at least 3 parties` fails with 2 (sample-cedar slows by 50% and 100% is asked).")]
    [InlineData(
        "at least 60% of world compute with confidence 95%",
        "sample-ash is in: `at least 60% of world compute with confidence 95%` holds at 60.9756% of 4.1e21 FLOP/s, the 95% quantile of what is estimated to exist; 22% of it nobody accounts for.")]
    [InlineData(
        "at least 95% of world compute slowed by 50%",
        "sample-ash is out: `at least 95% of world compute slowed by 50%` fails at 91.4286% of 3.5e21 FLOP/s, the median of what is estimated to exist; 8.6% of it nobody accounts for.")]
    [InlineData(
        "all of sample-cedar slowed by 50% with assurance at least 80%",
        "sample-ash is out: `all of sample-cedar slowed by 50% with assurance at least 80%` fails without sample-cedar (sample-cedar counts only when verified at 80%: no assurance is on record).")]
    [InlineData(
        "at least 2 jurisdictions",
        "sample-ash is in: `at least 2 jurisdictions` holds with 2: Freedonia and Sylvania.")]
    [InlineData(
        "at least 3 jurisdictions slowed by 50%",
        "sample-ash is out: `at least 3 jurisdictions slowed by 50%` fails with 2: Freedonia and Sylvania (sample-cedar has no jurisdiction on record).")]
    [InlineData(
        "all of pact labs, sample-birch",
        "sample-ash is out: `all of sample-birch, pact labs` fails without pact labs.")]
    public void It_is_said_who_falls_short_and_why(string asks, string sentence) =>
        Assert.Equal(sentence, Told("sample-ash", Known, ("sample-ash", asks), ("sample-birch", "always"), ("sample-cedar", "slow by 50% when always")));

    [Fact]
    public void A_party_on_probation_is_told_from_one_that_is_absent() => Assert.Equal(
        "sample-ash is out: `at least 3 of sample-birch, sample-cedar, sample-dogwood` fails without sample-cedar and sample-dogwood (sample-cedar is on probation).",
        Told(
            "sample-ash",
            Known with { OnProbation = [Given.Party("sample-cedar")] },
            ("sample-ash", "at least 3 of sample-birch, sample-cedar, sample-dogwood"),
            ("sample-birch", "always"),
            ("sample-cedar", "always")));

    [Fact]
    public void A_graded_member_is_in_so_far_and_its_next_step_says_what_it_waits_for() => Assert.Equal(
        "sample-ash is in at 50%: `all of sample-birch` holds through sample-birch. To stop it waits: `all of sample-birch, sample-dogwood` fails without sample-dogwood.",
        Told("sample-ash", Known, ("sample-ash", "stop when all of sample-birch, sample-dogwood\nslow by 50% when all of sample-birch"), ("sample-birch", "always")));

    [Fact]
    public void A_name_that_has_merged_says_who_is_there_now() => Assert.Equal(
        "sample-ash is in: `all of sample-birch` holds through sample-birch (now sample-fir).",
        Told(
            "sample-ash",
            Known with { Successors = ImmutableSortedDictionary<PartyId, ImmutableSortedSet<PartyId>>.Empty.Add(Given.Party("sample-birch"), [Given.Party("sample-fir")]) },
            ("sample-ash", "all of sample-birch"),
            ("sample-fir", "always")));

    [Fact]
    public void A_nested_pact_with_nobody_verified_well_enough_is_told_from_an_empty_one() => Assert.Equal(
        "sample-ash is out: `all of pact clouds, pact labs with assurance at least 80%` fails without pact clouds and pact labs (nobody bound by pact labs reaches what is asked).",
        Told(
            "sample-ash",
            Known with
            {
                Nested = ImmutableSortedDictionary<PactId, ImmutableSortedSet<PartyId>>.Empty
                    .Add(new PactId("clouds"), [])
                    .Add(new PactId("labs"), [Given.Party("sample-fir")]),
            },
            ("sample-ash", "all of pact labs, pact clouds with assurance at least 80%")));

    [Fact]
    public void Compute_with_outsiders_is_named() => Assert.Equal(
        "sample-ash is in: `at least 60% of accounted compute` holds at 62.5%; 20% of it is with outsiders.",
        Told("sample-ash", Known with { OutsideFlopPerSecond = 0.8e21 }, ("sample-ash", "at least 60% of accounted compute"), ("sample-birch", "always")));

    [Fact]
    public void A_member_that_stays_is_judged_by_what_staying_asks()
    {
        var party = Given.Party("sample-ash");
        Coalition coalition = Coalition.Largest(
            [Committed("sample-ash", "at least 2 (staying at 1) parties")], Known, ImmutableSortedDictionary<PartyId, int>.Empty.Add(party, 100));

        Assert.Equal(
            "sample-ash is in: `at least 2 (staying at 1) parties` holds, judged for who is bound already, with 1.",
            PactText.Of(PartyExplanation.Of(coalition, party)));
    }

    [Fact]
    public void Of_many_that_fall_short_the_first_eight_are_named() => Assert.EndsWith(
        "h slows by 50% and 100% is asked, and 2 more fall short).",
        Told("z", PartyFacts.None, [("z", "at least 5 parties"), .. "abcdefghij".Select(c => (c.ToString(), "slow by 50% when always"))]),
        StringComparison.Ordinal);

    private static string Told(string party, PartyFacts facts, params (string Party, string Text)[] commitments) =>
        PactText.Of(PartyExplanation.Of(
            Coalition.Largest(commitments.Select(c => Committed(c.Party, c.Text)), facts, ImmutableSortedDictionary<PartyId, int>.Empty), Given.Party(party)));

    private static Commitment Committed(string party, string text) => new(Given.Party(party), CommitmentText.Parse(text).OrThrow().Steps, default);

    private static ImmutableSortedDictionary<PartyId, T> Of<T>(params (string Party, T Value)[] values) =>
        values.ToImmutableSortedDictionary(v => Given.Party(v.Party), v => v.Value);
}
