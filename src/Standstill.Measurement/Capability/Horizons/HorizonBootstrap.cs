using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Horizons;

/// <summary>The bootstrap of horizons: families are drawn with replacement and, in METR's form, tasks and runs within them.</summary>
/// <remarks>
/// <para>Kwa et al., METR 2025 (arXiv 2503.14499), section 4.1: one draw of families and tasks serves all agents, so that a suite that
/// happens to be easy is easy for all; a task drawn twice counts twice; weights are those of the whole sample and are kept. What is drawn
/// below the families is chosen by <see cref="HorizonSettings.Resampling"/>.</para>
/// <para>Draw d takes all its random numbers from <see cref="SeededRandom.Stream"/> d, agents in order. A cell all of whose runs have one
/// score takes none, since resampling cannot change it. Tasks that no agent attempted are left aside.</para>
/// <para>What runs for every task of every draw is compiled in full at once: a thousand draws are over before the runtime would have
/// compiled it again by itself.</para>
/// <para>A draw in which an agent's runs all succeed gives +∞, one in which all fail −∞, and one in which success does not fall with
/// length, or no task of the agent was drawn, gives not-a-number. METR's analysis drops the first two kinds and takes the formula at its
/// word in the third.</para>
/// </remarks>
public sealed class HorizonBootstrap
{
    /// <summary>By how many fewer families than there are are drawn where families are drawn whole.</summary>
    /// <remarks>The variance of such draws is S²·(n − 1)/(n − k), where S² is the unbiased estimate from n families. At 95 %, Student's t
    /// with n − 1 degrees of freedom is wider than the normal by a factor whose square is about 1 + (z² + 1)/(2(n − 1)), z = 1.96. The two
    /// are equal at k = 1 + (z² + 1)/2 = 3.4, here rounded up.</remarks>
    private const int FewerFamilies = 4;

    private readonly HorizonSettings settings;
    private readonly ImmutableArray<ImmutableArray<RunCell>> cells;
    private readonly ImmutableArray<LogisticCurve> starts;
    private readonly ImmutableArray<ImmutableArray<int>> families;
    private readonly bool hierarchical;

    /// <summary>How many families are drawn; none where there are too few to tell how they differ.</summary>
    private readonly int familiesDrawn;

    /// <summary>Makes up for the families that are not drawn, so that the penalty weighs as in the whole sample.</summary>
    private readonly double scale;
    private readonly double[] logits;
    private readonly int tasks;

    /// <summary>For each agent, by task, the index of its cell; −1 where it has none.</summary>
    private readonly int[][] cellAt;

    /// <summary>What a draw works with, handed from one draw to the next on the same thread; nothing in it outlives a draw.</summary>
    private readonly ConcurrentBag<Workplace> idle = [];

    private HorizonBootstrap(RunSet runs, HorizonSettings settings, ImmutableArray<Probability> levels)
    {
        this.settings = settings;
        cells = RunDesign.Of(runs, settings).Cells;
        starts = [.. cells.Select(agent => Start(agent, settings.Lambda))];
        families =
        [
            .. cells.SelectMany(agent => agent.Select(cell => cell.Task)).Distinct().Order()
                .GroupBy(task => runs.Tasks[task].Family)
                .Select(family => family.ToImmutableArray()),
        ];
        hierarchical = settings.Resampling == Resampling.Hierarchical;
        familiesDrawn = hierarchical ? families.Length : families.Length < HorizonSettings.LeastFamilies ? 0 : families.Length - FewerFamilies;
        scale = hierarchical ? 1 : (double)families.Length / familiesDrawn;
        logits = [.. levels.Select(level => PortableMath.Logit(level.Value))];
        tasks = runs.Tasks.Length;
        cellAt = [.. cells.Select(agent => ByTask(agent, tasks))];
    }

    /// <param name="Times">How many times each task was drawn.</param>
    /// <param name="Tasks">The tasks that were drawn, ascending.</param>
    /// <param name="Observations">What one agent scored at them.</param>
    private sealed record Workplace(int[] Times, int[] Tasks, Observations Observations);

