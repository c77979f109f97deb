using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Scraping;

/// <summary>An answer of a target: a body, or why there is none.</summary>
internal abstract record Fetched
{
    public sealed record Body(ReadOnlyMemory<byte> Bytes, string ContentType) : Fetched;

    public sealed record Failed(DeadLetterKind Kind, string What) : Fetched;
}

/// <summary>Asks for one document with a limit on its size. The time is limited by the caller's token.</summary>
internal static class Fetch
{
    public const string Accept = "text/plain;version=0.0.4;q=1,application/openmetrics-text;version=1.0.0;q=0.8,application/json;q=0.5,*/*;q=0.1";

    public static async Task<Fetched> Get(HttpClient http, ScrapeTarget target, Uri address, int limit, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Accept", Accept);
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
            request.Headers.Authorization = target.Authorization;
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!response.IsSuccessStatusCode)
            {
                return new Fetched.Failed(ScrapeFault.Status, $"{(int)response.StatusCode} {address.AbsolutePath}");
            }
            if (response.Content.Headers.ContentLength > limit)
            {
                return new Fetched.Failed(ScrapeFault.TooLarge, address.AbsolutePath);
            }

            await using var stream = await response.Content.ReadAsStreamAsync(cancel);
            var body = await ReadAll(stream, limit, cancel);
            switch (string.Join(',', response.Content.Headers.ContentEncoding))
            {
                case "" or "identity":
                    break;
                case "gzip" when body is not null:
                    await using (var unpacked = new GZipStream(new MemoryStream(body), CompressionMode.Decompress))
                    {
                        // GZipStream takes a stream that breaks off for one that ends. The format's last four bytes (RFC 1952, ISIZE) are the length
                        // that there should be.
                        var length = body.Length < 18 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(body.AsSpan(body.Length - 4));
                        body = await ReadAll(unpacked, limit, cancel);
                        if (body is not null && body.Length != length)
                        {
                            return new Fetched.Failed(ScrapeFault.Broken, address.AbsolutePath);
                        }
                    }
                    break;
                case not "gzip":
                    return new Fetched.Failed(ScrapeFault.Broken, address.AbsolutePath);
            }
            return body switch
            {
                null => new Fetched.Failed(ScrapeFault.TooLarge, address.AbsolutePath),
                [] => new Fetched.Failed(ScrapeFault.Broken, address.AbsolutePath),
                _ => new Fetched.Body(body, response.Content.Headers.ContentType?.MediaType ?? ""),
            };
        }
        catch (HttpRequestException e)
        {
            var connected = e.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError);
            var kind = connected ? ScrapeFault.Broken : ScrapeFault.Unreachable;
            return new Fetched.Failed(kind, e.HttpRequestError.ToString());
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return new Fetched.Failed(ScrapeFault.Broken, address.AbsolutePath);
        }
    }

    /// <summary>Everything, or null when it is more than the limit.</summary>
    private static async Task<byte[]?> ReadAll(Stream stream, int limit, CancellationToken cancel)
    {
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        int read;
        while ((read = await stream.ReadAsync(body.GetMemory(16 * 1024), cancel)) > 0)
        {
            body.Advance(read);
            if (body.WrittenCount > limit)
            {
                return null;
            }
        }
        return body.WrittenSpan.ToArray();
    }
}
