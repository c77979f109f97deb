using Standstill.Measurement.Accounting;

namespace Standstill.Measurement.Adversary;

/// <summary>Limits of designs that were tuned already: a study of many steps asks for the same ones again, and each costs some milliseconds.</summary>
internal sealed class Tunings
{
    private readonly Dictionary<BalanceDesign, BalanceTests> balances = [];
    private readonly Dictionary<(FeatureTest, int), TestedSequence> shapes = [];

    public BalanceTests Of(BalanceDesign design)
    {
        if (!balances.TryGetValue(design, out var tests))
        {
            tests = design.Tuned();
            balances.Add(design, tests);
        }

        return tests;
    }

    public TestedSequence Of(FeatureTest features, int periodsPerDay)
    {
        if (!shapes.TryGetValue((features, periodsPerDay), out var test))
        {
            test = TestedSequence.Shapes(features, periodsPerDay);
            shapes.Add((features, periodsPerDay), test);
        }

        return test;
    }
}
