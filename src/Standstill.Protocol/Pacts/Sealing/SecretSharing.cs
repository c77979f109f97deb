using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts.Sealing;

/// <summary>One share of a secret: the value of the polynomials at a point.</summary>
/// <param name="Point">1 to 255; the secret itself stands at 0.</param>
/// <param name="Value">One byte for each byte of the secret.</param>
public sealed record Share(int Point, ReadOnlyMemory<byte> Value);

/// <summary>Sharing of a secret, t of n (Shamir 1979), byte by byte over <see cref="GaloisField"/>.</summary>
/// <remarks>
/// <code>
/// share(x)[j] = secret[j] + c₁[j]·x + c₂[j]·x² + … + c₍t₋₁₎[j]·x^(t−1)      x = 1 … n
/// randomness  = c₁ ‖ c₂ ‖ … ‖ c₍t₋₁₎, each as long as the secret
/// </code>
/// With uniform randomness any t − 1 shares are as likely under every secret. Nothing in a share tells whether it is a
/// true one: that is checked against a digest of the secret, by <see cref="SealRecovery"/>.
/// </remarks>
public static class SecretSharing
{
    /// <summary>Makes the shares at the points 1 to <paramref name="count"/>.</summary>
    /// <param name="secret">What is shared; not empty.</param>
    /// <param name="threshold">How many shares recover it, from 1.</param>
    /// <param name="count">How many shares there are, from the threshold to 255.</param>
    /// <param name="randomness">Uniform, secret, used once: (threshold − 1) times as many bytes as the secret.</param>
    /// <exception cref="ArgumentException">A size is not as said.</exception>
    public static ImmutableArray<Share> Split(ReadOnlySpan<byte> secret, int threshold, int count, ReadOnlySpan<byte> randomness)
    {
        if (secret.IsEmpty || threshold < 1 || count < threshold || count > 255 || randomness.Length != (threshold - 1) * secret.Length)
        {
            throw new ArgumentException("1 ≤ threshold ≤ count ≤ 255, and (threshold − 1) × length bytes of randomness", nameof(randomness));
        }

        ImmutableArray<Share>.Builder shares = ImmutableArray.CreateBuilder<Share>(count);
        for (int point = 1; point <= count; point++)
        {
            byte[] value = new byte[secret.Length];
            for (int degree = threshold - 1; degree >= 0; degree--)
            {
                ReadOnlySpan<byte> coefficients = degree == 0 ? secret : randomness.Slice((degree - 1) * secret.Length, secret.Length);
                for (int j = 0; j < value.Length; j++)
                {
                    value[j] = (byte)(GaloisField.Multiply(value[j], (byte)point) ^ coefficients[j]);
                }
            }

            shares.Add(new Share(point, value));
        }

        return shares.MoveToImmutable();
    }

    /// <summary>The secret that some shares give: the true one if there are as many as the threshold, all true; any other otherwise.</summary>
    /// <exception cref="ArgumentException">There is no share, two are at one point, a point is outside 1 to 255, or lengths differ.</exception>
    public static byte[] Combine(IReadOnlyList<Share> shares) => At(0, shares);

    /// <summary>The value at a point of the polynomials of the lowest degree through some shares (Lagrange).</summary>
    /// <exception cref="ArgumentException">There is no share, two are at one point, a point is outside 1 to 255, or lengths differ.</exception>
    internal static byte[] At(int point, IReadOnlyList<Share> shares)
    {
        if (shares.Count == 0 || shares.Any(s => s.Point is < 1 or > 255 || s.Value.Length != shares[0].Value.Length)
            || shares.Select(s => s.Point).Distinct().Count() != shares.Count)
        {
            throw new ArgumentException("one or more shares of one length, at different points from 1 to 255", nameof(shares));
        }

        byte[] value = new byte[shares[0].Value.Length];
        foreach (Share share in shares)
        {
            byte weight = 1;
            foreach (Share other in shares.Where(o => o.Point != share.Point))
            {
                weight = GaloisField.Multiply(weight, GaloisField.Multiply((byte)(point ^ other.Point), GaloisField.Inverse((byte)(share.Point ^ other.Point))));
            }

            ReadOnlySpan<byte> bytes = share.Value.Span;
            for (int j = 0; j < value.Length; j++)
            {
                value[j] ^= GaloisField.Multiply(weight, bytes[j]);
            }
        }

        return value;
    }
}
