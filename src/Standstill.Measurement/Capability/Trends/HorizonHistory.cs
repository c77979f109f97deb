using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Trends;

/// <summary>The horizon of one model on its day of release.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Released">The day of its release.</param>
/// <param name="Log">ln(minutes), or the bound on it; finite.</param>
/// <param name="Censoring">Whether <paramref name="Log"/> is only a bound.</param>
/// <param name="ErrorKnown">Whether the draws carry this model's error. Without it, the model stays at its figure in every draw.</param>
public readonly record struct DatedHorizon(string Model, DateOnly Released, double Log, Censoring Censoring, bool ErrorKnown);

/// <summary>Dated horizons with draws of their errors: what a trend and a forecast start from.</summary>
/// <remarks>
/// <para>INVARIANT (order): models stand in order of release, then of name, then of figure; every draw is a finite number or −∞. So nothing that
/// is computed from a history depends on the order of the rows it was made from.</para>
/// <para>A draw that puts a model at −∞ takes it off the frontier in that draw. A draw of +∞ (every resampled run succeeded) is set to the
/// model's greatest finite draw, and one that is not a number to the model's figure; <see cref="SilentDraws"/> counts both.</para>
/// </remarks>
public sealed class HorizonHistory
{
    private readonly double[] logs;

    private HorizonHistory(ImmutableArray<DatedHorizon> models, double[] logs, int draws, Minutes? support, ImmutableArray<string> leftOut, int silent)
    {
        Models = models;
        this.logs = logs;
        Draws = draws;
        Support = support;
        LeftOut = leftOut;
        SilentDraws = silent;
    }

    /// <summary>The models in order of release.</summary>
    public ImmutableArray<DatedHorizon> Models { get; }

    /// <summary>How many draws there are, at least 1.</summary>
    public int Draws { get; }

    /// <summary>The longest task of the suite, where known: what lies beyond it is extrapolated.</summary>
    public Minutes? Support { get; }

    /// <summary>Agents that have no place in a trend: without a release date, or of whose horizon the runs say nothing.</summary>
    public ImmutableArray<string> LeftOut { get; }

    /// <summary>How many draws of single models were +∞ or not a number and were replaced.</summary>
    public int SilentDraws { get; }

    /// <summary>The last day on which a model was released; absent without models.</summary>
    public DateOnly? LastReleased => Models.IsEmpty ? null : Models[^1].Released;

    /// <summary>A history of published figures, their errors drawn from their limits.</summary>
    /// <remarks>ln(minutes) of each model is a split normal about the figure, with the widths (ln p50 − ln low)/z and (ln high − ln p50)/z,
    /// z = Φ⁻¹(0.975). Errors of different models are drawn as independent: what they share is not published. Draw d takes its
    /// numbers from <see cref="SeededRandom.Stream"/> d, models in order.</remarks>
    /// <param name="horizons">The figures, in any order.</param>
    /// <param name="seed">From which all draws follow.</param>
    /// <param name="draws">How many, at least 1.</param>
    public static HorizonHistory Of(ImmutableArray<PublishedHorizon> horizons, Seed seed, int draws = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var models = horizons
            .OrderBy(model => model.Released)
            .ThenBy(model => model.Model, StringComparer.Ordinal)
            .ThenBy(model => model.P50.Value)
            .ThenBy(model => model.Limits95?.Low.Value)
            .ThenBy(model => model.Limits95?.High.Value)
            .ThenBy(model => model.Censoring)
            .ToArray();
        var dated = models
            .Select(model => new DatedHorizon(model.Model, model.Released, PortableMath.Log(model.P50.Value), model.Censoring, model.Limits95 is not null))
            .ToImmutableArray();
        var below = new double[models.Length];
        var above = new double[models.Length];
        for (var i = 0; i < models.Length; i++)
        {
            if (models[i].Limits95 is { } limits)
            {
                below[i] = (dated[i].Log - PortableMath.Log(limits.Low.Value)) / PublishedEdge.Z;
                above[i] = (PortableMath.Log(limits.High.Value) - dated[i].Log) / PublishedEdge.Z;
            }
        }

        var logs = new double[draws * models.Length];
        for (var draw = 0; draw < draws; draw++)
        {
            var random = SeededRandom.Stream(seed, (ulong)draw);
            for (var i = 0; i < models.Length; i++)
            {
                var z = random.NextNormal();
                logs[(draw * models.Length) + i] = dated[i].Log + (z * (z < 0 ? below[i] : above[i]));
            }
        }

        var support = models.Max(model => model.Support?.Value);
        return new HorizonHistory(dated, logs, draws, support is { } longest ? new Minutes(longest) : null, [], silent: 0);
    }

