namespace Standstill.Ledger.Tests;

public sealed class EntryBundleTests
{
    [Fact]
    public void Entries_are_prefixed_with_their_length_in_two_bytes()
    {
        byte[] bytes = [0, 3, (byte)'o', (byte)'n', (byte)'e', 0, 0, 0, 1, 255];
        Assert.True(EntryBundle.TryParse(bytes, out var bundle, out var error), error);
        Assert.Equal(["6F6E65", "", "FF"], bundle.Entries.Select(entry => Convert.ToHexString(entry.Span)));
        Assert.Equal(bytes, bundle.Entries.SelectMany(entry => EntryBundle.Format(entry.Span)));
    }

    [Fact]
    public void The_longest_entry_fits_and_a_longer_one_is_misuse()
    {
        var longest = EntryBundle.Format(new byte[65_535]);
        Assert.True(EntryBundle.TryParse(longest, out var bundle, out _));
        Assert.Equal(65_535, bundle.Entries[0].Length);
        Assert.Throws<ArgumentException>(() => EntryBundle.Format(new byte[65_536]));
    }

    [Theory]
    [InlineData(new byte[0], "the bundle is empty")]
    [InlineData(new byte[] { 0 }, "the bundle ends within entry `0` of it")]
    [InlineData(new byte[] { 0, 2, 1 }, "the bundle ends within entry `0` of it")]
    [InlineData(new byte[] { 0, 0, 0 }, "the bundle ends within entry `1` of it")]
    public void A_bundle_that_is_cut_short_is_refused(byte[] bytes, string expected)
    {
        Assert.False(EntryBundle.TryParse(bytes, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void More_than_256_entries_are_refused()
    {
        Assert.True(EntryBundle.TryParse(new byte[2 * 256], out _, out _));
        Assert.False(EntryBundle.TryParse(new byte[2 * 257], out _, out var error));
        Assert.Equal("the bundle goes on for `2` bytes after `256` entries", error);
    }
}
