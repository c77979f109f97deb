using System.Collections.Immutable;
using Standstill.Measurement;
using Standstill.Measurement.Accounting;
using Standstill.Measurement.Numerics;
using Standstill.Protocol;
using Standstill.Protocol.Balances;

namespace Standstill.Live.Tests;

/// <summary>Areas of sample parties with hourly periods: honest but for every tenth, which keeps 3 % of its hours from the account after a day.</summary>
public static class SampleAreas
{
    public static readonly DateTimeOffset Start = new(2031, 1, 6, 0, 0, 0, TimeSpan.Zero);

    public static readonly BalanceDesign Design = new(new ErrorModel(0.01, 0.005, 0.005), new NodePower(0.3, 1.2, 0.02, 0.01), 0.5, 8760);

    public static readonly BalanceTests Tests = Design.Tuned();

    public static PartyOpening Opening(string party, int areas) =>
        new(new PartyId(party), Design, [.. Enumerable.Range(0, areas).Select(i => new AreaOpening(Key(party, i), Start, Design))]);

    public static AreaKey Key(string party, int area) => new(new PartyId(party), new FacilityId($"site-{area / 20}"), new AreaId($"hall-{area % 20}"));

    public static ImmutableArray<BalancePeriod> Periods(int area, int count, ulong seed = 1)
    {
        var random = SeededRandom.Stream(new Seed(new byte[32]), (seed << 32) + (ulong)area);
        var chips = 500 + (37 * (area % 40));
        return [.. Enumerable.Range(0, count).Select(hour =>
        {
            var idle = chips * (0.1 + (0.2 * random.NextUniform()));
            var down = chips * 0.01;
            var hidden = area % 10 == 9 && hour >= 24 ? 0.03 * chips : 0;
            var declared = chips - idle - down - hidden + (chips * 0.01 * (random.NextUniform() + random.NextUniform() + random.NextUniform() - 1.5));
            var active = declared * 0.6;
            return new BalancePeriod(
                Start.AddHours(hour), Start.AddHours(hour + 1), new(chips), new(idle), new(down), new(declared), 1 + (hour / 30), new EnergyReading((0.3 * chips) + (0.9 * active), new(active)));
        })];
    }

    /// <summary>What one loop over the periods makes of them.</summary>
    public static (AreaBook Book, ImmutableArray<DatedAlarm> Alarms, ImmutableArray<BalanceReading> Readings) Fold(IEnumerable<BalancePeriod> periods)
    {
        var book = AreaBook.Empty;
        var readings = ImmutableArray.CreateBuilder<BalanceReading>();
        foreach (var period in periods)
        {
            var step = book.Post(period, Tests);
            book = step.Book;
            readings.Add(step.Reading);
        }

        return (book, [.. readings.SelectMany(r => r.Alarms.Select(a => new DatedAlarm(r.To, a)))], readings.ToImmutable());
    }

    /// <summary>The sums of areas, period by period, in the order of the areas' names.</summary>
    public static IEnumerable<BalancePeriod> Sums(string party, IEnumerable<(int Area, ImmutableArray<BalancePeriod> Periods)> areas)
    {
        var inOrder = areas.OrderBy(a => Key(party, a.Area)).Select(a => a.Periods).ToArray();
        return Enumerable.Range(0, inOrder[0].Length).Select(i => BalancePeriod.Sum(inOrder.Select(p => p[i])));
    }
}
