namespace Standstill.Measurement.Capability.Index;

/// <summary>What one model reached on one benchmark.</summary>
/// <param name="Model">The model, not blank.</param>
/// <param name="Released">When it was released.</param>
/// <param name="Benchmark">The benchmark, not blank.</param>
/// <param name="Score">The share reached, in [0, 1].</param>
/// <param name="Source">Where the figure is from, where stated.</param>
public sealed record BenchmarkScore(string Model, DateOnly Released, string Benchmark, double Score, string? Source = null);
