using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts.Life;

public sealed class LifeTextTests
{
    private static readonly AllegationId Run = new("run-9");

    /// <summary>Approved sentences: lives of a pact of version 2.</summary>
    [Fact]
    public void Every_transition_has_a_sentence()
    {
        string approved = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "pacts", "transitions-2.txt"));

        Assert.Equal(approved, string.Join('\n', Lives().Select(Told)) + "\n");
    }

    [Fact]
    public void The_lives_that_are_told_see_every_kind_of_transition() => Assert.Equal(
        typeof(PactChange).GetNestedTypes().Select(t => t.Name).Order(),
        Lives().SelectMany(p => p.History).Select(t => t.What.GetType().Name).Concat(OfVersionOneAlone).Distinct().Order());

    [Fact]
    public void Every_standing_has_a_sentence()
    {
        Moment at = Given.Day(0);
        DateTimeOffset until = Given.Start.AddDays(14);
        Member Member(Standing standing) => new(Given.Commitment("a", "always"), standing, LeavesAt: null);

        Assert.Equal(
            [
                "a has been pledged since 2027-03-01 12:00:00 UTC; it is not bound yet.",
                "a has been ready to slow by 50% since 2027-03-01 12:00:00 UTC; it is not bound yet.",
                "a has been bound to slow by 50% since 2027-03-01 12:00:00 UTC.",
                "a has been bound since 2027-03-01 12:00:00 UTC, counts as unverified, and has until 2027-03-15 12:00:00 UTC to show what it owes.",
                "a has waited since 2027-03-01 12:00:00 UTC. It counts as unverified, and has until 2027-03-15 12:00:00 UTC to show what it owed.",
                "a has been bound since 2027-03-01 12:00:00 UTC. It is on probation and counts for nobody until 2027-03-15 12:00:00 UTC.",
                "a did not confirm in time and dropped out at 2027-03-01 12:00:00 UTC.",
                "m and n came in the place of a at 2027-03-01 12:00:00 UTC.",
            ],
            new[]
            {
                Member(new Standing.Pledged(at)),
                Member(new Standing.Ready(at)) with { Degree = 50 },
                Member(new Standing.Bound(at)) with { Degree = 50 },
                Member(new Standing.Suspected(at, until)),
                Member(new Standing.Waiting(at)) with { SuspectedUntil = until },
                Member(new Standing.Bound(at)) with { ProbationUntil = until },
                Member(new Standing.DroppedOut(at)),
                Member(new Standing.Succeeded(at, [Given.Party("m"), Given.Party("n")])),
            }.Select(PactText.Of));
    }

    [Fact]
    public void Every_stage_has_a_sentence() => Assert.Equal(
        [
            "Armed since 2027-03-01 12:00:00 UTC: the members are pledged and wait for the trigger; nobody is bound yet.",
            "Called at 2027-03-01 12:00:00 UTC: the members have until 2027-03-08 12:00:00 UTC to confirm that they are ready; nobody is bound yet.",
            "Being lifted since 2027-03-01 12:00:00 UTC (every bound member agreed): the pause holds in full until 2027-03-08 12:00:00 UTC.",
            "Being lifted since 2027-03-01 12:00:00 UTC (the trigger's release level is met): the members slow by 50% at most until 2027-03-08 12:00:00 UTC.",
            "Released at 2027-03-01 12:00:00 UTC: as many of the bound members agreed as the terms ask for.",
        ],
        new PactStage[]
        {
            new PactStage.Armed(Given.Day(0)) { Pledged = true },
            new PactStage.Preparing(Given.Day(0), Digest.Of("any"u8), Given.Start.AddDays(7)),
            new PactStage.Lifting(Given.Day(0), 0, 100, Given.Start.AddDays(7), Given.Start, ReleaseCause.Unanimous),
            new PactStage.Lifting(Given.Day(0), 1, 50, Given.Start.AddDays(7), Given.Start, ReleaseCause.Trigger),
            new PactStage.Released(Given.Day(0), ReleaseCause.Members),
        }.Select(PactText.Of));

    private static readonly string[] OfVersionOneAlone = [nameof(PactChange.Armed), nameof(PactChange.Called)];

    private static string Told(Pact pact) =>
        string.Concat(pact.History.Select(t => $"{PactText.Time(t.At.Time)}  {PactText.Of(t.What)}\n"));

    private static IEnumerable<Pact> Lives()
    {
        PactLife life = GivenLife.Watched with
        {
            Blackout = TimeSpan.Zero,
            Seal = new SealTerms([Given.Party("t")], 1, CoarseCount: false),
            Lifting = [new LiftingStep(50, TimeSpan.FromDays(30))],
            Silence = TimeSpan.FromDays(20),
            Owed = [new Duty(DutyKind.Heartbeat, TimeSpan.FromDays(10)), new Duty(DutyKind.Balance, TimeSpan.FromDays(10)), new Duty(DutyKind.Inspection, TimeSpan.FromDays(170))],
        };

        // Prepared, one drops out, one is silent, one breaches; extended; lifted.
        Pact pact = GivenLife.Opened(life)
            .Promising("a", 1, (50, "all of b"), (100, "all of b, c"))
            .Promising("b", "always", 1)
            .Unseal([Given.Commitment("c", "all of a, b")], Given.Day(1.5)).OrThrow()
            .Promising("d", "all of c", 1.6)
            .Promising("w", "all of z", 1.7)
            .Withdraw(Given.Party("w"), Given.Day(1.8)).OrThrow()
            .Calling(2);
        pact = pact.Readying("a", 3).Readying("b", 3).Readying("d", 4).Until(9);
        pact = pact.Promising("c", "all of b", 10).Until(16);
        yield return pact.Shown("a", DutyKind.Heartbeat, 30).Shown("a", DutyKind.Balance, 30).Shown("b", DutyKind.Balance, 45)
            .Shown("b", DutyKind.Heartbeat, 47).Until(60);

        PactLife unwatched = life with { Silence = null, Owed = [] };
        pact = GivenLife.InForce(unwatched, ("a", "always"), ("b", "all of a"), ("c", "always"), ("e", "all of b"))
            .Allege(Run, Given.Party("z"), Given.Party("a"), "a run", Given.Day(11)).OrThrow()
            .Allege(new AllegationId("run-10"), Given.Party("z"), Given.Party("b"), "a run", Given.Day(11)).OrThrow()
            .Allege(new AllegationId("run-11"), Given.Party("z"), Given.Party("c"), "a run", Given.Day(11)).OrThrow()
            .Allege(new AllegationId("run-12"), Given.Party("z"), Given.Party("c"), "a run", Given.Day(11)).OrThrow()
            .Rule(Run, Ruling.Upheld, Given.Day(12)).OrThrow()
            .Rule(new AllegationId("run-11"), Ruling.Dismissed, Given.Day(12)).OrThrow()
            .HandOver(Given.Party("c"), "weights", Given.Day(13))
            .Rule(new AllegationId("handover-131"), Ruling.Cured, Given.Day(14)).OrThrow()
            .Until(26)
            .Promising("a", "always", 30);
        yield return pact
            .Extend(Given.Party("c"), 30, Given.Day(100)).OrThrow()
            .Extend(Given.Party("a"), 1, Given.Day(101)).OrThrow()
            .Until(190)
            .Promising("h", "all of a", 190.5)
            .Until(191)
            .Until(300);

        pact = GivenLife.InForce(unwatched, ("a", "always"), ("b", "all of a"), ("c", "always"));
        yield return pact
            .Extend(Given.Party("a"), 30, Given.Day(100)).OrThrow()
            .Succeed(Given.Party("a"), [Given.Party("m"), Given.Party("n")], Given.Day(110))
            .Seeing(110, f => f with { Successors = f.Successors.Add(Given.Party("a"), [Given.Party("m"), Given.Party("n")]) })
            .Until(190)
            .ReleaseBy(Given.Party("m"), Given.Day(200)).OrThrow()
            .ReleaseBy(Given.Party("n"), Given.Day(201)).OrThrow()
            .Until(300);

        yield return GivenLife.InForce(unwatched, ("a", "all of b"), ("b", "all of a")).Withdraw(Given.Party("a"), Given.Day(70)).OrThrow().Until(110);
        yield return GivenLife.Called(unwatched, ("a", "all of b"), ("b", "all of a")).Readying("a", 3).Until(9);

        // a's share falls while it is being prepared, and rises again when b is bound.
        yield return GivenLife.Opened(unwatched)
            .Seeing(1, _ => PartyFacts.Of(Given.Compute(("a", 6), ("z", 4))))
            .Promising("a", "at least 60% of accounted compute", 1)
            .Promising("b", 1, (50, "always"), (100, "all of a"))
            .Calling(2).Readying("b", 3)
            .Seeing(4, _ => PartyFacts.Of(Given.Compute(("a", 6), ("z", 9))))
            .Readying("b", 5)
            .Seeing(6, _ => PartyFacts.Of(Given.Compute(("a", 6), ("z", 4))));
        yield return GivenLife.Called(unwatched, ("a", "always"), ("b", "always")).Withdraw(Given.Party("b"), Given.Day(2)).OrThrow()
            .Until(9).Promising("a", "always", 20).Promising("w", "all of z", 21)
            .Observe(Verdict.NotMet, Verdict.Met, PartyFacts.None, Given.Day(22));
    }
}
