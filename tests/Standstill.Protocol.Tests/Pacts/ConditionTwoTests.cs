using System.Collections.Immutable;
using CsCheck;
using Standstill.Model;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Testing;

namespace Standstill.Protocol.Tests.Pacts;

public sealed class ConditionTwoTests
{
    [Theory]
    [InlineData("ALL of pact labs,b , a", "all of a, b, pact labs")]
    [InlineData("at least 2 ( staying at 1 ) of a, pact a, b", "at least 2 (staying at 1) of a, b, pact a")]
    [InlineData("at least 3 (staying at 3) parties slowed by 100%", "at least 3 parties")]
    [InlineData("at least 2 jurisdictions Slowed By 50% With Assurance At Least 80%", "at least 2 jurisdictions slowed by 50% with assurance at least 80%")]
    [InlineData("at least 60.0% (staying at 50%) of accounted compute", "at least 60% (staying at 50%) of accounted compute")]
    [InlineData("at least 60% of world compute with confidence 50%", "at least 60% of world compute")]
    [InlineData(
        "at least 60% of world compute with confidence 95% slowed by 50% with assurance at least 80%",
        "at least 60% of world compute with confidence 95% slowed by 50% with assurance at least 80%")]
    public void What_version_2_adds_has_one_canonical_text(string written, string canonical) =>
        Assert.Equal(canonical, Condition.Parse(written, ConditionVersion.Two).OrThrow().ToString());

    [Fact]
    public void A_canonical_text_of_version_2_gives_its_condition_back() => ConditionsOfTwo.Random.Hold(5_000, condition =>
    {
        Condition again = Condition.Parse(condition.ToString(), ConditionVersion.Two).OrThrow();
        Assert.Equal(condition, again);
        Assert.Equal(condition.ToString(), again.ToString());
    });

    [Fact]
    public void Whatever_version_1_reads_version_2_reads_alike() => Conditions.Random.Hold(5_000, condition =>
        Assert.Equal(condition, Condition.Parse(condition.ToString(), ConditionVersion.Two).OrThrow()));

    [Theory]
    [InlineData("all of world, pact, stop, parties")]
    [InlineData("at least 1 of with, slowed, staying, when")]
    public void A_word_that_version_2_adds_still_names_a_party_in_version_1(string text)
    {
        Assert.True(Condition.Parse(text).IsGood);
        Assert.False(Condition.Parse(text, ConditionVersion.Two).IsGood);
    }

    [Fact]
    public void A_condition_of_version_2_never_fails_because_a_party_joins_slows_more_or_is_verified_better() =>
        Gen.Select(ConditionsOfTwo.Random, ConditionsOfTwo.Facts, Gen.Select(ConditionsOfTwo.Degrees, ConditionsOfTwo.Degrees), Gen.Int[0, 255]).Hold(30_000, (condition, facts, degrees, better) =>
        {
            (ImmutableSortedDictionary<PartyId, int> some, ImmutableSortedDictionary<PartyId, int> others) = degrees;
            var more = new Gathering(
                some.SetItems(others.Where(o => o.Value > some.GetValueOrDefault(o.Key))),
                facts with { Assurance = facts.Assurance.SetItems(Conditions.Members(better).Select(p => KeyValuePair.Create(p, 99))) });
            foreach (bool staying in new[] { false, true })
            {
                if (condition.Holds(new Gathering(some, facts), staying))
                {
                    Assert.True(condition.Holds(more, staying), $"{condition}");
                    Assert.True(condition.Holds(more, staying: true), $"{condition} asks for more to stay");
                }
            }
        });

    [Fact]
    public void A_condition_read_from_its_text_holds_exactly_where_the_slow_model_grants_it()
    {
        for (int number = 0; number < 20_000; number++)
        {
            GradedInstance instance = GradedInstance.Of(number);
            Draw draw = GradedInstance.DrawOf(number + 1_000_000);
            int[] degrees = [.. Enumerable.Range(0, instance.Parties).Select(_ => draw.Next(5) * 25)];
            var gathering = new Gathering(GradedInstance.Degreed(degrees), instance.Facts);
            foreach (AskedStep step in instance.Steps.SelectMany(s => s))
            {
                Condition read = Condition.Parse(GradedInstance.Written(step.Ask).ToString(), ConditionVersion.Two).OrThrow();
                foreach (bool staying in new[] { false, true })
                {
                    Assert.True(
                        GradedCoalitionModel.Granted(step.Ask, degrees, instance.Known, staying) == read.Holds(gathering, staying),
                        $"case {number}: {read}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(ApprovedRefusals.In), "refused-conditions-v2.txt", MemberType = typeof(ApprovedRefusals))]
    public void A_refusal_of_version_2_says_where_what_and_what_to_do(string written, string faults) =>
        Assert.Equal(faults, string.Join('\n', Condition.Parse(written, ConditionVersion.Two).Faults));

    [Fact]
    public void No_text_makes_the_reader_of_version_2_throw() => Mutations.Of(
        [
            "at least 60% (staying at 50%) of world compute with confidence 95% slowed by 50% with assurance at least 80%",
            "(all of a, pact labs or at least 2 (staying at 1) of a, b, c) and at least 3 parties and at least 2 jurisdictions",
        ]).Hold(100_000, text =>
        {
            Parsed<Condition> read = Condition.Parse(text, ConditionVersion.Two);
            if (read.IsGood)
            {
                Assert.Equal(read.Value, Condition.Parse(read.Value.ToString(), ConditionVersion.Two).OrThrow());
            }
            else
            {
                Assert.All(read.Faults, f => Assert.True(f.Message.Length > 0 && f.Remedy.Length > 0));
            }
        });
}
