namespace Standstill.Measurement.Indicators;

/// <summary>What is known of a quantile: it lies in [<paramref name="Low"/>, <paramref name="High"/>].</summary>
/// <param name="Low">The least value compatible with the measurements.</param>
/// <param name="High">The greatest; +∞ where the measurements do not bound it.</param>
public readonly record struct QuantileBounds(double Low, double High);
