using CsCheck;

namespace Standstill.Ledger.Tests;

public sealed class TilePathTests
{
    [Theory]
    [InlineData("tile/0/000", false, 0, 0, 256)]
    [InlineData("tile/0/999", false, 0, 999, 256)]
    [InlineData("tile/1/x001/067.p/1", false, 1, 1067, 1)]
    [InlineData("tile/63/x001/x234/067", false, 63, 1234067, 256)]
    [InlineData("tile/entries/x001/x000/000.p/255", true, 0, 1000000, 255)]
    [InlineData("tile/0/x009/x223/x372/x036/x854/x775/807", false, 0, long.MaxValue, 256)]
    public void A_path_of_the_spec_is_read_and_written(string text, bool isEntries, int level, long index, int width)
    {
        Assert.True(TilePath.TryParse(text, out var path, out var error), error);
        Assert.Equal(isEntries ? TilePath.OfEntries(index, width) : TilePath.OfHashes(level, index, width), path);
        Assert.Equal(text, path.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("checkpoint")]
    [InlineData("tile")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/00/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/+1/000")]
    [InlineData("tile/Entries/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000")]
    [InlineData("tile/0/x000/067")]
    [InlineData("tile/0/001/067")]
    [InlineData("tile/0/x001/x067")]
    [InlineData("tile/0/X001/067")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/1/1")]
    [InlineData("tile/0/000.P/1")]
    [InlineData("tile/0/.p/1")]
    [InlineData("tile/0.p/1")]
    [InlineData("tile/0/x009/x223/x372/x036/x854/x775/808")]
    [InlineData("tile/0/x009/x223/x372/x036/x854/x775/x807/000")]
    [InlineData("tile/0/٠٠٠")]
    [InlineData("tile/0/../000")]
    public void A_path_of_another_form_is_refused(string text)
    {
        Assert.False(TilePath.TryParse(text, out _, out var error));
        Assert.Contains("is not the path of a tile", error);
    }

    [Fact]
    public void Every_path_is_read_back_as_it_was_written()
    {
        Gen.Select(Gen.Bool, Gen.Int[0, 63], Gen.Long[0, long.MaxValue], Gen.Int[0, 60], Gen.Int[1, 256]).Sample(
            (isEntries, level, large, shift, width) =>
            {
                var index = large >> shift;
                var path = isEntries ? TilePath.OfEntries(index, width) : TilePath.OfHashes(level, index, width);
                Assert.True(TilePath.TryParse(path.ToString(), out var again, out var error), error);
                Assert.Equal(path, again);
            },
            seed: "0N0XIzNsQ0O2", iter: 1000);
    }

    // "a tree of size 70,000 will be represented by 273 full level 0 tiles, one partial level 0 tile of width 112, one full level 1
    // tile, one partial level 1 tile of width 17, and one partial level 2 tile of width 1"
    [Theory]
    [InlineData(0, 272, 70_000, 256)]
    [InlineData(0, 273, 70_000, 112)]
    [InlineData(0, 274, 70_000, 0)]
    [InlineData(1, 0, 70_000, 256)]
    [InlineData(1, 1, 70_000, 17)]
    [InlineData(2, 0, 70_000, 1)]
    [InlineData(3, 0, 70_000, 0)]
    [InlineData(0, 1, 256, 0)]
    [InlineData(1, 0, 256, 1)]
    [InlineData(63, 0, long.MaxValue, 0)]
    [InlineData(7, 0, long.MaxValue, 127)]
    [InlineData(0, long.MaxValue, long.MaxValue, 0)]
    public void Widths_follow_from_the_size_of_the_tree(int level, long index, long size, int width) =>
        Assert.Equal(width, TilePath.WidthAt(level, index, size));
}
