using System.CommandLine;
using System.Text;
using System.Text.Json;
using Standstill.Audit;
using Standstill.Ledger;
using Standstill.Protocol;
using Standstill.Protocol.Json;

namespace Standstill.Cli;

/// <summary>Options that several commands share, and reading what they name.</summary>
internal static class Inputs
{
    public static Option<bool> Json() => new("--json") { Description = "Write one JSON document to standard output" };

    public static Option<string> Node() => new("--node")
    {
        Description = "The node's address",
        DefaultValueFactory = _ => Standstill.Node.NodeSettings.DefaultListen.ToString().TrimEnd('/'),
    };

    public static Option<string?> LogKey() => new("--key")
    {
        Description = "The log's verifier key, `name+hash+key`, or a file that holds it; without it the charter's own is taken",
    };

    public static Option<string?> AsOf() => new("--as-of") { Description = "The time that is asked about, UTC, `2026-03-05T14:00:00Z`; without it the last entry's" };

    /// <summary>The bytes of a file, or of standard input for `-`.</summary>
    public static byte[] Read(string file)
    {
        if (file == "-")
        {
            using var all = new MemoryStream();
            Console.OpenStandardInput().CopyTo(all);
            return all.ToArray();
        }

        return File.Exists(file) ? File.ReadAllBytes(file) : throw new UsageException($"there is no file `{file}`");
    }

    /// <summary>A file, or standard input for `-`, as a stream.</summary>
    public static Stream Open(string file) =>
        file == "-" ? Console.OpenStandardInput()
        : File.Exists(file) ? File.OpenRead(file)
        : Directory.Exists(file) ? throw new UsageException($"`{file}` is a directory; give the files in it")
        : throw new UsageException($"there is no file `{file}`");

    /// <summary>A UTF-8 file's text.</summary>
    public static string ReadText(string file) => Text(file, Read(file));

    /// <summary>The text of a UTF-8 file whose bytes were read.</summary>
    public static string Text(string file, byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new UsageException($"`{file}` is not UTF-8 text");
        }
    }

    /// <summary>A JSON file.</summary>
    public static JsonElement ReadJson(string file) =>
        StrictJson.TryParse(Read(file), out var json, out var fault) ? json : throw new UsageException($"`{file}`: {fault}");

    /// <summary>A private key file.</summary>
    public static PartySigner ReadKey(string file)
    {
        var parsed = PartySigner.Parse(ReadText(file));
        return parsed.Value ?? throw new UsageException($"`{file}`: {parsed.Faults[0]}");
    }

    public static NoteVerifierKey? ParseLogKey(string? value)
    {
        if (value is null)
        {
            return null;
        }

        var text = File.Exists(value) ? ReadText(value).Trim() : value;
        if (text.StartsWith("ed25519-seed:", StringComparison.Ordinal))
        {
            throw new UsageException("--key: that is a private key; give the log's verifier key, `name+hash+key`, or a file that holds it");
        }

        return NoteVerifierKey.TryParse(text, out var key, out var error) ? key : throw new UsageException($"--key: {error}");
    }

    public static DateTimeOffset? ParseTime(string? value) => value is null ? null
        : UtcTime.TryParse(value, out var time) ? time
        : DateOnly.TryParseExact(value, "yyyy-MM-dd", out var date) ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
        : throw new UsageException($"--as-of: `{value}` is not a time in UTC; write `2026-03-05T14:00:00Z` or `2026-03-05`");

    public static PartyId ParseParty(string value) =>
        Slug.IsGood(value) ? new PartyId(value) : throw new UsageException($"`{value}` is not a party's name: use {Slug.Rule}");

    public static PactId ParsePact(string value) =>
        Slug.IsGood(value) ? new PactId(value) : throw new UsageException($"--pact: `{value}` is not a pact's name: use {Slug.Rule}");

    public static Uri ParseUrl(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : throw new UsageException($"`{value}` is not an http address");

    /// <summary>A root hash as statements write it.</summary>
    public static Digest DigestOf(MerkleHash hash) => Digest.TryParse(hash.ToHex(), out var digest) ? digest : throw new InvalidOperationException("a hash has 32 bytes");

    /// <summary>A ledger by address or directory.</summary>
    public static AuditSource ParseSource(string value, HttpClient http) =>
        value.StartsWith("http://", StringComparison.Ordinal) || value.StartsWith("https://", StringComparison.Ordinal)
            ? new AuditSource.Http(ParseUrl(value), http)
            : Directory.Exists(value) ? new AuditSource.Files(value) : throw new UsageException($"`{value}` is neither an http address nor a directory");

    /// <summary>The audited world of a ledger, at a size and as of a time.</summary>
    public static async Task<World> WorldAsync(string source, string? key, long? size, string? asOf, CancellationToken cancellation)
    {
        if (size < 1)
        {
            throw new UsageException($"--size: {size} entries establish nothing; fold at least the charter");
        }

        using var http = new HttpClient();
        var report = await Auditor.RunAsync(ParseSource(source, http), ParseLogKey(key), size, null, cancellation);
        if (report.Fault is { } fault)
        {
            throw new InvalidDataException($"`{source}` does not pass its audit: {fault}");
        }

        if (size > report.Checkpoint!.Size)
        {
            throw new UsageException($"--size: the ledger has {report.Checkpoint.Size} entries");
        }

        var world = report.World!;
        var time = ParseTime(asOf);
        return time is null ? world
            : time >= world.Now ? world.AsOf(time.Value)
            : throw new UsageException($"--as-of: the last entry that is read came at {UtcTime.Format(world.Now)}; for an earlier time fold fewer entries with --size");
    }
}
