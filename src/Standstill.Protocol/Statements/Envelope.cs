using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Standstill.Protocol.Json;

namespace Standstill.Protocol.Statements;

/// <summary>A signed payload: DSSE v1.0 (github.com/secure-systems-lab/dsse) with exactly one Ed25519 signature.</summary>
/// <remarks>
/// <code>
/// {"payload":     base64 of the payload,
///  "payloadType": "application/vnd.in-toto+json",
///  "signatures":  [{"keyid": "ed25519:…", "sig": base64 of 64 bytes}]}
/// signed bytes = "DSSEv1" SP len(type) SP type SP len(payload) SP payload
/// </code>
/// </remarks>
/// <param name="Payload">The exact bytes that were signed.</param>
/// <param name="Signature">64 bytes.</param>
public sealed record Envelope(ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The media type of an in-toto statement.</summary>
    public const string PayloadType = "application/vnd.in-toto+json";

    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create(" \t\r\n");

    /// <summary>Reads an envelope; fields that it does not know are ignored, as DSSE asks.</summary>
    public static Parsed<Envelope> Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!StrictJson.TryParse(utf8, out var json, out var fault))
        {
            return Parsed<Envelope>.Bad("envelope", fault!.Message, fault.Remedy);
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return Parsed<Envelope>.Bad("envelope", "not a JSON object", "send a DSSE envelope");
        }

        if (Text(json, "payloadType") is not PayloadType)
        {
            return Parsed<Envelope>.Bad("envelope.payloadType", "not the type of an in-toto statement", $"set it to `{PayloadType}`");
        }

        if (Bytes(json, "payload") is not { } payload)
        {
            return Parsed<Envelope>.Bad("envelope.payload", "missing or not base64", "put the standard base64 of the statement there");
        }

        if (!json.TryGetProperty("signatures", out var signatures) || signatures.ValueKind != JsonValueKind.Array || signatures.GetArrayLength() != 1)
        {
            return Parsed<Envelope>.Bad("envelope.signatures", "not a list of one signature", "sign with the one key that the statement names");
        }

        if (signatures[0].ValueKind != JsonValueKind.Object || Bytes(signatures[0], "sig") is not { Length: 64 } signature)
        {
            return Parsed<Envelope>.Bad("envelope.signatures[0].sig", "missing or not the base64 of 64 bytes", "put the Ed25519 signature there");
        }

        return Parsed<Envelope>.Good(new Envelope(payload, signature));
    }

    /// <summary>Signs a payload and writes the envelope's JSON.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> payload, PartySigner signer)
    {
        var signature = signer.Sign(SignedBytes(payload));
        return Encoding.UTF8.GetBytes(
            $$"""{"payload":"{{Convert.ToBase64String(payload)}}","payloadType":"{{PayloadType}}","signatures":[{"keyid":"{{signer.PublicKey}}","sig":"{{Convert.ToBase64String(signature)}}"}]}""");
    }

    /// <summary>Whether the signature is this key's.</summary>
    public bool IsSignedBy(PartyKey key) => key.Verifies(SignedBytes(Payload.Span), Signature.Span);

    /// <summary>The pre-authentication encoding of DSSE v1.0.</summary>
    private static byte[] SignedBytes(ReadOnlySpan<byte> payload) =>
        [.. Encoding.UTF8.GetBytes($"DSSEv1 {PayloadType.Length} {PayloadType} {payload.Length} "), .. payload];

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement json, string name) =>
        Text(json, name) is { } text && Base64.IsValid(text) && !text.AsSpan().ContainsAny(WhiteSpace) ? Convert.FromBase64String(text) : null;
}
