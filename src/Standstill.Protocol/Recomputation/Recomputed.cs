using System.Collections.Immutable;

namespace Standstill.Protocol.Recomputation;

/// <summary>What computing a stated result again gives.</summary>
public abstract record Recomputed
{
    private Recomputed()
    {
    }

    /// <summary>Every stated figure is the recomputed one.</summary>
    /// <param name="Figures">How many were compared.</param>
    public sealed record Agrees(int Figures) : Recomputed;

    /// <summary>Some are not.</summary>
    /// <param name="Differences">Those, in the order of the statement's fields.</param>
    public sealed record Differs(ImmutableArray<FigureDifference> Differences) : Recomputed;

    /// <summary>Nothing was compared: these are not the files, or there is nothing to compute.</summary>
    /// <param name="Why">Where, why, and what would help.</param>
    public sealed record Cannot(Fault Why) : Recomputed;
}

/// <summary>A figure that is not what was stated.</summary>
/// <param name="Field">The field of the body: `p50Minutes`.</param>
/// <param name="Stated">As stated; `none` where it was left out.</param>
/// <param name="Recomputed">As recomputed, likewise.</param>
/// <param name="Relative">The difference over the greater of the two; absent where one is no number.</param>
public sealed record FigureDifference(string Field, string Stated, string Recomputed, double? Relative);