    /// <summary>A history of fitted horizons with their bootstrap draws.</summary>
    /// <remarks>An agent whose runs all succeeded stands as "at least", one whose runs all failed as "at most"; one whose successes and
    /// failures do not overlap as "at least" its longest success. Agents without a release date, and those of whose horizon nothing is
    /// known, are <see cref="LeftOut"/>. The support is the longest task of the suite.</remarks>
    /// <param name="runs">The runs.</param>
    /// <param name="fits">One fit for each agent, in the order of the runs' agents.</param>
    /// <param name="draws">The draws of the same agents.</param>
    /// <param name="level">Index into the draws' success levels.</param>
    public static HorizonHistory Of(RunSet runs, ImmutableArray<HorizonFit> fits, HorizonDraws draws, int level)
    {
        if (fits.Length != runs.Agents.Length)
        {
            throw new ArgumentException("there is one fit for each agent", nameof(fits));
        }

        var kept = new List<(DatedHorizon Model, int Agent)>();
        var leftOut = ImmutableArray.CreateBuilder<string>();
        for (var agent = 0; agent < fits.Length; agent++)
        {
            var (estimate, low, high) = fits[agent].Horizon(draws.Levels[level]);
            var (log, censoring) = (estimate, low, high) switch
            {
                ({ } value, _, _) => (value, Censoring.None),
                (_, > double.NegativeInfinity, _) => (low, Censoring.AtLeast),
                (_, _, < double.PositiveInfinity) => (high, Censoring.AtMost),
                _ => (double.NaN, Censoring.None),
            };
            if (runs.Agents[agent].Released is { } released && double.IsFinite(log))
            {
                kept.Add((new DatedHorizon(runs.Agents[agent].Alias, released, log, censoring, ErrorKnown: true), agent));
            }
            else
            {
                leftOut.Add(runs.Agents[agent].Alias);
            }
        }

        var sorted = kept.OrderBy(one => one.Model.Released).ThenBy(one => one.Model.Model, StringComparer.Ordinal).ToArray();
        var logs = new double[draws.Count * sorted.Length];
        var silent = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var column = draws.Logs(sorted[i].Agent, level);
            var greatest = column.Where(double.IsFinite).Append(sorted[i].Model.Log).Max();
            for (var draw = 0; draw < column.Length; draw++)
            {
                var log = column[draw];
                silent += double.IsNaN(log) || double.IsPositiveInfinity(log) ? 1 : 0;
                logs[(draw * sorted.Length) + i] = double.IsNaN(log) ? sorted[i].Model.Log : Math.Min(log, greatest);
            }
        }

