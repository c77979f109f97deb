using CsCheck;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Tests.Pacts;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("always", "always")]
    [InlineData("ALL  of\n b,a", "all of a, b")]
    [InlineData("at least 2 of c, b, a", "at least 2 of a, b, c")]
    [InlineData("At Least 60.50% Of Accounted Compute", "at least 60.5% of accounted compute")]
    [InlineData("at least 0.0001 % of accounted compute", "at least 0.0001% of accounted compute")]
    [InlineData("all of a, b and at least 60% of accounted compute", "all of a, b and at least 60% of accounted compute")]
    [InlineData("always or all of a and all of b", "always or all of a and all of b")]
    [InlineData("(always or all of a) and all of b", "(always or all of a) and all of b")]
    [InlineData("((all of a)) and (all of b and (all of c))", "all of a and all of b and all of c")]
    public void A_condition_has_one_canonical_text(string written, string canonical) =>
        Assert.Equal(canonical, Condition.Parse(written).OrThrow().ToString());

    [Fact]
    public void And_binds_more_tightly_than_or()
    {
        Condition condition = Given.Condition("all of a or all of b and all of c");

        Assert.True(condition.Holds(Conditions.Members(0b001), ComputeShares.None));
        Assert.False(condition.Holds(Conditions.Members(0b010), ComputeShares.None));
        Assert.True(condition.Holds(Conditions.Members(0b110), ComputeShares.None));
    }

    [Fact]
    public void A_canonical_text_gives_its_condition_back() => Conditions.Random.Hold(5_000, condition =>
    {
        Condition again = Condition.Parse(condition.ToString()).OrThrow();
        Assert.Equal(condition, again);
        Assert.Equal(condition.ToString(), again.ToString());
    });

    [Fact]
    public void An_accepted_condition_never_fails_because_another_party_joins() =>
        Gen.Select(Conditions.Random, Conditions.Sets, Conditions.Sets, Conditions.Shares).Hold(20_000, (condition, some, more, shares) =>
        {
            if (condition.Holds(some, shares))
            {
                Assert.True(condition.Holds(some.Union(more), shares), $"{condition} holds of {Given.Names(some)} and fails with {Given.Names(more)}");
            }
        });

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_refusal_says_where_what_and_what_to_do(string written, string faults) =>
        Assert.Equal(faults, string.Join('\n', Condition.Parse(written).Faults));

    /// <summary>Approved texts: an input on a line that begins with `>`, then its faults.</summary>
    public static TheoryData<string, string> Refused()
    {
        var cases = new TheoryData<string, string>();
        string file = Path.Combine(AppContext.BaseDirectory, "testdata", "pacts", "refused-conditions.txt");
        foreach (string block in File.ReadAllText(file).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] lines = block.TrimEnd('\n').Split('\n');
            cases.Add(lines[0][1..].TrimStart(), string.Join('\n', lines[1..]));
        }

        return cases;
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused_before_it_is_read() =>
        Assert.Equal(
            "the condition has 4097 characters, more than 4096; name fewer parties, or ask for a share of accounted compute instead of naming them",
            Assert.Single(Condition.Parse(new string('(', 4097)).Faults).ToString());

    [Fact]
    public void A_condition_has_at_most_256_terms()
    {
        string most = "all of " + string.Join(", ", Enumerable.Range(0, 256).Select(i => $"p{i}"));

        Assert.True(Condition.Parse(most).IsGood);
        Assert.Equal(
            "the condition has 257 terms, more than 256; name fewer parties, or ask for a share of accounted compute instead of naming them",
            Assert.Single(Condition.Parse(most + " or always").Faults).ToString());
    }

    [Fact]
    public void Parentheses_stand_at_most_32_deep()
    {
        Assert.True(Condition.Parse(new string('(', 32) + "always" + new string(')', 32)).IsGood);
        Assert.Equal(
            "line 1, column 33: parentheses stand more than 32 deep; leave out those that change nothing: `and` binds more tightly than `or`",
            Assert.Single(Condition.Parse(new string('(', 33) + "always" + new string(')', 33)).Faults).ToString());
    }

    [Fact]
    public void No_text_makes_the_reader_throw()
    {
        string[] pieces =
        [
            "all", "of", "at", "least", "always", "and", "or", "accounted", "compute", "a", "b", "c-d", ",", "(", ")", "%", "2", "60.5", "-1",
            "99999999999999999999999999999999", "not", "unless", "no more than", "at most", "isn't", " ", "\n", "\t", "\r\n", "é", "\u2028", "\ud800", "\0", "A", "`", "'",
        ];
        Gen<string> ofPieces = Gen.Int[0, pieces.Length - 1].Array[0, 40].Select(chosen => string.Join(' ', chosen.Select(i => pieces[i])));
        Gen.OneOf(ofPieces, Gen.String[0, 60]).Hold(20_000, text =>
        {
            Parsed<Condition> read = Condition.Parse(text);
            Assert.Equal(read.IsGood, read.Faults.IsEmpty);
            if (read.IsGood)
            {
                Assert.Equal(read.Value, Condition.Parse(read.Value.ToString()).OrThrow());
            }
            else
            {
                Assert.All(read.Faults, f => Assert.True(f.Message.Length > 0 && f.Remedy.Length > 0));
            }
        });
    }

    [Fact]
    public void A_percentage_is_met_exactly_where_whole_units_meet_it()
    {
        ComputeShares fifths = Given.Compute(("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 1));

        Assert.True(Given.Condition("at least 60% of accounted compute").Holds(Conditions.Members(0b00111), fifths));
        Assert.False(Given.Condition("at least 60.0001% of accounted compute").Holds(Conditions.Members(0b00111), fifths));
        Assert.True(Given.Condition("at least 100% of accounted compute").Holds(Conditions.Members(0b11111), fifths));
    }

    [Fact]
    public void A_share_of_nothing_is_zero() =>
        Assert.False(Given.Condition("at least 0.0001% of accounted compute").Holds(Conditions.Members(0b111), ComputeShares.None));

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Compute_is_finite_and_not_negative(double flopPerSecond) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Given.Compute(("a", flopPerSecond)));

    [Fact]
    public void A_word_of_the_language_is_no_party_in_a_condition() =>
        Assert.Throws<ArgumentException>(() => new Condition.Everyone([new PartyId("not")]));
}
