using System.Net;
using System.Text.Json;
using Standstill.Ledger;

namespace Standstill.Audit;

/// <summary>Where a ledger is read from. Nothing but its files is believed.</summary>
public abstract record AuditSource
{
    private AuditSource()
    {
    }

    /// <summary>A directory with `checkpoint` and `tile/`.</summary>
    public sealed record Files : AuditSource
    {
        /// <summary>Takes a ledger's directory, or the data directory of a node that holds one.</summary>
        public Files(string directory)
        {
            var inner = System.IO.Path.Combine(directory, "ledger");
            Path = !File.Exists(System.IO.Path.Combine(directory, LedgerReader.CheckpointPath))
                && File.Exists(System.IO.Path.Combine(inner, LedgerReader.CheckpointPath)) ? inner : directory;
        }

        /// <summary>The directory of the ledger.</summary>
        public string Path { get; }

        /// <inheritdoc/>
        public override string ToString() => Path;

        internal override ResourceReader Reader => LedgerReader.FilesOf(Path);
    }

    /// <summary>A server that gives a ledger's files under a base address.</summary>
    /// <param name="Address">The base, `http://127.0.0.1:7800`.</param>
    /// <param name="Client">Asks it; stays the caller's.</param>
    public sealed record Http(Uri Address, HttpClient Client) : AuditSource
    {
        /// <inheritdoc/>
        public override string ToString() => Address.ToString().TrimEnd('/');

        internal override ResourceReader Reader => async (path, cancellation) =>
        {
            using var response = await Client.GetAsync($"{this}/{path}", cancellation);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return null;
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsByteArrayAsync(cancellation);
        };

        /// <summary>What a Standstill node says that the world's digest is; null from a server that is none.</summary>
        internal async Task<(long Size, string Digest)?> ClaimAsync(CancellationToken cancellation)
        {
            using var response = await Client.GetAsync($"{this}/api/world/digest", cancellation);
            if (!response.IsSuccessStatusCode)
            {
                return null;
            }

            JsonElement json;
            try
            {
                json = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            }
            catch (JsonException)
            {
                return null;
            }

            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty("size", out var size) && size.TryGetInt64(out var n)
                && json.TryGetProperty("digest", out var digest) && digest.ValueKind == JsonValueKind.String ? (n, digest.GetString()!) : null;
        }
    }

    /// <summary>Reads one of the ledger's files.</summary>
    internal abstract ResourceReader Reader { get; }
}
