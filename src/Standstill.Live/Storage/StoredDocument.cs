using Orleans.Storage;

namespace Standstill.Live.Storage;

/// <summary>What the store keeps under one key: bytes of JSON that only <see cref="LiveJson"/> reads.</summary>
internal sealed class StoredDocument
{
    /// <summary>The JSON; null where nothing is stored.</summary>
    public byte[]? Utf8 { get; set; }
}

/// <summary>Hands the bytes through: the form of a document is ours, not the store's.</summary>
internal sealed class DocumentBytes : IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) =>
        input is StoredDocument { Utf8: { } bytes } ? new BinaryData(bytes) : throw new ArgumentException("a document with bytes", nameof(input));

    /// <inheritdoc/>
    public T Deserialize<T>(BinaryData input) => (T)(object)new StoredDocument { Utf8 = input.ToArray() };
}
