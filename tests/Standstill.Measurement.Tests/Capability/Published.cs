using System.Collections.Immutable;
using Standstill.Measurement.Capability;

namespace Standstill.Measurement.Tests.Capability;

/// <summary>The table that METR published (testdata/horizons/SOURCE.md).</summary>
internal static class Published
{
    public static ImmutableArray<PublishedHorizon> Horizons { get; } =
        ((PublishedHorizonReading.Table)PublishedHorizonTable.Read(File.ReadAllText("testdata/horizons/horizons_th1_1_published.csv"))).Horizons;

    /// <summary>Without the model of which only a lower bound was published.</summary>
    public static ImmutableArray<PublishedHorizon> Measured { get; } = [.. Horizons.Where(horizon => horizon.Censoring == Censoring.None)];

    public static Seed Seed { get; } = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
}
