using System.Diagnostics;
using System.Globalization;
using Standstill.Live;
using Standstill.Measurement;
using Standstill.Measurement.Accounting;
using Standstill.Measurement.Numerics;
using Standstill.Protocol;
using Standstill.Protocol.Balances;

namespace Standstill.Bench;

/// <summary>Periods that live processing posts a second, in memory and in PostgreSQL, beside a plain loop over the same periods.</summary>
internal static class LivePosting
{
    private const int DayHours = 24;
    private static readonly DateTimeOffset Start = new(2031, 1, 6, 0, 0, 0, TimeSpan.Zero);
    private static readonly BalanceDesign Design = new(new ErrorModel(0.01, 0.005, 0.005), null, 0.5, 8760);

    /// <summary>Prints a table. Without a connection PostgreSQL is left out.</summary>
    public static async Task<int> RunAsync(int areas, int days, string? connection)
    {
        var periods = Enumerable.Range(0, areas).Select(a => Periods(a, (days + 1) * DayHours)).ToArray();
        var loop = Loop(periods, Design.Tuned());
        Console.WriteLine($"Measured on {DateTime.UtcNow:yyyy-MM-dd}: {Machine.Describe(Path.GetTempPath())}.");
        Console.WriteLine();
        Console.WriteLine("| what | periods a second | of the plain loop |");
        Console.WriteLine("|---|---:|---:|");
        Row("a plain loop of `AreaBook.Post`, one core", loop, loop);
        await HostAsync("in memory", new LiveSettings { Listen = null }, periods, loop);
        if (connection is not null)
        {
            await HostAsync("PostgreSQL", new LiveSettings { Listen = null, PostgresConnection = connection }, periods, loop);
        }

        return 0;
    }

    private static async Task HostAsync(string where, LiveSettings settings, BalancePeriod[][] periods, double loop)
    {
        await using var host = await LiveHost.StartAsync(settings, TimeProvider.System);
        var party = new PartyId("sample-ash");
        var keys = Enumerable.Range(0, periods.Length).Select(a => new AreaKey(party, new FacilityId($"site-{a / 50}"), new AreaId($"hall-{a % 50}"))).ToArray();
        Good((await host.OpenAsync(new PartyOpening(party, Design, [.. keys.Select(k => new AreaOpening(k, Start, Design))]))).IsEmpty);

        // As digests arrive: one period of every area, then the next. The first is left out, in which every grain is made.
        await PostAsync(host, keys, periods, 0, 1);
        var watch = Stopwatch.StartNew();
        for (var hour = 1; hour < DayHours; hour++)
        {
            await PostAsync(host, keys, periods, hour, 1);
        }

        Row($"{where}, a period of each of {periods.Length:#,0} areas at once", periods.Length * (DayHours - 1) / watch.Elapsed.TotalSeconds, loop);

        // As a host is refilled from a ledger: many periods of an area in one batch.
        watch.Restart();
        for (var from = DayHours; from < periods[0].Length; from += DayHours)
        {
            await PostAsync(host, keys, periods, from, DayHours);
        }

        Row($"{where}, a day of each", periods.Length * (periods[0].Length - DayHours) / watch.Elapsed.TotalSeconds, loop);
        Good((await host.PartyAsync(party))!.Global.Periods == periods[0].Length);
    }

    private static async Task PostAsync(LiveHost host, AreaKey[] keys, BalancePeriod[][] periods, int from, int count)
    {
        var outcomes = await host.PostAsync([.. keys.SelectMany((key, a) => periods[a].AsSpan(from, count).ToArray().Select(p => new AreaPeriod(key, p)))]);
        Good(outcomes.All(o => o is PostOutcome.Posted));
    }

    private static double Loop(BalancePeriod[][] periods, BalanceTests tests)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var watch = Stopwatch.StartNew();
            foreach (var area in periods)
            {
                var book = AreaBook.Empty;
                foreach (var period in area)
                {
                    book = book.Post(period, tests).Book;
                }

                Good(book.Periods == area.Length);
            }

            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return periods.Sum(p => (double)p.Length) / best;
    }

    private static BalancePeriod[] Periods(int area, int hours)
    {
        var random = SeededRandom.Stream(new Seed(new byte[32]), (ulong)area);
        var chips = 500 + (37 * (area % 40));
        return [.. Enumerable.Range(0, hours).Select(hour =>
        {
            var idle = chips * 0.2 * random.NextUniform();
            return new BalancePeriod(
                Start.AddHours(hour), Start.AddHours(hour + 1), new(chips), new(idle), new(0), new(chips - idle + (chips * 0.01 * (random.NextUniform() - 0.5))), 1, null);
        })];
    }

    private static void Row(string what, double rate, double loop) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {rate:#,0} | 1 : {loop / rate:#,0} |"));

    private static void Good(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("the host did not post what it was given");
        }
    }
}
