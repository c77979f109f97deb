using Standstill.Protocol.Inspections;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>What a meter closes a balance period into. The raw samples stay at the facility, committed to by the root.</summary>
/// <param name="Period">What it says.</param>
public sealed record ComputeDigestBody(PeriodDigest Period) : Body
{
    // Hours are whole milliseconds over 3.6 million: what is lost in writing them is far below this.
    private const double Slack = 1e-6;

    /// <summary>The balance area, by its name at the facility.</summary>
    public AreaId Area => new(Period.Area);

    internal static ComputeDigestBody Read(Fields f)
    {
        var period = PeriodDigest.Read(f);
        var (figures, known) = (period.Figures, period.Chips * (period.To - period.From).TotalHours);
        var hours = figures.BusyHours + figures.LightHours + figures.IdleHours + figures.DarkHours;
        f.Require(!f.IsGood || hours <= (known * (1 + 1e-9)) + Slack, "busyHours", "the states have more hours than the accelerators", "close the period again");
        f.Require(!f.IsGood || figures.ActiveHours <= ((figures.BusyHours + figures.LightHours) * (1 + 1e-9)) + Slack, "activeHours", "more than busy and light hours together", "weigh by activity from 0 to 1");
        f.Require(!f.IsGood || figures.EnergySource != EnergySource.None || figures.EnergyKilowattHours == 0, "energyKilowattHours", "an energy without a source", "name the source, or send 0");
        return new ComputeDigestBody(period);
    }
}
