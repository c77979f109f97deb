namespace Standstill.Protocol.Pacts.Sealing;

/// <summary>The field of 256 elements, GF(2)[x] / (x⁸ + x⁴ + x³ + x + 1), as in AES (FIPS 197, section 4).</summary>
/// <remarks>No branch and no look-up depends on an operand, so that neither time nor cache tells of a secret.</remarks>
internal static class GaloisField
{
    private const int Modulus = 0x11b;

    /// <summary>The product.</summary>
    public static byte Multiply(byte a, byte b)
    {
        int product = 0;
        for (int i = 0; i < 8; i++)
        {
            product ^= -((b >> i) & 1) & (a << i);
        }

        for (int i = 14; i >= 8; i--)
        {
            product ^= -((product >> i) & 1) & (Modulus << (i - 8));
        }

        return (byte)product;
    }

    /// <summary>The inverse, a²⁵⁴; of zero, zero.</summary>
    public static byte Inverse(byte a)
    {
        // 254 = 2 + 4 + … + 128: the product of the squares of a, from the first on.
        byte square = a;
        byte inverse = 1;
        for (int i = 1; i < 8; i++)
        {
            square = Multiply(square, square);
            inverse = Multiply(inverse, square);
        }

        return inverse;
    }
}
