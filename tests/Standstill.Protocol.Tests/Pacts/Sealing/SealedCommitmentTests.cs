using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Protocol.Pacts.Sealing;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Tests.Pacts.Sealing;

public sealed class SealedCommitmentTests
{
    private static readonly Trustees TwoOfThree = Vectors.TrusteesOf(2, 3);

    [Fact]
    public void A_sealed_commitment_is_to_the_byte_that_of_a_second_implementation()
    {
        var vector = Vectors.Read("sealed.json");
        using var signer = PartySigner.FromSeed(vector.Hex("seed"));
        var slip = Slip.Parse(System.Text.Encoding.UTF8.GetBytes(vector.GetProperty("slip").GetString()!)).OrThrow();

        var signed = slip.Sign(signer);
        var fresh = SealedCommitment.Seal(Vectors.Registry, Vectors.Pact, TwoOfThree, new SealContent.Word(signed), vector.Hex("randomness")).OrThrow();

        Assert.Equal(vector.GetProperty("registry").GetString(), Vectors.Registry.Hex);
        Assert.Equal(vector.Hex("signature"), signed.Signature.ToArray());
        Assert.Equal(vector.GetProperty("key").GetString(), fresh.Key.ExportText());
        Assert.True(JsonElement.DeepEquals(vector.GetProperty("body"), fresh.Sealed.Json()));
    }

    [Fact]
    public void What_a_second_implementation_sealed_two_of_three_trustees_open()
    {
        var vector = Vectors.Read("sealed.json");
        var body = Vectors.Body(vector.GetProperty("body")).OrThrow();

        var recovered = Assert.IsType<SealRecovery.Recovered>(SealRecovery.Of(body.Sealed, [body.Sealed.ShareOf("sample-oak"), body.Sealed.ShareOf("sample-pine")]));
        var word = Assert.IsType<SealContent.Word>(body.Sealed.Open(Vectors.Registry, recovered.Key).OrThrow());

        Assert.Equal(vector.GetProperty("slip").GetString(), System.Text.Encoding.UTF8.GetString(word.Signed.Slip.ToBytes()));
    }

    [Fact]
    public void A_sealed_commitment_reads_back_from_its_body()
    {
        var fresh = Vectors.Seal(TwoOfThree, Vectors.Word("sample-ash", "always"));

        var again = Vectors.Body(fresh.Sealed.Json()).OrThrow();

        Assert.Equal(fresh.Sealed.Json().GetRawText(), again.Sealed.Json().GetRawText());
        Assert.Equal(Vectors.Word("sample-ash", "always").Signed.Slip, Assert.IsType<SealContent.Word>(again.Sealed.Open(Vectors.Registry, fresh.Key).OrThrow()).Signed.Slip);
    }

    [Fact]
    public void A_decoy_and_commitments_of_any_length_look_alike()
    {
        SealContent[] contents = [new SealContent.Decoy(), Vectors.Word("sample-ash", null), Vectors.Word("sample-ash", "always"), Vectors.Word("sample-elm-cloud", new string('a', 4096))];

        string[] shapes = [.. contents.Select((c, i) => Shape(Vectors.Seal(TwoOfThree, c, i).Sealed.Json()))];

        Assert.Single(shapes.Distinct());

        // The names of the fields and the lengths of what they hold.
        static string Shape(JsonElement json) => json.ValueKind switch
        {
            JsonValueKind.Object => string.Concat(json.EnumerateObject().Select(p => p.Name + Shape(p.Value))),
            JsonValueKind.Array => string.Concat(json.EnumerateArray().Select(Shape)),
            _ => $"[{json.GetRawText().Length}]",
        };
    }

    [Fact]
    public void Nothing_of_the_party_or_its_words_is_in_the_body()
    {
        var text = Vectors.Seal(TwoOfThree, Vectors.Word("sample-ash", "all of sample-birch")).Sealed.Json().GetRawText();

        Assert.DoesNotContain("ash", text);
        Assert.DoesNotContain("birch", text);
        Assert.DoesNotContain(Vectors.KeyOf("sample-ash").Text["ed25519:".Length..], text);
    }

    [Fact]
    public void One_slip_sealed_twice_has_nothing_in_common_but_its_trustees()
    {
        var word = Vectors.Word("sample-ash", "always");
        var first = Vectors.Seal(TwoOfThree, word, 1).Sealed;
        var second = Vectors.Seal(TwoOfThree, word, 2).Sealed;

        Assert.NotEqual(first.KeyDigest, second.KeyDigest);
        Assert.False(first.Content.Span[..64].SequenceEqual(second.Content.Span[..64]));
        Assert.All(first.Shares.Zip(second.Shares), p => Assert.False(p.First.Encapsulated.Span.SequenceEqual(p.Second.Encapsulated.Span)));
    }

