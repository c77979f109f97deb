using System.Collections.Immutable;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Adversary;

/// <summary>Plays strategies against the measures in place and counts how often they are seen.</summary>
/// <remarks>
/// <para>A draw is a world: the errors of every area over <see cref="HistoryDays"/> of quiet and the days of the diversion, and every draw of
/// chunks, visits and segments. All strategies are played on the same worlds (common random numbers).</para>
/// <para>The cheater knows the measures. For each strategy its plans are compared on worlds of their own, and the one that least often
/// sets off an alarm is then measured on the draws proper, so that the choice does not flatter the figure.</para>
/// <para>The result depends on the measures, the diversion, the strategies, the seed and the number of draws, not on the loop.</para>
/// </remarks>
public static class DetectionStudy
{
    /// <summary>Days of quiet before a diversion starts.</summary>
    public const int HistoryDays = StudyShape.HistoryDays;

    /// <summary>The most worlds on which plans are compared before one is chosen.</summary>
    public const int MostScreeningDraws = 200;

    private const ulong Screening = 1UL << 40;

    /// <summary>Runs a study.</summary>
    /// <param name="measures">What is in place.</param>
    /// <param name="diversion">What is wanted.</param>
    /// <param name="strategies">The strategies to play, at least one: usually <see cref="Strategy.All"/>.</param>
    /// <param name="seed">From which all draws follow.</param>
    /// <param name="draws">Worlds, at least 1.</param>
    /// <param name="loop">How draws are run; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">There is no area or no strategy, or areas have different periods.</exception>
    public static DetectionResult Run(
        MeasuresInPlace measures, Diversion diversion, ImmutableArray<Strategy> strategies, Seed seed, int draws, DrawLoop loop) =>
        Run(measures, diversion, strategies, seed, draws, loop, new Tunings());

    /// <summary>The same with limits at hand.</summary>
    internal static DetectionResult Run(
        MeasuresInPlace measures, Diversion diversion, ImmutableArray<Strategy> strategies, Seed seed, int draws, DrawLoop loop, Tunings tunings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        if (strategies.IsDefaultOrEmpty)
        {
            throw new ArgumentException("a study plays at least one strategy", nameof(strategies));
        }

        var shape = StudyShape.Of(measures, diversion.WithinDays, tunings);
        var chosen = Chosen(shape, diversion, strategies, seed, Math.Min(draws, MostScreeningDraws), loop);
        var signals = chosen.Select(choice => choice.Feasible ? PlanSignal.Of(shape, choice.Plan) : null).ToArray();
        var played = new Played[draws];
        loop(draws, draw => played[draw] = Played.In(shape, LayerStream.KeyOf(seed, (ulong)draw), signals));

        var years = draws * diversion.WithinDays / 365.0;
        return new DetectionResult
        {
            Measures = measures,
            Diversion = diversion,
            Draws = draws,
            Strategies = [.. strategies.Select((strategy, i) => Result(strategy, chosen[i], i, played))],
            FalseAlarms = [.. Enumerable.Range(0, Detection.Measures).Select(m => new YearlyRate(played.Sum(one => one.Alarms[m]), years))],
            AllFalseAlarms = new YearlyRate(played.Sum(one => one.Alarms.Sum()), years),
        };
    }

    /// <summary>For each strategy and diversion: whether it has a feasible plan that is not detectable, as <see cref="Undetected"/> defines it.</summary>
    internal static bool[] AnyNotDetectable(
        StudyShape shape, ImmutableArray<(Strategy Strategy, Diversion Diversion)> asked, Seed seed, int draws, DrawLoop loop)
    {
        var candidates = asked
            .SelectMany((one, index) => one.Strategy.Plans(shape.Measures, one.Diversion)
                .Where(plan => plan.Obstacle is null)
                .Select(plan => (Index: index, Signal: PlanSignal.Of(shape, plan))))
            .ToArray();
        var alarms = new (bool Caused, bool Chance)[draws][];
        loop(draws, draw =>
        {
            var world = DrawnWorld.Of(shape, LayerStream.KeyOf(seed, (ulong)draw));
            var quiet = QuietTests.Of(shape, world);
            alarms[draw] = Array.ConvertAll(candidates, one =>
            {
                var chance = Detection.Earliest(Detection.ChanceDays(shape, world, quiet, one.Signal.Plan.Areas)) != Detection.Never;
                return (!chance && Detection.Earliest(Detection.FirstDays(shape, world, quiet, one.Signal)) != Detection.Never, chance);
            });
        });

        var result = new bool[asked.Length];
        for (var i = 0; i < candidates.Length; i++)
        {
            var quiet = alarms.Count(draw => !draw[i].Chance);
            var caused = quiet == 0 ? 0 : (double)alarms.Count(draw => draw[i].Caused) / quiet;
            result[candidates[i].Index] |= caused <= Math.Min((double)(draws - quiet) / draws, Undetected.MostLevel);
        }

        return result;
    }

