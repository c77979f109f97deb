using System.Diagnostics;
using System.Globalization;
using Standstill.Measurement.Accounting;

namespace Standstill.Bench;

/// <summary>How often the tests of honest areas alarm, over very many simulated facility-years, beside the stated rate.</summary>
internal static class BalanceAlarms
{
    private const double Rate = 0.7;

    public static int Run(int years, int periodsPerYear)
    {
        var design = HonestAreas.Design(Rate, periodsPerYear);
        var tests = design.Tuned();
        var alarms = new long[Enum.GetValues<BalanceTest>().Length];
        var start = Stopwatch.GetTimestamp();
        Parallel.For(
            0,
            years,
            () => new long[alarms.Length],
            (facility, _, worker) =>
            {
                // A few periods at a time: a year held at once outlives the collections in which it should die.
                var book = AreaBook.Empty;
                foreach (var periods in HonestAreas.Draw(design, facility, periodsPerYear).Chunk(20))
                {
                    var run = book.PostAll(periods, tests);
                    book = run.Book;
                    foreach (var raised in run.Alarms)
                    {
                        worker[(int)raised.Alarm.Test]++;
                    }
                }

                return worker;
            },
            worker =>
            {
                lock (alarms)
                {
                    for (var test = 0; test < alarms.Length; test++)
                    {
                        alarms[test] += worker[test];
                    }
                }
            });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{years:N0} facilities for their first year of {periodsPerYear:N0} periods, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
        foreach (var test in Enum.GetValues<BalanceTest>())
        {
            var stated = test == BalanceTest.Unfounded ? 0 : Rate / 7;
            var seen = alarms[(int)test] / (double)years;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{test,-12} stated {stated:0.0000} a year, found {seen:0.0000} ± {Math.Sqrt(seen / years):0.0000}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"all",-12} stated {Rate:0.0000} a year, found {alarms.Sum() / (double)years:0.0000}"));
        return 0;
    }
}
