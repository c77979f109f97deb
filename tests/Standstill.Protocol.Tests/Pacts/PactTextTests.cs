using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol.Tests.Pacts;

public sealed class PactTextTests
{
    /// <summary>Approved sentences: three lives of a pact of version 1 that between them see every kind of transition that it knows.</summary>
    [Fact]
    public void Every_transition_has_a_sentence()
    {
        string approved = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "pacts", "transitions.txt"));

        Assert.Equal(approved, string.Join('\n', Lives().Select(Told)) + "\n");
    }

    [Fact]
    public void Every_standing_has_a_sentence()
    {
        Moment at = Given.Day(0);
        Member Standing(Standing standing, DateTimeOffset? leaves = null) => new(Given.Commitment("a", "always"), standing, leaves);

        Assert.Equal(
            [
                "a has waited since 2027-03-01 12:00:00 UTC.",
                "a has been bound since 2027-03-01 12:00:00 UTC.",
                "a has been bound since 2027-03-01 12:00:00 UTC, and leaves at 2027-03-31 12:00:00 UTC.",
                "a has been bound since 2027-03-01 12:00:00 UTC, has until 2027-03-15 12:00:00 UTC to cure.",
                "a has been in breach since 2027-03-01 12:00:00 UTC.",
                "a left at 2027-03-01 12:00:00 UTC.",
                "a was released at 2027-03-01 12:00:00 UTC.",
                "a was still waiting when the pact ended at 2027-03-01 12:00:00 UTC.",
            ],
            new[]
            {
                Standing(new Standing.Waiting(at)),
                Standing(new Standing.Bound(at)),
                Standing(new Standing.Bound(at), Given.Start.AddDays(30)),
                Standing(new Standing.InCure(at, Given.Start.AddDays(14))),
                Standing(new Standing.InBreach(at)),
                Standing(new Standing.Withdrawn(at)),
                Standing(new Standing.Released(at)),
                Standing(new Standing.Lapsed(at)),
            }.Select(PactText.Of));
    }

    [Fact]
    public void Every_stage_has_a_sentence() => Assert.Equal(
        [
            "Open: no coalition exists, and nobody is bound.",
            "Armed since 2027-03-01 12:00:00 UTC: the members are bound and wait for the trigger.",
            "Called at 2027-03-01 12:00:00 UTC: the pause begins at 2027-03-08 12:00:00 UTC.",
            "In force since 2027-03-01 12:00:00 UTC.",
            "In force since 2027-03-01 12:00:00 UTC, until 2027-03-08 12:00:00 UTC at the latest.",
            "Released at 2027-03-01 12:00:00 UTC: its maximum duration has passed.",
        ],
        new PactStage[]
        {
            new PactStage.Open(Given.Day(0)),
            new PactStage.Armed(Given.Day(0)),
            new PactStage.InNotice(Given.Day(0), Given.Start.AddDays(7)),
            new PactStage.InForce(Given.Day(0), null),
            new PactStage.InForce(Given.Day(0), Given.Start.AddDays(7)),
            new PactStage.Released(Given.Day(0), ReleaseCause.MaximumDuration),
        }.Select(PactText.Of));

    [Fact]
    public void A_time_is_told_in_utc() =>
        Assert.Equal("2027-03-01 11:00:00 UTC", PactText.Time(new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.FromHours(1))));

    private static string Told(Pact pact) =>
        string.Concat(pact.History.Select(t => $"{PactText.Time(t.At.Time)}  {PactText.Of(t.What)}\n"));

    private static IEnumerable<Pact> Lives()
    {
        var run = new AllegationId("run-9");
        Pact opened = Pact.Open(new PactId("hold"), Given.Terms, Given.Party("a"), Given.Day(0));
        Pact called = opened.Committing("a", "all of b, c", 1).Committing("b", "at least 2 of a, b, c", 2).Committing("c", "always", 3)
            .Committing("d", "all of a or at least 60% of accounted compute", 4).Committing("w", "all of z", 5).Observing(Verdict.Met, 6);
        Pact accused = called.Allege(run, Given.Party("d"), Given.Party("a"), "a run above the line", Given.Day(14)).OrThrow();
        yield return accused
            .Rule(run, Ruling.Upheld, Given.Day(15)).OrThrow()
            .Rule(run, Ruling.Cured, Given.Day(16)).OrThrow()
            .Allege(new AllegationId("run-10"), Given.Party("d"), Given.Party("b"), "another", Given.Day(17)).OrThrow()
            .Rule(new AllegationId("run-10"), Ruling.Dismissed, Given.Day(18)).OrThrow()
            .Allege(new AllegationId("run-11"), Given.Party("d"), Given.Party("b"), "a third", Given.Day(19)).OrThrow()
            .ReleaseBy(Given.Party("c"), Given.Day(20)).OrThrow()
            .Observe(Verdict.NotMet, Verdict.Met, ComputeShares.None, Given.Day(21));
        yield return accused
            .Withdraw(Given.Party("c"), Given.Day(15)).OrThrow()
            .Rule(run, Ruling.Upheld, Given.Day(16)).OrThrow()
            .Advance(Given.Start.AddDays(60), new EntryIndex(161));
        yield return opened.Committing("a", "all of b", 1).Committing("b", "all of a", 2)
            .Withdraw(Given.Party("a"), Given.Day(3)).OrThrow()
            .Advance(Given.Start.AddDays(60), new EntryIndex(31));
    }
}
