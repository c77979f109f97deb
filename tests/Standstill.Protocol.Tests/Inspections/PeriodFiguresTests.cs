using Standstill.Protocol.Inspections;

namespace Standstill.Protocol.Tests.Inspections;

public class PeriodFiguresTests
{
    /// <summary>In kWh: the accelerators' counters, power of those without one, and whole nodes.</summary>
    [Theory]
    [InlineData(5, 2, 9, 9, EnergySource.Redfish)]
    [InlineData(5, 2, 7, 7, EnergySource.Redfish)]
    [InlineData(5, 2, 6, 7, EnergySource.PowerIntegral)]
    [InlineData(5, 0, 4, 5, EnergySource.CounterMj)]
    [InlineData(0, 0, 4, 4, EnergySource.Redfish)]
    [InlineData(0, 0, 0, 0, EnergySource.None)]
    public void Nodes_give_the_energy_unless_they_come_to_less_than_the_accelerators_within_them(int counter, int power, int nodes, double energy, EnergySource source)
    {
        const long kilowattHour = 3_600_000_000;
        var figures = PeriodFigures.Of(new ChunkSums
        {
            CounterMillijoules = counter * kilowattHour,
            EnergyCounterSamples = counter,
            PowerMillijoules = power * kilowattHour,
            NodeMillijoules = nodes * kilowattHour,
        });

        Assert.Equal((energy, source), (figures.EnergyKilowattHours, figures.EnergySource));
    }
}
