namespace Standstill.Measurement.Adversary;

/// <summary>A measure by which a diversion may be seen.</summary>
public enum Measure
{
    /// <summary>Page's test, both ways, on the chip-time balance of each area.</summary>
    LocalBalance,

    /// <summary>Page's test, both ways, on the chip-time balance of the party: the sum of its areas.</summary>
    GlobalBalance,

    /// <summary>The cumulative compute unaccounted for over its own standard deviation, of each area and of the party.</summary>
    CumulativeBalance,

    /// <summary>Consistency of metered energy with reported activity, of each area.</summary>
    Energy,

    /// <summary>The shape of work declared as inference: does it look like training?</summary>
    Features,

    /// <summary>Opened chunks of raw telemetry, drawn by nobody's choice.</summary>
    Challenges,

    /// <summary>Visits that look at accelerators drawn by nobody's choice.</summary>
    Inspections,

    /// <summary>Movements of accelerators signed at both ends.</summary>
    Movements,

    /// <summary>A party's rentals against its clouds' declarations.</summary>
    Rentals,

    /// <summary>Segments of declared work that are computed again.</summary>
    Recomputation,
}
