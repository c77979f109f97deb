using System.Collections.Immutable;
using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability;

/// <summary>How long the tasks are that the best models can do, and how fast that grows, with the error of the published figures.</summary>
/// <remarks>
/// <para>Method: Kwa et al., METR 2025 (arXiv 2503.14499), section 4 and appendix, with the published 95 % limits in place of their
/// bootstrap. In each draw every model's ln(50 % horizon) is sampled from a split normal (see
/// <see cref="IndicatorDistribution.FromPublished"/>), the frontier is selected anew (running maximum over release date, of models
/// released on one day the largest), and the trend is fitted to that frontier.</para>
/// <para>Models published without limits stay at their figure in every draw (<see cref="WithoutLimits"/>). Where one of them makes
/// the frontier in some draw, the result has no interval.</para>
/// <para>The errors of different models are sampled as independent. They are not: all models sit the same tasks, and the published
/// limits do not tell how much is shared. Intervals of a difference between models, and so of the trend, may be too wide or too
/// narrow for it; METR's own bootstrap gives 104 to 158 days where its point estimate is 128.7.</para>
/// <para>The result depends on the set of figures, the seed and the number of draws; not on the order of rows or the number of cores.
/// Draw d of model i in order of release (then name) is number i of <see cref="SeededRandom.Stream"/> d.</para>
/// </remarks>
public sealed class FrontierEstimate
{
    private readonly DrawnFrontier point;
    private readonly ImmutableArray<DrawnFrontier> drawn;

    private FrontierEstimate(
        ImmutableArray<PublishedHorizon> models,
        DrawnFrontier point,
        ImmutableArray<DrawnFrontier> drawn,
        IndicatorDistribution horizon50,
        IndicatorDistribution horizon80)
    {
        this.point = point;
        this.drawn = drawn;
        Models = models;
        Horizon50 = horizon50;
        Horizon80 = horizon80;
        FrontierModels = point.Models(since: 0);
        WithoutLimits = [.. Enumerable.Range(0, models.Length).Where(i => models[i].Limits95 is null)];
    }

    /// <summary>The models in order of release, then of name.</summary>
    public ImmutableArray<PublishedHorizon> Models { get; }

    /// <summary>Indices into <see cref="Models"/> of the frontier of the point estimates, every bound taken for the value.</summary>
    public ImmutableArray<int> FrontierModels { get; }

    /// <summary>Indices into <see cref="Models"/> of those without limits: their error is unknown, not zero.</summary>
    public ImmutableArray<int> WithoutLimits { get; }

    /// <summary>The longest task that any evaluator stated, where one did.</summary>
    public Minutes? Support => Models.Max(model => model.Support?.Value) is { } longest ? new Minutes(longest) : null;

    /// <summary>The 50 % horizon of the best model, in minutes.</summary>
    /// <remarks>
    /// <para>An "at least" figure of m minutes makes every threshold below m certainly exceeded, and above m leaves the chance
    /// anywhere between what the other models give and 1.</para>
    /// <para>The largest of several noisy estimates is biased upward: the luckiest is taken. On the METR 1.1 figures of March 2026,
    /// without the "at least" figure, the median over draws is about 810 minutes where the point estimate is 719, an eighth more.</para>
    /// </remarks>
    public IndicatorDistribution Horizon50 { get; }

    /// <summary>The 80 % horizon of the best model, in minutes.</summary>
    /// <remarks>
    /// <para>At least the largest published 80 % horizon. A model without one may have up to its 50 % horizon, since success falls with
    /// length; one whose 50 % horizon is "at least" leaves the upper edge open.</para>
    /// <para>Where no model has limits of its 80 % horizon there are no draws and no interval. Where one has, every draw takes the
    /// 80 % horizon of a model from the same normal number as its 50 % horizon, since both come from one fit. A model whose limits are
    /// unknown stays at its figure, and where one of them makes the frontier in some draw the result has no interval.</para>
    /// </remarks>
    public IndicatorDistribution Horizon80 { get; }

