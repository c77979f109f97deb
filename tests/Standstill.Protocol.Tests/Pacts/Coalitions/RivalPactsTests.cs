using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts.Coalitions;

public sealed class RivalPactsTests
{
    [Fact]
    public void A_member_of_two_pacts_owes_the_stricter_and_leaving_one_frees_nobody_in_the_other()
    {
        Pact first = Bound("first", Scope(new ScopeStop.TrainingAbove(1e26), new ScopeStop.ClustersAbove(50_000), new ScopeStop.Other("talks")), ("a", "always"), ("b", "all of a"), ("c", "always"));
        Pact second = Bound("second", Scope(new ScopeStop.TrainingAbove(1e25), new ScopeStop.ClustersAbove(100_000), new ScopeStop.Other("talks")), ("a", "always"), ("d", "always"));

        RivalPacts rivals = RivalPacts.Of(first, second);

        CommonMember common = Assert.Single(rivals.Common);
        Assert.Equal("a", common.Party.Value);
        Assert.Equal(100, common.Degree);
        Assert.Equal("b", Given.Names(common.LeavingFirst.Free));
        Assert.Empty(common.LeavingSecond.Free);
        Assert.Equal(
            ["training runs above 1e25 FLOP: second", "clusters above 50000 accelerators: first", "talks: first, second"],
            rivals.Stops.Select(s => $"{s.Stop}: {string.Join(", ", s.By)}"));
    }

    [Fact]
    public void Only_what_both_leave_allowed_is_allowed()
    {
        Pact first = Bound("first", new PactScope("one", 1e26, ["inference", "safety work"]));
        Pact second = Bound("second", new PactScope("two", null, ["inference"]));

        RivalPacts rivals = RivalPacts.Of(first, second);

        Assert.Equal(["inference"], rivals.Allowances);
        Assert.Empty(rivals.Common);
        Assert.Equal(["training runs above 1e26 FLOP", "one", "two"], rivals.Stops.Select(s => s.Stop.ToString()));
    }

    private static PactScope Scope(params ScopeStop[] stops) => PactScope.Of([.. stops], []);

    private static Pact Bound(string name, PactScope scope, params (string Party, string Condition)[] commitments)
    {
        PactTerms terms = PactTerms.Check(name, scope, new TriggerId("any"), TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, null).OrThrow();
        return commitments.Aggregate(
            Pact.Open(new PactId(name), terms, Given.Party("a"), Given.Day(0)),
            (pact, c) => pact.Commit(Given.Party(c.Party), Given.Condition(c.Condition), Given.Day(1)).OrThrow());
    }
}
