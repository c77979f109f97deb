using CsCheck;
using Standstill.Protocol.Pacts.Sealing;

namespace Standstill.Protocol.Tests.Pacts.Sealing;

public sealed class SecretSharingTests
{
    [Fact]
    public void Shares_of_an_outside_library_give_its_secrets_back()
    {
        foreach (var vector in Vectors.Read("shamir.json").EnumerateArray())
        {
            var threshold = vector.GetProperty("threshold").GetInt32();
            Share[] shares = [.. vector.GetProperty("shares").EnumerateArray().Select(s => new Share(s.GetProperty("point").GetInt32(), s.Hex("value")))];

            Assert.Equal(vector.Hex("secret"), SecretSharing.Combine(shares[..threshold]));
            Assert.Equal(vector.Hex("secret"), SecretSharing.Combine(shares[^threshold..]));
            Assert.Equal(vector.Hex("secret"), SecretSharing.Combine(shares));
        }
    }

    [Fact]
    public void Shares_are_those_of_a_second_implementation()
    {
        var vector = Vectors.Read("sealed.json");
        var randomness = vector.Hex("randomness");

        var shares = SecretSharing.Split(randomness.AsSpan(0, 32), 2, 3, randomness.AsSpan(32, 32));

        Assert.Equal(vector.GetProperty("shares").EnumerateArray().Select(s => s.GetString()!), shares.Select(s => Convert.ToHexStringLower(s.Value.Span)));
    }

    // FIPS 197, section 4.2: {57} · {83} = {c1}, {57} · {13} = {fe}; section 4.2.1: the powers of x.
    [Theory]
    [InlineData(0x57, 0x83, 0xc1)]
    [InlineData(0x57, 0x13, 0xfe)]
    [InlineData(0x57, 0x02, 0xae)]
    [InlineData(0x57, 0x10, 0x07)]
    [InlineData(0x53, 0xca, 0x01)]
    public void The_field_is_that_of_AES(byte a, byte b, byte product) => Assert.Equal(product, GaloisField.Multiply(a, b));

    [Fact]
    public void Every_element_but_zero_has_an_inverse()
    {
        Assert.Equal(0, GaloisField.Inverse(0));
        Assert.All(Enumerable.Range(1, 255), a => Assert.Equal(1, GaloisField.Multiply((byte)a, GaloisField.Inverse((byte)a))));
    }

    [Fact]
    public void The_product_is_that_of_long_multiplication_for_every_pair()
    {
        for (var a = 0; a < 256; a++)
        {
            for (var b = 0; b < 256; b++)
            {
                Assert.Equal(Slow(a, b), GaloisField.Multiply((byte)a, (byte)b));
            }
        }

        // By doubling, one bit of b at a time.
        static int Slow(int a, int b)
        {
            var product = 0;
            for (; b > 0; b >>= 1, a = a < 128 ? a << 1 : (a << 1) ^ 0x11b)
            {
                product ^= (b & 1) == 1 ? a : 0;
            }

            return product;
        }
    }

    private static readonly Gen<(byte[] Secret, int Threshold, int Count, byte[] Randomness, int[] Order)> Sharing =
        from secret in Gen.Byte.Array[1, 40]
        from count in Gen.Int[1, 20]
        from threshold in Gen.Int[1, count]
        from randomness in Gen.Byte.Array[(threshold - 1) * secret.Length]
        from order in Gen.Shuffle(Enumerable.Range(0, count).ToArray())
        select (secret, threshold, count, randomness, order);

    [Fact]
    public void Any_set_of_as_many_shares_as_it_takes_gives_the_secret() => Sharing.Sample(
        s =>
        {
            var shares = SecretSharing.Split(s.Secret, s.Threshold, s.Count, s.Randomness);
            return SecretSharing.Combine([.. s.Order.Take(s.Threshold).Select(i => shares[i])]).AsSpan().SequenceEqual(s.Secret);
        }, seed: "0000KOIPe036", iter: 2_000);

    // With t − 1 shares and any other secret there is a last share, and with it randomness, that makes all of them: the
    // shares are as likely under that secret, since exactly one choice of randomness leads to them.
    [Fact]
    public void One_share_fewer_fits_every_secret() => Gen.Select(Sharing, Gen.Byte).Where((s, _) => s.Threshold > 1).Sample(
        (s, other) =>
        {
            var shares = SecretSharing.Split(s.Secret, s.Threshold, s.Count, s.Randomness);
            Share[] known = [.. s.Order.Take(s.Threshold - 1).Select(i => shares[i])];
            byte[] secret = [.. s.Secret.Select((b, j) => (byte)(b ^ other ^ j))];
            var points = Enumerable.Range(1, s.Count).Where(p => known.All(k => k.Point != p)).Take(1);
            foreach (var point in points)
            {
                // The last share that makes the known ones and this secret consistent: it is linear in the secret.
                var zero = SecretSharing.Combine([.. known, new Share(point, new byte[secret.Length])]);
                var one = SecretSharing.Combine([.. known, new Share(point, Enumerable.Repeat((byte)1, secret.Length).ToArray())]);
                byte[] last = [.. secret.Select((b, j) => GaloisField.Multiply((byte)(b ^ zero[j]), GaloisField.Inverse((byte)(one[j] ^ zero[j]))))];
                if (!SecretSharing.Combine([.. known, new Share(point, last)]).AsSpan().SequenceEqual(secret))
                {
                    return false;
                }
            }

            return true;
        }, seed: "0000KOIPe036", iter: 2_000);

    // For two of two and one byte, all of it: every share of a trustee goes with every secret equally often.
    [Fact]
    public void A_single_share_of_two_is_uniform_whatever_the_secret()
    {
        foreach (var secret in (byte[])[0, 1, 77, 255])
        {
            for (var point = 0; point < 2; point++)
            {
                var seen = Enumerable.Range(0, 256).Select(c => SecretSharing.Split([secret], 2, 2, [(byte)c])[point].Value.Span[0]).Distinct();
                Assert.Equal(256, seen.Count());
            }
        }
    }

    [Fact]
    public void A_changed_share_gives_another_secret()
    {
        var shares = SecretSharing.Split(Vectors.Bytes(1, 32), 3, 5, Vectors.Bytes(2, 64));
        var changed = shares[1].Value.ToArray();
        changed[31] ^= 1;

        Assert.NotEqual(Vectors.Bytes(1, 32), SecretSharing.Combine([shares[0], new Share(2, changed), shares[4]]));
    }

    [Fact]
    public void Sizes_that_make_no_sharing_are_misuse()
    {
        Assert.Throws<ArgumentException>(() => SecretSharing.Split([1], 0, 1, []));
        Assert.Throws<ArgumentException>(() => SecretSharing.Split([1], 3, 2, [1, 2]));
        Assert.Throws<ArgumentException>(() => SecretSharing.Split([1], 2, 2, [1, 2]));
        Assert.Throws<ArgumentException>(() => SecretSharing.Split([], 1, 2, []));
        Assert.Throws<ArgumentException>(() => SecretSharing.Combine([]));
        Assert.Throws<ArgumentException>(() => SecretSharing.Combine([new Share(1, new byte[1]), new Share(1, new byte[1])]));
        Assert.Throws<ArgumentException>(() => SecretSharing.Combine([new Share(1, new byte[1]), new Share(2, new byte[2])]));
        Assert.Throws<ArgumentException>(() => SecretSharing.Combine([new Share(0, new byte[1])]));
    }
}
