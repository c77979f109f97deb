using System.Collections.Immutable;

namespace Standstill.Measurement.Adversary.Strategies;

/// <summary>The 95/5 split: rollouts on verified compute, updates on hidden chips.</summary>
/// <remarks>
/// <para>Done: of a reinforcement-learning run, generation (here 95 % of the operations) is honest, declared inference. Only the
/// updates are hidden, 5 % of the operations, on idle chips or on chips from an unsigned shipment.</para>
/// <para>Costs: moving weights and rollouts in and out; the inference it uses. Seen by: whatever sees the hidden 5 %. What
/// measures of declared inference could see is that its outputs serve nobody; no measure here asks for that.</para>
/// <para>Source: "Can governments quickly and cheaply slow AI training?" (Alignment Forum, 2025): restricting communication
/// hardly slows reinforcement learning, since inference is most of it. Assumption: the split is 95 to 5.</para>
/// </remarks>
public sealed record SplitRollouts : Strategy
{
    /// <summary>The share of the operations that is hidden.</summary>
    public const double Hidden = 0.05;

    /// <inheritdoc/>
    public override string Name => "split-rollouts";

    /// <inheritdoc/>
    public override string What => "rollouts run as honest inference, updates (5 %) on hidden chips";

    /// <inheritdoc/>
    public override string Cost => "the inference it uses; moving weights in and out";

    /// <inheritdoc/>
    public override ImmutableArray<DiversionPlan> Plans(MeasuresInPlace measures, Diversion diversion) =>
    [
        .. Placement.OnSite(
            measures, diversion, Hidden, 1.1, use => use.Idle, new Traces { Unaccounted = 1, WrongChips = 1, HideHours = 1 }, "updates on idle chips"),
        .. Placement.OnSite(
            measures,
            diversion,
            Hidden,
            1.1,
            use => use.Idle,
            new Traces { UnexplainedEnergy = 1, AlteredChunks = 1, ChunkTell = new Probability(0.5), WrongChips = 1, HideHours = 1 },
            "updates on chips reported idle"),
        .. new UndeclaredChips().Plans(measures, new Diversion(diversion.Flop * Hidden, diversion.WithinDays))
            .Select(plan => plan with { Choice = $"updates on undeclared chips, {plan.Choice}" }),
    ];
}
