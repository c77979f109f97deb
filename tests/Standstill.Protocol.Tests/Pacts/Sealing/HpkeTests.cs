using Standstill.Protocol.Pacts.Sealing;

namespace Standstill.Protocol.Tests.Pacts.Sealing;

public sealed class HpkeTests
{
    private static readonly System.Text.Json.JsonElement Vector = Vectors.Read("rfc9180-a2.json");

    [Theory]
    [InlineData("ikmR", "skRm", "pkRm")]
    [InlineData("ikmE", "skEm", "pkEm")]
    public void Keys_are_derived_as_RFC_9180_publishes(string material, string secret, string key)
    {
        var derived = Hpke.DerivePrivateKey(Vector.Hex(material));

        Assert.Equal(Vector.Hex(secret), derived);
        Assert.Equal(Vector.Hex(key), Hpke.PublicKeyOf(derived));
    }

    [Fact]
    public void The_key_schedule_is_that_of_RFC_9180()
    {
        var shared = Hpke.SharedSecret(Hpke.Agree(Vector.Hex("skEm"), Vector.Hex("pkRm"))!, Vector.Hex("enc"), Vector.Hex("pkRm"));
        var (key, nonce) = Hpke.KeySchedule(shared, Vector.Hex("info"));

        Assert.Equal(Vector.Hex("shared_secret"), shared);
        Assert.Equal(Vector.Hex("key"), key);
        Assert.Equal(Vector.Hex("base_nonce"), nonce);
    }

    [Fact]
    public void The_ciphertext_is_that_of_RFC_9180_and_opens()
    {
        var (encapsulated, ciphertext) = Hpke.Encrypt(Vector.Hex("pkRm"), Vector.Hex("ikmE"), Vector.Hex("info"), Vector.Hex("aad"), Vector.Hex("pt"))!.Value;

        Assert.Equal(Vector.Hex("enc"), encapsulated);
        Assert.Equal(Vector.Hex("ct"), ciphertext);
        Assert.Equal(Vector.Hex("pt"), Hpke.Decrypt(Vector.Hex("skRm"), encapsulated, Vector.Hex("info"), Vector.Hex("aad"), ciphertext));
    }

    [Fact]
    public void Another_key_info_or_associated_data_opens_nothing()
    {
        Assert.Null(Hpke.Decrypt(Vector.Hex("skEm"), Vector.Hex("enc"), Vector.Hex("info"), Vector.Hex("aad"), Vector.Hex("ct")));
        Assert.Null(Hpke.Decrypt(Vector.Hex("skRm"), Vector.Hex("enc"), Vector.Hex("aad"), Vector.Hex("aad"), Vector.Hex("ct")));
        Assert.Null(Hpke.Decrypt(Vector.Hex("skRm"), Vector.Hex("enc"), Vector.Hex("info"), Vector.Hex("info"), Vector.Hex("ct")));
    }

    // Points of order 1, 2, 4 and 8 (RFC 7748, section 6.1; cr.yp.to/ecdh.html#validate).
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    [InlineData("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void A_point_of_small_order_is_no_key_and_nothing_is_encrypted_to_it(string point)
    {
        Assert.False(TrusteeKey.TryParse(TrusteeKey.Prefix + point, out _));
        Assert.Null(Hpke.Encrypt(Convert.FromHexString(point), Vector.Hex("ikmE"), [], [], [1]));
        Assert.Null(Hpke.Decrypt(Vector.Hex("skRm"), Convert.FromHexString(point), [], [], new byte[17]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x25519:")]
    [InlineData("ed25519:4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a")]
    [InlineData("x25519:4310EE97D88CC1F088A5576C77AB0CF5C3AC797F3D95139C6C84B5429C59662A")]
    [InlineData("x25519:4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a ")]
    public void A_trustee_s_key_is_written_in_one_way_only(string text) => Assert.False(TrusteeKey.TryParse(text, out _));

    [Fact]
    public void A_trustee_s_key_file_reads_back_and_a_damaged_one_is_refused()
    {
        var secret = TrusteeSecret.FromBytes(Vector.Hex("skRm"));

        Assert.Equal(TrusteeKey.FromBytes(Vector.Hex("pkRm")), TrusteeSecret.Parse(secret.ExportText() + "\n").OrThrow().PublicKey);
        Assert.False(TrusteeSecret.Parse(secret.ExportText()[..^1]).IsGood);
        Assert.False(TrusteeSecret.Parse(secret.ExportText().Replace("x25519", "ed25519")).IsGood);
    }
}