    /// <summary>Estimates the frontier.</summary>
    /// <param name="horizons">The published figures, in any order. Sources of one model that disagree are so many points.</param>
    /// <param name="seed">From which all draws follow.</param>
    /// <param name="draws">How many draws, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one draw.</exception>
    public static FrontierEstimate Estimate(ImmutableArray<PublishedHorizon> horizons, Seed seed, int draws = 2000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        if (horizons.IsDefaultOrEmpty)
        {
            return new FrontierEstimate([], new DrawnFrontier([]), [], IndicatorDistribution.None, IndicatorDistribution.None);
        }

        var models = InOrder(horizons);
        var errors = models.Select(model => LogError.Of(model.P50, model.Limits95)).ToArray();
        var logs = errors.Select(error => error.Log).ToArray();
        var published = Candidates(models, logs);
        var (leastPoint, greatestPoint) = Best(models, errors, logs, out _);

        var eighty = new EightyDraws(models, draws);
        var samples = ImmutableArray.CreateBuilder<DrawnFrontier>(draws);
        var lower = ImmutableArray.CreateBuilder<double>(draws);
        var upper = ImmutableArray.CreateBuilder<double>(draws);
        var hasInterval = true;
        for (var draw = 0; draw < draws; draw++)
        {
            var random = SeededRandom.Stream(seed, (ulong)draw);
            for (var i = 0; i < errors.Length; i++)
            {
                var normal = random.NextNormal();
                logs[i] = errors[i].Draw(normal);
                eighty.Take(i, normal, logs[i]);
            }

            eighty.End();
            samples.Add(Candidates(models, logs));
            var (least, greatest) = Best(models, errors, logs, out var spread);
            lower.Add(least);
            upper.Add(greatest);
            hasInterval &= spread;
        }

        double? estimate = leastPoint == greatestPoint ? leastPoint : null;
        return new FrontierEstimate(
            models,
            published,
            samples.MoveToImmutable(),
            IndicatorDistribution.FromBoundedDraws(lower.MoveToImmutable(), upper.MoveToImmutable(), estimate, hasInterval),
            eighty.Result());
    }

    /// <summary>The doubling time in days of the frontier's 50 % horizon over models released on or after <paramref name="since"/>.</summary>
    /// <remarks>See <see cref="FrontierTrend.DoublingTime"/>.</remarks>
    public IndicatorDistribution DoublingTime(DateOnly? since) => Trend(since).DoublingTime;

    /// <summary>The trend through the frontier models released on or after <paramref name="since"/> (all, where absent).</summary>
    /// <remarks>Earlier models count for the running maximum and are left out of the fit, as in METR's "from 2023 on" figure.</remarks>
    public FrontierTrend Trend(DateOnly? since)
    {
        var first = since?.DayNumber ?? 0;
        var hasInterval = drawn.All(frontier => frontier.Measured(first).All(i => Models[i].Limits95 is not null));
        return new FrontierTrend(point, drawn, first, hasInterval, Support);
    }

    private static ImmutableArray<PublishedHorizon> InOrder(ImmutableArray<PublishedHorizon> horizons) =>
    [
        .. horizons
            .OrderBy(model => model.Released)
            .ThenBy(model => model.Model, StringComparer.Ordinal)
            .ThenBy(model => model.P50.Value)
            .ThenBy(model => model.Limits95?.Low.Value)
            .ThenBy(model => model.Limits95?.High.Value)
            .ThenBy(model => model.Censoring)
            .ThenBy(model => model.P80?.Value)
            .ThenBy(model => model.Limits80?.Low.Value)
            .ThenBy(model => model.Limits80?.High.Value),
    ];

    private static DrawnFrontier Candidates(ImmutableArray<PublishedHorizon> models, double[] logs)
    {
        var candidates = ImmutableArray.CreateBuilder<FrontierPoint>();
        var maximum = double.NegativeInfinity;
        for (var i = 0; i < logs.Length; i++)
        {
            var censoring = models[i].Censoring;
            if (censoring == Censoring.None)
            {
                if (logs[i] <= maximum)
                {
                    continue;
                }

                maximum = logs[i];
            }

            candidates.Add(new FrontierPoint(i, models[i].Released.DayNumber, logs[i], censoring));
        }

        return new DrawnFrontier(candidates.ToImmutable());
    }

    /// <summary>The least and greatest horizon of the best model that one draw allows, in minutes.</summary>
    private static (double Least, double Greatest) Best(
        ImmutableArray<PublishedHorizon> models, LogError[] errors, double[] logs, out bool spread)
    {
        var least = -1;
        var greatest = -1;
        var open = false;
        for (var i = 0; i < logs.Length; i++)
        {
            var censoring = models[i].Censoring;
            open |= censoring == Censoring.AtLeast;
            least = censoring != Censoring.AtMost && (least < 0 || logs[i] > logs[least]) ? i : least;
            greatest = greatest < 0 || logs[i] > logs[greatest] ? i : greatest;
        }

        bool Spread(int i) => i < 0 || models[i].Limits95 is not null || models[i].Censoring != Censoring.None;
        double MinutesOf(int i) => logs[i] == errors[i].Log ? models[i].P50.Value : PortableMath.Exp(logs[i]);

        spread = Spread(least) && (open || Spread(greatest));
        return (least < 0 ? 0 : MinutesOf(least), open ? double.PositiveInfinity : MinutesOf(greatest));
    }
}
