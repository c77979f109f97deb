using System.Collections.Immutable;
using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Dcgm;

/// <summary>How a field's values follow one another.</summary>
public enum FieldKind
{
    /// <summary>A level, or an average over the exporter's last interval.</summary>
    Level,

    /// <summary>A flow per second.</summary>
    Rate,

    /// <summary>A sum that only rises, until the driver is loaded anew.</summary>
    Counter,
}

/// <summary>What a value of a field is: data, or one of the ways in which DCGM says that there is none.</summary>
public enum FieldState
{
    /// <summary>Data.</summary>
    Taken,

    /// <summary>DCGM has no value, or its kind of blank cannot be told in binary64.</summary>
    Blank,

    /// <summary>The field was not found.</summary>
    NotFound,

    /// <summary>The accelerator or its driver does not support the field.</summary>
    NotSupported,

    /// <summary>The exporter may not read the field.</summary>
    NotPermissioned,

    /// <summary>NaN or an infinity.</summary>
    NotANumber,

    /// <summary>A number that the quantity cannot have, such as an activity of 7.</summary>
    OutOfRange,
}

/// <summary>A value as the meter understands it.</summary>
/// <param name="State">Whether it is data.</param>
/// <param name="Value">In the unit of <see cref="Quantity"/>; a rate is per second. 0 unless taken.</param>
public readonly record struct FieldValue(FieldState State, double Value);

/// <summary>A field of DCGM by its number, which both generations of names share.</summary>
/// <param name="Id">The field's number in <c>dcgm_fields.h</c>.</param>
/// <param name="Names">Its names, the older one first.</param>
/// <param name="Quantity">What it says, or null where the meter only stores it.</param>
/// <param name="Kind">How its values follow one another.</param>
/// <param name="Scale">What a value is multiplied by to have the quantity's unit.</param>
/// <param name="Floating">Whether DCGM keeps it as binary64; else as a 64-bit integer. It decides what its blanks look like.</param>
/// <param name="Least">The least value after scaling that can be true.</param>
/// <param name="Greatest">The greatest value after scaling that can be true.</param>
/// <param name="Preference">Which of several fields for one quantity is taken: the lowest number that is there. Two directions of a link have
/// the same number and are added.</param>
/// <param name="PercentOrRatio">Whether the name stands for a percentage in one release of DCGM and for a ratio in another.</param>
/// <remarks>
/// Sentinels, from <c>dcgm_structs.h</c>: 0x7FFFFFF0 to …F3 (32 bits), 0x7FFFFFFFFFFFFFF0 to …F3 (64 bits), 140737488355328.0 to …331.0 (binary64), for
/// blank, not found, not supported and not permitted. The four of 64 bits are one number, 2^63, in binary64, which is all that Prometheus has: they are
/// read as <see cref="FieldState.Blank"/>. All are looked for in every field, since exporters print a blank of one type for a field of another. A counter may
/// pass 0x7FFFFFF0 or 2^47 and show one of these eight numbers in truth; then that one sample is lost, and no difference, which spans it.
/// </remarks>
public sealed record DcgmField(
    int Id, ImmutableArray<string> Names, Quantity? Quantity, FieldKind Kind, double Scale, bool Floating,
    double Least, double Greatest, int Preference, bool PercentOrRatio = false)
{
    private const double Blank32 = 0x7FFFFFF0, Blank64 = 9223372036854775808.0, BlankFloating = 140737488355328.0;

    /// <summary>A ratio may exceed 1 by this much, since DCGM divides two counters that it does not read at the same instant; it is read as 1.</summary>
    private const double RatioSlack = 0.05;

    /// <summary>What a value of this field is. Any number is understood; nothing throws.</summary>
    public FieldValue Read(double raw)
    {
        if (!double.IsFinite(raw))
        {
            return new FieldValue(FieldState.NotANumber, 0);
        }
        if (raw >= Blank64)
        {
            return new FieldValue(FieldState.Blank, 0);
        }
        if (Sentinel(raw) is var state and not FieldState.Taken)
        {
            return new FieldValue(state, 0);
        }

        var value = PercentOrRatio && raw <= 1 ? raw : raw * Scale;
        if (Greatest == 1 && value is > 1 and <= 1 + RatioSlack)
        {
            value = 1;
        }
        return value >= Least && value <= Greatest ? new FieldValue(FieldState.Taken, value) : new FieldValue(FieldState.OutOfRange, 0);
    }

    private static FieldState Sentinel(double raw)
    {
        var offset = raw >= BlankFloating ? raw - BlankFloating : raw - Blank32;
        return offset switch
        {
            0 => FieldState.Blank,
            1 => FieldState.NotFound,
            2 => FieldState.NotSupported,
            3 => FieldState.NotPermissioned,
            _ => FieldState.Taken,
        };
    }
}

/// <summary>The ways in which a value of a field is no data, as they are counted.</summary>
public static class DcgmFault
{
    private static readonly ImmutableArray<DeadLetterKind?> Kinds =
    [
        null,
        new("dcgm/blank", "is DCGM's mark for no value", "check that the field is watched and that profiling is not paused"),
        new("dcgm/not-found", "is DCGM's mark for a field that it did not find", "check DCGM's version against the list of counters"),
        new("dcgm/not-supported", "is DCGM's mark for a field that the accelerator does not support", "drop the field from the list of counters"),
        new("dcgm/not-permitted", "is DCGM's mark for a field that it may not read", "give the exporter the capability SYS_ADMIN, which profiling fields need"),
        new("dcgm/not-a-number", "is no finite number", "check the exporter"),
        new("dcgm/out-of-range", "is beyond what the quantity can be", "check the exporter, and whether a rule relabels or rescales the field"),
    ];

    /// <summary>The kind under which a value is counted that was not taken.</summary>
    /// <exception cref="ArgumentException">The value was taken.</exception>
    public static DeadLetterKind Of(FieldState state) =>
        Kinds[(int)state] ?? throw new ArgumentException("a value that was taken is no dead letter", nameof(state));
}
