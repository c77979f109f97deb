namespace Standstill.Measurement.Sampling;

/// <summary>A kind of item that an inspector can look at.</summary>
/// <param name="Name">Its name, as in the plan: `sample-ash/hall-1`.</param>
/// <param name="Items">N: how many there are, at most 10⁸.</param>
/// <param name="Worth">How many whole units of the goal amount one diverted item yields, at least 1. The planner chooses the unit: an
/// H100-equivalent-month, say.</param>
/// <param name="Cost">What looking at one item costs, above 0.</param>
/// <param name="Identification">q: the probability that a diverted item that is looked at is identified.</param>
public sealed record Stratum(string Name, int Items, int Worth, double Cost, Probability Identification);

/// <summary>The diversion that a plan finds least.</summary>
/// <param name="Defective">How many items are diverted in each stratum, in the order of the strata.</param>
/// <param name="Detection">The probability that it is found.</param>
public sealed record WorstDiversion(System.Collections.Immutable.ImmutableArray<int> Defective, Probability Detection);
