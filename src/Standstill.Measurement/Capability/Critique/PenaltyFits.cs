using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>The fits of all agents under one penalty.</summary>
/// <param name="Lambda">The penalty λ.</param>
/// <param name="Fits">One fit for each agent, in the order of <see cref="RunSet.Agents"/>.</param>
public sealed record PenaltyFits(double Lambda, ImmutableArray<HorizonFit> Fits)
{
    /// <summary>Decades from 1e-6 to 1; METR's time horizon 1.1 is 1e-5, its 1.0 is 0.1.</summary>
    public static ImmutableArray<double> Decades { get; } = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1];

    /// <summary>The fits under each of some penalties, everything else as in the settings.</summary>
    public static ImmutableArray<PenaltyFits> Of(RunSet runs, HorizonSettings settings, ImmutableArray<double> lambdas) =>
        [.. lambdas.Select(lambda => new PenaltyFits(lambda, HorizonEstimator.Fit(runs, settings with { Lambda = lambda })))];
}
