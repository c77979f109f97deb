namespace Standstill.Protocol.Inspections;

/// <summary>The values that a quantity can have. What is outside is a broken sample, and stands for no activity and no energy.</summary>
internal static class QuantityRange
{
    // A little over 1: exporters divide two counters read at two moments.
    private const double MostShare = 1.05;

    // 10 MW: more than any node.
    private const double MostWatts = 1e7;

    // 10 TB/s in one direction: five times the fastest link on the market.
    private const double MostBytesPerSecond = 1e13;

    // Above 2⁵³ a double no longer counts in ones.
    private const double MostCounted = 9_007_199_254_740_992;

    /// <summary>Whether a value is one that the quantity can have.</summary>
    public static bool Holds(Quantity quantity, double value) => quantity switch
    {
        Quantity.Other => true,
        Quantity.Known => value is 0 or 1,
        Quantity.ClockStep => Math.Abs(value) <= ChunkWindow.MaximumMs,
        Quantity.TensorActivity or Quantity.EngineActivity => value is >= 0 and <= MostShare,
        Quantity.Utilisation => value is >= 0 and <= 100 * MostShare,
        Quantity.EnergyCounter or Quantity.TrafficCounter => value is >= 0 and <= MostCounted,
        Quantity.Power or Quantity.NodePower => value is >= 0 and <= MostWatts,
        Quantity.TrafficRate => value is >= 0 and <= MostBytesPerSecond,
        _ => false,
    };

    /// <summary>Whether a quantity tells an accelerator's activity.</summary>
    public static bool IsActivity(Quantity quantity) =>
        quantity is Quantity.TensorActivity or Quantity.EngineActivity or Quantity.Utilisation;

    /// <summary>Activity in millionths, 0 to 1,000,000.</summary>
    public static int Millionths(Quantity quantity, double value) =>
        Math.Min(1_000_000, (int)Math.Round(quantity == Quantity.Utilisation ? value * 10_000 : value * 1_000_000));
}
