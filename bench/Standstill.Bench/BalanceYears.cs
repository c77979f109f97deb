using System.Diagnostics;
using System.Globalization;
using Standstill.Measurement.Accounting;

namespace Standstill.Bench;

/// <summary>A year of hours for very many areas: every balance, all tests, and each party's global account, beside the plainest loop there is.</summary>
internal static class BalanceYears
{
    private const int Hours = 8760;

    /// <summary>Areas of one party. They are drawn once for each worker and posted again and again: 130 MB of periods, more than any cache holds.</summary>
    private const int AreasOfAParty = 100;

    public static int Run(int areas)
    {
        var design = HonestAreas.Design(0.1, Hours);
        var start = Stopwatch.GetTimestamp();
        var tests = design.Tuned();
        var global = (design with { Errors = ErrorModel.OfSum(Enumerable.Repeat((design.Errors, new ChipHours(1)), AreasOfAParty)) }).Tuned();
        var tuning = Stopwatch.GetElapsedTime(start);
        var workers = Environment.ProcessorCount;
        var parties = (areas + AreasOfAParty - 1) / AreasOfAParty;
        var drawn = new BalancePeriod[workers][][];
        Parallel.For(0, workers, worker =>
        {
            drawn[worker] = new BalancePeriod[AreasOfAParty][];
            for (var area = 0; area < AreasOfAParty; area++)
            {
                drawn[worker][area] = [.. HonestAreas.Draw(design, (worker * AreasOfAParty) + area, Hours)];
            }
        });

        var balanced = Measure(parties, drawn, party => Balanced(party, tests, global));
        var local = Measure(parties, drawn, party => party.Sum(area => AreaBook.Empty.PostAll(area, tests).Alarms.Length));
        var each = Measure(Math.Max(1, parties / 10), drawn, party => OneByOne(party, tests));
        var plain = Measure(parties, drawn, Summed);
        Console.WriteLine(Machine.Describe("."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {parties * AreasOfAParty:N0} areas of {parties:N0} parties, {Hours:N0} hours each, {workers} workers, all {parties * AreasOfAParty * (long)Hours:N0} balances and {parties * (long)Hours:N0} global ones
            limits tuned                                        {tuning.TotalMilliseconds,8:0} ms
            balanced and tested, areas and sums (PostAll)       {balanced.Seconds,8:0.00} s   {balanced.Processor,8:0.00} s of processor time
            areas alone (PostAll)                               {local.Seconds,8:0.00} s   {local.Processor,8:0.00} s
            areas, a reading for each hour (Post), a tenth      {each.Seconds,8:0.00} s   {each.Processor,8:0.00} s
            only adding up CUF, areas and sums (a plain loop)   {plain.Seconds,8:0.00} s   {plain.Processor,8:0.00} s
            balanced and tested / plain loop                    {balanced.Processor / plain.Processor,8:0.0} × in processor time
            """));
        return 0;
    }

    private static (double Seconds, double Processor) Measure(int parties, BalancePeriod[][][] drawn, Func<BalancePeriod[][], double> work)
    {
        var next = 0;
        var sink = new double[drawn.Length];
        work(drawn[0]);
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        Parallel.For(0, drawn.Length, new ParallelOptions { MaxDegreeOfParallelism = drawn.Length }, worker =>
        {
            while (Interlocked.Increment(ref next) <= parties)
            {
                sink[worker] += work(drawn[worker]);
            }
        });
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return double.IsNaN(sink.Sum()) ? throw new InvalidOperationException("a sum is not a number") : (seconds, (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds);
    }

    /// <summary>A day at a time, as digests would come in: the hours of all areas, then their sums while they are still in the cache.</summary>
    private static double Balanced(BalancePeriod[][] party, BalanceTests tests, BalanceTests global)
    {
        const int Day = 24;
        double alarms = 0;
        var books = Enumerable.Repeat(AreaBook.Empty, party.Length).ToArray();
        var sum = AreaBook.Empty;
        var (hour, day) = (new BalancePeriod[party.Length], new BalancePeriod[Day]);
        for (var from = 0; from < party[0].Length; from += Day)
        {
            for (var area = 0; area < party.Length; area++)
            {
                var run = books[area].PostAll(party[area].AsSpan(from, Day), tests);
                (books[area], alarms) = (run.Book, alarms + run.Alarms.Length);
            }

            for (var period = 0; period < Day; period++)
            {
                for (var area = 0; area < hour.Length; area++)
                {
                    hour[area] = party[area][from + period];
                }

                day[period] = BalancePeriod.Sum(hour);
            }

            var together = sum.PostAll(day, global);
            (sum, alarms) = (together.Book, alarms + together.Alarms.Length);
        }

        return alarms;
    }

    private static double OneByOne(BalancePeriod[][] party, BalanceTests tests)
    {
        double last = 0;
        foreach (var area in party)
        {
            var book = AreaBook.Empty;
            foreach (var period in area)
            {
                (book, var reading) = book.Post(period, tests);
                last += reading.Standardised;
            }
        }

        return last;
    }

    private static double Summed(BalancePeriod[][] party)
    {
        var sums = new double[party[0].Length];
        double all = 0;
        foreach (var area in party)
        {
            double sum = 0;
            for (var period = 0; period < sums.Length; period++)
            {
                var cuf = area[period].Present.Value - area[period].Idle.Value - area[period].Down.Value - area[period].Declared.Value;
                sum += cuf;
                sums[period] += cuf;
            }

            all += sum;
        }

        return all + sums.Sum();
    }
}
