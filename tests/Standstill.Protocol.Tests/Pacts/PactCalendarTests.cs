using CsCheck;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Protocol.Pacts.Terms;
using Standstill.Protocol.Tests.Pacts.Life;

namespace Standstill.Protocol.Tests.Pacts;

public sealed class PactCalendarTests
{
    private const int Scripts = 400;

    // Where there is no line in the history to know them by once they are over.
    private static readonly DueKind[] OfState = [DueKind.EvidenceDue, DueKind.SilenceBegins, DueKind.ProbationEnds];

    [Fact]
    public void The_earliest_deadline_ahead_is_the_next_deadline_at_every_moment() => EveryMoment((at, pact) =>
        Assert.Equal(pact.NextDeadline, PactCalendar.Of(pact, at)
            .Where(d => d.State == DueState.Ahead && d.What is not (DueKind.EvidenceDue or DueKind.ReviewDue)).Select(d => (DateTimeOffset?)d.When).Min()));

    [Fact]
    public void A_date_once_set_stays_in_the_calendar_under_its_name() => EveryLife(life =>
    {
        HashSet<string> known = [];
        foreach ((DateTimeOffset at, Pact pact) in life)
        {
            Due[] dates = [.. PactCalendar.Of(pact, at).Where(d => !OfState.Contains(d.What))];
            Assert.Empty(known.Except(dates.Select(d => d.Name)));
            Assert.Equal(dates.Length, dates.Select(d => d.Name).Distinct().Count());
            known = [.. dates.Select(d => d.Name)];
        }
    });

    [Fact]
    public void A_date_that_is_over_stays_as_it_is() => EveryLife(life =>
    {
        Dictionary<string, Due> over = [];
        foreach ((DateTimeOffset at, Pact pact) in life)
        {
            Dictionary<string, Due> dates = PactCalendar.Of(pact, at).ToDictionary(d => d.Name);
            Assert.All(over, o => Assert.Equal(o.Value, dates[o.Key]));
            over = dates.Where(d => d.Value.State != DueState.Ahead && !OfState.Contains(d.Value.What)).ToDictionary(d => d.Key, d => d.Value);
        }
    });

    [Fact]
    public void A_date_that_has_passed_passed_at_its_time_and_one_that_was_settled_was_settled_before() => EveryMoment((at, pact) =>
        Assert.All(PactCalendar.Of(pact, at), d => Assert.True(d.State switch
        {
            DueState.Ahead => d.Changed == d.Since && d.When > at,
            DueState.Passed => d.Changed.Time == d.When,
            _ => d.Changed.Time < d.When,
        }, d.ToString())));

    [Fact]
    public void The_calendar_is_in_the_order_of_time() => EveryMoment((at, pact) =>
        Assert.Equal(PactCalendar.Of(pact, at).Select(d => d.When).Order(), PactCalendar.Of(pact, at).Select(d => d.When)));

    [Fact]
    public void Random_lives_reach_every_kind_of_date_but_reviews()
    {
        HashSet<DueKind> reached = [];
        EveryMoment((at, pact) => reached.UnionWith(PactCalendar.Of(pact, at).Select(d => d.What)));

        Assert.Equal(Enum.GetValues<DueKind>().Except([DueKind.ReviewDue]), reached.Order());
    }

    [Fact]
    public void Reviews_come_at_their_times_while_the_pause_lasts()
    {
        Pact pact = Pact.Open(new PactId("reviewed"), GivenReviewed(days: 90), Given.Party("a"), Given.Day(0))
            .Commit(Given.Party("a"), new Condition.Always(), Given.Day(1)).OrThrow()
            .Observe(Verdict.Met, Verdict.NotMet, PartyFacts.None, Given.Day(2));
        pact = pact.Ready(Given.Party("a"), pact.CoalitionHash!.Value, Given.Day(3)).OrThrow().Advance(Given.Day(200).Time, Given.Day(3).Entry);

        Assert.Equal(
            [(Given.Day(100).Time, DueState.Passed), (Given.Day(190).Time, DueState.Passed), (Given.Day(280).Time, DueState.Ahead)],
            PactCalendar.Of(pact, Given.Day(200).Time).Where(d => d.What == DueKind.ReviewDue).Select(d => (d.When, d.State)));
    }

    // Seven days of preparation and of notice, as in the other tests of a life.
    private static PactTerms GivenReviewed(int days) => PactTerms.Check(
        "Reviewed",
        new PactScope("anything", null, []),
        new TriggerId("some"),
        notice: TimeSpan.FromDays(7),
        cure: TimeSpan.FromDays(14),
        withdrawalNotice: TimeSpan.FromDays(30),
        maximumDuration: null).OrThrow() with
    {
        Life = new PactLife
        {
            Preparation = TimeSpan.FromDays(7),
            Rulings = TimeSpan.FromDays(30),
            Review = TimeSpan.FromDays(days),
            Release = new ReleaseRule(ByTrigger: true, MembersPercent: null),
        },
    };

    private static void EveryMoment(Action<DateTimeOffset, Pact> holds) => EveryLife(life =>
    {
        foreach ((DateTimeOffset at, Pact pact) in life)
        {
            holds(at, pact);
        }
    });

    // Lives of both versions. The last step of a script lies long after its moment.
    private static void EveryLife(Action<IEnumerable<(DateTimeOffset, Pact)>> holds)
    {
        PactScripts.Random.Hold(Scripts, script => holds(Moments(PactScripts.Play(script.Terms, script.Steps))));
        LifeScripts.Random.Hold(Scripts, script => holds(Moments(LifeScripts.Play(script.Terms, script.Steps))));
    }

    private static IEnumerable<(DateTimeOffset, Pact)> Moments(IEnumerable<(Moment At, Pact Pact)> played)
    {
        List<(Moment At, Pact Pact)> all = [.. played];
        return all.Select((p, i) => (i == all.Count - 1 ? p.At.Time.AddDays(4000) : p.At.Time, p.Pact));
    }
}
