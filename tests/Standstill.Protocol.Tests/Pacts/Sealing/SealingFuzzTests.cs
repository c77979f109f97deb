using System.Text;
using CsCheck;
using Standstill.Protocol.Json;
using Standstill.Protocol.Pacts.Sealing;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Tests.Pacts.Sealing;

/// <summary>Whatever bytes come in, reading answers, and what it accepts has one way of being written.</summary>
public sealed class SealingFuzzTests
{
    private static readonly FreshSeal Fresh = Vectors.Seal(Vectors.TrusteesOf(2, 3), Vectors.Word("sample-ash", "all of sample-birch"));

    private static readonly Gen<(int Where, byte Value, int How)[]> Changes = Gen.Select(Gen.Int[0, 20_000], Gen.Byte, Gen.Int[0, 3]).Array[1, 3];

    private static readonly byte[] SlipBytes = Vectors.Word("sample-ash", "all of sample-birch").Signed.Slip.ToBytes();

    private static readonly byte[] Content = Vectors.Word("sample-ash", "all of sample-birch").Write().OrThrow();

    [Fact]
    public void No_mutation_of_a_slip_makes_reading_throw_and_none_is_accepted_that_is_written_otherwise() => Changes.Sample(
        changes =>
        {
            var bytes = Mutated(SlipBytes, changes);
            var read = Slip.Parse(bytes);
            return !read.IsGood || read.Value.ToBytes().AsSpan().SequenceEqual(bytes);
        }, seed: "0000KOIPe036", iter: 20_000);

    [Fact]
    public void No_mutation_of_a_content_is_accepted_as_another_word_of_the_party() => Changes.Sample(
        changes =>
        {
            var bytes = Mutated(Content, [.. changes.Select(c => c with { Where = c.Where % 600, How = c.How % 2 })]);
            return SealContent.Parse(bytes).Value is not SealContent.Word word || (bytes.AsSpan().SequenceEqual(Content) && word.Signed.IsSigned);
        }, seed: "0000KOIPe036", iter: 10_000);

    [Fact]
    public void No_bytes_of_the_right_length_make_a_content_throw() => Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, 6144]).Sample(
        (start, length) =>
        {
            var bytes = new byte[SealContent.Bytes];
            start.CopyTo(bytes, 0);
            bytes[0] = 1;
            bytes[1] = (byte)(length >> 8);
            bytes[2] = (byte)(length & 0xff);
            return SealContent.Parse(bytes).Value is not SealContent.Word;
        }, seed: "0000KOIPe036", iter: 10_000);

    [Fact]
    public void No_mutation_of_a_sealed_commitment_makes_reading_or_opening_throw()
    {
        var text = Encoding.UTF8.GetBytes(Fresh.Sealed.Json().GetRawText());
        var secrets = Vectors.Names.Take(3).Select(Vectors.SecretOf).ToArray();
        Changes.Sample(
            changes =>
            {
                var bytes = Mutated(text, changes);
                if (!StrictJson.TryParse(bytes, out var json, out _) || Vectors.Body(json) is not { IsGood: true } body)
                {
                    return true;
                }

                var s = body.Value.Sealed;
                Share[] shares = [.. secrets.Select(k => s.ShareOf(Vectors.Registry, k)).Where(p => p.IsGood).Select(p => p.OrThrow())];
                var opened = s.Open(Vectors.Registry, Fresh.Key);

                // Whoever gets a word out of an altered commitment gets the party's word, and no other.
                return SealRecovery.Of(s, shares) is { } && (opened.Value is not SealContent.Word word || word.Signed.Slip.ToBytes().AsSpan().SequenceEqual(SlipBytes));
            }, seed: "0000KOIPe036", iter: 5_000);
    }

    [Fact]
    public void No_mutation_of_an_opening_or_of_a_trustee_s_key_makes_reading_throw()
    {
        byte[][] texts =
        [
            Encoding.UTF8.GetBytes(new SealedOpenedBody(Vectors.Pact, [new SealOpening(new EntryIndex(7), Fresh.Key)]).ToJson().ToJsonString()),
            Encoding.UTF8.GetBytes($$"""{"key":"{{Vectors.SecretOf("sample-oak").PublicKey}}"}"""),
        ];
        Gen.Select(Gen.Int[0, 1], Changes).Sample(
            (which, changes) =>
            {
                if (StrictJson.TryParse(Mutated(texts[which], changes), out var json, out _))
                {
                    _ = Vectors.Opening(json).IsGood | Fields.Read(json, "body", TrusteeKeyBody.Read).IsGood;
                }
            }, seed: "0000KOIPe036", iter: 20_000);
    }

    [Fact]
    public void The_fields_of_the_bodies_are_described_without_a_body()
    {
        Assert.Contains(Fields.Describe(SealedCommitmentBody.Read), f => f.Path == "shares[].encapsulated" && f.Required);
        Assert.Contains(Fields.Describe(SealedOpenedBody.Read), f => f.Path == "openings[].key");
        Assert.Equal("key", Assert.Single(Fields.Describe(TrusteeKeyBody.Read)).Path);
    }

    private static byte[] Mutated(byte[] from, (int Where, byte Value, int How)[] changes)
    {
        List<byte> bytes = [.. from];
        foreach (var (where, value, how) in changes)
        {
            var at = bytes.Count == 0 ? 0 : where % bytes.Count;
            switch (how)
            {
                case 0 when bytes.Count > 0:
                    bytes[at] = value;
                    break;
                case 1 when bytes.Count > 0:
                    bytes[at] ^= (byte)(1 << (value % 8));
                    break;
                case 2:
                    bytes.Insert(at, value);
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, value % 8));
                    break;
            }
        }

        return [.. bytes];
    }
}
