using Standstill.Meter.Dcgm;
using Standstill.Meter.Formats;
using Quantity = Standstill.Protocol.Inspections.Quantity;

namespace Standstill.Meter;

/// <summary>What a metric measures: the quantity that a chunk sums, and the field of DCGM that says how its values are read.</summary>
/// <param name="Quantity">The quantity; <see cref="Quantity.Other"/> where the meter only keeps the metric.</param>
/// <param name="Field">The field, or null for a metric that is none of DCGM's, whose values are taken as they are.</param>
/// <remarks>A chunk's file names metrics, so whoever judges it uses a table of their own: a change of this one, or of <see cref="DcgmFields"/>, is a new
/// <see cref="Version"/>.</remarks>
public readonly record struct Measure(Quantity Quantity, DcgmField? Field)
{
    /// <summary>Which edition of the table this is; it stands in every chunk's file.</summary>
    public const int Version = 1;

    /// <summary>The meter's own remark that an accelerator is on the roster.</summary>
    public const string Known = "standstill_known";

    /// <summary>The meter's own remark on a step of its clock, ms.</summary>
    public const string ClockStep = "standstill_clock_step_milliseconds";

    /// <summary>The measure of a metric by its name.</summary>
    public static Measure Of(string metric) => metric switch
    {
        Known => new(Quantity.Known, null),
        ClockStep => new(Quantity.ClockStep, null),
        RedfishNodes.Power => new(Quantity.NodePower, null),
        _ => DcgmFields.ByName(metric) is { } field ? new(SummedAs(field), field) : new(Quantity.Other, null),
    };

    /// <summary>A value in the unit of the quantity. One that is no data (<see cref="FieldState"/>) is −∞: no quantity can have it, so that it is
    /// counted as unusable and never summed. NaN stays NaN.</summary>
    public double Read(double raw)
    {
        if (Field is null || double.IsNaN(raw))
        {
            return raw;
        }

        var (state, value) = Field.Read(raw);
        return state != FieldState.Taken ? double.NegativeInfinity : Quantity == Quantity.Utilisation ? value * 100 : value;
    }

    private static Quantity SummedAs(DcgmField field) => (field.Quantity, field.Kind) switch
    {
        (Dcgm.Quantity.TensorActivity, _) => Quantity.TensorActivity,
        (Dcgm.Quantity.EngineActivity, _) => Quantity.EngineActivity,
        (Dcgm.Quantity.Utilisation, _) => Quantity.Utilisation,
        (Dcgm.Quantity.Power, _) => Quantity.Power,
        (Dcgm.Quantity.Energy, _) => Quantity.EnergyCounter,
        (Dcgm.Quantity.NvlinkTraffic or Dcgm.Quantity.PcieTraffic, FieldKind.Counter) => Quantity.TrafficCounter,
        (Dcgm.Quantity.NvlinkTraffic or Dcgm.Quantity.PcieTraffic, FieldKind.Rate) => Quantity.TrafficRate,
        _ => Quantity.Other,
    };
}
