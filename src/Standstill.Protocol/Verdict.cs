namespace Standstill.Protocol;

/// <summary>The answer to a condition over evidence, in three values.</summary>
public enum Verdict
{
    /// <summary>The evidence shows that the condition does not hold.</summary>
    NotMet,

    /// <summary>The evidence does not settle it; the reason stands beside it.</summary>
    Undetermined,

    /// <summary>The evidence shows that the condition holds.</summary>
    Met,
}
