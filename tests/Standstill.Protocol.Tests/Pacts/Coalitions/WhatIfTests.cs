using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Testing;

namespace Standstill.Protocol.Tests.Pacts.Coalitions;

public sealed class WhatIfTests
{
    private static readonly ImmutableSortedSet<PartyId> Registered = [.. new[] { "ash", "birch", "cedar", "dogwood", "elm" }.Select(Given.Party)];

    private static readonly Coalition Standing = Coalition.Largest(
        [Given.Commitment("ash", "all of birch"), Given.Commitment("birch", "at least 50% of accounted compute"), Given.Commitment("cedar", "all of dogwood")],
        Given.Compute(("ash", 40), ("birch", 30), ("dogwood", 30)));

    [Theory]
    [InlineData("", "ash birch")]
    [InlineData("out=ash", "")]
    [InlineData("in=dogwood", "ash birch cedar dogwood")]
    [InlineData("when=dogwood:all of cedar", "ash birch cedar dogwood")]
    [InlineData("when=dogwood:all of elm", "ash birch")]
    [InlineData("when=ash:all of elm", "")]
    [InlineData("flop=dogwood:200", "")]
    [InlineData("out=ash|flop=birch:400", "birch")]
    [InlineData("when=birch:at least 60% of world compute", "")]
    [InlineData("when=birch:at least 60% of world compute|world=100", "ash birch")]
    [InlineData("when=birch:at least 60% of world compute|world=200", "")]
    [InlineData("when=ash:all of birch with assurance at least 80%", "")]
    [InlineData("when=ash:all of birch with assurance at least 80%|assurance=birch:80", "ash birch")]
    [InlineData("when=ash:all of birch with assurance at least 80%|assurance=birch:79", "")]
    public void The_coalition_follows_what_is_supposed(string supposed, string members) =>
        Assert.Equal(members, Given.Names(Answer(supposed).After.Members));

    [Fact]
    public void A_party_that_signs_by_steps_is_in_at_the_step_that_holds() =>
        Assert.Equal(30, Answer("when=dogwood:slow by 30% when always; stop when all of elm").After.DegreeOf(Given.Party("dogwood")));

    [Fact]
    public void Who_is_bound_stays_judged_by_what_staying_asks()
    {
        var bound = Coalition.Largest(
            [new Commitment(Given.Party("ash"), CommitmentText.Parse("at least 3 (staying at 2) parties").OrThrow().Steps, default), Given.Commitment("birch", "always"), Given.Commitment("cedar", "always")],
            PartyFacts.None,
            ImmutableSortedDictionary<PartyId, int>.Empty.Add(Given.Party("ash"), 100));

        Assert.Equal("ash birch", Given.Names(Read("out=cedar").On(bound, Registered, []).OrThrow().After.Members));
    }

    [Fact]
    public void The_answer_says_who_comes_and_who_goes_who_is_pivotal_and_whose_signature_would_do()
    {
        var answer = Answer("out=ash|in=dogwood");

        Assert.Equal("cedar dogwood", Given.Names(answer.Joining));
        Assert.Equal("ash", Given.Names(answer.Leaving));
        Assert.Equal("dogwood frees birch cedar", string.Join(", ", answer.Detail!.Explanation.Pivotal.Where(d => d.Free.Length == 2).Select(d => $"{d.Leaver} frees {Given.Names(d.Free)}")));
        Assert.Equal(new SignatureSearch.Found([Given.Party("ash")]), Answer("out=ash").Detail!.ToBringIn[Given.Party("birch")]);
    }

    [Fact]
    public void Nothing_supposed_is_the_coalition_that_the_model_finds()
    {
        for (int number = 0; number < 300; number++)
        {
            var instance = GradedInstance.Of(number, 10, 1 << 10);
            var coalition = Coalition.Largest(instance.Commitments, instance.Facts, instance.Incumbents);

            Assert.Equal(instance.Expected, WhatIf.Nothing.On(coalition, Registered, [], sets: 1).OrThrow().After.Degrees);
        }
    }

