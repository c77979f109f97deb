using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Standstill.Protocol;

namespace Standstill.Node.Notices;

/// <summary>What a webhook's sender and receiver share: 24 to 64 random bytes (Standard Webhooks 1.0.0, symmetric signatures).</summary>
public sealed class WebhookSecret
{
    /// <summary>How a secret begins as text.</summary>
    public const string Prefix = "whsec_";

    private readonly byte[] key;

    private WebhookSecret(byte[] key) => this.key = key;

    /// <summary>In the place of one that could not be read.</summary>
    internal static WebhookSecret None { get; } = new([]);

    /// <summary>Reads a secret: `whsec_` and base64.</summary>
    public static Parsed<WebhookSecret> Parse(string text, string place)
    {
        var bytes = new byte[text.Length];
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length)
            && length is >= 24 and <= 64
            ? Parsed<WebhookSecret>.Good(new WebhookSecret(bytes[..length]))
            : Parsed<WebhookSecret>.Bad(place, "not a webhook secret", $"write `{Prefix}` and the base64 of 24 to 64 random bytes on one line: `echo \"{Prefix}$(head -c 32 /dev/urandom | base64)\"`");
    }

    /// <summary>The header `webhook-signature`: `v1,` and the base64 of the HMAC-SHA256 over id, time of the attempt and body.</summary>
    /// <param name="id">The header `webhook-id`; without a full stop, since one ends it.</param>
    /// <param name="timestamp">The header `webhook-timestamp`: seconds since 1970.</param>
    /// <param name="body">The body, byte for byte.</param>
    public string Sign(string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        byte[] signed = [.. head, .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}
