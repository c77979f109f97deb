namespace Standstill.Measurement;

/// <summary>Why a published figure cannot be used.</summary>
/// <param name="Field">The field at fault: `value`, `low`, `high`, `p50_minutes`…</param>
/// <param name="What">What is wrong, with the offending input in backticks.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record FigureFault(string Field, string What, string Remedy)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {What}; {Remedy}";
}
