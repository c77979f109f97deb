using Standstill.Live.Storage;

namespace Standstill.Live.Grains;

/// <summary>A value on its way between grains: its JSON, so that the pure records need know nothing of Orleans. Whoever calls and whoever
/// answers are one program; the interfaces say what is in it.</summary>
/// <param name="Utf8">The JSON.</param>
[GenerateSerializer]
[Immutable]
[Alias("standstill.json")]
internal readonly record struct Json([property: Id(0)] byte[] Utf8)
{
    /// <summary>Wraps a value.</summary>
    public static Json Of<T>(T value) => new(LiveJson.Write(value));

    /// <summary>The value.</summary>
    public T As<T>() => LiveJson.Read<T>(Utf8);
}
