using Standstill.Measurement.Adversary;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Adversary;

public class UndetectedTests
{
    [Fact]
    public void What_nobody_declares_is_printed_as_operations()
    {
        var undetected = Undetected.Of(Parties.Watched(), 90, Strategy.All, Parties.Seed(1), 40, DrawLoops.InOrder);

        // 2 million · 1 % = 20,000 accelerators for 2160 hours at 1.424736e18 an hour.
        Assert.Equal(6.15486e25, undetected.RemainderMedian!.Value, 1e20);
        Assert.Contains("6.2e25 FLOP (3.1e25 to 9.2e25) on accelerators that nobody declares", StrategyTable.Of(undetected), StringComparison.Ordinal);
        Assert.StartsWith("Not detectable by these measures within 90 days: ", StrategyTable.Of(undetected), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_watches_only_capacity_limits_what_is_not_detectable()
    {
        // All idle accelerators of 1000 (10 %) for 90 days: 100 · 2160 · 1.424736e18 = 3.08e23; the grid has 2.5e23 and 3.2e23.
        var measures = Parties.Balanced(1, 1);
        measures = measures with { Areas = [measures.Areas[0] with { Balance = null }] };
        var undetected = Undetected.Of(measures, 90, [Strategy.Named("declared-idle")!], Parties.Seed(1), 5, DrawLoops.InOrder);
        Assert.Equal(2.512e23, undetected.OnLedgerFlop, 1e20);
        Assert.Null(undetected.RemainderMedian);
    }

    [Fact]
    public void A_balance_lowers_what_is_not_detectable()
    {
        Strategy[] drip = [Strategy.Named("slow-drip")!];
        double Hidden(MeasuresInPlace measures) => Undetected.Of(measures, 90, [.. drip], Parties.Seed(1), 100, DrawLoops.InOrder).OnLedgerFlop;
        var without = Parties.Balanced(4, 0.1) with { Areas = [.. Parties.Balanced(4, 0.1).Areas.Select(area => area with { Balance = null })] };
        var local = Parties.Balanced(4, 0.1);
        Assert.True(Hidden(without) > 5 * Hidden(local));
        Assert.True(Hidden(local) >= Hidden(local with { GlobalFalseAlarmsPerYear = 0.1 }));
    }
}
