using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Standstill.Protocol.Pacts.Sealing;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>A trustee puts the key on record that shares are encrypted to. A later one takes its place for what is sealed from then on.</summary>
/// <remarks>No proof that the trustee holds the private half: by naming a key that is not its own it loses its shares, or gives them to
/// whoever holds that key, and it could do either without.</remarks>
public sealed record TrusteeKeyBody(TrusteeKey Key) : Body
{
    internal static TrusteeKeyBody Read(Fields f) => new(SealedFields.Key(f, "key", "the public key that shares are encrypted to"));
}

/// <summary>Somebody puts a sealed commitment on record that was handed to it. It is not known to be anybody's.</summary>
public sealed record SealedCommitmentBody(SealedCommitment Sealed) : Body
{
    /// <summary>Reads the body; in a file of a trial, too, where it is in no statement.</summary>
    public static SealedCommitmentBody Read(Fields f)
    {
        PactId pact = new(f.Name("pact", "pact", "the pact"));
        int threshold = (int)f.Whole("threshold", Trustees.LowestThreshold, Trustees.Most, "trustees", "how many it takes to open it");
        Digest keyDigest = f.Digest("keyDigest", "SHA-256 of `standstill seal key v1`, a line feed, and the key");
        byte[] content = SealedFields.Bytes(f, "content", SealedCommitment.ContentBytes, "the encrypted slip");
        ImmutableArray<SealedShare> shares = f.List("shares", Trustees.LowestThreshold, Trustees.Most, "the trustees' shares of the key, in the order of their names", s => new SealedShare(
            new Trustee(s.Party("trustee", "whose"), SealedFields.Key(s, "key", "the trustee's key that it is encrypted to")),
            SealedFields.Bytes(s, "encapsulated", SealedCommitment.EncapsulatedBytes, "the encapsulated key of HPKE"),
            SealedFields.Bytes(s, "ciphertext", SealedCommitment.ShareBytes, "the encrypted share"),
            s.Digest("digest", "SHA-256 of `standstill seal share v1`, a line feed, the key's digest, the trustee's place and the share")));
        Parsed<Trustees> trustees = Trustees.Check(threshold, shares.Select(s => s.Trustee));
        if (f.IsGood)
        {
            f.Require(trustees.IsGood, "shares", trustees.IsGood ? "" : trustees.Faults[0].Message, trustees.IsGood ? "" : trustees.Faults[0].Remedy);
            f.Require(
                shares.Zip(shares.Skip(1)).All(p => p.First.Trustee.Party.CompareTo(p.Second.Trustee.Party) <= 0),
                "shares", "not in the order of the trustees' names", "sort them, since the place is the share's point");
        }

        return new SealedCommitmentBody(new SealedCommitment(pact, trustees.Value!, keyDigest, content, shares));
    }

    /// <summary>The fields of the body.</summary>
    public JsonObject ToJson() => new()
    {
        ["pact"] = Sealed.Pact.Value,
        ["threshold"] = Sealed.Trustees.Threshold,
        ["keyDigest"] = Sealed.KeyDigest.Hex,
        ["content"] = Convert.ToBase64String(Sealed.Content.Span),
        ["shares"] = new JsonArray([.. Sealed.Shares.Select(s => new JsonObject
        {
            ["trustee"] = s.Trustee.Party.Value,
            ["key"] = s.Trustee.Key.Text,
            ["encapsulated"] = Convert.ToBase64String(s.Encapsulated.Span),
            ["ciphertext"] = Convert.ToBase64String(s.Ciphertext.Span),
            ["digest"] = s.Digest.Hex,
        })]),
    };
}

/// <summary>Sealed commitments are opened, all of them at this one entry.</summary>
public sealed record SealedOpenedBody(PactId Pact, ImmutableArray<SealOpening> Openings) : Body
{
    internal static SealedOpenedBody Read(Fields f)
    {
        PactId pact = new(f.Name("pact", "pact", "the pact"));
        ImmutableArray<SealOpening> openings = f.List("openings", 1, 256, "what is opened", o => new SealOpening(
            new EntryIndex(o.Whole("entry", 0, 1L << 53, "", "the entry of the sealed commitment")),
            SealedFields.SealKey(o, "key", "the key that opens it")));
        f.Require(openings.Select(o => o.Entry).Distinct().Count() == openings.Length, "openings", "an entry stands there twice", "open each once");
        return new SealedOpenedBody(pact, openings);
    }

    /// <summary>The fields of the body.</summary>
    public JsonObject ToJson() => new()
    {
        ["pact"] = Pact.Value,
        ["openings"] = new JsonArray([.. Openings.Select(o => new JsonObject { ["entry"] = o.Entry.Value, ["key"] = o.Key.ExportText() })]),
    };
}

/// <summary>One sealed commitment that is opened.</summary>
/// <param name="Entry">Where it stands.</param>
/// <param name="Key">Opens it.</param>
public sealed record SealOpening(EntryIndex Entry, SealKey Key);

// What these bodies alone read.
file static class SealedFields
{
    public static TrusteeKey Key(Fields f, string name, string meaning)
    {
        string text = f.Text(name, 71, $"`{TrusteeKey.Prefix}` and 64 hexadecimal digits: " + meaning);
        bool good = TrusteeKey.TryParse(text, out TrusteeKey key);
        f.Require(good || text.Length == 0, name, "not an X25519 public key, or one under which nothing is secret", "put the key there as `standstill pact trustee-key` prints it");
        return key;
    }

    public static SealKey SealKey(Fields f, string name, string meaning)
    {
        string text = f.Text(name, 64, "64 hexadecimal digits: " + meaning);
        Parsed<SealKey> key = Pacts.Sealing.SealKey.Parse(text);
        f.Require(key.IsGood || text.Length == 0, name, "not a seal's key", "write 64 lower-case hexadecimal digits");
        return key.Value!;
    }

    public static byte[] Bytes(Fields f, string name, int length, string meaning)
    {
        int characters = Base64.GetMaxEncodedToUtf8Length(length);
        string text = f.Text(name, characters, $"base64 of {length} bytes: " + meaning);
        byte[] bytes = new byte[length];
        // Written back and compared: one value has one text, without white space and with its spare bits zero.
        bool good = Convert.TryFromBase64String(text, bytes, out int written) && written == length && Convert.ToBase64String(bytes) == text;
        f.Require(good || text.Length == 0, name, $"not the base64 of {length} bytes", "write standard base64 with padding, on one line");
        return bytes;
    }
}
