using System.Collections.Immutable;

namespace Standstill.Protocol.Inspections;

/// <summary>What a set of chunks adds up to: whole numbers only, so that the sum is the same in every order.</summary>
/// <remarks>
/// <para>Every figure is 0 or more. All are sums over accelerators and time, except <see cref="LongestGapMs"/> and
/// <see cref="ClockStepMs"/>, which are the largest seen. Both ways of combining are associative and have 0 as neutral value, which is
/// all that a tree of sums needs.</para>
/// <para>The largest figure is <see cref="ActiveMicroMs"/>: it takes 2.5 million chip-hours at full activity within one period to leave
/// 64 bits. Larger areas close shorter periods or are divided.</para>
/// </remarks>
public sealed record ChunkSums
{
    /// <summary>Number of figures.</summary>
    public const int FieldCount = 25;

    // The last figures are combined by the larger of two, not by addition.
    private const int FirstMaximum = FieldCount - 2;

    /// <summary>Names of the figures in their fixed order: the order of their bytes in the tree, and their names in files.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "busyMs", "lightMs", "idleMs", "darkMs", "activeMicroMs",
        "counterMillijoules", "powerMillijoules", "nodeMillijoules", "trafficKilobytes",
        "samples", "gaps", "counterResets", "outOfOrder", "unusable",
        "utilisationSamples", "tensorSamples", "tensorSum", "tensorSquareSum",
        "powerSamples", "powerSum", "powerSquareSum", "energyCounterSamples", "trafficSamples",
        "longestGapMs", "clockStepMs",
    ];

    /// <summary>Nothing: the sums of no chunk.</summary>
    public static ChunkSums Zero { get; } = new();

    /// <summary>Chip-time with tensor activity of at least 1 % or, without a tensor counter, utilisation of at least 5 %, ms.</summary>
    public long BusyMs { get; init; }

    /// <summary>Chip-time with some activity below that, ms.</summary>
    public long LightMs { get; init; }

    /// <summary>Chip-time with telemetry and no activity, ms.</summary>
    public long IdleMs { get; init; }

    /// <summary>Chip-time of accelerators on the roster whose activity no sample tells, ms.</summary>
    public long DarkMs { get; init; }

    /// <summary>Chip-time weighted by tensor activity (or utilisation): millionths of a millisecond.</summary>
    public long ActiveMicroMs { get; init; }

    /// <summary>Energy by the accelerators' own counters, mJ.</summary>
    public long CounterMillijoules { get; init; }

    /// <summary>Energy by integrating power, of accelerators without a counter, mJ.</summary>
    public long PowerMillijoules { get; init; }

    /// <summary>Energy by integrating the power of whole nodes, mJ.</summary>
    public long NodeMillijoules { get; init; }

    /// <summary>NVLink and PCIe traffic, thousands of bytes.</summary>
    public long TrafficKilobytes { get; init; }

    /// <summary>Samples with a time within the window, of any quantity.</summary>
    public long Samples { get; init; }

    /// <summary>Times that an accelerator went dark.</summary>
    public long Gaps { get; init; }

    /// <summary>Times that a counter went back.</summary>
    public long CounterResets { get; init; }

    /// <summary>Samples no later than one that stands before them in the same series: late, or there twice.</summary>
    public long OutOfOrder { get; init; }

    /// <summary>Samples whose value its quantity cannot have. NaN is not among them: it says that there is no value.</summary>
    public long Unusable { get; init; }

    /// <summary>Usable samples of utilisation.</summary>
    public long UtilisationSamples { get; init; }

    /// <summary>Usable samples of tensor activity.</summary>
    public long TensorSamples { get; init; }

    /// <summary>Sum of tensor activity, in ten-thousandths, over its samples.</summary>
    public long TensorSum { get; init; }

    /// <summary>Sum of the squares of tensor activity in ten-thousandths.</summary>
    public long TensorSquareSum { get; init; }

    /// <summary>Usable samples of an accelerator's power.</summary>
    public long PowerSamples { get; init; }

    /// <summary>Sum of power, in whole watts, over its samples.</summary>
    public long PowerSum { get; init; }

    /// <summary>Sum of the squares of power in whole watts.</summary>
    public long PowerSquareSum { get; init; }

    /// <summary>Usable samples of an energy counter.</summary>
    public long EnergyCounterSamples { get; init; }

    /// <summary>Usable samples of traffic.</summary>
    public long TrafficSamples { get; init; }

    /// <summary>Longest time that an accelerator's activity was not told, from the sample before to the sample after, ms.</summary>
    public long LongestGapMs { get; init; }

    /// <summary>Largest step of the meter's clock, forward or back, ms.</summary>
    public long ClockStepMs { get; init; }

    /// <summary>Chip-time on record, whatever the accelerators did, ms.</summary>
    /// <exception cref="OverflowException">It leaves 64 bits.</exception>
    public long ChipMs => BusyMs + LightMs + IdleMs + DarkMs;

    /// <summary>Whether no figure is negative: sums that hold a negative one are refused wherever they come from.</summary>
    public bool IsGood => ToFields().All(f => f >= 0);

    /// <summary>The figures in the order of <see cref="Names"/>.</summary>
    public ImmutableArray<long> ToFields() =>
    [
        BusyMs, LightMs, IdleMs, DarkMs, ActiveMicroMs,
        CounterMillijoules, PowerMillijoules, NodeMillijoules, TrafficKilobytes,
        Samples, Gaps, CounterResets, OutOfOrder, Unusable,
        UtilisationSamples, TensorSamples, TensorSum, TensorSquareSum,
        PowerSamples, PowerSum, PowerSquareSum, EnergyCounterSamples, TrafficSamples,
        LongestGapMs, ClockStepMs,
    ];

    /// <summary>Takes the figures in the order of <see cref="Names"/>.</summary>
    /// <exception cref="ArgumentException">There are not as many.</exception>
    public static ChunkSums FromFields(ReadOnlySpan<long> fields) => fields.Length != FieldCount
        ? throw new ArgumentException($"sums have {FieldCount} figures, not {fields.Length}", nameof(fields))
        : new()
        {
            BusyMs = fields[0],
            LightMs = fields[1],
            IdleMs = fields[2],
            DarkMs = fields[3],
            ActiveMicroMs = fields[4],
            CounterMillijoules = fields[5],
            PowerMillijoules = fields[6],
            NodeMillijoules = fields[7],
            TrafficKilobytes = fields[8],
            Samples = fields[9],
            Gaps = fields[10],
            CounterResets = fields[11],
            OutOfOrder = fields[12],
            Unusable = fields[13],
            UtilisationSamples = fields[14],
            TensorSamples = fields[15],
            TensorSum = fields[16],
            TensorSquareSum = fields[17],
            PowerSamples = fields[18],
            PowerSum = fields[19],
            PowerSquareSum = fields[20],
            EnergyCounterSamples = fields[21],
            TrafficSamples = fields[22],
            LongestGapMs = fields[23],
            ClockStepMs = fields[24],
        };

    /// <summary>The sums of both, unless one leaves 64 bits.</summary>
    public static bool TryAdd(ChunkSums left, ChunkSums right, out ChunkSums sum)
    {
        var (a, b) = (left.ToFields(), right.ToFields());
        var fields = new long[FieldCount];
        for (var i = 0; i < FieldCount; i++)
        {
            var whole = (Int128)a[i] + b[i];
            fields[i] = i >= FirstMaximum ? Math.Max(a[i], b[i]) : unchecked((long)whole);
            if (i < FirstMaximum && whole != fields[i])
            {
                sum = Zero;
                return false;
            }
        }

        sum = FromFields(fields);
        return true;
    }

    /// <summary>The sums of both.</summary>
    /// <exception cref="OverflowException">A sum leaves 64 bits.</exception>
    public static ChunkSums operator +(ChunkSums left, ChunkSums right) =>
        TryAdd(left, right, out var sum) ? sum : throw new OverflowException("the sums of the chunks leave 64 bits: close shorter periods or divide the area");
}