    /// <summary>The best plan of each strategy.</summary>
    private static (DiversionPlan Plan, bool Feasible)[] Chosen(
        StudyShape shape, Diversion diversion, ImmutableArray<Strategy> strategies, Seed seed, int draws, DrawLoop loop)
    {
        var plans = strategies.Select(strategy => strategy.Plans(shape.Measures, diversion)).ToArray();
        var candidates = plans
            .SelectMany((of, strategy) => of.Where(plan => plan.Obstacle is null).Select(plan => (Strategy: strategy, Signal: PlanSignal.Of(shape, plan))))
            .ToArray();
        var days = new (int Day, bool Chance)[draws][];
        loop(draws, draw =>
        {
            var world = DrawnWorld.Of(shape, LayerStream.KeyOf(seed, Screening + (ulong)draw));
            var quiet = QuietTests.Of(shape, world);
            days[draw] = Array.ConvertAll(candidates, one => (
                Detection.Earliest(Detection.FirstDays(shape, world, quiet, one.Signal)),
                Detection.Earliest(Detection.ChanceDays(shape, world, quiet, one.Signal.Plan.Areas)) != Detection.Never));
        });

        return
        [
            .. plans.Select((of, strategy) =>
            {
                var best = Enumerable.Range(0, candidates.Length)
                    .Where(i => candidates[i].Strategy == strategy)
                    .OrderBy(i => Seldom(days, i))
                    .ThenByDescending(i => days.Sum(day => (long)Math.Min(day[i].Day, shape.WindowDays + 1)))
                    .ThenBy(i => i)
                    .Select(i => (int?)i)
                    .FirstOrDefault();
                return best is { } index ? (candidates[index].Signal.Plan, true) : (of[0], false);
            }),
        ];
    }

    /// <summary>The share of otherwise quiet worlds in which a plan is seen; 0 where no world is quiet.</summary>
    private static double Seldom((int Day, bool Chance)[][] days, int plan)
    {
        var quiet = days.Count(day => !day[plan].Chance);
        return quiet == 0 ? 0 : (double)days.Count(day => !day[plan].Chance && day[plan].Day != Detection.Never) / quiet;
    }

    private static StrategyResult Result(Strategy strategy, (DiversionPlan Plan, bool Feasible) chosen, int index, Played[] played)
    {
        if (!chosen.Feasible)
        {
            return new StrategyResult(strategy, chosen.Plan, false, null, []);
        }

        var first = Array.ConvertAll(played, one => Detection.Earliest(one.First[index]));
        var chance = Array.ConvertAll(played, one => Detection.Earliest(one.Chance[index]));
        return new StrategyResult(
            strategy,
            chosen.Plan,
            true,
            Summed(first, chance),
            [
                .. Enumerable.Range(0, Detection.Measures).Select(m =>
                    Summed(Array.ConvertAll(played, one => one.First[index][m]), Array.ConvertAll(played, one => one.Chance[index][m]))),
            ])
        { Worlds = [.. first.Zip(chance, (day, by) => (day != Detection.Never, by != Detection.Never))] };
    }

    private static Seen Summed(int[] first, int[] chance)
    {
        var quiet = first.Where((_, draw) => chance[draw] == Detection.Never).ToArray();
        Array.Sort(quiet);
        return new Seen(
            new DrawnShare(first.Count(day => day != Detection.Never), first.Length),
            new DrawnShare(chance.Count(day => day != Detection.Never), first.Length),
            new DrawnShare(quiet.Count(day => day != Detection.Never), quiet.Length),
            Quantile(quiet, 0.5),
            Quantile(quiet, 0.9));
    }

    /// <summary>The least day by which at least this share is seen.</summary>
    private static int? Quantile(int[] sorted, double share)
    {
        if (sorted.Length == 0)
        {
            return null;
        }

        var day = sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
        return day == Detection.Never ? null : day;
    }

    /// <summary>What one world showed.</summary>
    private sealed record Played(int[][] First, int[][] Chance, long[] Alarms)
    {
        public static Played In(StudyShape shape, ulong key, PlanSignal?[] signals)
        {
            var world = DrawnWorld.Of(shape, key);
            var quiet = QuietTests.Of(shape, world);
            return new Played(
                Array.ConvertAll(signals, signal => signal is null ? [] : Detection.FirstDays(shape, world, quiet, signal)),
                Array.ConvertAll(signals, signal => signal is null ? [] : Detection.ChanceDays(shape, world, quiet, signal.Plan.Areas)),
                quiet.Alarms);
        }
    }
}
