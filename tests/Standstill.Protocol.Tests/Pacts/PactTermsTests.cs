using System.Collections.Immutable;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts;

public sealed class PactTermsTests
{
    [Fact]
    public void Every_fault_in_proposed_terms_is_named_with_its_field()
    {
        Parsed<PactTerms> terms = PactTerms.Check(
            " ",
            new PactScope("", 0, ["inference", new string('x', 501)]),
            new TriggerId("some"),
            TimeSpan.FromDays(-1),
            TimeSpan.FromDays(3651),
            TimeSpan.FromDays(3650),
            TimeSpan.FromDays(-0.5));

        Assert.Equal(
            [
                "title: the text is blank; write 1 to 200 characters",
                "scope.text: the text is blank; write 1 to 4096 characters",
                "scope.training_compute_above: the compute is not finite and above zero; give FLOP of one training run",
                "scope.stays_allowed[1]: the text has 501 characters; write 1 to 500 characters",
                "notice: `-1` days is not a length that a pact may have; give 0 to 3650 days",
                "cure: `3651` days is not a length that a pact may have; give 0 to 3650 days",
                "maximum_duration: `-0.5` days is not a length that a pact may have; give 0 to 3650 days",
            ],
            terms.Faults.Select(f => f.ToString()));
    }

    [Fact]
    public void A_pact_leaves_at_most_32_things_allowed_by_name()
    {
        ImmutableArray<string> items = [.. Enumerable.Repeat("inference", 33)];

        Assert.Equal(
            "scope.stays_allowed: there are 33 items, more than 32; merge some",
            Assert.Single(PactTerms.Check(
                "title", new PactScope("text", null, items), new TriggerId("some"), TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, null).Faults).ToString());
    }

    [Fact]
    public void A_deadline_beyond_the_end_of_time_is_the_end_of_time()
    {
        var late = new Moment(DateTimeOffset.MaxValue.AddDays(-1), new EntryIndex(1));
        Pact pact = Pact.Open(new PactId("late"), Given.Terms, Given.Party("a"), late)
            .Commit(Given.Party("a"), Given.Condition("always"), late).OrThrow()
            .Observe(Verdict.Met, Verdict.NotMet, ComputeShares.None, late);

        Assert.Equal(DateTimeOffset.MaxValue, pact.NextDeadline);
    }
}
