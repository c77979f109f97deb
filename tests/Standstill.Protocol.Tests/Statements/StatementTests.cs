using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using NSec.Cryptography;
using Standstill.Protocol.Statements;
using Standstill.Testing;

namespace Standstill.Protocol.Tests.Statements;

public sealed class StatementTests
{
    private static readonly PartySigner Signer = PartySigner.FromSeed(new byte[32]);

    private static byte[] Sealed(object? body = null, string type = "heartbeat") => StatementWriter.Write(
        PredicateType.FindName(type)!, Digest.Of("charter"u8), new PartyId("ash"), Signer, new ChainPosition(3, Digest.Of("before"u8)),
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), JsonSerializer.SerializeToElement(body ?? new { note = "all well" })).OrThrow().Envelope.ToArray();

    [Fact]
    public void A_written_statement_reads_back()
    {
        var envelope = Envelope.Parse(Sealed()).OrThrow();
        var statement = Statement.Parse(envelope.Payload).OrThrow();

        Assert.True(envelope.IsSignedBy(Signer.PublicKey));
        Assert.Equal("heartbeat", statement.Type!.Name);
        Assert.Equal(new PartyId("ash"), statement.Party);
        Assert.Equal(3, statement.Sequence);
        Assert.Equal(Digest.Of("before"u8), statement.Previous);
        Assert.Equal("2026-01-02T03:04:05.678Z", UtcTime.Format(statement.Issued));
    }

    [Fact]
    public void The_payload_is_an_in_toto_statement_under_a_DSSE_signature()
    {
        var envelope = JsonElement.Parse(Sealed());
        var payload = envelope.GetProperty("payload").GetBytesFromBase64();
        var json = JsonElement.Parse(payload);
        Assert.Equal("https://in-toto.io/Statement/v1", json.GetProperty("_type").GetString());
        Assert.Equal("urn:standstill:heartbeat:v1", json.GetProperty("predicateType").GetString());
        Assert.Equal(64, json.GetProperty("subject")[0].GetProperty("digest").GetProperty("sha256").GetString()!.Length);

        // The pre-authentication encoding, written out from the DSSE v1.0 text.
        byte[] signed = [.. Encoding.ASCII.GetBytes("DSSEv1 28 application/vnd.in-toto+json " + payload.Length + " "), .. payload];
        var key = PublicKey.Import(SignatureAlgorithm.Ed25519, Convert.FromHexString(Signer.PublicKey.Text.AsSpan(8)), KeyBlobFormat.RawPublicKey);
        Assert.True(SignatureAlgorithm.Ed25519.Verify(key, signed, envelope.GetProperty("signatures")[0].GetProperty("sig").GetBytesFromBase64()));
    }

    [Theory]
    [InlineData("_type", "_type: missing; add this field")]
    [InlineData("subject", "subject: missing; add this field")]
    [InlineData("predicateType", "predicateType: missing; add this field")]
    [InlineData("predicate", "predicate: missing; add this field")]
    public void A_missing_part_is_named(string part, string expected)
    {
        var json = Payload();
        json.Remove(part);

        Assert.Equal(expected, Statement.Parse(Bytes(json)).Faults[0].ToString());
    }

    [Theory]
    [InlineData("party", "predicate.party: missing; add this field")]
    [InlineData("key", "predicate.key: missing; add this field")]
    [InlineData("sequence", "predicate.sequence: missing; add this field")]
    [InlineData("issued", "predicate.issued: missing; add this field")]
    [InlineData("body", "body: missing; put the fields of this type into `predicate.body`")]
    [InlineData("previous", "predicate.previous: stands there exactly when the sequence is above 0; name the key's previous statement, or leave it out at sequence 0")]
    public void A_missing_field_of_the_header_is_named(string field, string expected)
    {
        var json = Payload();
        json["predicate"]!.AsObject().Remove(field);

        Assert.Equal(expected, Statement.Parse(Bytes(json)).Faults[0].ToString());
    }

    [Fact]
    public void Every_fault_of_a_body_is_named_in_one_answer()
    {
        var faults = StatementWriter.Write(
            PredicateType.FindName("inventory")!, Digest.Of("charter"u8), new PartyId("ash"), Signer, ChainPosition.First, UtcTime.Earliest,
            JsonSerializer.SerializeToElement(new { facility = "Hall 1", counted = "2026-13-01", accelerators = new[] { new { accelerator = "H100", count = -1, peakFlopPerSecond = 1 } } })).Faults;

        Assert.Equal(
            [
                "body.facility: `Hall 1` is not a name; use 1 to 63 of a-z, 0-9 and -, beginning with a letter, not ending with -",
                "body.counted: `2026-13-01` is not a date; write it as `2026-03-05`",
                "body.accelerators[0].count: `-1` is not a whole number from 0 to 100000000; send a number within its bounds",
                "body.accelerators[0].peakFlopPerSecond: `1` is not a number from 1000000000 to 1000000000000000000; send a number within its bounds",
            ],
            faults.Select(f => f.ToString()));
    }

    [Fact]
    public void Unknown_fields_are_kept_and_ignored()
    {
        var json = Payload();
        json["predicate"]!["body"]!["extra"] = "kept";
        json["predicate"]!["extra"] = 1;
        json["extra"] = new JsonArray();

        Assert.True(Statement.Parse(Bytes(json)).IsGood);
    }

    [Fact]
    public void An_unknown_type_is_read_up_to_its_body()
    {
        var json = Payload();
        json["predicateType"] = "urn:standstill:something-later:v1";
        json["predicate"]!.AsObject().Remove("body");
        var statement = Statement.Parse(Bytes(json)).OrThrow();

        Assert.Null(statement.Type);
        Assert.Null(statement.Body);
    }

    [Theory]
    [InlineData("""{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[]}""", "envelope.signatures")]
    [InlineData("""{"payloadType":"application/vnd.in-toto+json","payload":"e30","signatures":[{"sig":"AA=="}]}""", "envelope.payload")]
    [InlineData("""{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[{"sig":"AA=="}]}""", "envelope.signatures[0].sig")]
    [InlineData("""{"payloadType":"text/plain","payload":"e30=","signatures":[{"sig":"AA=="}]}""", "envelope.payloadType")]
    [InlineData("[]", "envelope")]
    [InlineData("", "envelope")]
    public void A_bad_envelope_is_refused_with_its_place(string text, string place) =>
        Assert.Equal(place, Envelope.Parse(Encoding.UTF8.GetBytes(text)).Faults[0].Place);

    [Fact]
    public void Every_type_lists_its_fields_with_a_meaning()
    {
        foreach (var type in PredicateType.All)
        {
            Assert.Same(type, PredicateType.FindUri(type.Uri));
            Assert.All(type.Fields, f => Assert.False(string.IsNullOrWhiteSpace(f.Meaning) || string.IsNullOrWhiteSpace(f.Type), $"{type.Name}.{f.Path}"));
        }
    }

    [Fact]
    public void No_mutation_of_an_entry_makes_reading_throw()
    {
        var entries = PactStory.Told().Entries;
        Gen.Select(Gen.Int[0, entries.Count - 1], Gen.Int[0, 20_000], Gen.Byte, Gen.Int[0, 3]).Sample(
            (which, where, value, how) => { EntryReading.Of(Mutated(entries[which], where, value, how)); }, seed: "0000KOIPe036", iter: 20_000);
    }

    [Fact]
    public void No_mutation_of_a_payload_makes_reading_throw()
    {
        var payloads = PactStory.Told().Entries.Concat(EvidenceStory.ToldAgain().Entries.TakeLast(16))
            .Select(e => { Entry.TrySplit(e, out _, out var envelope); return Envelope.Parse(envelope).OrThrow().Payload.ToArray(); }).ToArray();
        Gen.Select(Gen.Int[0, payloads.Length - 1], Gen.Int[0, 20_000], Gen.Byte, Gen.Int[0, 3]).Sample(
            (which, where, value, how) => { Statement.Parse(Mutated(payloads[which], where, value, how)); }, seed: "0000KOIPe036", iter: 20_000);
    }

    [Fact]
    public void A_salted_commitment_is_the_digest_of_salt_and_value()
    {
        // hashlib.sha256(bytes(range(32)) + b"40.1 N, 3.2 W").hexdigest()
        var salt = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        Assert.Equal("6fc6ef35aa6603ddb59f3bcd8dbeb3b8c88f456c60dbb6c304700a427643c03f", SaltedCommitment.Make(salt, "40.1 N, 3.2 W").Hex);
        Assert.False(SaltedCommitment.Opens(SaltedCommitment.Make(salt, "a"), salt, "b"));
        Assert.Throws<ArgumentException>(() => SaltedCommitment.Make(salt.AsSpan(1), "a"));
    }

    [Theory]
    [InlineData("2026-03-05T14:00:00Z", true)]
    [InlineData("2026-03-05T14:00:00.123Z", true)]
    [InlineData("2026-03-05T14:00:00.1234Z", false)]
    [InlineData("2026-03-05T14:00:00+00:00", false)]
    [InlineData("2026-03-05T24:00:00Z", false)]
    [InlineData("2026-02-29T00:00:00Z", false)]
    [InlineData("1989-12-31T23:59:59Z", false)]
    [InlineData("2200-01-01T00:00:00Z", false)]
    [InlineData("２０26-03-05T14:00:00Z", false)]
    public void A_time_is_UTC_in_one_form(string text, bool good) => Assert.Equal(good, UtcTime.TryParse(text, out _));

    private static byte[] Mutated(byte[] bytes, int where, byte value, int how)
    {
        var at = where % bytes.Length;
        return how switch
        {
            0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], value, .. bytes[at..]],
            2 => [.. bytes[..at], .. bytes[(at + 1)..]],
            _ => bytes[..at],
        };
    }

    private static JsonObject Payload() => JsonNode.Parse(Envelope.Parse(Sealed()).OrThrow().Payload.Span)!.AsObject();

    private static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