        var support = runs.Tasks.IsEmpty ? (Minutes?)null : new Minutes(runs.Tasks.Max(task => task.Human.Value));
        return new HorizonHistory([.. sorted.Select(one => one.Model)], logs, draws.Count, support, leftOut.ToImmutable(), silent);
    }

    /// <summary>ln(minutes) of one model in one draw.</summary>
    public double Log(int draw, int model) => logs[(draw * Models.Length) + model];

    /// <summary>The same history with another value of what the tasks support.</summary>
    public HorizonHistory WithSupport(Minutes? support) => new(Models, logs, Draws, support, LeftOut, SilentDraws);

    /// <summary>The models that pass a test, with their draws.</summary>
    public HorizonHistory Where(Func<DatedHorizon, bool> keep) =>
        WithoutPlaces([.. Enumerable.Range(0, Models.Length).Where(i => !keep(Models[i]))]);

    /// <summary>The same history without the models in some places.</summary>
    internal HorizonHistory WithoutPlaces(HashSet<int> gone)
    {
        var places = Enumerable.Range(0, Models.Length).Where(i => !gone.Contains(i)).ToArray();
        var kept = new double[Draws * places.Length];
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < places.Length; i++)
            {
                kept[(draw * places.Length) + i] = Log(draw, places[i]);
            }
        }

        return new HorizonHistory([.. places.Select(i => Models[i])], kept, Draws, Support, LeftOut, SilentDraws);
    }

    /// <summary>The same history with one model's figure and draws put in the place of what was known of it.</summary>
    internal HorizonHistory With(int model, DatedHorizon horizon, Func<int, double> draw)
    {
        var changed = (double[])logs.Clone();
        for (var d = 0; d < Draws; d++)
        {
            changed[(d * Models.Length) + model] = draw(d);
        }

        return new HorizonHistory(Models.SetItem(model, horizon), changed, Draws, Support, LeftOut, SilentDraws);
    }

    /// <summary>The running maximum of the measured models, and every model of which only a bound is known.</summary>
    internal ImmutableArray<FrontierPoint> Candidates(int draw, int until)
    {
        var candidates = ImmutableArray.CreateBuilder<FrontierPoint>();
        var maximum = double.NegativeInfinity;
        for (var i = 0; i < Models.Length && Models[i].Released.DayNumber <= until; i++)
        {
            var log = Log(draw, i);
            if (Models[i].Censoring != Censoring.None || log > maximum)
            {
                candidates.Add(new FrontierPoint(i, Models[i].Released.DayNumber, log, Models[i].Censoring));
                maximum = Models[i].Censoring == Censoring.None ? log : maximum;
            }
        }

        return candidates.ToImmutable();
    }

    /// <summary>The running maximum over release dates; of several models released on one day the largest. Bounds are taken for values.</summary>
    /// <remarks>Models released before <paramref name="since"/> count for the maximum and are then left out, as in <see cref="FrontierEstimate"/>.
    /// METR's own code leaves them out first; on its published table that makes no difference from 2023 on.</remarks>
    /// <param name="draw">The draw, or −1 for the figures themselves.</param>
    /// <param name="since">First day number.</param>
    /// <param name="until">Last day number.</param>
    internal FrontierPoints Frontier(int draw, int since, int until)
    {
        var points = new List<DayLog>(Models.Length);
        var models = new List<int>(Models.Length);
        var maximum = double.NegativeInfinity;
        for (var i = 0; i < Models.Length && Models[i].Released.DayNumber <= until; i++)
        {
            var log = draw < 0 ? Models[i].Log : Log(draw, i);
            if (!(log > maximum))
            {
                continue;
            }

            maximum = log;
            var day = Models[i].Released.DayNumber;
            if (points.Count > 0 && points[^1].Day == day)
            {
                points.RemoveAt(points.Count - 1);
                models.RemoveAt(models.Count - 1);
            }

            if (day >= since)
            {
                points.Add(new DayLog(day, log));
                models.Add(i);
            }
        }

        return new FrontierPoints([.. points], [.. models], maximum);
    }
}

/// <summary>The frontier of one draw.</summary>
/// <param name="Points">Its points, in order of days, no two on one day.</param>
/// <param name="Models">The models they belong to.</param>
/// <param name="Record">The largest ln(minutes) of all; −∞ without models.</param>
internal sealed record FrontierPoints(DayLog[] Points, int[] Models, double Record);
