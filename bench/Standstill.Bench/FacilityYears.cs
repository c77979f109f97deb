using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Standstill.Measurement;
using Standstill.Measurement.Accounting;
using Standstill.Measurement.Adversary;

namespace Standstill.Bench;

/// <summary>How many facility-years a second the simulator plays.</summary>
/// <remarks>The base case: one area of 5,000 accelerators of the reference measures, 365 daily balance periods (180 quiet, 185 of the diversion), with all its
/// tests (Page's four on chip-time and the year's sum, two on energy, two on features), 12 challenges of 8 of 144 chunks and 12 visits to 64
/// accelerators, played with and without a diversion by declared-idle of 2.5e22 FLOP.</remarks>
internal static class FacilityYears
{
    private const int Rounds = 5;
    private const int Cores = 2;

    private static readonly Diversion Wanted = new(2.5e22, 185);

    private static MeasuresInPlace Base => MeasuresInPlace.Reference with
    {
        Areas = [MeasuresInPlace.Reference.Areas[0]],
        GlobalFalseAlarmsPerYear = null,
        Visits = new VisitPlan(12, 64, new Probability(0.9), RandomTiming: true, NoticeHours: 0),
    };

    /// <summary>Prints the limits of the tests, for the peer to use, as JSON.</summary>
    public static int Limits()
    {
        var tests = Base.Areas[0].Balance!.Tuned();
        var length = 365 / (Base.Features!.FalseAlarmsPerYear / 2);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            abrupt = new[] { tests.Abrupt.Allowance, tests.Abrupt.Interval },
            slow = new[] { tests.Slow.Allowance, tests.Slow.Interval },
            cumulative = tests.CumulativeLimit,
            features = new[] { 0.5, PageLimit.For(0.5, length).Interval, tests.Slow.Allowance, PageLimit.For(tests.Slow.Allowance, length).Interval },
        }));
        return 0;
    }

    /// <summary>Prints facility-years a second on two cores, the median of some rounds after one that is not counted, and what was detected.</summary>
    public static int Run(int years)
    {
        static void OnTwoCores(int count, Action<int> body) => Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Cores }, body);

        var (seconds, processor) = (new double[Rounds], new double[Rounds]);
        var result = default(StrategyResult);
        for (var round = -1; round < Rounds; round++)
        {
            var (start, used) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
            var study = DetectionStudy.Run(Base, Wanted, [Strategy.Named("declared-idle")!], new Seed(new byte[32]), years, OnTwoCores);
            seconds[Math.Max(round, 0)] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            processor[Math.Max(round, 0)] = (Process.GetCurrentProcess().TotalProcessorTime - used).TotalSeconds;
            result = study.Strategies[0];
        }

        Array.Sort(seconds);
        Array.Sort(processor);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            years,
            seconds = seconds[Rounds / 2],
            processor = processor[Rounds / 2],
            detected = result!.All!.Detected.Value.Value,
            low = result.All.Detected.Low.Value,
            high = result.All.Detected.High.Value,
            hidden = result.Plan.HiddenShare,
            days = result.Plan.Days.Until,
        }));
        return 0;
    }

    /// <summary>Prints the table of strategies, what is not detectable, and what the next unit of budget buys, as docs/compute/strategies.md has them.</summary>
    public static int Table(double flop, int days, int draws)
    {
        var (measures, seed) = (MeasuresInPlace.Reference, new Seed(SHA256.HashData("1"u8)));
        var study = DetectionStudy.Run(measures, new Diversion(flop, days), Strategy.All, seed, draws, (n, body) => Parallel.For(0, n, body));
        Console.WriteLine(StrategyTable.Of(study));
        Console.WriteLine(StrategyTable.Of(Undetected.Of(measures, days, Strategy.All, seed, Math.Min(draws, 400), (n, body) => Parallel.For(0, n, body))));
        Console.WriteLine();
        foreach (var value in MarginalValue.Of(study, Strategy.All, BudgetStep.All, seed, (n, body) => Parallel.For(0, n, body)))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {value.Step.What} | {value.Caused.Value.Value:0.000} | {value.Gain.Value:+0.000;-0.000;0.000} ({value.Gain.Low:+0.000;-0.000;0.000} to {value.Gain.High:+0.000;-0.000;0.000}) | {value.Weakest.Name} |"));
        }

        return 0;
    }
}