    [Theory]
    [InlineData("out=elm", "out: `elm` has no commitment that stands; name a committed party, or leave it away")]
    [InlineData("in=oak", "in: there is no party `oak` in this registry, and no condition names it; name a party of the registry")]
    public void What_means_nothing_here_is_refused(string supposed, string fault) =>
        Assert.Equal(fault, string.Join('|', Read(supposed).On(Standing, Registered, []).Faults));

    [Theory]
    [InlineData("flop=ash", "flop: `ash` has no colon")]
    [InlineData("flop=ash:much", "flop: `much` for `ash` is not FLOP per second")]
    [InlineData("flop=ash:-1", "flop: `-1` for `ash`")]
    [InlineData("flop=ash:NaN", "flop: `NaN` for `ash`")]
    [InlineData("flop=ash:1e41", "flop: `1e41` for `ash`")]
    [InlineData("assurance=ash:100", "assurance: `100` for `ash`")]
    [InlineData("assurance=ash:0.8", "assurance: `0.8` for `ash`")]
    [InlineData("world=0", "world: `0` is not world compute")]
    [InlineData("world=3:2:1", "world: `3:2:1` is not world compute")]
    [InlineData("out=Not A Name", "out: `Not A Name` is not the name of a party")]
    [InlineData("when=ash:fewer than 2 parties", "when ash, line 1, column 1")]
    [InlineData("shares=ash:1", "shares: nothing is called `shares` here; use `out`, `in`, `when`, `flop`, `assurance`, `world`")]
    [InlineData("out=ash|in=ash", "in: `ash` comes on top of another supposition about the same; keep one of them")]
    [InlineData("world=1|world=2", "world: `2` comes on top")]
    public void Bad_input_is_refused_by_its_name(string supposed, string fault) =>
        Assert.StartsWith(fault, WhatIfText.Read(Pairs(supposed)).Faults[0].ToString(), StringComparison.Ordinal);

    [Fact]
    public void More_than_sixty_four_suppositions_are_refused()
    {
        var many = Enumerable.Range(0, 65).Select(i => KeyValuePair.Create("flop", $"p{i}:1")).ToArray();

        Assert.True(WhatIfText.Read(many[..64]).IsGood);
        Assert.StartsWith("more than 64 things", WhatIfText.Read(many).Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_beyond_every_condition_is_refused_unread() =>
        Assert.Contains("shorten it", WhatIfText.Read([KeyValuePair.Create("when", "ash:" + new string('(', 10_000))]).Faults[0].Remedy, StringComparison.Ordinal);

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var what = Read("world=1e22:3e22:9e22|assurance=birch:80|flop=ash:4.945e19|in=dogwood|out=cedar|when=elm:slow by 50% when all of ash; stop when always|flop=birch:0");

        Assert.Equal(what.Suppositions, WhatIfText.Read(WhatIfText.Write(what)).OrThrow().Suppositions);
        Assert.Equal("out=cedar in=dogwood when=elm:slow by 50% when all of ash; stop when always flop=ash:4.945e19 flop=birch:0e0 assurance=birch:80 world=1e22:3e22:9e22", string.Join(' ', WhatIfText.Write(what).Select(p => $"{p.Key}={p.Value}")));
    }

    [Fact]
    public void Of_a_pact_beyond_two_hundred_parties_the_coalition_alone_is_told()
    {
        var large = Given.Coalition(Enumerable.Range(0, 201).Select(i => ($"p{i:000}", "always")));

        var answer = Read("out=p000").On(large, Registered, []).OrThrow();

        Assert.Null(WhatIf.Nothing.On(large, Registered, []).OrThrow().Detail);
        Assert.Equal(200, answer.After.Members.Count);
        Assert.NotNull(answer.Detail);
    }

    private static WhatIfAnswer Answer(string supposed) => Read(supposed).On(Standing, Registered, Registered).OrThrow();

    private static WhatIf Read(string supposed) => WhatIfText.Read(Pairs(supposed)).OrThrow();

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string supposed) =>
        supposed.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], p[1]));
}
