using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>What counts as one independent piece of evidence.</summary>
public enum EvidenceUnit
{
    /// <summary>A task: its runs repeat one another and count once.</summary>
    Task,

    /// <summary>A run: as if the runs of one task were as different as runs of two tasks.</summary>
    Run,
}

/// <summary>How many pieces of evidence of equal weight say as much as weighted ones.</summary>
internal static class EffectiveSize
{
    /// <summary>Kish's effective sample size (Σw)² / Σw².</summary>
    /// <remarks>L. Kish, "Survey Sampling", Wiley 1965, section 11.7; "Weighting for unequal Pᵢ", Journal of Official Statistics 8 (1992)
    /// 183–200. Equal weights give their number, one dominant weight gives 1.</remarks>
    public static double Of(ImmutableArray<RunCell> cells, EvidenceUnit unit)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var cell in cells)
        {
            var weight = unit == EvidenceUnit.Run ? cell.RunWeight : cell.RunWeight * cell.Runs;
            var times = unit == EvidenceUnit.Run ? cell.Runs : 1;
            sum += weight * times;
            squares += weight * weight * times;
        }

        return squares > 0 ? sum * sum / squares : 0;
    }
}
