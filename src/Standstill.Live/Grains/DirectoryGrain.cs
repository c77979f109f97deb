using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Standstill.Live.Storage;

namespace Standstill.Live.Grains;

/// <summary>The names of all parties.</summary>
internal sealed class DirectoryGrain([FromKeyedServices(PageStore.Name)] IGrainStorage storage) : Grain, IDirectoryGrain
{
    /// <summary>The key of the only one.</summary>
    public const string OnlyKey = "parties/";

    private PageStore store = null!;
    private StoredDirectory directory = new(StoredHead.CurrentVersion, []);
    private string? version;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        store = new PageStore(storage, "directory", this.GetPrimaryKeyString());
        (var stored, version) = await store.ReadHeadAsync<StoredDirectory>();
        directory = stored ?? directory;
    }

    /// <inheritdoc/>
    public async Task AddAsync(string party)
    {
        if (directory.Parties.Contains(party))
        {
            return;
        }

        var longer = directory with { Parties = [.. directory.Parties.Add(party).Order(StringComparer.Ordinal)] };
        try
        {
            version = await store.WriteHeadAsync(longer, version);
            directory = longer;
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<string[]> AllAsync() => Task.FromResult(directory.Parties.ToArray());
}
