using CsCheck;
using Standstill.Model;
using Standstill.Testing;

using static Standstill.Protocol.Tests.Balances.BalanceStory;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>The fold against a slow second implementation of the account, on ledgers of up to three areas and thirty periods.</summary>
public sealed class AccountModelTests
{
    private const int Minutes = 240;

    [Fact]
    public void The_fold_agrees_with_the_dense_account_whatever_the_order_in_which_meters_and_owners_speak() => Gen.ULong.Sample(
        seed =>
        {
            var draw = new Draw(seed);
            var areas = Enumerable.Range(0, draw.Between(1, 3)).Select(_ => Drawn(draw)).ToArray();
            var told = Told(areas, draw);

            for (var i = 0; i < areas.Length; i++)
            {
                Agree(AccountModel.Of(areas[i], Minutes, 0.02, 0.01, 0.005), told.At(area: Name(i)).Line);
            }

            Agree(AccountModel.Sum(areas, Minutes, 0.01, 0.005, 0.01), told.Sum().Line);
        },
        seed: "0000KOIPe036",
        iter: 60);

    private static string Name(int area) => "area-" + area.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset At(int minute) => Start.AddMinutes(minute);

    private static ModelArea Drawn(Draw draw)
    {
        var first = draw.Next(4);
        var periods = draw.Between(1, 30);
        var there = (long)draw.Between(5, 40);
        var events = new List<ModelEvent> { new(0, there, 0) };
        for (var minute = 1 + draw.Next(200); minute < (first + periods) * Minutes; minute += 1 + draw.Next(900))
        {
            var e = draw.Next(3) == 0 ? new ModelEvent(minute, draw.Between(1, 40), 0) : new ModelEvent(minute, null, draw.Between((int)-Math.Min(there - 1, 5), 5));
            e = e is { Count: null, Change: 0 } ? e with { Change = 1 } : e;
            there = e.Count ?? there + e.Change;
            events.Add(e);
        }

        return new ModelArea(events, first, [.. Enumerable.Range(0, periods).Select(_ => new ModelPeriod(draw.Next(40), draw.Next(10), draw.Next(120)))]);
    }

    private static Scenario Told(ModelArea[] areas, Draw draw)
    {
        var story = Founded();
        story.Clock = Start;
        for (var i = 0; i < areas.Length; i++)
        {
            story.Area(area: Name(i), minutes: Minutes).Tell("ash.key", "area-counted", CountBody(Name(i), areas[i].Events[0].Count!.Value, UtcTime.Format(Start)))
                .Designed(area: Name(i), random: 2, systematic: 1, counting: 0.5);
        }

        story.Designed(area: null, random: 1, systematic: 0.5, counting: 1);
        story.Clock = At(40 * Minutes);

        // Of each area three tellers: what happened, the meter, the owner. What happens in a period is told before the period is; every area has
        // begun before any sum is made.
        var next = areas.Select(_ => new int[3]).ToArray();
        for (var i = 0; i < areas.Length; i++)
        {
            next[i][0] = 1;
            Happen(story, areas[i], i, next[i], (areas[i].First + 1) * Minutes);
            Digest(story, areas[i], i, next[i]);
        }

        while (true)
        {
            var open = Enumerable.Range(0, areas.Length).SelectMany(i => new[] { (Area: i, Teller: 1), (Area: i, Teller: 2) }).Where(t => next[t.Area][t.Teller] < areas[t.Area].Periods.Count).ToArray();
            if (open.Length == 0)
            {
                break;
            }

            var (area, teller) = open[draw.Next(open.Length)];
            Happen(story, areas[area], area, next[area], (areas[area].First + next[area][teller] + 1) * Minutes);
            if (teller == 1)
            {
                Digest(story, areas[area], area, next[area]);
            }
            else
            {
                Declare(story, areas[area], area, next[area]);
            }
        }

        // An area that is given up is waited for no longer: the sums of the others beyond its last period are made.
        for (var i = 0; i < areas.Length; i++)
        {
            story.Area(area: Name(i), minutes: Minutes, closed: true);
        }

        return story;
    }

    private static void Happen(Scenario story, ModelArea area, int i, int[] next, int before)
    {
        while (next[0] < area.Events.Count && area.Events[next[0]].Minute < before)
        {
            var (e, on) = (area.Events[next[0]], UtcTime.Format(At(area.Events[next[0]].Minute)));
            next[0]++;
            if (e.Count is { } count)
            {
                story.Tell("ash.key", "area-counted", CountBody(Name(i), count, on));
            }
            else
            {
                story.Tell("ash.key", "movement", new { movement = $"m-{i}-{next[0]}", step = e.Change > 0 ? "installed" : "retired", accelerator = "H100", count = Math.Abs(e.Change), on, facility = "hall", area = Name(i) });
            }
        }
    }

    private static void Digest(Scenario story, ModelArea area, int i, int[] next)
    {
        var (from, said) = (Days(area.First + next[1]), area.Periods[next[1]]);
        story.Tell("ash.meter", "compute-digest", DigestBody(Name(i), from, from + Days(1), said.Idle, 0));
        next[1]++;
    }

    private static void Declare(Scenario story, ModelArea area, int i, int[] next)
    {
        var (from, said) = (Days(area.First + next[2]), area.Periods[next[2]]);
        story.Tell("ash.key", "use-declared", UseBody(Name(i), from, from + Days(1), said.Declared, said.Down));
        next[2]++;
    }

    private static double Days(int periods) => periods * Minutes / 1440.0;

    private static void Agree(IReadOnlyList<ModelBalance> expected, Standstill.Protocol.Balances.BalanceLine line)
    {
        Assert.Equal(expected.Count, line.Entries.Count);
        foreach (var (model, entry) in expected.Zip(line.Entries))
        {
            Assert.Equal(At(model.Period * Minutes), entry.Period.From);
            Assert.Equal(model.Present, entry.Period.Present.Value, 1e-9);
            Assert.Equal(model.Cuf, entry.Period.Cuf.Value, 1e-9);
            Assert.Equal(model.Standardised, entry.Reading!.Standardised, 1e-7 * Math.Max(1, Math.Abs(model.Standardised)));
        }
    }
}