    [Fact]
    public void The_largest_sealed_commitment_fits_an_entry_with_room_to_spare()
    {
        var many = Trustees.Check(16, Enumerable.Range(0, 16).Select(i => $"sample-{new string('x', 55)}{(char)('a' + i)}").Select(n => new Trustee(new PartyId(n), Vectors.SecretOf(n).PublicKey))).OrThrow();

        var body = Vectors.Seal(many, new SealContent.Decoy()).Sealed.Json().GetRawText();

        Assert.True(body.Length * 4 / 3 < 65_535 - 4096, $"{body.Length}");
    }

    [Fact]
    public void A_wrong_key_is_told_from_altered_content()
    {
        var fresh = Vectors.Seal(TwoOfThree, Vectors.Word("sample-ash", "always"));
        var content = fresh.Sealed.Content.ToArray();
        content[4000] ^= 1;

        Assert.Equal("key", Assert.Single(fresh.Sealed.Open(Vectors.Registry, SealKey.FromBytes(new byte[32])).Faults).Place);
        Assert.Equal("content", Assert.Single(With(fresh.Sealed, content: content).Open(Vectors.Registry, fresh.Key).Faults).Place);
    }

    [Fact]
    public void It_opens_under_no_other_pact_registry_threshold_or_set_of_trustees()
    {
        var fresh = Vectors.Seal(TwoOfThree, Vectors.Word("sample-ash", "always"));
        var s = fresh.Sealed;
        var otherKey = new Trustee(TwoOfThree.All[2].Party, Vectors.SecretOf("another").PublicKey);
        SealedCommitment[] moved =
        [
            new(new PactId("sample-other"), s.Trustees, s.KeyDigest, s.Content, s.Shares),
            new(s.Pact, Trustees.Check(3, TwoOfThree.All).OrThrow(), s.KeyDigest, s.Content, s.Shares),
            new(s.Pact, Trustees.Check(2, [TwoOfThree.All[0], TwoOfThree.All[1], otherKey]).OrThrow(), s.KeyDigest, s.Content, s.Shares),
        ];

        Assert.False(s.Open(Digest.Of("another registry"u8), fresh.Key).IsGood);
        Assert.False(s.ShareOf(Digest.Of("another registry"u8), Vectors.SecretOf("sample-oak")).IsGood);
        Assert.All(moved, m => Assert.False(m.Open(Vectors.Registry, fresh.Key).IsGood));
        Assert.All(moved, m => Assert.False(m.ShareOf(Vectors.Registry, Vectors.SecretOf("sample-oak")).IsGood));
        Assert.True(s.ShareOf(Vectors.Registry, Vectors.SecretOf("sample-oak")).IsGood);
    }

    [Fact]
    public void A_slip_that_its_key_has_not_signed_does_not_open()
    {
        var word = Vectors.Word("sample-ash", "always");
        var forged = word.Signed with { Slip = word.Signed.Slip with { Commitment = "at least 2 of sample-ash, sample-birch" } };
        var fresh = Vectors.Seal(TwoOfThree, new SealContent.Word(forged));

        Assert.Equal("slip.signature", Assert.Single(fresh.Sealed.Open(Vectors.Registry, fresh.Key).Faults).Place);
    }

    [Fact]
    public void A_signature_over_a_statement_is_none_over_a_slip_and_the_other_way_round()
    {
        using var signer = Vectors.SignerOf("sample-ash");
        var slip = Vectors.Word("sample-ash", "always").Signed.Slip;
        var envelope = Envelope.Parse(Envelope.Seal(slip.ToBytes(), signer)).OrThrow();

        Assert.True(envelope.IsSignedBy(signer.PublicKey));
        Assert.False(new SignedSlip(slip, envelope.Signature).IsSigned);
        Assert.False((envelope with { Signature = slip.Sign(signer).Signature }).IsSignedBy(signer.PublicKey));
        Assert.False(new SignedSlip(slip, signer.Sign(slip.ToBytes())).IsSigned);
    }

