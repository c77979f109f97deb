using System.Collections.Immutable;
using System.Security.Cryptography;
using Standstill.Measurement.Sampling;

namespace Standstill.Measurement.Tests.Sampling;

public sealed class InspectionPlanTests
{
    private static readonly Seed Seed = new(SHA256.HashData("plan"u8));
    private static readonly Seed Visit = new(SHA256.HashData("visit"u8));

    private static readonly ImmutableArray<Stratum> Strata =
        [new("sample-ash/hall-1", 2000, 1, 1, new Probability(1)), new("sample-ash/hall-2", 500, 2, 2, new Probability(0.9))];

    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static InspectionPlan Plan() => InspectionPlan.Make(
        Strata, 150, 60, new InspectionSchedule.OnePerInterval(TimeSpan.FromDays(30)), TimeSpan.FromDays(60), Seed, From, From.AddDays(360));

    [Fact]
    public void A_plan_says_what_is_looked_at_when_and_what_it_costs()
    {
        var plan = Plan();
        Assert.Equal(12, plan.Dates.Length);
        Assert.Equal(plan.CostPerVisit * 12, plan.Cost);
        Assert.InRange(plan.CostPerVisit, 149, 150);
        Assert.Equal(plan.CostPerVisit, plan.Strata.Sum(s => s.Size * s.Stratum.Cost));
    }

    // Sixty days take in one whole interval, or two halves: (1 − p)(1 − p/2)² against (1 − p)².
    [Fact]
    public void Its_detection_is_that_of_the_visits_that_fall_into_the_diversion()
    {
        var plan = Plan();
        var p = plan.Visit.Detection.Value;
        Assert.Equal(1 - Math.Max((1 - p) * (1 - (p / 2)) * (1 - (p / 2)), (1 - p) * (1 - p)), plan.Detection.Value, 1e-12);
        Assert.True(plan.Detection.Value > p);
    }

    [Fact]
    public void The_items_of_a_visit_follow_from_its_seed()
    {
        var plan = Plan();
        var draw = plan.Draw(Visit);
        Assert.Equal(plan.Strata.Select(s => s.Size), draw.Select(d => d.Positions.Length));
        Assert.Equal(draw[1].Positions, SampleDraw.Positions(Visit, "sample-ash/hall-2", 500, plan.Strata[1].Size));
        Assert.NotEqual(draw[0].Positions, plan.Draw(Seed)[0].Positions);
    }
}