    /// <summary>Draws horizons.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="settings">How resamples are drawn and fitted.</param>
    /// <param name="levels">The success levels, each above 0 and below 1.</param>
    /// <param name="seed">From which all draws follow.</param>
    /// <param name="draws">How many, at least 1.</param>
    /// <param name="loop">How the draws are run; the result does not depend on it.</param>
    public static HorizonDraws Draw(
        RunSet runs, HorizonSettings settings, ImmutableArray<Probability> levels, Seed seed, int draws, DrawLoop loop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var bootstrap = new HorizonBootstrap(runs, settings, levels);
        var width = runs.Agents.Length * levels.Length;
        var logs = new double[draws * width];
        loop(draws, draw => bootstrap.One(SeededRandom.Stream(seed, (ulong)draw), logs.AsSpan(draw * width, width)));
        return new HorizonDraws(logs, draws, runs.Agents.Length, levels);
    }

    /// <summary>The curve of the whole sample: most resamples are near it.</summary>
    private static LogisticCurve Start(ImmutableArray<RunCell> cells, double lambda) =>
        (HorizonEstimator.Fit([.. cells.Select(cell => cell.Observation)], lambda) as HorizonFit.Fitted)?.Falling ?? default;

    private static int[] ByTask(ImmutableArray<RunCell> cells, int tasks)
    {
        var at = new int[tasks];
        Array.Fill(at, -1);
        for (var cell = 0; cell < cells.Length; cell++)
        {
            at[cells[cell].Task] = cell;
        }

        return at;
    }

    private void One(SeededRandom random, Span<double> logs)
    {
        var place = idle.TryTake(out var used) ? used : new Workplace(new int[tasks], new int[tasks], new Observations(tasks));
        var drawn = DrawTasks(random, place);
        for (var agent = 0; agent < cells.Length; agent++)
        {
            place.Observations.Clear();
            DrawRuns(agent, drawn, place.Times, random, place.Observations);
            Horizons(place.Observations, starts[agent], logs.Slice(agent * logits.Length, logits.Length));
        }

        idle.Add(place);
    }

    /// <summary>Draws families and, in METR's form, tasks within them; the tasks that were drawn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<int> DrawTasks(SeededRandom random, Workplace place)
    {
        Array.Clear(place.Times);
        for (var i = 0; i < familiesDrawn; i++)
        {
            var family = families[random.NextBelow(families.Length)];
            foreach (var task in family)
            {
                place.Times[hierarchical ? family[random.NextBelow(family.Length)] : task]++;
            }
        }

        var drawn = 0;
        for (var task = 0; task < place.Times.Length; task++)
        {
            place.Tasks[drawn] = task;
            drawn += place.Times[task] > 0 ? 1 : 0;
        }

        return place.Tasks.AsSpan(0, drawn);
    }

    /// <summary>The observations of one agent at the drawn tasks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DrawRuns(int agent, ReadOnlySpan<int> drawn, int[] times, SeededRandom random, Observations observations)
    {
        var own = cells[agent].AsSpan();
        var at = cellAt[agent];
        foreach (var task in drawn)
        {
            if (at[task] < 0)
            {
                continue;
            }

            ref readonly var cell = ref own[at[task]];
            var runs = cell.Runs * times[task];
            var mean = hierarchical && cell.Scores.Length > 1 ? MeanOfDrawn(cell, runs, random) : cell.MeanScore;
            observations.Add(cell.X, cell.RunWeight * runs * scale, mean);
        }
    }

    /// <summary>The mean score of runs drawn from a cell with replacement.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double MeanOfDrawn(in RunCell cell, int runs, SeededRandom random)
    {
        if (cell.Scores is [{ Score: 0, Count: var failures }, { Score: 1 }])
        {
            return (double)(runs - random.CountBelow(cell.Runs, failures, runs)) / runs;
        }

        var sum = 0.0;
        for (var run = 0; run < runs; run++)
        {
            var pick = random.NextBelow(cell.Runs);
            var at = 0;
            while (pick >= cell.Scores[at].Count)
            {
                pick -= cell.Scores[at++].Count;
            }

            sum += cell.Scores[at].Score;
        }

        return sum / runs;
    }

    private void Horizons(Observations drawn, LogisticCurve start, Span<double> logs)
    {
        if (!(drawn.AnySuccess && drawn.AnyFailure))
        {
            logs.Fill(drawn.AnySuccess ? double.PositiveInfinity : drawn.AnyFailure ? double.NegativeInfinity : double.NaN);
            return;
        }

        var curve = LogisticSolver.Solve(drawn, settings.Lambda, start);
        for (var level = 0; level < logits.Length; level++)
        {
            logs[level] = curve.Slope < 0 ? LogisticCurve.Ln2 * ((logits[level] - curve.Intercept) / curve.Slope) : double.NaN;
        }
    }
}
