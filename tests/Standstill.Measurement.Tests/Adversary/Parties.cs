using Standstill.Measurement.Accounting;
using Standstill.Measurement.Adversary;

namespace Standstill.Measurement.Tests.Adversary;

/// <summary>Small parties to play against.</summary>
internal static class Parties
{
    public static readonly NodePower Power = new(0.25, 1.1, 0.02, 0.01);

    public static Seed Seed(byte first)
    {
        var bytes = new byte[32];
        bytes[0] = first;
        return new Seed(bytes);
    }

    public static BalanceDesign Design(double falseAlarms, NodePower? power = null) => new(new ErrorModel(0.005, 0.002, 0.001), power, falseAlarms, 365);

    /// <summary>Areas of 1000 accelerators and nothing that watches them but their balances.</summary>
    public static MeasuresInPlace Balanced(int areas, double falseAlarms) => new()
    {
        Areas = [.. Enumerable.Range(1, areas).Select(i => new AreaInPlace($"area-{i:00}", 1000, 1, AreaUse.Usual, Design(falseAlarms)))],
    };

    /// <summary>Every measure, on three areas.</summary>
    public static MeasuresInPlace Watched(double falseAlarms = 0.05) => new()
    {
        Areas = [.. Enumerable.Range(1, 3).Select(i => new AreaInPlace($"area-{i:00}", 1000 * i, 0.95, AreaUse.Usual, Design(falseAlarms, Power)))],
        GlobalFalseAlarmsPerYear = falseAlarms,
        Features = new FeatureTest(2, 0.5, falseAlarms),
        Challenges = new ChallengePlan(6, 4, 48),
        Visits = new VisitPlan(4, 32, new Probability(0.9), RandomTiming: true, NoticeHours: 0),
        MovementIdentification = new Probability(0.5),
        RentalsReconciled = 0.3,
        Recomputation = new RecomputationPlan(0.0005, new Probability(0.9)),
        Remainder = new WorldRemainder(1e6, 2e6, 3e6, 0.01),
    };
}
