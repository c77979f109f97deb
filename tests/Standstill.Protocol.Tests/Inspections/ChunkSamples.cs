using System.Collections.Immutable;
using CsCheck;
using Standstill.Protocol.Inspections;

namespace Standstill.Protocol.Tests.Inspections;

/// <summary>Raw samples of a small facility, drawn: gaps, bursts, resets, retirements and returns, at whole seconds.</summary>
public static class ChunkSamples
{
    public const int Seconds = 1200;
    public const int ScrapeMs = 15_000;
    public const long Start = 1_767_225_600_000;

    private static readonly MeteredSeries[] Table =
    [
        new(MeteredSeries.OfMeter, "chip-0", Quantity.Known),
        new(MeteredSeries.OfMeter, "chip-1", Quantity.Known),
        new(0, "chip-0", Quantity.TensorActivity),
        new(1, "chip-0", Quantity.Utilisation),
        new(2, "chip-0", Quantity.EnergyCounter),
        new(3, "chip-0", Quantity.Power),
        new(4, "chip-0", Quantity.TrafficRate),
        new(5, "chip-0", Quantity.TrafficRate),
        new(6, "chip-1", Quantity.EngineActivity),
        new(7, "chip-1", Quantity.Utilisation),
        new(8, "chip-1", Quantity.Power),
        new(9, "chip-1", Quantity.TrafficCounter),
        new(10, "chip-2", Quantity.TensorActivity),
        new(11, "chip-2", Quantity.TensorActivity),
        new(12, "node-0", Quantity.NodePower),
        new(13, "chip-1", Quantity.Other),
    ];

    /// <summary>Rows in order of time, each time of a series once.</summary>
    public static Gen<ImmutableArray<(int Series, long Second, double Value)>> Rows { get; } =
        Gen.Select(Gen.Int[0, Table.Length - 1], Gen.Long[0, Seconds - 1], Gen.Int[0, 1000], (series, second, draw) => (series, second, draw))
            .Array[0, 120]
            .Select(rows => rows
                .DistinctBy(r => (r.series, r.second))
                .OrderBy(r => r.second).ThenBy(r => r.series)
                .Select(r => (r.series, r.second, ValueOf(Table[r.series].Quantity, r.draw))).ToImmutableArray());

    public static ChunkWindow Window(long fromSecond, long toSecond) => new(Start + (fromSecond * 1000), Start + (toSecond * 1000), ScrapeMs);

    public static ChunkColumns Columns(IEnumerable<(int Series, long Second, double Value)> rows)
    {
        var all = rows.ToList();
        return new ChunkColumns(
            [.. Table],
            all.Select(r => r.Series).ToArray(),
            all.Select(r => Start + (r.Second * 1000)).ToArray(),
            all.Select(r => r.Value).ToArray());
    }

    public static MeteredSeries Of(int series) => Table[series];

    // Retirements are rare, and activities often nothing or just below or at a threshold.
    private static double ValueOf(Quantity quantity, int draw) => quantity switch
    {
        Quantity.Known => draw < 400 ? 0 : 1,
        Quantity.TensorActivity or Quantity.EngineActivity => draw < 300 ? 0 : draw < 500 ? 0.009 : draw < 600 ? 0.01 : draw / 1000.0,
        Quantity.Utilisation => draw < 300 ? 0 : draw < 500 ? 4 : draw < 600 ? 5 : draw / 10,
        Quantity.EnergyCounter or Quantity.TrafficCounter => draw * 1_000_003L,
        Quantity.Power or Quantity.NodePower => draw * 0.7,
        Quantity.TrafficRate => draw * 100_003.0,
        _ => draw,
    };
}
