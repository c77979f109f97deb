namespace Standstill.Meter;

/// <summary>A label of a series, as its source wrote it: <c>gpu="0"</c>.</summary>
/// <param name="Name">The label's name, as written.</param>
/// <param name="Value">The label's value, unescaped. Readings have no empty one: that means the same as no label.</param>
public readonly record struct Label(string Name, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}=\"{Value}\"";
}
