using System.Collections.Immutable;

namespace Standstill.Protocol.Triggers;

/// <summary>The verdict on one level.</summary>
/// <param name="Level">The level.</param>
/// <param name="Raw">What the evidence says.</param>
/// <param name="Effective">What it counts as: where the evidence settles nothing, by the trigger's undetermined clause. It stays
/// undetermined only where the last verdict is held and there never was one.</param>
/// <param name="Explanation">Why.</param>
public sealed record LevelFinding(TriggerLevel Level, Verdict Raw, Verdict Effective, Explanation Explanation);

/// <summary>A trigger evaluated as of one time.</summary>
/// <param name="Levels">One element a level of the trigger, in order.</param>
/// <param name="Memory">What the next evaluation needs.</param>
/// <param name="NextChange">The earliest time after this one at which a verdict, an explanation or the memory could change without new
/// evidence or a new vote; absent where none can.</param>
public sealed record TriggerEvaluation(ImmutableArray<LevelFinding> Levels, TriggerMemory Memory, DateTimeOffset? NextChange)
{
    /// <summary>The finding on a level; nothing where the trigger has no such level.</summary>
    public LevelFinding? Of(TriggerLevel level) => Levels.FirstOrDefault(finding => finding.Level == level);
}
