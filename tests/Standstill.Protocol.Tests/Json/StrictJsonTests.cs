using System.Text;
using CsCheck;
using Standstill.Protocol.Json;

namespace Standstill.Protocol.Tests.Json;

public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("{", "")]
    [InlineData("""{"a":1,"a":2}""", "uplicate")]
    [InlineData("""{"a":1,"\u0061":2}""", "uplicate")]
    [InlineData("[1,]", "trailing comma")]
    [InlineData("// x\n1", "")]
    [InlineData("1 2", "")]
    [InlineData("1e999", "not finite")]
    [InlineData("-1e999", "not finite")]
    [InlineData("NaN", "")]
    [InlineData("\"\\ud800\"", "not valid Unicode")]
    [InlineData("""{"\udfff":1}""", "not valid Unicode")]
    public void What_two_readers_could_understand_differently_is_refused(string text, string reason)
    {
        Assert.False(StrictJson.TryParse(Encoding.UTF8.GetBytes(text), out _, out var fault));
        Assert.Matches(reason, fault!.Message);
    }

    [Fact]
    public void A_byte_order_mark_is_refused() =>
        Assert.False(StrictJson.TryParse((byte[])[0xEF, 0xBB, 0xBF, (byte)'1'], out _, out _));

    [Fact]
    public void Invalid_UTF_8_is_refused() =>
        Assert.False(StrictJson.TryParse((byte[])[(byte)'"', 0xC0, 0xAF, (byte)'"'], out _, out _));

    [Fact]
    public void Thirty_two_levels_are_read_and_thirty_three_refused()
    {
        Assert.True(StrictJson.TryParse(Encoding.UTF8.GetBytes(new string('[', 32) + new string(']', 32)), out _, out _));
        Assert.False(StrictJson.TryParse(Encoding.UTF8.GetBytes(new string('[', 33) + new string(']', 33)), out _, out _));
    }

    [Fact]
    public void A_number_of_a_million_digits_is_refused_or_read_without_harm() =>
        Assert.False(StrictJson.TryParse(Encoding.UTF8.GetBytes(new string('9', 1_000_000)), out _, out _));

    [Fact]
    public void No_bytes_make_it_throw() => Gen.Byte.Array[0, 200].Sample(
        bytes => StrictJson.TryParse(bytes, out _, out var fault) == (fault is null), seed: "0000KOIPe036", iter: 20_000);

    private static readonly string[] Words = ["{", "}", "[", "]", ",", ":", "\"", "\\u", "d800", "1", "e9", "null", "\"a\"", " "];

    [Fact]
    public void No_text_of_JSON_s_own_characters_makes_it_throw() => Gen.OneOf([.. Words.Select(Gen.Const)]).Array[0, 40]
        .Sample(parts => StrictJson.TryParse(Encoding.UTF8.GetBytes(string.Concat(parts)), out _, out var fault) == (fault is null), seed: "0000KOIPe036", iter: 20_000);
}