    [Fact]
    public void A_slip_to_another_pact_is_not_sealed_and_one_that_is_too_long_is_refused()
    {
        using var signer = Vectors.SignerOf("sample-ash");
        var slip = Vectors.Word("sample-ash", "always").Signed.Slip;
        var other = new SealContent.Word((slip with { Pact = new PactId("sample-other") }).Sign(signer));

        Assert.Throws<ArgumentException>(() => Vectors.Seal(TwoOfThree, other));
        Assert.Throws<ArgumentException>(() => SealedCommitment.Seal(Vectors.Registry, Vectors.Pact, TwoOfThree, new SealContent.Decoy(), new byte[32]));
        var refused = SealedCommitment.Seal(
            Vectors.Registry, Vectors.Pact, TwoOfThree, Vectors.Word("sample-ash", new string('ü', 4096)), new byte[SealedCommitment.RandomBytes(TwoOfThree)]);
        Assert.Contains("shorten the commitment", Assert.Single(refused.Faults).Remedy);
    }

    [Fact]
    public void Trustees_that_cannot_hold_a_key_are_refused()
    {
        Assert.False(Trustees.Check(1, TwoOfThree.All).IsGood);
        Assert.False(Trustees.Check(4, TwoOfThree.All).IsGood);
        Assert.False(Trustees.Check(2, [.. TwoOfThree.All, TwoOfThree.All[0]]).IsGood);
        Assert.Contains("two trustees have one key", Assert.Single(Trustees.Check(2, [TwoOfThree.All[0], new Trustee(new PartyId("sample-oak"), TwoOfThree.All[0].Key)]).Faults).Message);
        Assert.Equal(["sample-maple", "sample-oak", "sample-pine"], Trustees.Check(2, TwoOfThree.All.Reverse()).OrThrow().All.Select(t => t.Party.Value));
    }

    public static TheoryData<string, string> BadBodies() => new()
    {
        { """{"pact":null}""", "body.pact: missing" },
        { """{"threshold":1}""", "body.threshold: `1` is not a whole number from 2 to 16" },
        { """{"threshold":4}""", "body.shares: `4` of 3 trustees cannot hold a key" },
        { """{"content":"AAAA"}""", "body.content: not the base64 of 6160 bytes" },
        { """{"shares":[]}""", "body.shares: not a list of 2 to 16 objects" },
        { """{"keyDigest":"00"}""", "body.keyDigest: `00` is not a SHA-256 digest" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public void A_bad_field_of_a_sealed_commitment_is_named(string changes, string fault)
    {
        var json = new SealedCommitmentBody(Vectors.Seal(TwoOfThree, new SealContent.Decoy()).Sealed).ToJson();
        foreach (var change in JsonNode.Parse(changes)!.AsObject())
        {
            json[change.Key] = change.Value?.DeepClone();
        }

        Assert.StartsWith(fault, Vectors.Body(JsonElement.Parse(json.ToJsonString())).Faults[0].ToString());
    }

    [Fact]
    public void Shares_out_of_order_and_a_key_under_which_nothing_is_secret_are_refused()
    {
        var json = new SealedCommitmentBody(Vectors.Seal(TwoOfThree, new SealContent.Decoy()).Sealed).ToJson();
        var first = json["shares"]![0]!.DeepClone();
        json["shares"]!.AsArray().RemoveAt(0);
        json["shares"]!.AsArray().Add(first);
        Assert.Contains("not in the order", Assert.Single(Vectors.Body(JsonElement.Parse(json.ToJsonString())).Faults).Message);

        first["key"] = TrusteeKey.Prefix + new string('0', 64);
        Assert.Contains("under which nothing is secret", Assert.Single(Vectors.Body(JsonElement.Parse(json.ToJsonString())).Faults).Message);
    }

    [Fact]
    public void An_opening_reads_back_and_names_each_entry_once()
    {
        var body = new SealedOpenedBody(Vectors.Pact, [new SealOpening(new EntryIndex(7), SealKey.FromBytes(Vectors.Bytes(1, 32))), new SealOpening(new EntryIndex(9), SealKey.FromBytes(Vectors.Bytes(2, 32)))]);
        var json = body.ToJson();

        Assert.Equal(json.ToJsonString(), Vectors.Opening(JsonElement.Parse(json.ToJsonString())).OrThrow().ToJson().ToJsonString());

        json["openings"]![1]!["entry"] = 7;
        Assert.Contains("twice", Assert.Single(Vectors.Opening(JsonElement.Parse(json.ToJsonString())).Faults).Message);
    }

    private static SealedCommitment With(SealedCommitment s, byte[] content) => new(s.Pact, s.Trustees, s.KeyDigest, content, s.Shares);
}
