using System.Collections.Immutable;
using CsCheck;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Tests.Pacts.Coalitions;

public sealed class CommitmentTextTests
{
    [Theory]
    [InlineData("all of b, a", "all of a, b")]
    [InlineData("stop when\n  always", "always")]
    [InlineData("slow by 100% when always", "always")]
    [InlineData("slow by 50% when always", "slow by 50% when always")]
    [InlineData("all of a # and not b\n  and all of b", "all of a and all of b")]
    [InlineData("# a commitment\nSTOP when all of a,\n  b\n\n  Slow by 50% when all of a\n or all of b # either\n", "slow by 50% when all of a or all of b\nstop when all of a, b")]
    public void A_commitment_has_one_canonical_text(string written, string canonical) =>
        Assert.Equal(canonical, CommitmentText.Parse(written).OrThrow().ToString());

    [Fact]
    public void A_canonical_text_gives_its_steps_back() =>
        Gen.Select(ConditionsOfTwo.Random.Array[1, 8], Gen.Int[1, 100].Array[8]).Hold(2_000, (conditions, degrees) =>
        {
            int[] rising = [.. degrees.Take(conditions.Length).Distinct().Order()];
            ImmutableArray<CommitmentStep> steps = [.. rising.Select((d, i) => new CommitmentStep(d, conditions[i]))];
            string text = CommitmentText.Format(steps);
            if (text.Length <= CommitmentText.Characters && steps.All(s => s.Condition.ToString().Length < ConditionLimits.Characters))
            {
                CommitmentText again = CommitmentText.Parse(text).OrThrow();
                Assert.Equal(steps, again.Steps);
                Assert.Equal(text, again.ToString());
            }
        });

    [Fact]
    public void A_commitment_is_written_as_its_steps_are()
    {
        CommitmentText text = CommitmentText.Parse("stop when all of a\nslow by 30% when always").OrThrow();

        Assert.Equal(text.ToString(), new Commitment(Given.Party("b"), text.Steps, default).ToString());
    }

    [Theory]
    [MemberData(nameof(ApprovedRefusals.In), "refused-commitments.txt", MemberType = typeof(ApprovedRefusals))]
    public void A_refused_commitment_says_where_what_and_what_to_do(string written, string faults) =>
        Assert.Equal(faults, string.Join('\n', CommitmentText.Parse(written).Faults));

    [Fact]
    public void A_commitment_has_at_most_8192_characters() => Assert.Equal(
        "the commitment has 8193 characters, more than 8192; ask for less, or in fewer steps",
        Assert.Single(CommitmentText.Parse(new string('#', 8193)).Faults).ToString());

    [Fact]
    public void No_text_makes_the_reader_throw() => Mutations.Of(
        [
            "slow by 50% when at least 60% (staying at 50%) of world compute\n  and all of a # why\nstop when all of a, pact labs with assurance at least 80%\n",
            "# alone\nat least 2 of a, b",
        ]).Hold(100_000, text =>
        {
            Parsed<CommitmentText> read = CommitmentText.Parse(text);
            if (read.IsGood)
            {
                Assert.Equal(read.Value, CommitmentText.Parse(read.Value.ToString()).OrThrow());
            }
            else
            {
                Assert.All(read.Faults, f => Assert.True(f.Message.Length > 0 && f.Remedy.Length > 0));
            }
        });
}
