using System.Collections.Immutable;
using Standstill.Measurement.Accounting;

namespace Standstill.Measurement.Adversary;

/// <summary>The next unit of budget for one measure.</summary>
public abstract record BudgetStep
{
    private protected BudgetStep()
    {
    }

    /// <summary>All steps, in the order in which they are listed.</summary>
    public static ImmutableArray<BudgetStep> All { get; } =
        [new OneMoreVisit(), new OneMoreChallenge(), new MoreChunks(), new OneMoreMeteredArea(), new OneMoreEnergyMeter(), new MoreRecomputation(), new MoreReconciliation()];

    /// <summary>What is bought, in words.</summary>
    public abstract string What { get; }

    /// <summary>The measures with it; absent where there is nothing more of it to buy, or nothing to add it to.</summary>
    public abstract MeasuresInPlace? Added(MeasuresInPlace measures);

    /// <summary>One more visit to the party in a year, looking at as many accelerators as the others; the first looks at 64.</summary>
    public sealed record OneMoreVisit : BudgetStep
    {
        /// <inheritdoc/>
        public override string What => "one more inspection a year";

        /// <inheritdoc/>
        public override MeasuresInPlace? Added(MeasuresInPlace measures) => measures with
        {
            Visits = measures.Visits is { } visits
                ? visits with { PerYear = visits.PerYear + 1 }
                : new VisitPlan(1, 64, new Probability(0.9), RandomTiming: true, NoticeHours: 0),
        };
    }

    /// <summary>One more challenge to each area in a year.</summary>
    public sealed record OneMoreChallenge : BudgetStep
    {
        /// <inheritdoc/>
        public override string What => "one more challenge to each area a year";

        /// <inheritdoc/>
        public override MeasuresInPlace? Added(MeasuresInPlace measures) => measures with
        {
            Challenges = measures.Challenges is { } plan ? plan with { PerYear = plan.PerYear + 1 } : new ChallengePlan(1, 8, 144),
        };
    }

    /// <summary>Twice the chunks in each challenge.</summary>
    public sealed record MoreChunks : BudgetStep
    {
        /// <inheritdoc/>
        public override string What => "twice the chunks in each challenge";

        /// <inheritdoc/>
        public override MeasuresInPlace? Added(MeasuresInPlace measures) =>
            measures.Challenges is { } plan && plan.ChunksEach < plan.ChunksPerDay
                ? measures with { Challenges = plan with { ChunksEach = Math.Min(plan.ChunksPerDay, 2 * plan.ChunksEach) } }
                : null;
    }

    /// <summary>Meters for the accelerators that have none, in the area with most of those.</summary>
    public sealed record OneMoreMeteredArea : BudgetStep
    {
        /// <inheritdoc/>
        public override string What => "meters for all accelerators of one more area";

        /// <inheritdoc/>
        public override MeasuresInPlace? Added(MeasuresInPlace measures)
        {
            var worst = measures.Areas.MaxBy(area => area.Chips * (1 - area.MeteredShare))!;
            return worst.MeteredShare < 1
                ? measures with { Areas = measures.Areas.Replace(worst, worst with { MeteredShare = 1 }) }
                : null;
        }
    }

    /// <summary>An energy meter for the largest area that has a balance and none.</summary>
    public sealed record OneMoreEnergyMeter : BudgetStep
    {
        /// <summary>An H100 with its share of the node: 0.25 kW idle, 1.1 kW active, errors of 2 % and 1 %. An assumption.</summary>
        public static NodePower Usual { get; } = new(0.25, 1.1, 0.02, 0.01);

        /// <inheritdoc/>
        public override string What => "an energy meter for one more area";

        /// <inheritdoc/>
        public override MeasuresInPlace? Added(MeasuresInPlace measures)
        {
            var largest = Placement.LargestFirst(measures).FirstOrDefault(area => area.Balance is { Power: null });
            return largest is null
                ? null
                : measures with { Areas = measures.Areas.Replace(largest, largest with { Balance = largest.Balance! with { Power = Usual } }) };
        }
    }

    /// <summary>One more segment in a thousand computed again.</summary>
    public sealed record MoreRecomputation : BudgetStep
    {
        /// <inheritdoc/>
        public override string What => "0.1 % more of declared work computed again";

        /// <inheritdoc/>
        public override MeasuresInPlace? Added(MeasuresInPlace measures) => measures with
        {
            Recomputation = measures.Recomputation is { } plan
                ? plan with { Share = Math.Min(1, plan.Share + 0.001) }
                : new RecomputationPlan(0.001, new Probability(0.9)),
        };
    }

    /// <summary>One more contract in twenty reconciled.</summary>
    public sealed record MoreReconciliation : BudgetStep
    {
        /// <inheritdoc/>
        public override string What => "5 % more of rentals reconciled";

        /// <inheritdoc/>
        public override MeasuresInPlace? Added(MeasuresInPlace measures) => measures.RentalsReconciled < 1
            ? measures with { RentalsReconciled = Math.Min(1, measures.RentalsReconciled + 0.05) }
            : null;
    }
}
