using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Protocol.Json;
using Standstill.Protocol.Statements;

namespace Standstill.Protocol.Pacts.Sealing;

/// <summary>What a party commits to in secret: its commitment to one pact, signed, until it is opened by nobody but the trustees.</summary>
/// <remarks>
/// <code>
/// slip   = canonical JSON (RFC 8785) of
///          {"commitment": text, "key": …, "number": n, "pact": …, "party": …, "registry": …, "until": time}
/// signed = "standstill slip v1" LF slip
/// </code>
/// The signed bytes begin like no envelope (`DSSEv1 `) and like no proof of a key (`standstill key proof v1`): neither can
/// be taken for the other. `commitment` is left out by a slip that takes the party's earlier ones back.
/// </remarks>
/// <param name="Registry">The charter's id.</param>
/// <param name="Pact">The pact.</param>
/// <param name="Party">Who commits.</param>
/// <param name="Key">Its governance key.</param>
/// <param name="Number">1 for the party's first slip to this pact; of several the highest counts.</param>
/// <param name="Until">The last time at which it may be opened.</param>
/// <param name="Commitment">The commitment's text, at most 4096 characters; null takes the earlier slips back.</param>
public sealed record Slip(Digest Registry, PactId Pact, PartyId Party, PartyKey Key, long Number, DateTimeOffset Until, string? Commitment)
{
    /// <summary>The most characters of a commitment.</summary>
    public const int CommitmentCharacters = 4096;

    private const long HighestNumber = 1_000_000;

    /// <summary>The slip's bytes.</summary>
    public byte[] ToBytes()
    {
        JsonObject json = new()
        {
            ["registry"] = Registry.Hex,
            ["pact"] = Pact.Value,
            ["party"] = Party.Value,
            ["key"] = Key.Text,
            ["number"] = Number,
            ["until"] = UtcTime.Format(Until),
        };
        if (Commitment is not null)
        {
            json["commitment"] = Commitment;
        }

        return CanonicalJson.Write(JsonSerializer.SerializeToElement(json));
    }

    /// <summary>Reads a slip. Only the one way of writing it that <see cref="ToBytes"/> has is accepted.</summary>
    public static Parsed<Slip> Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!StrictJson.TryParse(utf8, out JsonElement json, out Fault? fault))
        {
            return Parsed<Slip>.Bad("slip", fault!.Message, fault.Remedy);
        }

        Parsed<Slip> read = Fields.Read(json, "slip", f => new Slip(
            f.Digest("registry", "the charter's id"),
            new PactId(f.Name("pact", "pact", "the pact")),
            f.Party("party", "who commits"),
            f.Key("key", "its governance key"),
            f.Whole("number", 1, HighestNumber, "", "of several slips the highest counts"),
            f.Time("until", "the last time at which it may be opened"),
            f.TextOrNull("commitment", CommitmentCharacters, "the commitment; left out, it takes the earlier slips back")));
        return !read.IsGood || read.Value.ToBytes().AsSpan().SequenceEqual(utf8.Span)
            ? read
            : Parsed<Slip>.Bad("slip", "not written in the one way that is signed", "write exactly the documented fields in canonical JSON, RFC 8785, the time with milliseconds");
    }

    /// <summary>Signs it.</summary>
    /// <exception cref="ArgumentException">The signer's key is not the slip's.</exception>
    public SignedSlip Sign(PartySigner signer) => signer.PublicKey == Key
        ? new SignedSlip(this, signer.Sign(SignedBytes(ToBytes())))
        : throw new ArgumentException("the slip names another key", nameof(signer));

    internal static byte[] SignedBytes(ReadOnlySpan<byte> slip) => [.. "standstill slip v1\n"u8, .. slip];
}

/// <summary>A slip with its signature, 64 bytes. Whether the key is a governance key of the party is asked of the world.</summary>
public sealed record SignedSlip(Slip Slip, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Whether the signature is that of the key that the slip names.</summary>
    public bool IsSigned => Slip.Key.Verifies(Slip.SignedBytes(Slip.ToBytes()), Signature.Span);
}
