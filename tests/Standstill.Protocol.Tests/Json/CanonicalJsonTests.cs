using System.Text;
using System.Text.Json;
using CsCheck;
using Standstill.Protocol.Json;

namespace Standstill.Protocol.Tests.Json;

public sealed class CanonicalJsonTests
{
    private static string TestData => Path.Combine(AppContext.BaseDirectory, "testdata", "jcs", "testdata");

    [Theory]
    [InlineData("arrays")]
    [InlineData("french")]
    [InlineData("structures")]
    [InlineData("unicode")]
    [InlineData("values")]
    [InlineData("weird")]
    public void A_published_case_of_RFC_8785_gives_the_published_bytes(string name)
    {
        Assert.True(StrictJson.TryParse(File.ReadAllBytes(Path.Combine(TestData, "input", name + ".json")), out var value, out _));
        var hex = File.ReadAllText(Path.Combine(TestData, "outhex", name + ".txt"));
        var expected = hex.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(h => Convert.ToByte(h, 16)).ToArray();

        Assert.Equal(expected, CanonicalJson.Write(value));
    }

    // RFC 8785, appendix B: IEEE 754 bits and what ECMAScript prints.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void A_number_is_printed_as_the_appendix_of_RFC_8785_prints_it(ulong bits, string text) =>
        Assert.Equal(text, CanonicalJson.Number(BitConverter.UInt64BitsToDouble(bits)));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_not_finite_has_no_canonical_form(double value) =>
        Assert.Throws<ArgumentException>(() => CanonicalJson.Number(value));

    [Fact]
    public void Any_finite_number_reads_back_as_itself() => Gen.Double.Where(double.IsFinite).Sample(
        d => BitConverter.DoubleToInt64Bits(double.Parse(CanonicalJson.Number(d))) == BitConverter.DoubleToInt64Bits(d == 0 ? 0 : d),
        seed: "0000KOIPe036", iter: 20_000);

    [Fact]
    public void Canonical_bytes_are_a_fixed_point()
    {
        var json = JsonElement.Parse("""{"b":[1,2.50,{"z":null,"a":true}],"a":"\u20ac","é":1e3}"""u8);
        var once = CanonicalJson.Write(json);

        Assert.Equal("""{"a":"€","b":[1,2.5,{"a":true,"z":null}],"é":1000}""", Encoding.UTF8.GetString(once));
        Assert.Equal(once, CanonicalJson.Write(JsonElement.Parse(once)));
    }
}
