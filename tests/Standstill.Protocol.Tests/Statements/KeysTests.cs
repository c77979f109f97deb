using System.Text.Json;
using CsCheck;

namespace Standstill.Protocol.Tests.Statements;

public sealed class KeysTests
{
    public static TheoryData<int, string, string, string, bool> Wycheproof()
    {
        var cases = new TheoryData<int, string, string, string, bool>();
        var file = JsonElement.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "testdata", "wycheproof", "ed25519_test.json")));
        foreach (var group in file.GetProperty("testGroups").EnumerateArray())
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                cases.Add(
                    test.GetProperty("tcId").GetInt32(), group.GetProperty("publicKey").GetProperty("pk").GetString()!,
                    test.GetProperty("msg").GetString()!, test.GetProperty("sig").GetString()!, test.GetProperty("result").GetString() == "valid");
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Wycheproof))]
    public void A_party_s_signature_is_judged_as_Wycheproof_judges_it(int id, string key, string message, string signature, bool valid)
    {
        _ = id;
        var verified = PartyKey.FromBytes(Convert.FromHexString(key)).Verifies(Convert.FromHexString(message), Convert.FromHexString(signature));

        Assert.Equal(valid, verified);
    }

    // RFC 8032, section 7.1, test 2.
    [Fact]
    public void A_signer_makes_the_signature_of_RFC_8032()
    {
        using var signer = PartySigner.FromSeed(Convert.FromHexString("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));

        Assert.Equal("ed25519:3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", signer.PublicKey.Text);
        Assert.Equal(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            Convert.ToHexStringLower(signer.Sign([0x72])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ed25519:")]
    [InlineData("ed25519:3D4017C3E843895A92B70AA74D1B7EBC9C982CCF2EC4968CC0CD55F12AF4660C")]
    [InlineData("ed25519:3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c ")]
    [InlineData("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")]
    public void A_key_is_written_in_one_way_only(string text) => Assert.False(PartyKey.TryParse(text, out _));

    [Fact]
    public void A_key_file_reads_back_and_a_damaged_one_is_refused()
    {
        using var signer = PartySigner.FromSeed(new byte[32]);
        using var again = PartySigner.Parse(signer.ExportText() + "\n").OrThrow();

        Assert.Equal(signer.PublicKey, again.PublicKey);
        Assert.False(PartySigner.Parse(signer.ExportText()[..^1]).IsGood);
    }

    [Fact]
    public void A_name_is_a_slug_or_nothing() => Gen.String[0, 70].Sample(
        text => Slug.IsGood(text) == System.Text.RegularExpressions.Regex.IsMatch(text, "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?\\z", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)),
        seed: "0000KOIPe036", iter: 5_000);
}
