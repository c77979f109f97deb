using Orleans.Storage;
using Standstill.Live.Books;

namespace Standstill.Live.Storage;

/// <summary>Keeps the documents of one grain: its head and its pages, each under a key of its own. Every write names the version that it
/// replaces, and the store refuses it when another has been there in between.</summary>
/// <param name="storage">Where: PostgreSQL, or memory.</param>
/// <param name="kind">The kind of grain: what the rows are listed under.</param>
/// <param name="key">The grain's key.</param>
internal sealed class PageStore(IGrainStorage storage, string kind, string key)
{
    /// <summary>The name under which the storage is registered.</summary>
    public const string Name = "books";

    /// <summary>The grain's key.</summary>
    public string Key => key;

    /// <summary>The head, and the version that the next write of it replaces; null where none is stored.</summary>
    public Task<(T? Head, string? Version)> ReadHeadAsync<T>()
        where T : class => ReadAsync<T>("head", key);

    /// <summary>Stores the head; returns its version.</summary>
    public Task<string?> WriteHeadAsync<T>(T head, string? replaces)
        where T : class => WriteAsync("head", key, head, replaces);

    /// <summary>A page, and the version that the next write of it replaces; null where none is stored.</summary>
    public async Task<(BookPage? Page, string? Version)> ReadPageAsync(int number)
    {
        var (page, version) = await ReadAsync<StoredPage>("page", PageKey(number));
        return (page?.Page, version);
    }

    /// <summary>Stores a page; returns its version.</summary>
    public Task<string?> WritePageAsync(BookPage page, string? replaces) => WriteAsync("page", PageKey(page.Number), StoredPage.Of(page), replaces);

    private string PageKey(int number) => FormattableString.Invariant($"{key}#{number}");

    private async Task<(T? Value, string? Version)> ReadAsync<T>(string part, string id)
        where T : class
    {
        var state = new GrainState<StoredDocument>(new StoredDocument());
        await storage.ReadStateAsync(Part(part), Id(part, id), state);
        if (!state.RecordExists || state.State?.Utf8 is not { } utf8)
        {
            return (null, null);
        }

        var version = LiveJson.Read<StoredVersion>(utf8).Version;
        return version == StoredHead.CurrentVersion
            ? (LiveJson.Read<T>(utf8), state.ETag)
            : throw new InvalidDataException($"`{id}` was stored in form {version}, and this program reads form {StoredHead.CurrentVersion}: drop the schema, and refill it from the ledger");
    }

    private async Task<string?> WriteAsync<T>(string part, string id, T value, string? replaces)
        where T : class
    {
        var state = new GrainState<StoredDocument>(new StoredDocument { Utf8 = LiveJson.Write(value) }, replaces) { RecordExists = replaces is not null };
        await storage.WriteStateAsync(Part(part), Id(part, id), state);
        return state.ETag;
    }

    private string Part(string part) => kind + "-" + part;

    private GrainId Id(string part, string id) => GrainId.Create(Part(part), id);

    private sealed record StoredVersion(int Version);
}
