using System.Text.Json;
using Standstill.Protocol.Json;
using Standstill.Protocol.Pacts.Sealing;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Tests.Pacts.Sealing;

/// <summary>The vectors of testdata/sealing and the pieces that the tests seal with.</summary>
internal static class Vectors
{
    public static readonly PactId Pact = new("sample-pause");

    public static readonly Digest Registry = Digest.Of("sample registry"u8);

    public static readonly DateTimeOffset Until = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static JsonElement Read(string file) =>
        JsonElement.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "testdata", "sealing", file)));

    public static byte[] Hex(this JsonElement json, string name) => Convert.FromHexString(json.GetProperty(name).GetString()!);

    public static TrusteeSecret SecretOf(string name) => TrusteeSecret.FromBytes(Digest.Of(System.Text.Encoding.UTF8.GetBytes(name)).ToBytes());

    public static PartySigner SignerOf(string name) => PartySigner.FromSeed(Digest.Of(System.Text.Encoding.UTF8.GetBytes(name)).ToBytes());

    public static PartyKey KeyOf(string name)
    {
        using var signer = SignerOf(name);
        return signer.PublicKey;
    }

    public static readonly string[] Names = ["sample-maple", "sample-oak", "sample-pine", "sample-rowan", "sample-spruce"];

    public static Trustees TrusteesOf(int threshold, int count) =>
        Trustees.Check(threshold, Names.Take(count).Select(n => new Trustee(new PartyId(n), SecretOf(n).PublicKey))).OrThrow();

    public static SealContent.Word Word(string party, string? commitment, long number = 1)
    {
        using var signer = SignerOf(party);
        return new SealContent.Word(new Slip(Registry, Pact, new PartyId(party), signer.PublicKey, number, Until, commitment).Sign(signer));
    }

    /// <summary>Bytes that look random and are the same in every run.</summary>
    public static byte[] Bytes(int seed, int length) =>
        [.. Enumerable.Range(0, (length + 31) / 32).SelectMany(i => Digest.Of([(byte)(seed & 0xff), (byte)(seed >> 8), (byte)i]).ToBytes()).Take(length)];

    public static FreshSeal Seal(Trustees trustees, SealContent content, int seed = 1) =>
        SealedCommitment.Seal(Registry, Pact, trustees, content, Bytes(seed, SealedCommitment.RandomBytes(trustees))).OrThrow();

    public static Share ShareOf(this SealedCommitment commitment, string trustee) => commitment.ShareOf(Registry, SecretOf(trustee)).OrThrow();

    public static Parsed<SealedCommitmentBody> Body(JsonElement json) => Fields.Read(json, "body", SealedCommitmentBody.Read);

    public static Parsed<SealedOpenedBody> Opening(JsonElement json) => Fields.Read(json, "body", SealedOpenedBody.Read);

    public static JsonElement Json(this SealedCommitment commitment) =>
        JsonElement.Parse(CanonicalJson.Write(JsonSerializer.SerializeToElement(new SealedCommitmentBody(commitment).ToJson())));
}
