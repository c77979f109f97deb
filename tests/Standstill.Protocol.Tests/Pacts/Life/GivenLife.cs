using System.Collections.Immutable;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts.Life;

/// <summary>Short ways to say what a test of a pact of version 2 starts from: parties `a`, `b`, `c`; prepare within 7 days, notice 7,
/// cure 14, withdrawal with 30, rulings within 30, blackout 60, probation 180, at most 180 days.</summary>
internal static class GivenLife
{
    public static readonly PactLife Plain = new()
    {
        Preparation = TimeSpan.FromDays(7),
        Rulings = TimeSpan.FromDays(30),
        Blackout = TimeSpan.FromDays(60),
        Probation = TimeSpan.FromDays(180),
        Release = new ReleaseRule(ByTrigger: true, MembersPercent: 75),
    };

    /// <summary>With a heartbeat every day and a balance every 30, and silence after 5.</summary>
    public static readonly PactLife Watched = Plain with
    {
        Silence = TimeSpan.FromDays(5),
        Owed = [new Duty(DutyKind.Heartbeat, TimeSpan.FromDays(1)), new Duty(DutyKind.Balance, TimeSpan.FromDays(30))],
    };

    public static Pact Opened(PactLife? life = null) =>
        Pact.Open(new PactId("hold"), Given.Terms with { Life = life ?? Plain }, Given.Party("a"), Given.Day(0));

    /// <summary>All committed on day 1.</summary>
    public static Pact Armed(PactLife? life, params IEnumerable<(string Party, string Condition)> commitments) =>
        commitments.Aggregate(Opened(life), (pact, c) => pact.Promising(c.Party, c.Condition, 1));

    /// <summary>Called on day 2: to confirm by day 9.</summary>
    public static Pact Called(PactLife? life, params IEnumerable<(string Party, string Condition)> commitments) =>
        Armed(life, commitments).Observing(Verdict.Met, 2);

    /// <summary>All confirmed on day 3, in force on day 10.</summary>
    public static Pact InForce(PactLife? life, params IEnumerable<(string Party, string Condition)> commitments)
    {
        Pact called = Called(life, commitments);
        return called.MembersPledged.Aggregate(called, (pact, p) => pact.Readying(p.Value, 3)).Until(10);
    }

    public static Pact Promising(this Pact pact, string party, string condition, double day) =>
        pact.Promising(party, Given.Condition(condition), day);

    public static Pact Promising(this Pact pact, string party, Condition condition, double day) =>
        pact.Commit(Given.Party(party), condition, Given.Day(day)).OrThrow();

    public static Pact Promising(this Pact pact, string party, double day, params (int Degree, string Condition)[] steps) =>
        pact.Commit(Given.Party(party), [.. steps.Select(s => new CommitmentStep(s.Degree, Given.Condition(s.Condition)))], Given.Day(day)).OrThrow();

    public static Pact Readying(this Pact pact, string party, double day) =>
        pact.Ready(Given.Party(party), pact.CoalitionHash!.Value, Given.Day(day)).OrThrow();

    public static Pact Shown(this Pact pact, string party, DutyKind kind, double day) => pact.Discharge(Given.Party(party), kind, Given.Day(day));

    public static Pact Seeing(this Pact pact, double day, Func<PartyFacts, PartyFacts> facts) =>
        pact.Observe(pact.Circumstances.Pause, pact.Circumstances.Release, facts(pact.Circumstances.Facts), Given.Day(day));

    /// <summary>The pause level, all facts staying as they are.</summary>
    public static Pact Calling(this Pact pact, double day) =>
        pact.Observe(Verdict.Met, Verdict.NotMet, pact.Circumstances.Facts, Given.Day(day));

    public static Pact Verifying(this Pact pact, double day, params IEnumerable<(string Party, int Percent)> assurance) =>
        pact.Seeing(day, f => f with { Assurance = assurance.ToImmutableSortedDictionary(a => Given.Party(a.Party), a => a.Percent) });

    public static Pact Until(this Pact pact, double day) => pact.Advance(Given.Start.AddDays(day), Given.Day(day).Entry);

    public static string Bound(this Pact pact) => Given.Names(pact.MembersBound);

    public static string Pledged(this Pact pact) => Given.Names(pact.MembersPledged);

    public static string Waiting(this Pact pact) => Given.Names(pact.MembersWaiting);

    public static Standing Standing(this Pact pact, string party) => pact.Members[Given.Party(party)].Standing;

    /// <summary>The sentences of what has happened since a day.</summary>
    public static IEnumerable<string> Told(this Pact pact, double since) =>
        pact.History.Where(t => t.At.Time >= Given.Start.AddDays(since)).Select(t => PactText.Of(t.What));

    public static PactOutcome.Refused Refused(PactRefusal reason, PactOutcome outcome)
    {
        PactOutcome.Refused refused = Assert.IsType<PactOutcome.Refused>(outcome);
        Assert.Equal(reason, refused.Reason);
        return refused;
    }
}
