using System.Collections.Immutable;
using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability;

/// <summary>The 80 % horizon of the best model, gathered draw by draw: see <see cref="FrontierEstimate.Horizon80"/>.</summary>
/// <remarks>Lives within one estimate, on one thread.</remarks>
internal sealed class EightyDraws
{
    private readonly ImmutableArray<PublishedHorizon> models;
    private readonly LogError?[] errors;
    private readonly bool sampled;
    private readonly ImmutableArray<double>.Builder lower;
    private readonly ImmutableArray<double>.Builder upper;
    private readonly bool open;
    private bool hasInterval = true;
    private Best least;
    private Best greatest;

    public EightyDraws(ImmutableArray<PublishedHorizon> models, int draws)
    {
        this.models = models;
        errors = [.. models.Select(model => model.P80 is { } figure ? LogError.Of(figure, model.Limits80) : (LogError?)null)];
        sampled = models.Any(model => model.Limits80 is not null);
        open = models.Any(model => model.Censoring == Censoring.AtLeast);
        lower = ImmutableArray.CreateBuilder<double>(sampled ? draws : 0);
        upper = ImmutableArray.CreateBuilder<double>(sampled ? draws : 0);
    }

    /// <summary>Takes one model in the present draw.</summary>
    /// <param name="model">Its index.</param>
    /// <param name="normal">The normal number from which its 50 % horizon was drawn.</param>
    /// <param name="log50">ln(minutes) of that: what its 80 % horizon may be at most, where none was published.</param>
    public void Take(int model, double normal, double log50)
    {
        if (!sampled)
        {
            return;
        }

        var bounded = models[model].Censoring != Censoring.None;
        if (errors[model] is { } error)
        {
            var spread = bounded || models[model].Limits80 is not null;
            var best = new Best(model + 1, error.Draw(normal), spread);
            least = models[model].Censoring == Censoring.AtMost ? least : least.Or(best);
            greatest = greatest.Or(best);
        }
        else
        {
            greatest = greatest.Or(new Best(model + 1, log50, bounded || models[model].Limits95 is not null));
        }
    }

    /// <summary>Ends the present draw.</summary>
    public void End()
    {
        if (!sampled)
        {
            return;
        }

        lower.Add(least.IsThere ? MinutesOf(least) : 0);
        upper.Add(open ? double.PositiveInfinity : MinutesOf(greatest));
        hasInterval &= least.Spread && (open || greatest.Spread);
        least = greatest = default;
    }

    public IndicatorDistribution Result()
    {
        var (low, high) = Published();
        double? point = low == high ? low : null;
        return low == 0 ? IndicatorDistribution.None
            : sampled ? IndicatorDistribution.FromBoundedDraws(lower.MoveToImmutable(), upper.MoveToImmutable(), point, hasInterval)
            : IndicatorDistribution.FromBoundedDraws([low], [high], point, hasInterval: false);
    }

    /// <summary>A figure that was not moved is given as it was published, to the last bit.</summary>
    private double MinutesOf(Best best)
    {
        var model = models[best.Number - 1];
        var figure = model.P80 ?? model.P50;
        return best.Log == PortableMath.Log(figure.Value) ? figure.Value : PortableMath.Exp(best.Log);
    }

    /// <summary>The least and the greatest that the published figures allow, without their errors.</summary>
    private (double Least, double Greatest) Published()
    {
        var low = 0.0;
        var high = 0.0;
        foreach (var model in models)
        {
            low = model.Censoring == Censoring.AtMost ? low : Math.Max(low, model.P80?.Value ?? 0);
            high = Math.Max(high, model.Censoring == Censoring.AtLeast ? double.PositiveInfinity : (model.P80 ?? model.P50).Value);
        }

        return (low, high);
    }

    /// <summary>The best model of the present draw.</summary>
    /// <param name="Number">Its index and one; 0 while there is none.</param>
    /// <param name="Log">ln(minutes).</param>
    /// <param name="Spread">Whether its error is known.</param>
    private readonly record struct Best(int Number, double Log, bool Spread)
    {
        public bool IsThere => Number > 0;

        public Best Or(Best other) => !IsThere || other.Log > Log ? other : this;
    }
}
