using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Standstill.Node.Pages;

/// <summary>Style sheet, script and mark: embedded in the assembly, so that they are there wherever the node is started from.</summary>
internal static class EmbeddedFiles
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, (byte[] Bytes, string Hash)> Files = Load();

    /// <summary>The address of a file, which changes with what it holds.</summary>
    public static string Url(string name) => $"/assets/{name}?v={Files[name].Hash}";

    /// <summary>Serves a file; one that is asked for by its hash never changes.</summary>
    public static IResult Serve(HttpContext context, string name, string? v)
    {
        if (!Files.TryGetValue(name, out var file))
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = v == file.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Bytes(file.Bytes, ContentType(name), entityTag: new EntityTagHeaderValue($"\"{file.Hash}\""));
    }

    private static FrozenDictionary<string, (byte[] Bytes, string Hash)> Load()
    {
        var assembly = typeof(EmbeddedFiles).Assembly;
        return assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(n => n[Prefix.Length..], n =>
        {
            using var stream = assembly.GetManifestResourceStream(n)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
        });
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
